// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/query_facts.h"
#include "godwit/connection.h"
#include "schema/constraint_name.h"
#include "schema/enum_type.h"
#include "schema/problem.h"
#include "schema/relation.h"
#include "sql/lexicon.h"
#include "sql/tree.h"

namespace godwit::engine {

// What a database says of one query that it has prepared.
struct DescribedQuery {
  struct Column {
    std::string name;
    std::string type;  // SQLite: as declared; empty for an expression
    int array_dims = 0;
    std::string table;   // "public.users"; empty: no column of a table
    std::string origin;  // the column's name there

    bool operator==(const Column&) const = default;
  };
  struct Parameter {
    std::string type;
    int array_dims = 0;
  };
  std::vector<Column> columns;
  std::vector<Parameter> parameters;  // SQLite: their number is all that counts

  // Where it was refused.
  struct Refusal {
    schema::ProblemCode code = schema::ProblemCode::kOther;
    std::string message;
    std::string hint;
    std::size_t offset = 0;  // in the query's text, in bytes
  };
  std::optional<Refusal> refusal;
};

// How the engine writes parameters.
struct PlaceholderStyle {
  bool dollar_numbers = false;  // $1; else ?1
  bool array_slices = false;    // a slice is one array; else one ?N that is
                                // replaced by as many as there are values
};

// A database that holds a schema and no rows, and is asked about queries.
class QueryEngine {
 public:
  virtual ~QueryEngine() = default;
  virtual const QueryFacts& facts() const = 0;
  virtual PlaceholderStyle placeholders() const = 0;
  // Executes one statement of the schema. Throws Error(kStatementFailed).
  virtual void Load(std::string_view statement) = 0;
  // The schema is there: what its files set in the session is put back.
  virtual void FinishLoading() = 0;
  virtual std::vector<DescribedQuery> Describe(
      std::span<const std::string> queries) = 0;
  // Null where our reading does not know the statement.
  virtual sql::QueryPtr Parse(std::string_view sql) const = 0;
  // The text of the engine's way to insert many rows that does what this
  // INSERT of parameters does, the columns in the parameters' order; empty
  // where there is none.
  virtual std::string CopyOf(
      const sql::Query& insert,
      std::span<const schema::Relation> relations) const = 0;
  // All relations of the schema, and those of the database's own that have one
  // of these names; those first that a plain name means.
  virtual std::vector<schema::Relation> Relations(
      std::span<const std::string> system_names) = 0;
  virtual std::vector<schema::EnumType> Enums() = 0;
  // Those that Error::constraint may name, by their owners; empty where the
  // engine's errors name columns.
  virtual std::vector<schema::ConstraintName> Constraints() = 0;
};

// The connection must outlive it.
std::unique_ptr<QueryEngine> OpenQueryEngine(Connection& connection);

}  // namespace godwit::engine
