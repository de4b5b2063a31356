// SPDX-License-Identifier: Apache-2.0
// Tables and partitions.
#include <algorithm>

#include "base/text.h"
#include "engine/postgres/schema/describing.h"
#include "engine/postgres/schema/names.h"
#include "engine/postgres/schema/tables.h"

namespace godwit::engine::pg {

namespace {

using schema::Column;
using schema::Declaration;
using schema::Table;
using schema::Value;
using ConstraintKind = schema::Constraint::Kind;

void PutIdentity(const Table& table, const Column& column, Declaration& out) {
  if (!column.identity || IsPartition(table)) return;
  Declaration block;
  block.kind = "identity";
  Put(block, "generated",
      WordValue(column.identity->always ? "ALWAYS" : "BY_DEFAULT"));
  PutSequenceOptions(block, *column.identity, column.type);
  const std::string usual = Cat(table.name.name, "_", column.name, "_seq");
  if (column.identity_sequence != usual)
    PutText(block, "sequence", column.identity_sequence);
  out.blocks.push_back(std::move(block));
}

void PutGenerated(const Column& column, Declaration& out) {
  if (column.generated.empty()) return;
  Declaration block;
  block.kind = "as";
  Put(block, "expr", TextValue(column.generated));
  Put(block, "type", WordValue(column.generated_stored ? "STORED" : "VIRTUAL"));
  out.blocks.push_back(std::move(block));
}

const Column* InheritedColumn(const Table& table, const Column& column,
                              const Describing& describing) {
  if (IsPartition(table) || column.local || !column.inherited) return nullptr;
  for (const schema::Name& parent : table.parents) {
    const Table* found = describing.FindTable(parent);
    if (found == nullptr) continue;
    const auto of =
        std::ranges::find(found->columns, column.name, &Column::name);
    if (of != found->columns.end()) return &*of;
  }
  return nullptr;
}

Declaration DescribeColumn(const Table& table, const Column& column,
                           const Describing& describing) {
  Declaration out;
  out.kind = "column";
  out.name = column.name;
  Put(out, "null", FlagValue(!column.not_null));
  const bool serial = describing.IsSerial(table, column);
  if (serial) {
    Put(out, "type",
        WordValue(column.type == "integer"    ? "serial"
                  : column.type == "smallint" ? "smallserial"
                                              : "bigserial"));
  } else {
    Put(out, "type", describing.Type(column.type));
    if (!column.default_value.empty())
      Put(out, "default",
          describing.Default(column.default_value, column.type));
  }
  PutText(out, "collate", CollationText(column.collation));
  PutText(out, "comment", column.comment);
  PutText(out, "not_null_constraint", column.not_null_constraint);
  PutWord(out, "storage", column.storage);
  PutWord(out, "compression", column.compression);
  if (column.statistics) PutNumber(out, "statistics", Cat(*column.statistics));
  if (const Column* parent = InheritedColumn(table, column, describing)) {
    PutFlag(out, "inherited", true);
    if (column.default_value.empty() && !parent->default_value.empty())
      Put(out, "inherited_default", FlagValue(false));
  } else {
    PutIdentity(table, column, out);
    PutGenerated(column, out);
  }
  PutParameters(out, "params", column.options);
  return out;
}

void PutPartitionBy(const Table& table, const Describing& describing,
                    Declaration& out) {
  if (table.partition_by.empty()) return;
  Definition reader(table.partition_by);
  Declaration block;
  block.kind = "partition";
  Put(block, "type", WordValue(reader.TakeName()));
  PutKeyParts(reader.TakeList(), "by", table.name, describing, block);
  out.blocks.push_back(std::move(block));
}

// A value of a bound is a text in SQL.
Value BoundValues(Definition& reader) {
  std::vector<Value> values;
  for (const std::string& value : reader.TakeList())
    values.push_back(TextValue(value));
  return ListValue(std::move(values));
}

void PutBound(const Table& table, Declaration& out) {
  Definition reader(table.partition_bound);
  Declaration block;
  if (reader.Take("for values from")) {
    block.kind = "range";
    Put(block, "from", BoundValues(reader));
    reader.Take("to");
    Put(block, "to", BoundValues(reader));
  } else if (reader.Take("for values in")) {
    block.kind = "list";
    Put(block, "in", BoundValues(reader));
  } else if (reader.Take("for values with")) {
    block.kind = "hash";
    for (const std::string& part : reader.TakeList()) {
      Definition option(part);
      const std::string name = AsciiLower(option.TakeName());
      PutNumber(block, name, option.Rest());
    }
  } else {
    return;
  }
  out.blocks.push_back(std::move(block));
}

void PutTableOptions(const Table& table, Declaration& out) {
  std::vector<std::string> own;
  std::vector<std::string> toast;
  for (const std::string& option : table.options) {
    if (option.starts_with("toast."))
      toast.push_back(option.substr(6));
    else
      own.push_back(option);
  }
  PutParameters(out, "storage_params", own);
  PutParameters(out, "toast_params", toast);
}

void PutHead(const Table& table, const Describing& describing,
             Declaration& out) {
  if (IsPartition(table) && !table.parents.empty())
    Put(out, "of", describing.Relation(table.parents[0]));
  PutText(out, "comment", table.comment);
  PutFlag(out, "unlogged", table.unlogged);
  PutText(out, "access_method", table.access_method);
  PutWord(out, "replica_identity", table.replica_identity);
  for (const schema::Index& index : table.indexes)
    if (index.replica_identity)
      Put(out, "replica_identity",
          ReferenceValue({{}, {}, "index", index.name}));
  if (!IsPartition(table) && !table.parents.empty()) {
    std::vector<Value> parents;
    for (const schema::Name& parent : table.parents)
      parents.push_back(describing.Relation(parent));
    Put(out, "inherits", ListValue(std::move(parents)));
  }
  if (!table.of_type.empty())
    Put(out, "of_type", describing.Type(table.of_type));
}

class TableDescribing {
 public:
  TableDescribing(const Table& table, Describing& describing)
      : table_(table), describing_(describing) {
    out_.kind = IsPartition(table) ? "partition" : "table";
    out_.name = table.name.name;
    PutSchema(out_, table.name.schema);
  }

