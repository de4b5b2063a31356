// SPDX-License-Identifier: Apache-2.0
// Tables, views and what belongs to them.
#include <algorithm>

#include "base/text.h"
#include "engine/postgres/schema/names.h"
#include "engine/postgres/schema/reader.h"
#include "engine/schema/runner_tables.h"

namespace godwit::engine::pg {

namespace {

using schema::Name;

constexpr std::string_view kRelations = R"(
SELECT c.oid::int8, n.nspname, c.relname, c.relkind, c.relpersistence = 'u',
       array_to_string(c.reloptions, E'\x1f'),
       (SELECT array_to_string(t.reloptions, E'\x1f') FROM pg_catalog.pg_class t
         WHERE t.oid = c.reltoastrelid),
       CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END,
       pg_catalog.pg_get_expr(c.relpartbound, c.oid),
       CASE WHEN c.relispartition
            THEN pg_catalog.pg_get_partition_constraintdef(c.oid) END,
       CASE WHEN c.reloftype <> 0
            THEN pg_catalog.format_type(c.reloftype, NULL) END,
       c.relrowsecurity, c.relforcerowsecurity, c.relreplident,
       CASE WHEN a.amname <> 'heap' THEN a.amname END,
       CASE WHEN c.relkind IN ('v', 'm')
            THEN pg_catalog.pg_get_viewdef(c.oid) END,
       c.relispopulated, pg_catalog.pg_get_userbyid(c.relowner),
       array_to_string(c.relacl, E'\x1f'),
       CASE WHEN c.relacl IS NOT NULL THEN array_to_string(
         pg_catalog.acldefault('r', c.relowner), E'\x1f') END,
       CASE WHEN c.relkind = 'r' AND c.relnatts <= 24 THEN array_to_string(
         ARRAY(SELECT t.attname FROM pg_catalog.pg_attribute t
                WHERE t.attrelid = c.oid AND t.attnum > 0
                  AND NOT t.attisdropped), E'\x1f') END
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_am a ON a.oid = c.relam
 WHERE c.relkind IN ('r', 'p', 'v', 'm') AND)";

// What a relation's row says, of tables and of views.
struct RelationRow {
  std::int64_t oid = 0;
  Name name;
  char kind = 0;
  bool unlogged = false;
  std::vector<std::string> options;
  std::string partition_by, bound, partition_check;
  std::string of_type;
  bool row_security = false, force = false;
  std::string replica_identity, access_method, query;
  bool populated = true;
  std::vector<schema::Grant> grants;
  std::vector<std::string> columns;  // of a table that has few
};

RelationRow ReadRelation(Row& row) {
  RelationRow out;
  out.oid = row.Number();
  out.name = {row.Text(), row.Text()};
  out.kind = row.Text()[0];
  out.unlogged = row.Flag();
  out.options = row.List();
  for (const std::string& option : row.List())
    out.options.push_back("toast." + option);
  out.partition_by = row.Text();
  out.bound = row.Text();
  out.partition_check = row.Text();
  out.of_type = row.Text();
  out.row_security = row.Flag();
  out.force = row.Flag();
  out.replica_identity = row.Text();
  out.access_method = row.Text();
  out.query = row.Text();
  out.populated = row.Flag();
  out.grants = ReadGrants(row);
  out.columns = row.List();
  return out;
}

std::string WithoutSemicolon(std::string text) {
  while (!text.empty() && (text.back() == ';' || text.back() == '\n'))
    text.pop_back();
  return text;
}

void TakeView(Reader& reader, RelationRow& row) {
  schema::View view;
  view.name = row.name;
  view.definition = WithoutSemicolon(std::move(row.query));
  view.materialized = row.kind == 'm';
  view.populated = row.populated;
  view.access_method = row.access_method;
  view.options = std::move(row.options);
  view.grants = std::move(row.grants);
  view.comment = reader.Comment(kRelationClass, row.oid);
  reader.relations[row.oid] = {
      view.name, row.kind, reader.catalog.views.size(), {}};
  reader.Know({kRelationClass, row.oid, 0}, Key("view", view.name));
  reader.catalog.views.push_back(std::move(view));
}

void TakeTable(Reader& reader, RelationRow& row) {
  schema::Table table;
  table.name = row.name;
  table.unlogged = row.unlogged;
  table.options = std::move(row.options);
  table.partition_by = std::move(row.partition_by);
  table.partition_bound = std::move(row.bound);
  // A remainder is told by the parent's number in the server, which is another
  // one each time.
  if (row.partition_check.find("satisfies_hash_partition") == std::string::npos)
    table.partition_check = std::move(row.partition_check);
  table.of_type = std::move(row.of_type);
  table.row_security = row.row_security;
  table.force_row_security = row.force;
  table.access_method = std::move(row.access_method);
  if (row.replica_identity == "f") table.replica_identity = "FULL";
  if (row.replica_identity == "n") table.replica_identity = "NOTHING";
  table.grants = std::move(row.grants);
  table.comment = reader.Comment(kRelationClass, row.oid);
  reader.relations[row.oid] = {
      table.name, row.kind, reader.catalog.tables.size(), {}};
  reader.Know({kRelationClass, row.oid, 0}, Key("table", table.name));
  reader.catalog.tables.push_back(std::move(table));
}

void TakeRelation(Reader& reader, Row& source) {
  RelationRow row = ReadRelation(source);
  if (reader.IsMember(kRelationClass, row.oid)) return;
  if (row.kind == 'v' || row.kind == 'm') return TakeView(reader, row);
  if (!IsRunnerTable(row.name.name, row.columns)) TakeTable(reader, row);
}

constexpr std::string_view kParents = R"(
SELECT i.inhrelid::int8, i.inhparent::int8
  FROM pg_catalog.pg_inherits i ORDER BY i.inhrelid, i.inhseqno)";

