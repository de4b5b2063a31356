// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "hcl/source.h"
#include "schema/declaration.h"
#include "schema/language.h"

namespace godwit::state {

// What is said from outside of a variable: of more than one a list is made.
struct VariableValue {
  std::string name;
  std::vector<std::string> values;
};

// What is wrong in a document. Without a file it is not of a place.
struct DocumentProblem {
  schema::Mark mark;
  std::string message;  // lower case, no full stop
  std::string help;
};

// What only servers from a version on have.
struct VersionNeed {
  schema::Mark mark;
  std::string what;  // "the attribute nulls_distinct"
  int since = 0;
};

// A document's objects, and all that is wrong with it; with a problem they are
// not whole.
struct DocumentRead {
  std::vector<std::shared_ptr<const hcl::Source>> sources;  // of marks
  std::vector<schema::Declaration> declarations;
  std::vector<DocumentProblem> problems;  // by place
  std::vector<VersionNeed> needs;
  std::vector<std::string> variables;  // that it declares
};

struct DocumentFile {
  std::string path;
  std::string text;
};

// Reads files that make one document. Pure but for what print() writes.
DocumentRead ReadDocument(std::vector<DocumentFile> files,
                          std::span<const VariableValue> variables,
                          const schema::Language& language);

}  // namespace godwit::state
