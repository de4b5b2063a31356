// SPDX-License-Identifier: Apache-2.0
// Constraints and indexes.
#include <algorithm>

#include "base/text.h"
#include "engine/postgres/schema/describing.h"
#include "engine/postgres/schema/language.h"
#include "engine/postgres/schema/names.h"
#include "engine/postgres/schema/tables.h"

namespace godwit::engine::pg {

namespace {

using schema::Constraint;
using schema::Declaration;
using schema::Name;
using schema::Value;

Value Columns(const std::vector<std::string>& names, const Name& relation,
              const Describing& describing, bool own = true) {
  std::vector<Value> columns;
  for (const std::string& name : names)
    columns.push_back(own ? describing.OwnColumn(relation, name)
                          : describing.Column(relation, name));
  return ListValue(std::move(columns));
}

std::vector<std::string> Unquoted(std::vector<std::string> names) {
  for (std::string& name : names) name = sql::Unquoted(name);
  return names;
}

Value OperatorClass(const std::string& text) {
  if (HoldsWord(Cat(" ", kOperatorClassWords, " "), text))
    return WordValue(text);
  return text.find('(') == text.npos ? TextValue(text) : SqlValue(text);
}

}  // namespace

bool PutKeyParts(const std::vector<std::string>& texts, std::string_view kind,
                 const Name& relation, const Describing& describing,
                 Declaration& out,
                 const std::vector<std::pair<int, int>>& statistics) {
  std::vector<KeyPart> parts(texts.size());
  bool plain = statistics.empty();
  for (std::size_t i = 0; i < texts.size(); ++i) {
    KeyPart& part = parts[i];
    if (!ReadKeyPart(texts[i], part)) return false;
    plain &= part.is_column && part.collation.empty() &&
             part.operator_class.empty() && !part.descending &&
             !part.nulls_first && !part.nulls_last && part.op.empty();
  }
  if (plain) {
    std::vector<std::string> names;
    for (const KeyPart& part : parts) names.push_back(part.text);
    Put(out, "columns", Columns(names, relation, describing));
    return true;
  }
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const KeyPart& part = parts[i];
    Declaration block;
    block.kind = kind;
    PutFlag(block, "desc", part.descending);
    if (part.is_column)
      Put(block, "column", describing.OwnColumn(relation, part.text));
    else
      Put(block, "expr", TextValue(part.text));
    PutText(block, "collate", CollationText(part.collation));
    if (!part.operator_class.empty())
      Put(block, "ops", OperatorClass(part.operator_class));
    PutText(block, "op", part.op);
    PutFlag(block, "nulls_first", part.nulls_first);
    PutFlag(block, "nulls_last", part.nulls_last);
    for (const auto& [number, target] : statistics)
      if (number == static_cast<int>(i) + 1)
        PutNumber(block, "statistics", Cat(target));
    out.blocks.push_back(std::move(block));
  }
  return true;
}