void TakeParent(Reader& reader, Row& row) {
  const Reader::Relation* child = reader.FindRelation(row.Number());
  const Reader::Relation* parent = reader.FindRelation(row.Number());
  if (child == nullptr || parent == nullptr) return;
  reader.catalog.tables[child->index].parents.push_back(parent->name);
}

// {compression}, {notnull}: what older servers do not have.
constexpr std::string_view kColumns = R"(
SELECT a.attrelid::int8, a.attnum::int8, a.attname,
       pg_catalog.format_type(a.atttypid, a.atttypmod),
       CASE WHEN a.attcollation <> t.typcollation AND a.attcollation <> 0 THEN
         (SELECT quote_ident(m.nspname) || '.' || quote_ident(o.collname)
            FROM pg_catalog.pg_collation o
            JOIN pg_catalog.pg_namespace m ON m.oid = o.collnamespace
           WHERE o.oid = a.attcollation) END,
       a.attnotnull, pg_catalog.pg_get_expr(d.adbin, d.adrelid), d.oid::int8,
       a.attgenerated, a.attidentity,
       CASE WHEN a.attstorage <> t.typstorage THEN a.attstorage END,
       {compression}, nullif(a.attstattarget, -1)::int8,
       array_to_string(a.attoptions, E'\x1f'), a.attislocal, a.attinhcount > 0,
       array_to_string(a.attacl, E'\x1f'), {notnull}
  FROM pg_catalog.pg_attribute a
  JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_catalog.pg_attrdef d
    ON d.adrelid = a.attrelid AND d.adnum = a.attnum
 WHERE a.attnum > 0 AND NOT a.attisdropped
   AND c.relkind IN ('r', 'p', 'v', 'm', 'c') AND)";

std::string_view StorageWord(std::string_view letter) {
  if (letter == "p") return "PLAIN";
  if (letter == "e") return "EXTERNAL";
  if (letter == "m") return "MAIN";
  return letter == "x" ? "EXTENDED" : "";
}

