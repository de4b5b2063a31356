// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
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

// A right on a thing beyond those that its kind gives by default.
struct Grant {
  std::string role;  // empty: everybody, or the owner
  bool owner = false;
  std::string privilege;  // "SELECT"
  bool grantable = false;
  bool revoked = false;  // given by default, and taken away
  std::string column;    // empty: the whole thing

  auto operator<=>(const Grant&) const = default;
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

  // PostgreSQL.
  std::string identity_sequence;     // its name, without the schema
  std::string not_null_constraint;   // its name, where it is not the usual one
  std::string storage;               // "EXTERNAL"; empty: the type's own
  std::string compression;           // "pglz"; empty: the server's
  std::optional<int> statistics;     // the target
  std::vector<std::string> options;  // "n_distinct=-0.5"
  bool inherited = false;            // a parent has it
  bool local = true;                 // it was declared here

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

  // PostgreSQL.
  bool inherited = false;            // a parent has it, and not declared here
  std::vector<std::string> options;  // of its index: "fillfactor=70"
  bool replica_identity = false;     // of its index
  bool clustered = false;            // of its index
  Name parent_index;                 // of the partitioned table

  bool operator==(const Constraint&) const = default;
};

struct Index {
  std::string name;
  bool unique = false;
  std::vector<std::string> columns;  // plain ones that it uses
  std::string definition;            // CREATE INDEX …, whole
  std::string comment;

  // PostgreSQL.
  bool valid = true;
  bool replica_identity = false;
  bool clustered = false;
  Name parent;  // the index of the partitioned table
  std::vector<std::pair<int, int>> statistics;  // column number, target

  bool operator==(const Index&) const = default;
};

struct Trigger {
  std::string name;
  std::string definition;  // CREATE TRIGGER …, whole
  std::string comment;
  std::string
      enabled;  // PostgreSQL: "DISABLE", "ENABLE ALWAYS"; empty: as made

  bool operator==(const Trigger&) const = default;
};

// CREATE RULE, but for those that make a view.
struct Rule {
  std::string name;
  std::string definition;  // whole
  std::string comment;
  std::string enabled;  // as of a trigger

  bool operator==(const Rule&) const = default;
};

struct Policy {
  std::string name;
  bool permissive = true;
  std::string command;             // "ALL", "SELECT"
  std::vector<std::string> roles;  // "PUBLIC" is one
  std::string using_expression;
  std::string check_expression;
  std::string comment;

  bool operator==(const Policy&) const = default;
};

// CREATE STATISTICS.
struct Statistics {
  Name name;
  std::string definition;  // whole
  std::optional<int> target;
  std::string comment;

  bool operator==(const Statistics&) const = default;
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

  // PostgreSQL.
  bool unlogged = false;
  std::string access_method;         // empty: heap
  std::vector<std::string> options;  // "fillfactor=70", "toast.…=…"
  std::string partition_by;          // "RANGE (at)"; empty: not partitioned
  std::string partition_bound;       // "FOR VALUES IN (1)", "DEFAULT"
  std::string partition_check;       // what that says of a row, an expression;
                                     // empty where the parent is needed for it
  std::vector<Name> parents;         // that it inherits from; or is a part of
  std::string of_type;               // a typed table's
  bool row_security = false;
  bool force_row_security = false;
  std::string replica_identity;  // "FULL", "NOTHING"; empty: default
  std::vector<Policy> policies;
  std::vector<Rule> rules;
  std::vector<Statistics> statistics;
  std::vector<Grant> grants;

  bool operator==(const Table&) const = default;
};

struct View {
  Name name;
  std::string definition;  // its query; SQLite: CREATE VIEW …, whole
  std::vector<Trigger> triggers;
  std::string comment;
  bool broken = false;  // SQLite: it names what is not there

  // PostgreSQL.
  bool materialized = false;
  bool populated = true;
  std::string access_method;
  std::vector<Column> columns;
  std::vector<std::string> options;  // "security_barrier=true"
  std::vector<Index> indexes;
  std::vector<Rule> rules;
  std::vector<Grant> grants;

  bool operator==(const View&) const = default;
};

// The rest is PostgreSQL's.

struct Schema {
  std::string name;
  std::string comment;
  std::vector<Grant> grants;

  bool operator==(const Schema&) const = default;
};

struct Extension {
  std::string name;
  std::string schema;
  std::string version;
  bool usual_version = true;  // what the server installs when not told
  std::string comment;

  bool operator==(const Extension&) const = default;
};

struct Enum {
  Name name;
  std::vector<std::string> labels;  // in their order
  std::string comment;
  std::vector<Grant> grants;

  bool operator==(const Enum&) const = default;
};

struct Domain {
  Name name;
  std::string type;
  std::string collation;
  std::string default_value;
  bool not_null = false;
  std::vector<Constraint> constraints;  // checks
  std::string comment;
  std::vector<Grant> grants;

  bool operator==(const Domain&) const = default;
};

struct Composite {
  Name name;
  std::vector<Column> attributes;
  std::string comment;
  std::vector<Grant> grants;

  bool operator==(const Composite&) const = default;
};

struct Range {
  Name name;
  std::string definition;  // CREATE TYPE …, whole
  std::string comment;
  std::vector<Grant> grants;

  bool operator==(const Range&) const = default;
};

// One that was made by itself or by `serial`; an identity's is its column's.
struct Sequence {
  Name name;
  std::string type;
  Identity options;
  bool unlogged = false;
  Name owner_table;  // of OWNED BY
  std::string owner_column;
  std::string comment;
  std::vector<Grant> grants;

  bool operator==(const Sequence&) const = default;
};

// A function, a procedure, an aggregate.
struct Routine {
  enum class Kind { kFunction, kProcedure, kAggregate };
  Kind kind = Kind::kFunction;
  Name name;
  std::string argument_types;  // "integer, text"
  std::string arguments;       // with modes and names, without defaults
  int defaults = 0;            // how many arguments have one
  std::string result;
  std::string language;
  std::string body;        // where the server does not know what is in it
  std::string definition;  // CREATE OR REPLACE …, whole
  std::string comment;
  std::vector<Grant> grants;

  bool operator==(const Routine&) const = default;
};

// What is rarely met, kept as its statements: a cast, an operator, a collation,
// a text search configuration.
struct OtherObject {
  std::string kind;      // "CAST"
  std::string identity;  // as behind DROP CAST
  std::vector<std::string> definition;
  std::string comment;

  bool operator==(const OtherObject&) const = default;
};

// ALTER DEFAULT PRIVILEGES.
struct DefaultPrivileges {
  std::string role;    // empty: whoever is asked
  std::string schema;  // empty: all
  std::string kind;    // "TABLES"
  std::vector<Grant> grants;

  bool operator==(const DefaultPrivileges&) const = default;
};

// The server says that `object` needs `on`. Both are keys, which the engine
// makes: "column public.users.id".
struct Dependency {
  std::string object;
  std::string on;

  auto operator<=>(const Dependency&) const = default;
};

struct Catalog {
  std::vector<Table> tables;
  std::vector<View> views;

  std::vector<Schema> schemas;
  std::vector<Extension> extensions;
  std::vector<Enum> enums;
  std::vector<Domain> domains;
  std::vector<Composite> composites;
  std::vector<Range> ranges;
  std::vector<Sequence> sequences;
  std::vector<Routine> routines;
  std::vector<OtherObject> others;
  std::vector<DefaultPrivileges> default_privileges;
  std::vector<Dependency> dependencies;  // sorted

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
