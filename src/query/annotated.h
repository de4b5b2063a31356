// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/problem.h"
#include "sql/document.h"
#include "sql/lexicon.h"

namespace godwit::query {

// What becomes of a query's rows.
enum class Command {
  kOne,
  kMany,
  kStream,
  kExec,
  kExecRows,
  kExecResult,
  kExecLastId,
  kCopyFrom,
  kBatchExec,
  kBatchMany,
  kBatchOne,
};

// ":one"; nothing where there is no such command.
std::optional<Command> ParseCommand(std::string_view word);
std::string_view Word(Command command);
bool ReturnsRows(Command command);

// One statement of a query file that has a name.
struct AnnotatedQuery {
  std::string name;
  Command command = Command::kExec;
  std::vector<std::string> comments;  // of the lines around the name, in order
  std::string file;
  int line = 0;            // of the annotation or the comments before it
  std::string_view sql;    // the statement, without its semicolon
  std::size_t offset = 0;  // of it in the file
};

// The named statements of a file, in their order; statements without a name are
// none. An annotation that cannot be read is told in `problems`, and its
// statement is left out. The document must outlive them.
std::vector<AnnotatedQuery> ReadQueries(const sql::DocumentView& document,
                                        const sql::Lexicon& lexicon,
                                        std::vector<schema::Problem>& problems);

}  // namespace godwit::query
