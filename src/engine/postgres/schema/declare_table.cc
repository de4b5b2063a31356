// SPDX-License-Identifier: Apache-2.0
// Tables, partitions, and what stands in their blocks.
#include <algorithm>
#include <set>

#include "base/text.h"
#include "engine/postgres/schema/declaring.h"
#include "engine/postgres/schema/names.h"

namespace godwit::engine::pg {

namespace {

using schema::Declaration;
using schema::Mark;
using schema::Rename;
using schema::Value;

class TableDeclaring {
 public:
  TableDeclaring(const Declaration& table, Declaring& out)
      : table_(table),
        out_(out),
        name_(NameOf(table)),
        quoted_(Quoted(name_)),
        is_part_(table.kind == "partition"),
        has_parts_(BlockOf(table, "partition") != nullptr) {}

  void Run();

 private:
  // Columns that the table has from elsewhere are only changed.
  bool IsInherited(const Declaration& column) const {
    return FlagOf(column, "inherited");
  }
  bool IsAttached() const;
  void Check();
  void AddCreate();
  bool AddLines(Draft& draft);
  void AddColumn(const Declaration& column, Draft& draft);
  void AddIdentity(const Declaration& column, Draft& draft);
  void AddGenerated(const Declaration& column, Draft& draft);
  void AddDefault(const Declaration& column, Draft& draft);
  bool IsInside(const Declaration& part) const;
  void AddBound(Draft& draft) const;
  void AddColumnProperties(const Declaration& column);
  void AddInheritedColumn(const Declaration& column);
  void AddPart(const Declaration& part);
  std::string NameOfKey(const Declaration& key) const;
  void AddKeyProperties(const Declaration& key);
  void AddForeignKey(const Declaration& key);
  void AddStatistics(const Declaration& statistics);
  void AddProperties();
  Phase KeyPhase() const {
    if (!is_part_) return Phase::kIndex;
    return has_parts_ ? Phase::kMiddleKey : Phase::kPartKey;
  }
  std::string Alter(bool only = false) const {
    return Cat("ALTER TABLE ", only ? "ONLY " : "", quoted_, " ");
  }