schema::Column ReadColumn(Row& row, std::int64_t& default_oid) {
  schema::Column column;
  column.name = row.Text();
  column.type = row.Text();
  column.collation = row.Text();
  column.not_null = row.Flag();
  std::string expression = row.Text();
  default_oid = row.Number();
  const std::string generated = row.Text();
  (generated.empty() ? column.default_value : column.generated) =
      std::move(expression);
  column.generated_stored = generated != "v";
  const std::string identity = row.Text();
  if (!identity.empty())
    column.identity = schema::Identity{.always = identity == "a"};
  column.storage = StorageWord(row.Text());
  const std::string compression = row.Text();
  if (compression == "p") column.compression = "pglz";
  if (compression == "l") column.compression = "lz4";
  const bool has_target = !row.NextIsNull();
  const auto target = static_cast<int>(row.Number());
  if (has_target) column.statistics = target;
  column.options = row.List();
  // Some servers keep notes of their own there, which no dump has.
  std::erase_if(column.options, [](const std::string& option) {
    return option.starts_with("pg_");
  });
  column.local = row.Flag();
  column.inherited = row.Flag();
  return column;
}

std::vector<schema::Column>* ColumnsOf(Reader& reader,
                                       const Reader::Relation& relation) {
  if (relation.kind == 'c')
    return &reader.catalog.composites[relation.index].attributes;
  if (relation.kind == 'v' || relation.kind == 'm')
    return &reader.catalog.views[relation.index].columns;
  return &reader.catalog.tables[relation.index].columns;
}

void TakeColumn(Reader& reader, Row& row) {
  const std::int64_t oid = row.Number();
  const std::int64_t number = row.Number();
  const auto found = reader.relations.find(oid);
  if (found == reader.relations.end()) return;
  Reader::Relation& relation = found->second;
  std::int64_t default_oid = 0;
  schema::Column column = ReadColumn(row, default_oid);
  column.comment = reader.Comment(kRelationClass, oid, number);
  const auto grants = GrantsOf(row.List(), {}, "\n", column.name);
  column.not_null_constraint = row.Text();
  relation.columns[static_cast<int>(number)] = column.name;
  if (relation.kind == 'r' || relation.kind == 'p') {
    reader.Know({kRelationClass, oid, number},
                Key("column", relation.name, column.name));
    if (default_oid != 0)
      reader.Know({kDefaultClass, default_oid, 0},
                  Key(column.generated.empty() ? "default" : "column",
                      relation.name, column.name));
    auto& all = reader.catalog.tables[relation.index].grants;
    all.insert(all.end(), grants.begin(), grants.end());
  } else if (default_oid != 0) {
    reader.Know({kDefaultClass, default_oid, 0},
                reader.keys[{kRelationClass, oid, 0}]);
  }
  ColumnsOf(reader, relation)->push_back(std::move(column));
}

constexpr std::string_view kConstraints = R"(
SELECT c.oid::int8, c.conrelid::int8, c.contypid::int8, c.conname, c.contype,
       pg_catalog.pg_get_constraintdef(c.oid),
       c.conparentid <> 0, NOT c.conislocal,
       (SELECT p.conrelid = c.conrelid FROM pg_catalog.pg_constraint p
         WHERE p.oid = c.conparentid),
       c.confrelid::int8, array_to_string(c.conkey, E'\x1f'),
       array_to_string(c.confkey, E'\x1f'), c.conindid::int8,
       array_to_string(x.reloptions, E'\x1f'), i.indisreplident,
       i.indisclustered, h.inhparent::int8
  FROM pg_catalog.pg_constraint c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace
  LEFT JOIN pg_catalog.pg_index i
    ON i.indexrelid = c.conindid AND c.contype IN ('p', 'u', 'x')
  LEFT JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
  LEFT JOIN pg_catalog.pg_inherits h ON h.inhrelid = i.indexrelid
 WHERE c.contype IN ('c', 'p', 'u', 'f', 'x') AND)";

schema::Constraint::Kind KindOf(std::string_view letter) {
  using Kind = schema::Constraint::Kind;
  if (letter == "p") return Kind::kPrimaryKey;
  if (letter == "u") return Kind::kUnique;
  if (letter == "f") return Kind::kForeignKey;
  return letter == "x" ? Kind::kExclusion : Kind::kCheck;
}