  void Run();

 private:
  bool IsTheirs(const schema::Constraint& constraint) const;
  void AddConstraints(ConstraintKind kind);
  void AddIndexes();
  void AddStatistics();

  const Table& table_;
  Describing& describing_;
  Declaration out_;
};

// What it has from elsewhere and needs no words here.
bool TableDescribing::IsTheirs(const schema::Constraint& constraint) const {
  const bool attached = !constraint.parent_index.name.empty();
  if (attached) {
    const Table* whole = describing_.FindTable(table_.parents.at(0));
    return whole != nullptr && IsUsualPart(constraint, table_) &&
           std::ranges::find(whole->constraints, constraint.parent_index.name,
                             &schema::Constraint::name) !=
               whole->constraints.end();
  }
  if (!constraint.inherited) return false;
  // A table that is attached must have the checks of the whole.
  return !(IsPartition(table_) && constraint.kind == ConstraintKind::kCheck &&
           !describing_.Blocks(table_).empty());
}

void TableDescribing::AddConstraints(ConstraintKind kind) {
  for (const schema::Constraint& constraint : table_.constraints)
    if (constraint.kind == kind && !IsTheirs(constraint))
      DescribeConstraint(constraint, table_, out_, describing_);
}

void TableDescribing::AddIndexes() {
  for (const schema::Index& index : table_.indexes) {
    if (!index.parent.name.empty() && IsUsualPart(index, table_)) continue;
    Declaration block;
    if (DescribeIndex(index, table_.name, block, describing_)) {
      const Table* whole = table_.parents.empty()
                               ? nullptr
                               : describing_.FindTable(table_.parents[0]);
      // The whole's index takes in those of all parts, or names them.
      if (whole != nullptr && !index.parent.name.empty())
        for (const schema::Index& other : whole->indexes)
          if (other.name == index.parent.name && !other.valid)
            Put(block, "of",
                ReferenceValue(
                    {std::string(describing_.RelationKind(whole->name)),
                     whole->name, "index", other.name}));
      out_.blocks.push_back(std::move(block));
    } else {
      describing_.AddObject("INDEX", Quoted({table_.name.schema, index.name}),
                            {index.definition}, index.comment);
    }
  }
}

void TableDescribing::AddStatistics() {
  for (const schema::Statistics& statistics : table_.statistics) {
    Definition reader(statistics.definition);
    Declaration block;
    block.kind = "statistics";
    block.name = statistics.name.name;
    if (statistics.name.schema != table_.name.schema)
      PutSchema(block, statistics.name.schema);
    reader.Take("create statistics");
    reader.TakeQualified();
    std::vector<Value> kinds;
    if (!reader.IsWord("on"))
      for (const std::string& kind : reader.TakeList()) {
        std::string word = kind;
        for (char& c : word)
          if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        kinds.push_back(WordValue(word));
      }
    if (!kinds.empty()) Put(block, "kinds", ListValue(std::move(kinds)));
    reader.Take("on");
    const std::string list = Cat("(", reader.TakeUntil({"from"}), ")");
    Definition parts(list);
    PutKeyParts(parts.TakeList(), "on", table_.name, describing_, block);
    if (statistics.target) PutNumber(block, "target", Cat(*statistics.target));
    PutText(block, "comment", statistics.comment);
    out_.blocks.push_back(std::move(block));
  }
}

void TableDescribing::Run() {
  PutHead(table_, describing_, out_);
  PutBound(table_, out_);
  const auto& blocks = describing_.Blocks(table_);
  for (const Column& column : table_.columns)
    if (blocks.contains(column.name))
      out_.blocks.push_back(DescribeColumn(table_, column, describing_));
  AddConstraints(ConstraintKind::kPrimaryKey);
  AddConstraints(ConstraintKind::kForeignKey);
  AddIndexes();
  AddConstraints(ConstraintKind::kCheck);
  AddConstraints(ConstraintKind::kUnique);
  AddConstraints(ConstraintKind::kExclusion);
  AddStatistics();
  PutPartitionBy(table_, describing_, out_);
  if (table_.row_security || table_.force_row_security) {
    Declaration block;
    block.kind = "row_security";
    PutFlag(block, "enabled", table_.row_security);
    PutFlag(block, "enforced", table_.force_row_security);
    out_.blocks.push_back(std::move(block));
  }
  PutTableOptions(table_, out_);
  describing_.Append(std::move(out_));
}

}  // namespace

void DescribeTable(const Table& table, Describing& out) {
  TableDescribing(table, out).Run();
}

}  // namespace godwit::engine::pg
