// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "godwit/error.h"
#include "sql/lexicon.h"

namespace godwit::engine {

// The name of a table, with its schema where the engine has schemas.
struct TableName {
  std::string schema;
  std::string table;

  // "public.applied_migrations": what people read and what lock keys are made
  // of.
  std::string text() const {
    return schema.empty() ? table : schema + "." + table;
  }
  bool operator==(const TableName&) const = default;
};

// "schema.table" or "table"; parts in double quotes may hold dots. Throws
// Error(kUsage) for an empty part or an open quote.
TableName ParseTableName(std::string_view text);

// A word of SQL that differs by engine. A form for servers, one for embedded
// databases: what a tracker's text needs and no more.
struct Forms {
  std::string_view server;
  std::string_view embedded;
};

// The SQL that godwit itself writes in one engine. No connection.
class Dialect {
 public:
  virtual ~Dialect() = default;
  virtual const sql::Lexicon& lexicon() const = 0;
  virtual bool has_schemas() const = 0;
  virtual std::string_view Choose(const Forms& forms) const = 0;
  // A file of the program's own, and no server.
  bool is_embedded() const { return !Choose({"", "yes"}).empty(); }
  // $1 or ?1.
  virtual std::string Placeholder(int number) const = 0;
  // An expression that shows a stored time as "2026-05-20T10:38:00Z".
  virtual std::string UtcText(std::string_view column) const = 0;

  // The role that an error says is missing; empty: it says no such thing.
  virtual std::string MissingRole(const ErrorInfo&) const { return {}; }

  std::string Quote(std::string_view identifier) const;
  std::string Quote(const TableName& name) const;
  // Replaces {table} by the quoted name, {schema} by the quoted schema, {p1} …
  // by placeholders, {bigint}, {timestamp}, {now} by the engine's words, and
  // {utc:COLUMN} by UtcText.
  std::string Render(std::string_view text, const TableName& name) const;
};

}  // namespace godwit::engine
