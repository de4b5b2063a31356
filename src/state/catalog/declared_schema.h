// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/schema_engine.h"
#include "state/dev_database.h"
#include "state/hcl/from_hcl.h"

namespace godwit::state {

// The .hcl files that a path names: it itself, or those of a folder, by name.
// None where it has none. Throws Error(kFileUnreadable).
std::vector<DocumentFile> ReadDocumentFiles(const std::string& path);

// What a document declares, and its way into a database. Everything that is
// wrong is Error(kParseError) with its place, the first with the others.
class DeclaredSchema {
 public:
  // Reads the document and checks all that needs no database.
  DeclaredSchema(std::vector<DocumentFile> files,
                 std::span<const VariableValue> variables,
                 const engine::SchemaEngine& engine);

  // Executes what is declared on an empty database. What fails is left for
  // later: it may need what comes behind it.
  void Execute(DevDatabase& database);
  // Tries what is left until nothing is, or none of it works.
  void ExecuteRest(DevDatabase& database);

  const std::vector<schema::Rename>& renames() const {
    return declared_.renames;
  }

 private:
  struct Failure {
    const schema::DeclaredStatement* statement = nullptr;
    Error error;
  };
  Place PlaceOf(const schema::Mark& mark) const;
  void Check(std::span<const DocumentProblem> problems) const;
  void CheckVersion(DevDatabase& database) const;
  std::vector<Failure> Run(
      DevDatabase& database,
      std::span<const schema::DeclaredStatement* const> statements) const;
  [[noreturn]] void Throw(const std::vector<Failure>& failures) const;

  DocumentRead read_;
  schema::Declared declared_;
  std::vector<Failure> failures_;
};

}  // namespace godwit::state
