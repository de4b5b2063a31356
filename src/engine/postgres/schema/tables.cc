// SPDX-License-Identifier: Apache-2.0
// Tables as things, and their columns, defaults, constraints and links.
#include "engine/postgres/schema/tables.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "engine/postgres/schema/names.h"
#include "engine/postgres/schema/object.h"
#include "engine/postgres/schema/types.h"
#include "engine/postgres/schema/views.h"

namespace godwit::engine::pg {

namespace {

using ConstraintKind = schema::Constraint::Kind;

bool HasIndex(const schema::Constraint& constraint) {
  return constraint.kind != ConstraintKind::kCheck &&
         constraint.kind != ConstraintKind::kForeignKey;
}

// "CREATE INDEX  ON public.t USING btree (a)".
std::string WithoutName(const schema::Index& index) {
  std::string definition = index.definition;
  const std::string name = Quoted(index.name);
  const std::size_t at = definition.find(name + " ON ");
  if (at != std::string::npos) definition.erase(at, name.size());
  return definition;
}

}  // namespace

std::string IdentityDefinition(const schema::Table& table,
                               const schema::Column& column) {
  std::string sql =
      Cat("GENERATED ", column.identity->always ? "ALWAYS" : "BY DEFAULT",
          " AS IDENTITY");
  std::string options = SequenceOptions(*column.identity, column.type);
  const std::string usual = Cat(table.name.name, "_", column.name, "_seq");
  if (!column.identity_sequence.empty() && column.identity_sequence != usual) {
    const std::string name =
        "SEQUENCE NAME " +
        Quoted({table.name.schema, column.identity_sequence});
    options = options.empty() ? name : Cat(name, " ", options);
  }
  return options.empty() ? sql : Cat(sql, " (", options, ")");
}

std::string ColumnDefinition(const schema::Table& table,
                             const schema::Column& column,
                             WithDefault with_default,
                             WithIdentity with_identity) {
  std::string sql = Cat(Quoted(column.name), " ", column.type);
  if (!column.collation.empty()) sql += " COLLATE " + column.collation;
  if (!column.generated.empty())
    sql += Cat(" GENERATED ALWAYS AS (", column.generated,
               column.generated_stored ? ") STORED" : ") VIRTUAL");
  else if (with_default == WithDefault::kYes && !column.default_value.empty())
    sql += " DEFAULT " + column.default_value;
  if (column.identity && with_identity == WithIdentity::kYes)
    sql += " " + IdentityDefinition(table, column);
  if (column.not_null) {
    if (!column.not_null_constraint.empty())
      sql += " CONSTRAINT " + Quoted(column.not_null_constraint);
    sql += " NOT NULL";
  }
  return sql;
}

std::string ConstraintDefinition(const schema::Constraint& constraint) {
  std::string definition = constraint.definition;
  if (!constraint.options.empty()) {
    std::size_t at = definition.find(" WHERE (");
    at = std::min({at, definition.find(" DEFERRABLE"), definition.size()});
    definition.insert(at, Cat(" WITH (", OptionList(constraint.options), ")"));
  }
  return Cat("CONSTRAINT ", Quoted(constraint.name), " ", definition);
}

namespace {

// The columns of a table of its own or as a part; an heir's are its own only.
std::vector<std::string> ColumnLines(
    const schema::Table& table,
    const std::function<bool(const std::string& key)>& inside) {
  std::vector<std::string> lines;
  for (const schema::Column& column : table.columns) {
    if (!inside(Key("column", table.name, column.name))) continue;
    if (!IsPartition(table) && !column.local) continue;
    const bool with_default = inside(Key("default", table.name, column.name));
    lines.push_back(ColumnDefinition(
        table, column, with_default ? WithDefault::kYes : WithDefault::kNo,
        IsPartition(table) ? WithIdentity::kNo : WithIdentity::kYes));
  }
  return lines;
}

std::vector<std::string> TypedLines(
    const schema::Table& table,
    const std::function<bool(const std::string& key)>& inside) {
  std::vector<std::string> lines;
  for (const schema::Column& column : table.columns) {
    std::string line = Quoted(column.name) + " WITH OPTIONS";
    const std::size_t plain = line.size();
    if (inside(Key("default", table.name, column.name)))
      line += " DEFAULT " + column.default_value;
    if (column.not_null) line += " NOT NULL";
    if (line.size() > plain) lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace

std::string CreateTable(
    const schema::Table& table,
    const std::function<bool(const std::string& key)>& inside) {
  std::string sql = Cat("CREATE ", table.unlogged ? "UNLOGGED " : "", "TABLE ",
                        Quoted(table.name));
  const bool typed = !table.of_type.empty();
  if (typed) sql += " OF " + table.of_type;
  std::vector<std::string> lines =
      typed ? TypedLines(table, inside) : ColumnLines(table, inside);
  for (const schema::Constraint& constraint : table.constraints) {
    if (constraint.inherited && !IsPartition(table)) continue;
    if (inside(Key("constraint", table.name, constraint.name)))
      lines.push_back(ConstraintDefinition(constraint));
  }
  if (!typed || !lines.empty())
    sql +=
        lines.empty() ? " ()" : Cat(" (\n    ", Join(lines, ",\n    "), "\n)");
  if (!table.parents.empty() && !IsPartition(table)) {
    std::vector<std::string> parents;
    for (const schema::Name& parent : table.parents)
      parents.push_back(Quoted(parent));
    sql += Cat(" INHERITS (", Join(parents, ", "), ")");
  }
  if (!table.partition_by.empty()) sql += " PARTITION BY " + table.partition_by;
  if (!table.access_method.empty())
    sql += " USING " + Quoted(table.access_method);
  if (!table.options.empty())
    sql += Cat(" WITH (", OptionList(table.options), ")");
  return sql;
}

namespace {

// Adds one table's things; `has_heirs`: what is said of it must not reach them.
class TableThings {
 public:
  TableThings(const schema::Table& table, bool has_heirs, Graph& graph)
      : table_(table),
        graph_(graph),
        name_(Quoted(table.name)),
        key_("table " + name_),
        alter_(Cat("ALTER TABLE ", name_, " ")),
        alter_only_(has_heirs ? Cat("ALTER TABLE ONLY ", name_, " ") : alter_) {
  }

  void AddAll();

 private:
  void AddTable();
  void AddColumn(const schema::Column& column);
  void AddColumnProperties(Object& object, const schema::Column& column);
  void AddDefault(const schema::Column& column);
  void AddConstraint(const schema::Constraint& constraint);
  void AddConstraintProperties(Object& object,
                               const schema::Constraint& constraint);
  void AddConstraintAttachment(const schema::Constraint& constraint);
  void AddPartition();
  void AddInheritance(const schema::Name& parent);
  void AddPolicy(const schema::Policy& policy);
  void AddStatistics(const schema::Statistics& statistics);

  const schema::Table& table_;
  Graph& graph_;
  const std::string name_;
  const std::string key_;
  const std::string alter_;
  const std::string alter_only_;
};

void TableThings::AddTable() {
  Object object{.kind = Kind::kTable,
                .noun = "table",
                .key = key_,
                .shown = table_.name.text(),
                .definition = table_.partition_by,
                .drop = "DROP TABLE " + name_,
                .names = {"relation " + name_, "type " + name_},
                .value = &table_};
  AddComment(object, "TABLE " + name_, table_.comment);
  // What CREATE TABLE says itself is changed by the table's own way.
  const auto add = [&](bool wanted, std::string_view name, std::string value,
                       std::string_view set, std::string_view reset) {
    if (wanted)
      object.properties.push_back({std::string(name), std::move(value),
                                   Cat(alter_, set), Cat(alter_, reset)});
  };
  add(table_.row_security, "row security", "on", "ENABLE ROW LEVEL SECURITY",
      "DISABLE ROW LEVEL SECURITY");
  add(table_.force_row_security, "force row security", "on",
      "FORCE ROW LEVEL SECURITY", "NO FORCE ROW LEVEL SECURITY");
  add(!table_.replica_identity.empty(), "replica identity",
      table_.replica_identity, "REPLICA IDENTITY " + table_.replica_identity,
      "REPLICA IDENTITY DEFAULT");
  AddGrants(object, "TABLE " + name_, table_.grants);
  graph_.AddNeed(key_, "schema " + Quoted(table_.name.schema));
  graph_.Add(std::move(object));
}

void TableThings::AddColumnProperties(Object& object,
                                      const schema::Column& column) {
  const std::string alter =
      Cat(alter_only_, "ALTER COLUMN ", Quoted(column.name));
  AddComment(object, Cat("COLUMN ", name_, ".", Quoted(column.name)),
             column.comment);
  const auto add = [&](std::string_view word, const std::string& value,
                       std::string_view usual) {
    if (!value.empty())
      object.properties.push_back({std::string(word), value,
                                   Cat(alter, " SET ", word, " ", value),
                                   Cat(alter, " SET ", word, " ", usual)});
  };
  const bool main = column.type.starts_with("numeric") ||
                    column.type == "inet" || column.type == "cidr";
  add("STORAGE", column.storage, main ? "MAIN" : "EXTENDED");
  add("COMPRESSION", column.compression, "DEFAULT");
  add("STATISTICS", column.statistics ? Cat(*column.statistics) : std::string(),
      "-1");
  AddOptions(object, alter, column.options);
}

void TableThings::AddColumn(const schema::Column& column) {
  const std::string quoted = Quoted(column.name);
  const bool own = !column.inherited && table_.of_type.empty();
  Object object{.kind = Kind::kColumn,
                .noun = "column",
                .key = Key("column", table_.name, column.name),
                .shown = Shown(table_.name, column.name),
                .whole = key_,
                .value = ColumnOf{&table_, &column}};
  if (own) object.drop = Cat(alter_, "DROP COLUMN ", quoted);
  if (column.identity && !column.identity_sequence.empty())
    object.names.push_back(
        "relation " + Quoted({table_.name.schema, column.identity_sequence}));
  AddColumnProperties(object, column);
  graph_.Add(std::move(object));
  if (!column.default_value.empty()) AddDefault(column);
}

void TableThings::AddDefault(const schema::Column& column) {
  const std::string alter =
      Cat(alter_only_, "ALTER COLUMN ", Quoted(column.name));
  graph_.Add({.kind = Kind::kDefault,
              .noun = "default",
              .key = Key("default", table_.name, column.name),
              .shown = Shown(table_.name, column.name),
              .whole = Key("column", table_.name, column.name),
              .definition = column.default_value,
              .create = {Cat(alter, " SET DEFAULT ", column.default_value)},
              .drop = alter + " DROP DEFAULT"});
}

void TableThings::AddConstraintProperties(
    Object& object, const schema::Constraint& constraint) {
  AddComment(object, Cat("CONSTRAINT ", Quoted(constraint.name), " ON ", name_),
             constraint.comment);
  if (!HasIndex(constraint)) return;
  const std::string index = Quoted(constraint.name);
  if (constraint.replica_identity)
    object.properties.push_back(
        {"replica identity", "yes",
         Cat(alter_, "REPLICA IDENTITY USING INDEX ", index),
         alter_ + "REPLICA IDENTITY DEFAULT"});
  if (constraint.clustered)
    object.properties.push_back({"cluster", "yes",
                                 Cat(alter_, "CLUSTER ON ", index),
                                 alter_ + "SET WITHOUT CLUSTER"});
}

void TableThings::AddConstraint(const schema::Constraint& constraint) {
  const bool foreign = constraint.kind == ConstraintKind::kForeignKey;
  const bool part_only = HasIndex(constraint) && !table_.partition_by.empty();
  Object object{.kind = foreign ? Kind::kForeignKey : Kind::kConstraint,
                .noun = foreign ? "foreign_key" : "constraint",
                .key = Key("constraint", table_.name, constraint.name),
                .shown = Shown(table_.name, constraint.name),
                .whole = key_,
                .definition = ConstraintDefinition(constraint),
                .value = ConstraintOf{&table_, &constraint}};
  const bool attached = !constraint.parent_index.name.empty();
  if (!constraint.inherited || attached) {
    object.create = {
        Cat(part_only ? Cat("ALTER TABLE ONLY ", name_, " ") : alter_, "ADD ",
            ConstraintDefinition(constraint))};
    object.drop = Cat(alter_, "DROP CONSTRAINT ", Quoted(constraint.name));
  }
  if (HasIndex(constraint))
    object.names.push_back("relation " +
                           Quoted({table_.name.schema, constraint.name}));
  AddConstraintProperties(object, constraint);
  const std::string key = object.key;
  graph_.Add(std::move(object));
  for (const std::string& column : constraint.columns)
    graph_.AddNeed(key, Key("column", table_.name, column));
  if (attached) AddConstraintAttachment(constraint);
}

void TableThings::AddConstraintAttachment(
    const schema::Constraint& constraint) {
  const schema::Name index{table_.name.schema, constraint.name};
  const std::string key = Key("constraint", table_.name, constraint.name);
  graph_.Add({.kind = Kind::kAttachment,
              .noun = "index_partition",
              .key = "attachment " + key,
              .shown = index.text(),
              .whole = key,
              .definition = Quoted(constraint.parent_index),
              .create = {Cat("ALTER INDEX ", Quoted(constraint.parent_index),
                             " ATTACH PARTITION ", Quoted(index))}});
  graph_.AddNeed("attachment " + key, "partition " + name_);
  graph_.AddNeed("partition " + name_, key);
}

void TableThings::AddPartition() {
  if (table_.parents.empty()) return;
  const std::string parent = Quoted(table_.parents[0]);
  const std::string key = "partition " + name_;
  graph_.Add(
      {.kind = Kind::kPartition,
       .noun = "partition",
       .key = key,
       .shown = table_.name.text(),
       .whole = key_,
       .definition = Cat(parent, " ", table_.partition_bound),
       .create = {Cat("ALTER TABLE ", parent, " ATTACH PARTITION ", name_, " ",
                      table_.partition_bound)},
       .drop = Cat("ALTER TABLE ", parent, " DETACH PARTITION ", name_)});
  graph_.AddNeed(key, "table " + parent);
  std::set<std::string> attached;
  for (const schema::Index& index : table_.indexes) {
    if (index.parent.name.empty()) continue;
    attached.insert(WithoutName(index));
    graph_.AddNeed(key, Key("index", {table_.name.schema, index.name}));
  }
  // The server would take the first of several that are equal.
  for (const schema::Index& index : table_.indexes)
    if (index.parent.name.empty() && attached.contains(WithoutName(index)))
      graph_.AddNeed(Key("index", {table_.name.schema, index.name}), key);
}

void TableThings::AddInheritance(const schema::Name& parent) {
  const std::string quoted = Quoted(parent);
  const std::string key = Cat("inheritance ", name_, " ", quoted);
  graph_.Add({.kind = Kind::kInheritance,
              .noun = "inheritance",
              .key = key,
              .shown = table_.name.text(),
              .whole = key_,
              .create = {Cat(alter_, "INHERIT ", quoted)},
              .drop = Cat(alter_, "NO INHERIT ", quoted)});
  graph_.AddNeed(key, "table " + quoted);
}

void TableThings::AddPolicy(const schema::Policy& policy) {
  const std::string name = Cat("POLICY ", Quoted(policy.name), " ON ", name_);
  std::string sql = "CREATE " + name;
  if (!policy.permissive) sql += " AS RESTRICTIVE";
  if (policy.command != "ALL") sql += " FOR " + policy.command;
  if (policy.roles != std::vector<std::string>{"PUBLIC"})
    sql += " TO " + Join(policy.roles, ", ");
  if (!policy.using_expression.empty())
    sql += Cat(" USING (", policy.using_expression, ")");
  if (!policy.check_expression.empty())
    sql += Cat(" WITH CHECK (", policy.check_expression, ")");
  Object object{.kind = Kind::kPolicy,
                .noun = "policy",
                .key = Key("policy", table_.name, policy.name),
                .shown = Shown(table_.name, policy.name),
                .whole = key_,
                .create = {sql},
                .drop = "DROP " + name,
                .value = PolicyOf{&table_, &policy}};
  AddComment(object, name, policy.comment);
  graph_.Add(std::move(object));
}

void TableThings::AddStatistics(const schema::Statistics& statistics) {
  const std::string name = "STATISTICS " + Quoted(statistics.name);
  Object object{.kind = Kind::kStatistics,
                .noun = "statistics",
                .key = Key("statistics", statistics.name),
                .shown = statistics.name.text(),
                .whole = key_,
                .definition = statistics.definition,
                .create = {statistics.definition},
                .drop = "DROP " + name};
  AddComment(object, name, statistics.comment);
  if (statistics.target)
    object.properties.push_back(
        {"target", Cat(*statistics.target),
         Cat("ALTER ", name, " SET STATISTICS ", *statistics.target),
         Cat("ALTER ", name, " SET STATISTICS -1")});
  graph_.Add(std::move(object));
}

void TableThings::AddAll() {
  AddTable();
  for (const auto& column : table_.columns) AddColumn(column);
  for (const auto& constraint : table_.constraints) AddConstraint(constraint);
  for (const auto& index : table_.indexes)
    AddIndex(index, table_.name, key_, graph_);
  if (IsPartition(table_))
    AddPartition();
  else
    for (const auto& parent : table_.parents) AddInheritance(parent);
  for (const auto& trigger : table_.triggers)
    AddTrigger(trigger, table_.name, key_, graph_);
  for (const auto& rule : table_.rules)
    AddRule(rule, table_.name, key_, graph_);
  for (const auto& policy : table_.policies) AddPolicy(policy);
  for (const auto& statistics : table_.statistics) AddStatistics(statistics);
}

}  // namespace

void AddTables(const schema::Catalog& catalog, Graph& graph) {
  std::set<schema::Name> parents;
  for (const schema::Table& table : catalog.tables)
    parents.insert(table.parents.begin(), table.parents.end());
  for (const schema::Table& table : catalog.tables)
    TableThings(table, parents.contains(table.name), graph).AddAll();
}

}  // namespace godwit::engine::pg
