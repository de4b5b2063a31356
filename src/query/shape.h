// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/query_engine.h"
#include "query/annotated.h"
#include "schema/problem.h"

namespace godwit::query {

// All that is known of one query: what the generator writes code from.
struct Shape {
  struct Column {
    std::string name;
    std::string type;
    int array_dims = 0;
    bool nullable = true;
    std::string table;   // "public.users"; empty: no column of a table
    std::string origin;  // its name there
    int embed = -1;      // of Shape::embeds
  };
  struct Parameter {
    int number = 0;
    std::string name;
    std::string type;
    int array_dims = 0;
    bool nullable = false;
    bool slice = false;
    std::string table;  // of the column that it stands beside; may be empty
    std::string column;
  };
  struct Embed {
    std::string name;       // as it is written
    std::string table;      // "public.users"
    bool optional = false;  // an outer join may blank it
  };

  std::string name;
  Command command = Command::kExec;
  std::vector<std::string> comments;
  std::string file;
  int line = 0;
  std::string sql;  // what the database is given
  std::vector<Column> columns;
  std::vector<Parameter> parameters;
  std::vector<Embed> embeds;
  bool one_row = false;  // exactly one, always
  // PostgreSQL's COPY that does what this INSERT does, of the parameters in
  // their order; empty: none.
  std::string copy;
};

struct Analyzed {
  std::vector<Shape> shapes;
  // Of the schema: what models and enums are written from.
  std::vector<schema::Relation> relations;
  std::vector<schema::EnumType> enums;
  std::vector<schema::ConstraintName> constraints;
  std::vector<schema::Problem> problems;
};

// A file of queries.
struct QueryFile {
  std::string path;
  std::string text;
};

// Reads the files and asks the database, which holds the schema, about every
// query in them. All that is wrong is told; the other queries are analysed all
// the same. The files must outlive nothing.
Analyzed AnalyzeFiles(std::span<const QueryFile> files,
                      const sql::Lexicon& lexicon, engine::QueryEngine& engine);

}  // namespace godwit::query