  const Declaration& table_;
  Declaring& out_;
  const schema::Name name_;
  const std::string quoted_;
  const bool is_part_;
  const bool has_parts_;
};

bool IsKey(const Declaration& block) {
  return block.kind == "primary_key" || block.kind == "unique" ||
         block.kind == "exclude";
}

// A partition with columns of its own is made as a table and then attached.
bool TableDeclaring::IsAttached() const {
  return is_part_ && BlockOf(table_, "column") != nullptr;
}

void TableDeclaring::Check() {
  std::set<std::string_view> columns;
  std::set<std::string_view> keys;
  for (const Declaration& block : table_.blocks) {
    if (block.kind == "column" && !columns.insert(block.name).second)
      out_.Complain(block.mark, Cat("column ", block.name, " of ", table_.name,
                                    " is declared twice"));
    const bool is_constraint =
        IsKey(block) || block.kind == "check" || block.kind == "foreign_key";
    if (is_constraint && !block.name.empty() && !keys.insert(block.name).second)
      out_.Complain(block.mark, Cat("constraint ", block.name, " of ",
                                    table_.name, " is declared twice"));
  }
}

void TableDeclaring::AddIdentity(const Declaration& column, Draft& draft) {
  const Declaration* identity = BlockOf(column, "identity");
  if (identity == nullptr) return;
  const bool always = WordsOf(*identity, "generated") == "ALWAYS";
  draft.Add(
      Cat(" GENERATED ", always ? "ALWAYS" : "BY DEFAULT", " AS IDENTITY"),
      identity->mark);
  std::string options;
  const std::string sequence = TextOf(*identity, "sequence");
  if (!sequence.empty())
    options = " SEQUENCE NAME " + Quoted({name_.schema, sequence});
  options += SequenceOptionsSql(*identity);
  if (!options.empty()) draft.Add(Cat(" (", options.substr(1), ")"));
}

void TableDeclaring::AddGenerated(const Declaration& column, Draft& draft) {
  const Value* expression = column.Find("as");
  bool is_virtual = false;
  if (const Declaration* block = BlockOf(column, "as")) {
    expression = block->Find("expr");
    is_virtual = WordsOf(*block, "type") == "VIRTUAL";
  }
  if (expression == nullptr) return;
  draft.Add(" GENERATED ALWAYS AS (")
      .Add(expression->text, expression->mark)
      .Add(is_virtual ? ") VIRTUAL" : ") STORED");
}

void TableDeclaring::AddDefault(const Declaration& column, Draft& draft) {
  const Value* value = column.Find("default");
  if (value == nullptr) return;
  const std::string sql = ExpressionSql(*value, column.Find("type"));
  if (value->kind == Value::Kind::kSql && out_.CallsRoutine(sql)) {
    Draft later(value->mark);
    later
        .Add(Cat(Alter(true), "ALTER COLUMN ", Quoted(column.name),
                 " SET DEFAULT "))
        .Add(sql);
    out_.Add(Phase::kExpression, later.Take());
    return;
  }
  draft.Add(" DEFAULT ").Add(sql, value->mark);
}

void TableDeclaring::AddColumn(const Declaration& column, Draft& draft) {
  const bool typed = table_.Find("of_type") != nullptr;
  const Value& type = *column.Find("type");
  draft.Add(Quoted(column.name), column.mark);
  if (typed) {
    draft.Add(" WITH OPTIONS");
  } else {
    draft.Add(" ").Add(TypeSql(type), type.mark);
    for (const std::string_view attribute : {"collate", "collation"})
      draft.Add(CollationSql(TextOf(column, attribute)),
                MarkOf(column, attribute));
  }
  AddGenerated(column, draft);
  AddDefault(column, draft);
  AddIdentity(column, draft);
  draft.From(MarkOf(column, "null"));
  if (!FlagOf(column, "null")) {
    const std::string constraint = TextOf(column, "not_null_constraint");
    if (!constraint.empty()) draft.Add(Cat(" CONSTRAINT ", Quoted(constraint)));
    draft.Add(" NOT NULL");
  } else if (BlockOf(column, "identity") != nullptr ||
             TypeSql(type).ends_with("serial")) {
    draft.Add(" NULL");  // the server refuses
  }
}

// What CREATE TABLE says itself; indexes of partitions come before those of the
// whole, which takes them in.
bool TableDeclaring::IsInside(const Declaration& part) const {
  if (IsKey(part)) return !is_part_ && !has_parts_;
  if (part.kind != "check") return false;
  return !FlagOf(part, "not_valid") && !out_.CallsRoutine(TextOf(part, "expr"));
}

void AddConstraintHead(const Declaration& constraint, Draft& draft) {
  draft.From(constraint.mark);
  if (!constraint.name.empty())
    draft.Add(Cat("CONSTRAINT ", Quoted(constraint.name), " "));
}

void AddInclude(const Declaration& key, Draft& draft) {
  if (const Value* include = key.Find("include"))
    draft.Add(Cat(" INCLUDE (", ColumnsSql(*include), ")"), include->mark);
}

void AddParameters(const Declaration& key, Draft& draft,
                   std::string pages = {}) {
  std::string parameters = ParametersSql(BlockOf(key, "storage_params"));
  if (!pages.empty())
    parameters = parameters.empty() ? pages : Cat(pages, ", ", parameters);
  if (!parameters.empty()) draft.Add(Cat(" WITH (", parameters, ")"));
}

std::string PagesSql(const Declaration& index) {
  const Value* pages = index.Find("page_per_range");
  return pages == nullptr ? std::string()
                          : Cat("pages_per_range = ", pages->text);
}

void AddWhere(const Declaration& index, Draft& draft) {
  if (const Value* where = index.Find("where"))
    draft.Add(" WHERE (").Add(where->text, where->mark).Add(")");
}

std::string MethodSql(const Declaration& index, std::string_view otherwise) {
  const std::string type = TextOf(index, "type");
  return Quoted(type.empty() ? otherwise : AsciiLower(type));
}

void AddUniqueKey(const Declaration& key, Draft& draft) {
  draft.Add(key.kind == "primary_key" ? "PRIMARY KEY" : "UNIQUE");
  if (!FlagOf(key, "nulls_distinct", true)) draft.Add(" NULLS NOT DISTINCT");
  draft.Add(" (");
  AddKeyParts(key, "on", draft);
  draft.Add(FlagOf(key, "without_overlaps") ? " WITHOUT OVERLAPS)" : ")");
  AddInclude(key, draft);
  AddParameters(key, draft);
}

void AddExclusion(const Declaration& key, Draft& draft) {
  draft.Add(Cat("EXCLUDE USING ", MethodSql(key, "btree"), " ("));
  AddKeyParts(key, "on", draft);
  draft.Add(")");
  AddInclude(key, draft);
  AddParameters(key, draft, PagesSql(key));
  AddWhere(key, draft);
}

std::string Validity(const Declaration& constraint) {
  if (!FlagOf(constraint, "enforced", true)) return " NOT ENFORCED";
  return FlagOf(constraint, "not_valid") ? " NOT VALID" : "";
}

void AddConstraint(const Declaration& constraint, Draft& draft) {
  AddConstraintHead(constraint, draft);
  if (constraint.kind == "check") {
    const Value& expression = *constraint.Find("expr");
    draft.Add("CHECK (").Add(expression.text, expression.mark).Add(")");
    if (FlagOf(constraint, "no_inherit")) draft.Add(" NO INHERIT");
    draft.Add(Validity(constraint));
    return;
  }
  if (constraint.kind == "exclude") {
    AddExclusion(constraint, draft);
  } else {
    AddUniqueKey(constraint, draft);
  }
  draft.Add(DeferrableSql(constraint));
}

// Whether there is a line at all.
bool TableDeclaring::AddLines(Draft& draft) {
  bool first = true;
  const auto separate = [&] {
    draft.Add(first ? " (\n    " : ",\n    ");
    first = false;
  };
  for (const Declaration& block : table_.blocks)
    if (block.kind == "column" && !IsInherited(block)) {
      separate();
      AddColumn(block, draft);
    }
  for (const Declaration& block : table_.blocks)
    if (IsInside(block)) {
      separate();
      AddConstraint(block, draft);
    }
  if (!first) draft.Add("\n)");
  return !first;
}

void TableDeclaring::AddBound(Draft& draft) const {
  const auto list = [](const Declaration& block, std::string_view attribute) {
    std::vector<std::string> values;
    if (const Value* value = block.Find(attribute))
      for (const Value& item : value->items)
        values.push_back(item.kind == Value::Kind::kString
                             ? item.text
                             : ExpressionSql(item));
    return Join(values, ", ");
  };
  if (const Declaration* range = BlockOf(table_, "range")) {
    draft.Add(Cat(" FOR VALUES FROM (", list(*range, "from"), ") TO (",
                  list(*range, "to"), ")"),
              range->mark);
  } else if (const Declaration* in = BlockOf(table_, "list")) {
    draft.Add(Cat(" FOR VALUES IN (", list(*in, "in"), ")"), in->mark);
  } else if (const Declaration* hash = BlockOf(table_, "hash")) {
    draft.Add(Cat(" FOR VALUES WITH (MODULUS ", TextOf(*hash, "modulus"),
                  ", REMAINDER ", TextOf(*hash, "remainder"), ")"),
              hash->mark);
  } else {
    draft.Add(" DEFAULT");
  }
}

void TableDeclaring::AddCreate() {
  Draft draft(table_.mark);
  const Value* of = table_.Find("of");
  const bool direct = is_part_ && !IsAttached();
  draft.Add(Cat("CREATE ", FlagOf(table_, "unlogged") ? "UNLOGGED " : "",
                "TABLE ", quoted_));
  if (direct)
    draft.Add(" PARTITION OF ").Add(ObjectSql(of->reference), of->mark);
  if (const Value* type = table_.Find("of_type"))
    draft.Add(" OF ").Add(TypeSql(*type), type->mark);
  const bool lines = AddLines(draft);
  draft.From(table_.mark);
  if (!lines && !direct && table_.Find("of_type") == nullptr) draft.Add(" ()");
  if (const Value* parents = table_.Find("inherits")) {
    std::vector<std::string> names;
    for (const Value& parent : parents->items)
      names.push_back(ObjectSql(parent.reference));
    draft.Add(Cat(" INHERITS (", Join(names, ", "), ")"), parents->mark);
  }
  if (direct) AddBound(draft);
  if (const Declaration* partition = BlockOf(table_, "partition")) {
    draft.Add(Cat(" PARTITION BY ", WordsOf(*partition, "type"), " ("),
              partition->mark);
    AddKeyParts(*partition, "by", draft);
    draft.Add(")");
  }
  if (const Value* method = table_.Find("access_method"))
    draft.Add(" USING ").Add(Quoted(method->text), method->mark);
  std::string parameters = ParametersSql(BlockOf(table_, "storage_params"));
  const std::string toast =
      ParametersSql(BlockOf(table_, "toast_params"), "toast.");
  if (!parameters.empty() && !toast.empty()) parameters += ", ";
  parameters += toast;
  if (!parameters.empty())
    draft.Add(Cat(" WITH (", parameters, ")"), table_.mark);
  out_.Add(Phase::kTable, draft.Take());
  if (!is_part_ || direct) return;
  Draft attach(table_.mark);
  attach.Add(Cat("ALTER TABLE ", ObjectSql(of->reference), " ATTACH PARTITION ",
                 quoted_));
  AddBound(attach);
  out_.Add(Phase::kTable, attach.Take());
}

void TableDeclaring::AddColumnProperties(const Declaration& column) {
  const std::string alter =
      Cat(Alter(true), "ALTER COLUMN ", Quoted(column.name), " ");
  const auto set = [&](std::string_view attribute, std::string_view words) {
    if (const Value* value = column.Find(attribute))
      out_.Add(Phase::kProperty, Cat(alter, words, value->text), value->mark);
  };
  set("storage", "SET STORAGE ");
  set("compression", "SET COMPRESSION ");
  set("statistics", "SET STATISTICS ");
  if (const Declaration* parameters = BlockOf(column, "params"))
    out_.Add(Phase::kProperty,
             Cat(alter, "SET (", ParametersSql(parameters), ")"),
             parameters->mark);
  out_.AddComment(column, Cat("COLUMN ", quoted_, ".", Quoted(column.name)));
  out_.AddRename(column, Rename::Kind::kColumn, name_, column.name);
}

void TableDeclaring::AddInheritedColumn(const Declaration& column) {
  const std::string alter =
      Cat(Alter(true), "ALTER COLUMN ", Quoted(column.name), " ");
  if (const Value* value = column.Find("default"))
    out_.Add(
        Phase::kExpression,
        Cat(alter, "SET DEFAULT ", ExpressionSql(*value, column.Find("type"))),
        value->mark);
  else if (!FlagOf(column, "inherited_default", true))
    out_.Add(Phase::kExpression, alter + "DROP DEFAULT", column.mark);
  if (!FlagOf(column, "null"))
    out_.Add(Phase::kExpression, alter + "SET NOT NULL",
             MarkOf(column, "null"));
}

// Its own name, or the one that the server gives a primary key.
std::string TableDeclaring::NameOfKey(const Declaration& key) const {
  const std::string usual = name_.name + "_pkey";
  const bool known =
      key.name.empty() && key.kind == "primary_key" && usual.size() < 64;
  return known ? usual : key.name;
}

void TableDeclaring::AddKeyProperties(const Declaration& key) {
  const std::string name = NameOfKey(key);
  if (!name.empty()) {
    if (FlagOf(key, "clustered"))
      out_.Add(Phase::kProperty, Cat(Alter(), "CLUSTER ON ", Quoted(name)),
               MarkOf(key, "clustered"));
    if (FlagOf(key, "replica_identity"))
      out_.Add(Phase::kProperty,
               Cat(Alter(), "REPLICA IDENTITY USING INDEX ", Quoted(name)),
               MarkOf(key, "replica_identity"));
    out_.AddComment(key, Cat("CONSTRAINT ", Quoted(name), " ON ", quoted_));
    out_.AddRename(key, Rename::Kind::kConstraint, name_, name);
    return;
  }
  for (const std::string_view attribute :
       {"clustered", "replica_identity", "comment", "renamed_from"})
    if (key.Find(attribute) != nullptr)
      out_.Complain(MarkOf(key, attribute),
                    Cat(attribute, " needs a constraint with a name"),
                    Cat("give it one: ", key.kind, " \"name\" {"));
}

void TableDeclaring::AddForeignKey(const Declaration& key) {
  const Value& columns = *key.Find("columns");
  const Value& referenced = *key.Find("ref_columns");
  if (columns.items.size() != referenced.items.size() ||
      columns.items.empty()) {
    out_.Complain(referenced.mark,
                  Cat("foreign key ", key.name, " has ", columns.items.size(),
                      " columns, and refers to ", referenced.items.size()));
    return;
  }
  const schema::Reference& target = referenced.items.front().reference;
  for (const Value& column : referenced.items)
    if (column.reference.kind != target.kind ||
        column.reference.name != target.name) {
      out_.Complain(column.mark, Cat("foreign key ", key.name,
                                     " refers to columns of two tables"));
      return;
    }
  Draft draft(key.mark);
  draft.Add(Alter() + "ADD ");
  AddConstraintHead(key, draft);
  const auto list = [&](const Value& value) {
    std::string names = ColumnsSql(value);
    if (FlagOf(key, "period")) {
      const std::string last = Quoted(value.items.back().reference.member);
      names.insert(names.size() - last.size(), "PERIOD ");
    }
    return names;
  };
  draft.Add(Cat("FOREIGN KEY (", list(columns), ")"), columns.mark);
  draft.Add(
      Cat(" REFERENCES ", target.kind.empty() ? quoted_ : ObjectSql(target),
          " (", list(referenced), ")"),
      referenced.mark);
  const auto add = [&](std::string_view words, std::string_view attribute) {
    const std::string value = WordsOf(key, attribute);
    if (!value.empty()) draft.Add(Cat(words, value), MarkOf(key, attribute));
  };
  add(" MATCH ", "match");
  add(" ON UPDATE ", "on_update");
  add(" ON DELETE ", "on_delete");
  if (const Value* some = key.Find("on_delete_columns"))
    draft.Add(Cat(" (", ColumnsSql(*some), ")"), some->mark);
  draft.Add(Cat(DeferrableSql(key), Validity(key)), key.mark);
  out_.Add(Phase::kForeignKey, draft.Take());
  AddKeyProperties(key);
}

void TableDeclaring::AddStatistics(const Declaration& statistics) {
  const Value* schema = statistics.Find("schema");
  const std::string name = Quoted(schema::Name{
      schema == nullptr ? name_.schema : schema->reference.name.name,
      statistics.name});
  Draft draft(statistics.mark);
  draft.Add("CREATE STATISTICS " + name);
  if (const Value* kinds = statistics.Find("kinds")) {
    std::vector<std::string> words;
    for (const Value& kind : kinds->items)
      words.push_back(AsciiLower(kind.text));
    draft.Add(Cat(" (", Join(words, ", "), ")"), kinds->mark);
  }
  draft.Add(" ON ");
  AddKeyParts(statistics, "on", draft);
  draft.Add(" FROM " + quoted_);
  out_.Add(Phase::kProperty, draft.Take());
  if (const Value* target = statistics.Find("target"))
    out_.Add(Phase::kProperty,
             Cat("ALTER STATISTICS ", name, " SET STATISTICS ", target->text),
             target->mark);
  out_.AddComment(statistics, "STATISTICS " + name);
}

void TableDeclaring::AddPart(const Declaration& part) {
  if (part.kind == "column") {
    if (IsInherited(part)) AddInheritedColumn(part);
    AddColumnProperties(part);
  } else if (part.kind == "foreign_key") {
    AddForeignKey(part);
  } else if (part.kind == "index") {
    DeclareIndex(part, name_, KeyPhase(), out_);
  } else if (part.kind == "statistics") {
    AddStatistics(part);
  } else if (IsKey(part) || part.kind == "check") {
    if (!IsInside(part)) {
      Draft draft(part.mark);
      draft.Add(Alter() + "ADD ");
      AddConstraint(part, draft);
      out_.Add(KeyPhase(), draft.Take());
    }
    AddKeyProperties(part);
  }
}

void TableDeclaring::AddProperties() {
  if (const Declaration* security = BlockOf(table_, "row_security")) {
    if (FlagOf(*security, "enabled"))
      out_.Add(Phase::kProperty, Alter() + "ENABLE ROW LEVEL SECURITY",
               security->mark);
    if (FlagOf(*security, "enforced"))
      out_.Add(Phase::kProperty, Alter() + "FORCE ROW LEVEL SECURITY",
               security->mark);
  }
  if (const Value* identity = table_.Find("replica_identity")) {
    const bool index = identity->kind == Value::Kind::kReference;
    out_.Add(Phase::kProperty,
             Cat(Alter(), "REPLICA IDENTITY ",
                 index ? "USING INDEX " + Quoted(identity->reference.member)
                       : WordsOf(table_, "replica_identity")),
             identity->mark);
  }
  out_.AddComment(table_, "TABLE " + quoted_);
  out_.AddRename(table_, Rename::Kind::kTable, name_, name_.name);
}

void TableDeclaring::Run() {
  Check();
  AddCreate();
  for (const Declaration& part : table_.blocks) AddPart(part);
  AddProperties();
}

}  // namespace

void DeclareTable(const Declaration& declaration, Declaring& out) {
  TableDeclaring(declaration, out).Run();
}

void DeclareIndex(const Declaration& index, const schema::Name& table,
                  Phase phase, Declaring& out) {
  Draft draft(index.mark);
  draft.Add(FlagOf(index, "unique") ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
  if (!index.name.empty()) draft.Add(Quoted(index.name) + " ");
  draft.Add(Cat("ON ", FlagOf(index, "only") ? "ONLY " : "", Quoted(table)));
  if (const Value* type = index.Find("type"))
    draft.Add(" USING ").Add(MethodSql(index, "btree"), type->mark);
  draft.From(index.mark).Add(" (");
  AddKeyParts(index, "on", draft);
  draft.Add(")");
  AddInclude(index, draft);
  if (!FlagOf(index, "nulls_distinct", true))
    draft.Add(" NULLS NOT DISTINCT", MarkOf(index, "nulls_distinct"));
  AddParameters(index, draft, PagesSql(index));
  AddWhere(index, draft);
  out.Add(phase, draft.Take());
  if (index.name.empty()) {
    for (const std::string_view attribute : {"comment", "clustered"})
      if (index.Find(attribute) != nullptr)
        out.Complain(MarkOf(index, attribute),
                     Cat(attribute, " needs an index with a name"),
                     "give it one: index \"name\" {");
    return;
  }
  const schema::Name name{table.schema, index.name};
  int number = 0;
  for (const Declaration& part : index.blocks) {
    if (part.kind != "on") continue;
    ++number;
    if (const Value* target = part.Find("statistics"))
      out.Add(Phase::kProperty,
              Cat("ALTER INDEX ", Quoted(name), " ALTER COLUMN ", number,
                  " SET STATISTICS ", target->text),
              target->mark);
  }
  if (const Value* whole = index.Find("of"))
    out.Add(Phase::kProperty,
            Cat("ALTER INDEX ",
                Quoted({whole->reference.name.schema, whole->reference.member}),
                " ATTACH PARTITION ", Quoted(name)),
            whole->mark);
  if (FlagOf(index, "clustered"))
    out.Add(
        Phase::kProperty,
        Cat("ALTER TABLE ", Quoted(table), " CLUSTER ON ", Quoted(index.name)),
        MarkOf(index, "clustered"));
  out.AddComment(index, "INDEX " + Quoted(name));
  out.AddRename(index, Rename::Kind::kIndex, name, index.name);
}

}  // namespace godwit::engine::pg
