// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hcl/evaluator.h"
#include "hcl/syntax.h"
#include "state/hcl/from_hcl.h"

namespace godwit::state {

// An object that a block declares; with for_each a block declares several.
struct Instance {
  std::optional<hcl::Value> each;  // {key, value}
  std::string schema;              // real names
  std::string name;
};

// A block of the document that declares objects.
struct Entry {
  const hcl::BlockSyntax* syntax = nullptr;
  const schema::BlockRule* rule = nullptr;
  int file = -1;
  std::string qualifier;
  std::string label;
  std::vector<Instance> instances;
};

// The blocks of one kind, by their labels.
struct KindIndex {
  std::map<std::string, std::vector<Entry*>, std::less<>> plain;
  std::map<std::string, std::map<std::string, std::vector<Entry*>, std::less<>>,
           std::less<>>
      qualified;
};

// The files of a document, what they declare by name, and what was found wrong.
struct DocumentState {
  explicit DocumentState(const schema::Language& table) : language(table) {}

  const schema::Language& language;
  std::vector<hcl::Document> files;
  std::deque<Entry> entries;
  std::map<std::string, KindIndex, std::less<>> kinds;
  hcl::Value variables;  // an object
  hcl::Value locals;
  hcl::Budget budget;
  std::vector<DocumentProblem> problems;
  std::vector<VersionNeed> needs;

  void Tell(int file, hcl::Span span, std::string message,
            std::string help = {});
  void Tell(int file, const hcl::EvaluationError& error);
  bool exhausted = false;  // the budget; nothing more is evaluated

 private:
  std::set<std::pair<std::pair<int, std::uint32_t>, std::string>> told_;
};

inline schema::Mark MarkOf(int file, hcl::Span span) {
  return {file, span.begin, span.end};
}

// Of the rules the one with that name; nullptr: none.
const schema::BlockRule* FindRule(std::span<const schema::BlockRule> rules,
                                  std::string_view kind);
const schema::AttributeRule* FindRule(
    std::span<const schema::AttributeRule> rules, std::string_view name);

// "did you mean x?", or empty.
std::string DidYouMean(std::string_view name,
                       std::span<const std::string_view> known);

// The variable blocks' values, out of those from outside and defaults.
void ReadVariables(DocumentState& state, std::span<const VariableValue> values,
                   std::vector<std::string>& names);

// What is in locals blocks: first what needs no object, then the rest, since
// objects may be named by the former.
class Locals {
 public:
  explicit Locals(DocumentState& state);
  void EvaluateWithoutObjects();
  void EvaluateRest(const hcl::Scope& scope);

 private:
  struct Local {
    const hcl::AttributeSyntax* syntax = nullptr;
    int file = -1;
    enum class State { kNew, kOpen, kDone } state = State::kNew;
    bool needs_objects = false;
  };
  bool NeedsObjects(Local& local);
  void Evaluate(const std::string& name, Local& local, const hcl::Scope& scope);
  std::vector<std::string> Dependencies(const Local& local) const;
  void Publish();

  DocumentState& state_;
  std::map<std::string, Local, std::less<>> locals_;
  int depth_ = 0;
  std::vector<std::pair<std::string, hcl::Value>> values_;
};

}  // namespace godwit::state
