// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace godwit::hcl {

// "text" as a string's literal: quoted, what is special escaped.
std::string Quote(std::string_view text);

// Whether the text can be written as it is where a name is asked for.
bool IsIdentifier(std::string_view text);

// A step of a reference: `.name`, or `["odd name"]`.
std::string MemberStep(std::string_view name);

// Whether a text can stand in a heredoc as it is.
bool FitsHeredoc(std::string_view text);

// Writes a document in the canonical layout: two blanks a level, `=` in one
// column in a run of attributes, an empty block on two lines.
class Writer {
 public:
  // `expression` as it stands in the file, on one line.
  void Attribute(std::string_view name, std::string_view expression);
  // A text as a heredoc: what is read back is the text and a line end. Its
  // lines are indented where that can be undone.
  void Heredoc(std::string_view name, std::string_view text);
  // Labels are quoted.
  void BeginBlock(std::string_view type, std::span<const std::string> labels);
  void EndBlock();

  // All that was written; every block has ended.
  std::string Take();

 private:
  void FlushRun();
  void Indent();

  std::string out_;
  int depth_ = 0;
  // Attributes whose column is not known yet.
  std::vector<std::pair<std::string, std::string>> run_;
};

}  // namespace godwit::hcl