void TakeConstraintOf(Reader& reader, std::int64_t oid, std::int64_t table_oid,
                      Row& row) {
  const Reader::Relation* relation = reader.FindRelation(table_oid);
  if (relation == nullptr) return;
  schema::Constraint constraint;
  constraint.name = row.Text();
  constraint.kind = KindOf(row.Text());
  constraint.definition = row.Text();
  const bool is_clone = row.Flag();
  const bool not_local = row.Flag();
  constraint.inherited = not_local;
  // One for each part of a partitioned table that is referred to.
  if (row.Flag()) return;
  const Reader::Relation* target = reader.FindRelation(row.Number());
  if (target != nullptr) constraint.references = target->name;
  constraint.columns = reader.ColumnNames(table_oid, row.Numbers());
  const auto referenced = row.Numbers();
  if (target != nullptr)
    for (const std::int64_t number : referenced)
      constraint.referenced_columns.push_back(
          target->columns.at(static_cast<int>(number)));
  const std::int64_t index = row.Number();
  constraint.options = row.List();
  constraint.replica_identity = row.Flag();
  constraint.clustered = row.Flag();
  const auto parent = reader.indexes.find({kRelationClass, row.Number(), 0});
  if (parent != reader.indexes.end()) constraint.parent_index = parent->second;
  constraint.comment = reader.Comment(kConstraintClass, oid);
  using Kind = schema::Constraint::Kind;
  if (constraint.kind == Kind::kForeignKey && is_clone)
    constraint.inherited = true;
  const std::string key = Key("constraint", relation->name, constraint.name);
  reader.Know({kConstraintClass, oid, 0}, key);
  if (constraint.kind != Kind::kForeignKey && index != 0)
    reader.Know({kRelationClass, index, 0}, key);
  reader.catalog.tables[relation->index].constraints.push_back(
      std::move(constraint));
}

void TakeConstraint(Reader& reader, Row& row) {
  const std::int64_t oid = row.Number();
  const std::int64_t table = row.Number();
  const std::int64_t type = row.Number();
  if (table != 0) return TakeConstraintOf(reader, oid, table, row);
  const auto key = reader.keys.find({kTypeClass, type, 0});
  if (key == reader.keys.end()) return;
  reader.Know({kConstraintClass, oid, 0}, key->second);
  for (schema::Domain& domain : reader.catalog.domains) {
    if (Key("type", domain.name) != key->second) continue;
    schema::Constraint constraint;
    constraint.name = row.Text();
    row.Text();
    constraint.definition = row.Text();
    constraint.comment = reader.Comment(kConstraintClass, oid);
    domain.constraints.push_back(std::move(constraint));
  }
}

constexpr std::string_view kIndexNames = R"(
SELECT c.oid::int8, n.nspname, c.relname
  FROM pg_catalog.pg_class c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('i', 'I') AND)";

void TakeIndexName(Reader& reader, Row& row) {
  const std::int64_t oid = row.Number();
  reader.indexes[{kRelationClass, oid, 0}] = {row.Text(), row.Text()};
}

constexpr std::string_view kIndexes = R"(
SELECT i.indexrelid::int8, i.indrelid::int8, i.indisunique, i.indisvalid,
       array_to_string(i.indkey::int2[], E'\x1f'),
       pg_catalog.pg_get_indexdef(i.indexrelid), i.indisreplident,
       i.indisclustered, h.inhparent::int8,
       (SELECT string_agg(a.attnum || E'\x1f' || a.attstattarget, E'\x1f'
                          ORDER BY a.attnum)
          FROM pg_catalog.pg_attribute a
         WHERE a.attrelid = i.indexrelid AND a.attstattarget >= 0)
  FROM pg_catalog.pg_index i
  JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_inherits h ON h.inhrelid = i.indexrelid
 WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k
                    WHERE k.conindid = i.indexrelid
                      AND k.contype IN ('p', 'u', 'x')) AND)";