namespace {

void PutDeferrable(Definition& reader, Declaration& out) {
  if (!reader.Take("deferrable")) return;
  const bool deferred = reader.Take("initially deferred");
  reader.Take("initially immediate");
  Put(out, "deferrable",
      WordValue(deferred ? "INITIALLY_DEFERRED" : "INITIALLY_IMMEDIATE"));
}

void PutValidity(Definition& reader, Declaration& out) {
  if (reader.Take("not valid")) PutFlag(out, "not_valid", true);
  if (reader.Take("not enforced")) Put(out, "enforced", FlagValue(false));
}

// Takes a word of the end off the last name of a list: "b WITHOUT OVERLAPS".
bool TakeBehind(std::vector<std::string>& names, std::string_view words) {
  if (names.empty() || !names.back().ends_with(words)) return false;
  names.back().resize(names.back().size() - words.size());
  return true;
}

bool TakeBefore(std::vector<std::string>& names, std::string_view words) {
  if (names.empty() || !names.back().starts_with(words)) return false;
  names.back().erase(0, words.size());
  return true;
}

// "(fillfactor='70')" of an index; BRIN's pages have a name of their own.
void PutIndexOptions(Definition& reader, Declaration& out) {
  std::vector<std::string> options;
  for (const std::string& option : reader.TakeList()) {
    Definition inner(option);
    const std::string name = inner.TakeName();
    inner.TakeSymbol('=');
    const std::string text = StringMeant(inner.Rest());
    if (name == "pages_per_range")
      PutNumber(out, "page_per_range", text);
    else
      options.push_back(Cat(name, "=", text));
  }
  PutParameters(out, "storage_params", options);
}

bool DescribeKey(const Constraint& key, const schema::Table& table,
                 const Describing& describing, Declaration& out) {
  Definition reader(key.definition);
  const bool primary = reader.Take("primary key");
  if (!primary && !reader.Take("unique")) return false;
  const bool not_distinct = reader.Take("nulls not distinct");
  std::vector<std::string> names = reader.TakeList();
  const bool without_overlaps = TakeBehind(names, " WITHOUT OVERLAPS");
  Put(out, "columns", Columns(Unquoted(names), table.name, describing));
  if (reader.Take("include"))
    Put(out, "include",
        Columns(Unquoted(reader.TakeList()), table.name, describing));
  PutText(out, "comment", key.comment);
  if (not_distinct) Put(out, "nulls_distinct", FlagValue(false));
  PutDeferrable(reader, out);
  PutFlag(out, "without_overlaps", without_overlaps);
  PutFlag(out, "clustered", key.clustered);
  PutFlag(out, "replica_identity", key.replica_identity);
  PutParameters(out, "storage_params", key.options);
  const std::string usual = table.name.name + "_pkey";
  if (!primary || key.name != usual || usual.size() > 63) out.name = key.name;
  return reader.AtEnd();
}

bool DescribeForeignKey(const Constraint& key, const schema::Table& table,
                        const Describing& describing, Declaration& out) {
  Definition reader(key.definition);
  if (!reader.Take("foreign key")) return false;
  std::vector<std::string> names = reader.TakeList();
  if (!reader.Take("references")) return false;
  const Name target = reader.TakeQualified();
  std::vector<std::string> referenced = reader.TakeList();
  const bool period = TakeBefore(names, "PERIOD ");
  TakeBefore(referenced, "PERIOD ");
  Put(out, "columns", Columns(Unquoted(names), table.name, describing));
  Put(out, "ref_columns",
      Columns(Unquoted(referenced), target, describing, false));
  const bool full = reader.Take("match full");
  const auto action = [&](std::string_view words) {
    if (!reader.Take(words)) return std::string_view("NO_ACTION");
    if (reader.Take("cascade")) return std::string_view("CASCADE");
    if (reader.Take("restrict")) return std::string_view("RESTRICT");
    if (reader.Take("set null")) return std::string_view("SET_NULL");
    if (reader.Take("set default")) return std::string_view("SET_DEFAULT");
    return std::string_view("NO_ACTION");
  };
  Put(out, "on_update", WordValue(action("on update")));
  Put(out, "on_delete", WordValue(action("on delete")));
  if (reader.IsSymbol('('))
    Put(out, "on_delete_columns",
        Columns(Unquoted(reader.TakeList()), table.name, describing));
  if (full) Put(out, "match", WordValue("FULL"));
  PutDeferrable(reader, out);
  PutFlag(out, "period", period);
  PutValidity(reader, out);
  PutText(out, "comment", key.comment);
  return reader.AtEnd();
}

bool DescribeCheck(const Constraint& check, Declaration& out) {
  Definition reader(check.definition);
  if (!reader.Take("check")) return false;
  Put(out, "expr", TextValue(reader.TakeParentheses()));
  PutText(out, "comment", check.comment);
  if (reader.Take("no inherit")) PutFlag(out, "no_inherit", true);
  PutValidity(reader, out);
  return reader.AtEnd();
}

void PutMethod(Definition& reader, Declaration& out) {
  if (!reader.Take("using")) return;
  std::string method = reader.TakeName();
  if (method == "btree") return;
  std::string word = method;
  for (char& c : word)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  constexpr std::string_view kWords = " BRIN HASH GIN GIST SPGIST ";
  Put(out, "type",
      HoldsWord(kWords, word) ? WordValue(word) : TextValue(method));
}

bool DescribeExclusion(const Constraint& key, const schema::Table& table,
                       const Describing& describing, Declaration& out) {
  Definition reader(key.definition);
  if (!reader.Take("exclude")) return false;
  PutMethod(reader, out);
  if (!PutKeyParts(reader.TakeList(), "on", table.name, describing, out))
    return false;
  if (reader.Take("include"))
    Put(out, "include",
        Columns(Unquoted(reader.TakeList()), table.name, describing));
  if (reader.Take("with"))
    PutIndexOptions(reader, out);
  else
    PutParameters(out, "storage_params", key.options);
  if (reader.Take("where"))
    Put(out, "where", TextValue(reader.TakeParentheses()));
  PutDeferrable(reader, out);
  PutText(out, "comment", key.comment);
  PutFlag(out, "clustered", key.clustered);
  return reader.AtEnd();
}

std::string_view BlockKind(Constraint::Kind kind) {
  switch (kind) {
    case Constraint::Kind::kPrimaryKey:
      return "primary_key";
    case Constraint::Kind::kUnique:
      return "unique";
    case Constraint::Kind::kForeignKey:
      return "foreign_key";
    case Constraint::Kind::kExclusion:
      return "exclude";
    case Constraint::Kind::kCheck:
      break;
  }
  return "check";
}

// What the server calls the part of a key in a partition.
bool IsUsualName(std::string_view name, const schema::Table& table,
                 const std::vector<std::string>& columns,
                 std::string_view suffix) {
  std::string usual = table.name.name;
  for (const std::string& column : columns) usual += "_" + column;
  usual += suffix;
  return name == usual && usual.size() < 64;
}

}  // namespace

