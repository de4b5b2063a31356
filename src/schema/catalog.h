// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace godwit::schema {

// A database's schema as plain values. Expressions, definitions and types are
// texts as the database itself prints them, so that two catalogs read from the
// same kind of server are equal where their texts are. On SQLite schemas are
// empty and texts are as written.

struct Name {
  std::string schema;
  std::string name;

  auto operator<=>(const Name&) const = default;
  // "public.users", "users"; not quoted, for people.
  std::string text() const {
    return schema.empty() ? name : schema + "." + name;
  }
};

struct Identity {
  bool always = false;
  std::int64_t start = 1;
  std::int64_t increment = 1;
  std::int64_t minimum = 1;
  std::int64_t maximum = 0;
  std::int64_t cache = 1;
  bool cycle = false;

  bool operator==(const Identity&) const = default;
};

struct Column {
  std::string name;
  std::string type;       // "numeric(10,2)", "text[]", "public.status"
  std::string collation;  // empty: the type's own
  bool not_null = false;
  std::string default_value;  // an expression; empty: none
  std::string generated;      // an expression; empty: none
  bool generated_stored = true;
  std::optional<Identity> identity;
  std::string comment;

  // SQLite.
  std::string definition;         // as written: name, type, its constraints
  std::string not_null_conflict;  // of NOT NULL: "REPLACE"; empty: ABORT
  bool hidden = false;            // of a virtual table: not in `*`

  bool operator==(const Column&) const = default;
};

struct Constraint {
  enum class Kind { kPrimaryKey, kUnique, kForeignKey, kCheck, kExclusion };
  Kind kind = Kind::kCheck;
  std::string name;  // empty: SQLite, not named
  std::vector<std::string> columns;
  // Whole, as behind CONSTRAINT name: "FOREIGN KEY (a) REFERENCES b(c)".
  std::string definition;
  Name references;  // of a foreign key
  std::vector<std::string> referenced_columns;
  std::string comment;

  // SQLite.
  bool of_column = false;  // written behind its column
  // Of a foreign key: "CASCADE"; empty: NO ACTION.
  std::string on_delete;
  std::string on_update;

  bool operator==(const Constraint&) const = default;
};

struct Index {
  std::string name;
  bool unique = false;
  std::vector<std::string> columns;  // plain ones that it uses
  std::string definition;            // CREATE INDEX …, whole
  std::string comment;

  bool operator==(const Index&) const = default;
};

struct Trigger {
  std::string name;
  std::string definition;  // CREATE TRIGGER …, whole
  std::string comment;

  bool operator==(const Trigger&) const = default;
};

struct Table {
  Name name;
  std::vector<Column> columns;
  std::vector<Constraint> constraints;
  std::vector<Index> indexes;
  std::vector<Trigger> triggers;
  std::string comment;

  // SQLite.
  std::string definition;  // CREATE TABLE …, whole, as written
  bool strict = false;
  bool without_rowid = false;
  bool autoincrement = false;
  // Of a virtual table: "fts5", and what stands in its parentheses, as written.
  std::string module;
  std::vector<std::string> module_arguments;
  // Its definition was not understood: constraints and defaults are unknown.
  bool text_only = false;

  bool operator==(const Table&) const = default;
};

struct View {
  Name name;
  std::string definition;  // its query; SQLite: CREATE VIEW …, whole
  std::vector<Trigger> triggers;
  std::string comment;
  bool broken = false;  // SQLite: it names what is not there

  bool operator==(const View&) const = default;
};

struct Catalog {
  std::vector<Table> tables;
  std::vector<View> views;

  bool operator==(const Catalog&) const = default;
};

// Something of another name in the schema that is to come: the operator's word
// for it, never a guess.
struct Rename {
  enum class Kind { kTable, kColumn, kIndex, kConstraint, kType, kEnumValue };
  Kind kind = Kind::kTable;
  Name parent;  // the table, the type; of kTable and kType the thing itself,
                // under its new name
  std::string from;
  std::string to;
};

}  // namespace godwit::schema