void TakeIndex(Reader& reader, Row& row) {
  const std::int64_t oid = row.Number();
  const std::int64_t table = row.Number();
  const Reader::Relation* relation = reader.FindRelation(table);
  if (relation == nullptr) return;
  schema::Index index;
  const Name name = reader.indexes[{kRelationClass, oid, 0}];
  index.name = name.name;
  index.unique = row.Flag();
  index.valid = row.Flag();
  index.columns = reader.ColumnNames(table, row.Numbers());
  index.definition = row.Text();
  index.replica_identity = row.Flag();
  index.clustered = row.Flag();
  const auto parent = reader.indexes.find({kRelationClass, row.Number(), 0});
  if (parent != reader.indexes.end()) index.parent = parent->second;
  const auto statistics = row.Numbers();
  for (std::size_t i = 0; i + 1 < statistics.size(); i += 2)
    index.statistics.emplace_back(statistics[i], statistics[i + 1]);
  index.comment = reader.Comment(kRelationClass, oid);
  reader.Know({kRelationClass, oid, 0}, Key("index", name));
  if (relation->kind == 'm')
    reader.catalog.views[relation->index].indexes.push_back(std::move(index));
  else
    reader.catalog.tables[relation->index].indexes.push_back(std::move(index));
}

constexpr std::string_view kTriggers = R"(
SELECT t.oid::int8, t.tgrelid::int8, t.tgname,
       pg_catalog.pg_get_triggerdef(t.oid), t.tgenabled
  FROM pg_catalog.pg_trigger t
  JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND)";

std::string EnabledWord(std::string_view letter) {
  if (letter == "D") return "DISABLE";
  if (letter == "R") return "ENABLE REPLICA";
  return letter == "A" ? "ENABLE ALWAYS" : "";
}

void TakeTrigger(Reader& reader, Row& row) {
  const std::int64_t oid = row.Number();
  const Reader::Relation* relation = reader.FindRelation(row.Number());
  if (relation == nullptr) return;
  schema::Trigger trigger;
  trigger.name = row.Text();
  trigger.definition = row.Text();
  trigger.enabled = EnabledWord(row.Text());
  trigger.comment = reader.Comment(kTriggerClass, oid);
  reader.Know({kTriggerClass, oid, 0},
              Key("trigger", relation->name, trigger.name));
  if (relation->kind == 'v')
    reader.catalog.views[relation->index].triggers.push_back(trigger);
  else
    reader.catalog.tables[relation->index].triggers.push_back(trigger);
}

constexpr std::string_view kPolicies = R"(
SELECT p.oid::int8, p.polrelid::int8, p.polname, p.polpermissive, p.polcmd,
       (SELECT string_agg(CASE WHEN r = 0 THEN 'PUBLIC'
                          ELSE quote_ident(pg_catalog.pg_get_userbyid(r)) END,
                          E'\x1f' ORDER BY pg_catalog.pg_get_userbyid(r))
          FROM unnest(p.polroles) r),
       pg_catalog.pg_get_expr(p.polqual, p.polrelid),
       pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid)
  FROM pg_catalog.pg_policy p ORDER BY p.polrelid, p.polname)";

void TakePolicy(Reader& reader, Row& row) {
  const std::int64_t oid = row.Number();
  const Reader::Relation* relation = reader.FindRelation(row.Number());
  if (relation == nullptr) return;
  schema::Policy policy;
  policy.name = row.Text();
  policy.permissive = row.Flag();
  const std::string letter = row.Text();
  policy.command = letter == "r"   ? "SELECT"
                   : letter == "a" ? "INSERT"
                   : letter == "w" ? "UPDATE"
                   : letter == "d" ? "DELETE"
                                   : "ALL";
  policy.roles = row.List();
  policy.using_expression = row.Text();
  policy.check_expression = row.Text();
  policy.comment = reader.Comment(kPolicyClass, oid);
  reader.Know({kPolicyClass, oid, 0},
              Key("policy", relation->name, policy.name));
  reader.catalog.tables[relation->index].policies.push_back(std::move(policy));
}