bool IsUsualPart(const Constraint& constraint, const schema::Table& table) {
  if (!constraint.comment.empty() || constraint.clustered ||
      constraint.replica_identity)
    return false;
  if (constraint.kind == Constraint::Kind::kPrimaryKey)
    return IsUsualName(constraint.name, table, {}, "_pkey");
  return constraint.kind == Constraint::Kind::kUnique &&
         IsUsualName(constraint.name, table, constraint.columns, "_key");
}

bool IsUsualPart(const schema::Index& index, const schema::Table& table) {
  if (!index.comment.empty() || index.clustered || index.replica_identity ||
      !index.statistics.empty() || !index.valid)
    return false;
  Definition reader(index.definition);
  std::vector<std::string> columns;
  reader.TakeUntil({"using"});
  reader.Take("using");
  reader.TakeName();
  for (const std::string& text : reader.TakeList()) {
    KeyPart part;
    if (!ReadKeyPart(text, part)) return false;
    columns.push_back(part.is_column ? part.text : "expr");
  }
  if (reader.Take("include"))
    for (const std::string& name : Unquoted(reader.TakeList()))
      columns.push_back(name);
  return IsUsualName(index.name, table, columns, "_idx");
}

void DescribeConstraint(const Constraint& constraint,
                        const schema::Table& table, Declaration& block,
                        Describing& out) {
  Declaration inner;
  inner.kind = BlockKind(constraint.kind);
  bool understood = false;
  switch (constraint.kind) {
    case Constraint::Kind::kPrimaryKey:
    case Constraint::Kind::kUnique:
      understood = DescribeKey(constraint, table, out, inner);
      break;
    case Constraint::Kind::kForeignKey:
      understood = DescribeForeignKey(constraint, table, out, inner);
      break;
    case Constraint::Kind::kExclusion:
      understood = DescribeExclusion(constraint, table, out, inner);
      break;
    case Constraint::Kind::kCheck:
      understood = DescribeCheck(constraint, inner);
      break;
  }
  if (understood) {
    if (constraint.kind != Constraint::Kind::kPrimaryKey)
      inner.name = constraint.name;
    block.blocks.push_back(std::move(inner));
    return;
  }
  out.AddObject("CONSTRAINT",
                Cat(Quoted(constraint.name), " ON ", Quoted(table.name)),
                {Cat("ALTER TABLE ", Quoted(table.name), " ADD ",
                     ConstraintDefinition(constraint))},
                constraint.comment);
}

bool DescribeIndex(const schema::Index& index, const Name& relation,
                   Declaration& block, const Describing& describing) {
  Definition reader(index.definition);
  block.kind = "index";
  block.name = index.name;
  if (!reader.Take("create")) return false;
  PutFlag(block, "unique", reader.Take("unique"));
  reader.Take("index");
  reader.TakeName();
  reader.Take("on");
  const bool only = reader.Take("only") && !index.valid;
  reader.TakeQualified();
  Declaration method;
  PutMethod(reader, method);
  if (!PutKeyParts(reader.TakeList(), "on", relation, describing, block,
                   index.statistics))
    return false;
  PutText(block, "comment", index.comment);
  for (schema::Attribute& attribute : method.attributes)
    block.attributes.push_back(std::move(attribute));
  Declaration rest;
  if (reader.Take("include"))
    Put(rest, "include",
        Columns(Unquoted(reader.TakeList()), relation, describing));
  const bool not_distinct = reader.Take("nulls not distinct");
  if (reader.Take("with")) PutIndexOptions(reader, rest);
  if (reader.Take("where")) {
    Put(block, "where", TextValue(reader.Rest()));
    while (!reader.AtEnd()) reader.Skip();
  }
  if (not_distinct) Put(block, "nulls_distinct", FlagValue(false));
  for (schema::Attribute& attribute : rest.attributes)
    block.attributes.push_back(std::move(attribute));
  block.blocks.insert(block.blocks.begin(), rest.blocks.begin(),
                      rest.blocks.end());
  PutFlag(block, "clustered", index.clustered);
  PutFlag(block, "only", only);
  return reader.AtEnd();
}

}  // namespace godwit::engine::pg
