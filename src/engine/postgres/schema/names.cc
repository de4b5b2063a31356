// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/schema/names.h"

#include <algorithm>

#include "base/text.h"
#include "sql/quoting.h"

namespace godwit::engine::pg {

namespace {

// Words that the grammar does not take as any name, of PostgreSQL 13 to 18:
// reserved ones and those that may name columns, or types and functions only.
constexpr std::string_view kKeywords[] = {"all",
                                          "analyse",
                                          "analyze",
                                          "and",
                                          "any",
                                          "array",
                                          "as",
                                          "asc",
                                          "asymmetric",
                                          "authorization",
                                          "between",
                                          "bigint",
                                          "binary",
                                          "bit",
                                          "boolean",
                                          "both",
                                          "case",
                                          "cast",
                                          "char",
                                          "character",
                                          "check",
                                          "coalesce",
                                          "collate",
                                          "collation",
                                          "column",
                                          "concurrently",
                                          "constraint",
                                          "create",
                                          "cross",
                                          "current_catalog",
                                          "current_date",
                                          "current_role",
                                          "current_schema",
                                          "current_time",
                                          "current_timestamp",
                                          "current_user",
                                          "dec",
                                          "decimal",
                                          "default",
                                          "deferrable",
                                          "desc",
                                          "distinct",
                                          "do",
                                          "else",
                                          "end",
                                          "except",
                                          "exists",
                                          "extract",
                                          "false",
                                          "fetch",
                                          "float",
                                          "for",
                                          "foreign",
                                          "freeze",
                                          "from",
                                          "full",
                                          "grant",
                                          "greatest",
                                          "group",
                                          "grouping",
                                          "having",
                                          "ilike",
                                          "in",
                                          "initially",
                                          "inner",
                                          "inout",
                                          "int",
                                          "integer",
                                          "intersect",
                                          "interval",
                                          "into",
                                          "is",
                                          "isnull",
                                          "join",
                                          "json",
                                          "json_array",
                                          "json_arrayagg",
                                          "json_exists",
                                          "json_object",
                                          "json_objectagg",
                                          "json_query",
                                          "json_scalar",
                                          "json_serialize",
                                          "json_table",
                                          "json_value",
                                          "lateral",
                                          "leading",
                                          "least",
                                          "left",
                                          "like",
                                          "limit",
                                          "localtime",
                                          "localtimestamp",
                                          "merge_action",
                                          "national",
                                          "natural",
                                          "nchar",
                                          "none",
                                          "normalize",
                                          "not",
                                          "notnull",
                                          "null",
                                          "nullif",
                                          "numeric",
                                          "offset",
                                          "on",
                                          "only",
                                          "or",
                                          "order",
                                          "out",
                                          "outer",
                                          "overlaps",
                                          "overlay",
                                          "placing",
                                          "position",
                                          "precision",
                                          "primary",
                                          "real",
                                          "references",
                                          "returning",
                                          "right",
                                          "row",
                                          "select",
                                          "session_user",
                                          "setof",
                                          "similar",
                                          "smallint",
                                          "some",
                                          "substring",
                                          "symmetric",
                                          "system_user",
                                          "table",
                                          "tablesample",
                                          "then",
                                          "time",
                                          "timestamp",
                                          "to",
                                          "trailing",
                                          "treat",
                                          "trim",
                                          "true",
                                          "union",
                                          "unique",
                                          "user",
                                          "using",
                                          "values",
                                          "varchar",
                                          "variadic",
                                          "verbose",
                                          "when",
                                          "where",
                                          "window",
                                          "with",
                                          "xmlattributes",
                                          "xmlconcat",
                                          "xmlelement",
                                          "xmlexists",
                                          "xmlforest",
                                          "xmlnamespaces",
                                          "xmlparse",
                                          "xmlpi",
                                          "xmlroot",
                                          "xmlserialize",
                                          "xmltable"};
static_assert(std::ranges::is_sorted(kKeywords));

}  // namespace

std::string Quoted(std::string_view identifier) {
  return sql::QuoteWhereNeeded(identifier, kKeywords);
}

std::string Quoted(const schema::Name& name) {
  if (name.schema.empty()) return Quoted(name.name);
  return Cat(Quoted(name.schema), ".", Quoted(name.name));
}

std::string Literal(std::string_view text) {
  if (text.find('\\') == text.npos) return sql::InQuotes(text, '\'');
  std::string escaped;
  for (const char c : text) {
    if (c == '\\') escaped += c;
    escaped += c;
  }
  return "E" + sql::InQuotes(escaped, '\'');
}

std::string Key(std::string_view kind, const schema::Name& name) {
  return Cat(kind, " ", Quoted(name));
}

std::string Key(std::string_view kind, const schema::Name& parent,
                std::string_view name) {
  return Cat(kind, " ", Quoted(parent), ".", Quoted(name));
}

std::string Shown(const schema::Name& parent, std::string_view name) {
  return Cat(parent.text(), ".", name);
}

std::string Signature(const schema::Routine& routine) {
  return Cat(Quoted(routine.name), "(", routine.argument_types, ")");
}

std::string Key(const schema::Routine& routine) {
  return "routine " + Signature(routine);
}

}  // namespace godwit::engine::pg