constexpr std::string_view kRules = R"(
SELECT r.oid::int8, r.ev_class::int8, r.rulename,
       pg_catalog.pg_get_ruledef(r.oid), r.ev_enabled
  FROM pg_catalog.pg_rewrite r
  JOIN pg_catalog.pg_class c ON c.oid = r.ev_class
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
 WHERE r.rulename <> '_RETURN' AND)";

void TakeRule(Reader& reader, Row& row) {
  const std::int64_t oid = row.Number();
  const Reader::Relation* relation = reader.FindRelation(row.Number());
  if (relation == nullptr) return;
  schema::Rule rule;
  rule.name = row.Text();
  rule.definition = WithoutSemicolon(row.Text());
  rule.enabled = EnabledWord(row.Text());
  rule.comment = reader.Comment(kRewriteClass, oid);
  reader.Know({kRewriteClass, oid, 0}, Key("rule", relation->name, rule.name));
  if (relation->kind == 'v' || relation->kind == 'm')
    reader.catalog.views[relation->index].rules.push_back(std::move(rule));
  else
    reader.catalog.tables[relation->index].rules.push_back(std::move(rule));
}

constexpr std::string_view kStatistics = R"(
SELECT s.oid::int8, s.stxrelid::int8, n.nspname, s.stxname,
       pg_catalog.pg_get_statisticsobjdef(s.oid),
       nullif(s.stxstattarget, -1)::int8
  FROM pg_catalog.pg_statistic_ext s
  JOIN pg_catalog.pg_namespace n ON n.oid = s.stxnamespace
 WHERE)";

void TakeStatistics(Reader& reader, Row& row) {
  const std::int64_t oid = row.Number();
  const Reader::Relation* relation = reader.FindRelation(row.Number());
  if (relation == nullptr || relation->kind == 'm') return;
  schema::Statistics statistics;
  statistics.name = {row.Text(), row.Text()};
  statistics.definition = row.Text();
  const bool has_target = !row.NextIsNull();
  const auto target = static_cast<int>(row.Number());
  if (has_target) statistics.target = target;
  statistics.comment = reader.Comment(kStatisticsClass, oid);
  reader.Know({kStatisticsClass, oid, 0}, Key("statistics", statistics.name));
  reader.catalog.tables[relation->index].statistics.push_back(
      std::move(statistics));
}

std::string ColumnsSql(int version) {
  std::string sql(kColumns);
  const auto fill = [&sql](std::string_view hole, std::string_view text) {
    sql.replace(sql.find(hole), hole.size(), text);
  };
  fill("{compression}",
       version >= 140000 ? "nullif(a.attcompression, '')" : "NULL::text");
  // Its usual name is the table's and the column's, "_not_null" behind.
  fill("{notnull}", version >= 180000
                        ? "(SELECT k.conname FROM pg_catalog.pg_constraint k "
                          "WHERE k.conrelid = a.attrelid AND k.contype = 'n' "
                          "AND k.conkey[1] = a.attnum AND k.conname <> "
                          "c.relname || '_' || a.attname || '_not_null')"
                        : "NULL::text");
  return sql;
}

}  // namespace

std::vector<Question> TableQuestions(int version) {
  const auto of_users = [](std::string_view sql, std::string_view order) {
    return Cat(sql, kUserNamespace, "ORDER BY ", order);
  };
  return {{of_users(kRelations, "n.nspname, c.relname"), TakeRelation},
          {std::string(kParents), TakeParent},
          {of_users(ColumnsSql(version), "a.attrelid, a.attnum"), TakeColumn},
          {of_users(kIndexNames, "c.oid"), TakeIndexName},
          {of_users(kConstraints, "c.conrelid, c.conname"), TakeConstraint},
          {of_users(kIndexes, "n.nspname, c.relname"), TakeIndex},
          {of_users(kTriggers, "t.tgrelid, t.tgname"), TakeTrigger},
          {std::string(kPolicies), TakePolicy},
          {of_users(kRules, "r.ev_class, r.rulename"), TakeRule},
          {of_users(kStatistics, "n.nspname, s.stxname"), TakeStatistics}};
}

}  // namespace godwit::engine::pg
