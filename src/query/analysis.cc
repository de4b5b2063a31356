// SPDX-License-Identifier: Apache-2.0
#include "query/analysis.h"

#include <algorithm>

#include "query/analyzer.h"

namespace godwit::query {

using sql::Expression;
using sql::ExpressionPtr;
using sql::FromItem;
using sql::Query;
using Kind = Expression::Kind;

namespace {

// A common table that names itself settles after few rounds: each round can
// only make columns nullable.
constexpr int kMostRounds = 32;

std::vector<Hint> Hints(const Source& target,
                        const std::vector<std::string>& columns,
                        const Names& names) {
  std::vector<Hint> hints;
  const auto add = [&](const Field& field) {
    hints.push_back(
        {field.name, field.declared_nullable, field.derived.type, field.table});
  };
  if (columns.empty()) {
    for (const Field& field : target.fields) {
      if (!field.hidden) add(field);
    }
    return hints;
  }
  for (const std::string& column : columns) {
    const auto found = std::ranges::find_if(
        target.fields,
        [&](const Field& field) { return names.Same(field.name, column); });
    if (found == target.fields.end())
      hints.push_back({column, false, {}, {}});
    else
      add(*found);
  }
  return hints;
}

std::string NameOf(const Expression& value) {
  switch (value.kind) {
    case Kind::kColumn:
    case Kind::kField:
    case Kind::kCall:
      return value.name.empty() ? std::string() : value.name.back();
    case Kind::kCast:
    case Kind::kSubscript:
      return value.arguments.empty() ? std::string()
                                     : NameOf(*value.arguments[0]);
    default:
      return {};
  }
}

bool Writes(const std::vector<sql::Assignment>& assignments,
            std::string_view column, const Names& names) {
  return std::ranges::any_of(assignments, [&](const auto& assignment) {
    return names.Same(assignment.column, column);
  });
}

}  // namespace

const std::vector<Field>* Analyzer::FindCommonTable(
    const FromItem& item) const {
  if (item.name.size() != 1) return nullptr;
  for (auto at = common_tables_.rbegin(); at != common_tables_.rend(); ++at) {
    if (setting_.names.Same(at->first, item.name[0])) return &at->second;
  }
  return nullptr;
}

void Analyzer::Rename(const FromItem& item, Source& source) {
  if (!item.alias.empty()) source.alias = item.alias;
  for (std::size_t i = 0; i < item.columns.size(); ++i) {
    if (i < source.fields.size())
      source.fields[i].name = item.columns[i];
    else if (source.any_columns)
      source.fields.push_back({item.columns[i], {}, {}, {}, false, true});
  }
}

// A view's columns are as nullable as its query makes them.
std::vector<Field> Analyzer::FieldsOf(const schema::Relation& relation) {
  std::vector<Field> fields;
  for (const schema::RelationColumn& column : relation.columns) {
    Field& field = fields.emplace_back();
    field.name = column.name;
    field.origin = column.name;
    field.table = relation.text();
    field.hidden = column.hidden;
    field.derived = {!column.not_null,
                     column.array_dims > 0 ? "" : column.type};
    field.declared_nullable = !column.not_null;
  }
  const bool busy = std::ranges::find(views_, &relation) != views_.end();
  if (relation.definition.empty() || busy || views_.size() > 20) return fields;
  const sql::QueryPtr query = setting_.parse(relation.definition);
  if (query == nullptr) return fields;
  views_.push_back(&relation);
  // The view's names are its own, and its parameters there are none.
  Analyzer inner(setting_);
  inner.views_ = views_;
  const Rows rows = inner.Read(*query, nullptr);
  views_.pop_back();
  const bool known =
      rows.columns.size() == fields.size() &&
      std::ranges::none_of(rows.columns, &DerivedColumn::any_number);
  if (!known) return fields;
  for (std::size_t i = 0; i < fields.size(); ++i)
    fields[i].derived.nullable = fields[i].declared_nullable =
        rows.columns[i].derived.nullable;
  return fields;
}

Source Analyzer::ReadTable(const FromItem& item) {
  Source source;
  source.alias = item.name.back();
  if (const std::vector<Field>* common = FindCommonTable(item)) {
    source.fields = *common;
  } else if (const schema::Relation* relation =
                 setting_.names.Find(item.name)) {
    source.fields = FieldsOf(*relation);
    if (item.alias.empty()) source.schema = relation->schema;
    source.row_number = relation->has_row_number || !setting_.names.folds();
  } else {
    source.any_columns = true;
  }
  Rename(item, source);
  return source;
}

Source Analyzer::ReadFunction(const FromItem& item, const Scope& scope) {
  Source source;
  for (const ExpressionPtr& function : item.functions) {
    const Expression& call = *function;
    for (const ExpressionPtr& argument : call.arguments) {
      Hint hint;
      hint.name = NameOf(call);
      Derive(argument.get(), scope, hint);
    }
    const std::string name = NameOf(call);
    if (source.alias.empty()) source.alias = name;
    const engine::QueryFacts::TableFunction known =
        setting_.facts.FromFunction(name, call.arguments.size());
    const bool nullable = known.nullable || item.functions.size() > 1;
    if (!known.known) {
      source.any_columns = item.defined.empty();
    } else if (known.columns.empty()) {
      const std::string& column = item.alias.empty() ? name : item.alias;
      source.fields.push_back({column, {nullable, ""}, {}, {}, false, true});
    } else {
      for (const std::string& column : known.columns)
        source.fields.push_back({column, {nullable, ""}, {}, {}, false, true});
    }
  }
  for (const std::string& column : item.defined)
    source.fields.push_back({column, {}, {}, {}, false, true});
  if (item.ordinality)
    source.fields.push_back(
        {"ordinality", {false, "int8"}, {}, {}, false, false});
  Rename(item, source);
  return source;
}

Analyzer::Range Analyzer::ReadItem(const FromItem& item, Scope& scope) {
  if (item.kind == FromItem::Kind::kJoin) return ReadJoin(item, scope);
  Source source;
  if (item.kind == FromItem::Kind::kTable) {
    source = ReadTable(item);
  } else if (item.kind == FromItem::Kind::kFunction) {
    source = ReadFunction(item, scope);
  } else {
    const Scope* outer = item.lateral ? &scope : scope.outer();
    const Rows rows = Read(*item.query, outer);
    for (const DerivedColumn& column : rows.columns) {
      if (column.any_number) source.any_columns = true;
      source.fields.push_back({column.name, column.derived, column.table,
                               column.origin, false, column.derived.nullable});
    }
    if (rows.columns.empty()) source.any_columns = true;
    Rename(item, source);
  }
  return Add(std::move(source), scope);
}

Analyzer::Range Analyzer::Add(Source source, Scope& scope) {
  const std::size_t at = scope.sources().size();
  Range range{at, at + 1, {}, {}};
  for (std::size_t i = 0; i < source.fields.size(); ++i) {
    if (!source.fields[i].hidden) range.shown.push_back({at, i});
  }
  scope.sources().push_back(std::move(source));
  return range;
}

// The columns of USING and NATURAL come first, once.
void Analyzer::Merge(const FromItem& item, Scope& scope, const Range& left,
                     const Range& right, Range& both) {
  const auto name_of = [&](const FieldPlace& place) -> const std::string& {
    return scope.sources()[place.source].fields[place.field].name;
  };
  const auto find = [&](const Range& range, const std::string& name) {
    return std::ranges::find_if(range.shown, [&](const FieldPlace& place) {
      return setting_.names.Same(name_of(place), name);
    });
  };
  std::vector<std::string> names = item.using_columns;
  if (item.natural) {
    for (const FieldPlace& place : left.shown) {
      if (find(right, name_of(place)) != right.shown.end())
        names.push_back(name_of(place));
    }
  }
  for (const std::string& name : names) {
    Merged merged;
    merged.name = name;
    const auto old = std::ranges::find_if(both.merged, [&](const Merged& m) {
      return setting_.names.Same(m.name, name);
    });
    bool left_nullable = true;
    if (old != both.merged.end()) {
      merged.parts = old->parts;
      left_nullable = old->nullable;
      both.merged.erase(old);
    } else if (const auto found = find(left, name); found != left.shown.end()) {
      merged.parts.push_back(*found);
      left_nullable = scope.At(*found).derived.nullable;
    }
    bool right_nullable = true;
    if (const auto found = find(right, name); found != right.shown.end()) {
      merged.parts.push_back(*found);
      right_nullable = scope.At(*found).derived.nullable;
    }
    if (merged.parts.empty()) continue;
    using Join = FromItem::Join;
    // An inner join's are equal, so neither is NULL.
    merged.nullable = item.join == Join::kLeft    ? left_nullable
                      : item.join == Join::kRight ? right_nullable
                      : item.join == Join::kFull
                          ? left_nullable || right_nullable
                          : false;
    std::erase_if(both.shown, [&](const FieldPlace& place) {
      return std::ranges::find(merged.parts, place) != merged.parts.end();
    });
    both.merged.push_back(std::move(merged));
  }
}

Analyzer::Range Analyzer::ReadJoin(const FromItem& item, Scope& scope) {
  const Range left = ReadItem(*item.left, scope);
  const Range right = ReadItem(*item.right, scope);
  Range both{left.first, right.last, left.shown, left.merged};
  both.shown.insert(both.shown.end(), right.shown.begin(), right.shown.end());
  both.merged.insert(both.merged.end(), right.merged.begin(),
                     right.merged.end());
  Merge(item, scope, left, right, both);
  using Join = FromItem::Join;
  if (item.on != nullptr) {
    scope.set_range(both);
    Derive(item.on.get(), scope);
    // What the condition proves holds for the side that may be blanked, as
    // long as it is not; of the other side nothing follows.
    if (item.join == Join::kInner) {
      Prove(item.on.get(), scope);
      both = scope.range();
    }
  }
  const auto blank = [&](const Range& range) {
    for (std::size_t i = range.first; i < range.last; ++i)
      scope.sources()[i].blanked = true;
  };
  if (item.join == Join::kLeft || item.join == Join::kFull) blank(right);
  if (item.join == Join::kRight || item.join == Join::kFull) blank(left);
  scope.set_range(both);
  return both;
}

void Analyzer::ReadFrom(const Query& query, Scope& scope) {
  Range all;
  all.first = scope.sources().size();
  all.shown = scope.range().shown;
  all.merged = scope.range().merged;
  for (const auto& item : query.from) {
    const Range range = ReadItem(*item, scope);
    all.shown.insert(all.shown.end(), range.shown.begin(), range.shown.end());
    all.merged.insert(all.merged.end(), range.merged.begin(),
                      range.merged.end());
    all.last = range.last;
    scope.set_range(all);
  }
}

namespace {

// What one star stands for.
class StarReader {
 public:
  StarReader(const Scope& scope, std::size_t offset,
             std::vector<DerivedColumn>& columns)
      : scope_(scope), offset_(offset), columns_(columns) {}

  void AddAll();
  void AddSource(const Source& source);
  void AddUnknown();
  // None where they cannot all be told.
  StarColumns Take() { return known_ ? std::move(star_) : StarColumns(); }

 private:
  void Add(const Field& field, bool blanked, std::string_view source);

  const Scope& scope_;
  const std::size_t offset_;
  std::vector<DerivedColumn>& columns_;
  StarColumns star_;
  bool known_ = true;
};

void StarReader::Add(const Field& field, bool blanked,
                     std::string_view source) {
  star_.push_back({std::string(source), field.name});
  DerivedColumn column;
  column.name = field.name;
  column.derived = field.derived;
  column.table = field.table;
  column.origin = field.origin;
  column.star = offset_;
  column.blanked = blanked;
  columns_.push_back(std::move(column));
}

void StarReader::AddUnknown() {
  known_ = false;
  DerivedColumn column;
  column.any_number = true;
  column.star = offset_;
  columns_.push_back(std::move(column));
}

void StarReader::AddAll() {
  for (const Merged& merged : scope_.range().merged)
    Add(scope_.Of(merged), false, "");
  std::size_t last = scope_.range().first;
  const auto end_source = [&](std::size_t until) {
    for (; last < until; ++last) {
      if (scope_.sources()[last].any_columns) AddUnknown();
    }
  };
  for (const FieldPlace& place : scope_.range().shown) {
    end_source(place.source);
    const Source& source = scope_.sources()[place.source];
    Add(scope_.At(place), source.blanked, source.alias);
  }
  end_source(scope_.sources().size());
}

void StarReader::AddSource(const Source& source) {
  for (const Field& field : source.fields) {
    if (field.hidden) continue;
    Field shown = field;
    shown.derived.nullable = shown.derived.nullable || source.blanked;
    Add(shown, source.blanked, source.alias);
  }
  if (source.any_columns) AddUnknown();
}

}  // namespace

void Analyzer::AddStar(const sql::Target& target, const Scope& scope,
                       std::vector<DerivedColumn>& columns) {
  const std::vector<std::string>& path = target.value->name;
  StarReader reader(scope, target.offset, columns);
  const Source* source = path.empty() ? nullptr : scope.FindSource(path.back());
  if (!target.value->arguments.empty()) {  // (x).*
    reader.AddUnknown();
  } else if (path.empty()) {
    reader.AddAll();
  } else if (source != nullptr) {
    reader.AddSource(*source);
  } else {
    reader.AddUnknown();
  }
  KeepStar(target, reader.Take());
}

// What is read twice, and differs, is not known.
void Analyzer::KeepStar(const sql::Target& target, StarColumns columns) {
  if (!views_.empty()) return;
  const auto [kept, is_new] = stars_.try_emplace(target.offset, columns);
  if (!is_new && kept->second != columns) kept->second.clear();
}

std::vector<DerivedColumn> Analyzer::ReadTargets(
    const std::vector<sql::Target>& targets, const Scope& scope,
    const std::vector<Hint>* into) {
  std::vector<DerivedColumn> columns;
  for (const sql::Target& target : targets) {
    if (target.value->kind == Kind::kStar) {
      AddStar(target, scope, columns);
      continue;
    }
    Hint hint{target.alias, false, {}, {}};
    if (into != nullptr && columns.size() < into->size())
      hint = (*into)[columns.size()];
    DerivedColumn column;
    column.derived = Derive(target.value.get(), scope, hint);
    column.name = target.alias.empty() ? NameOf(*target.value) : target.alias;
    if (target.value->kind == Kind::kColumn) {
      if (const std::optional<Field> field = scope.Find(target.value->name)) {
        column.table = field->table;
        column.origin = field->origin;
        if (target.alias.empty()) column.name = field->name;
      }
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

void Analyzer::ReadTail(const Query& query, const Scope& scope) {
  const std::string count = setting_.facts.LiteralType(
      static_cast<int>(Expression::Literal::kInteger));
  for (const ExpressionPtr& key : query.order_by) Derive(key.get(), scope);
  Derive(query.limit.get(), scope, {"limit", false, count, {}});
  Derive(query.skip.get(), scope, {"offset", false, count, {}});
}

Analyzer::Rows Analyzer::ReadSelect(const Query& query, const Scope* outer,
                                    const std::vector<Hint>* into) {
  Scope scope(setting_.names, outer);
  ReadFrom(query, scope);
  grouped_ = false;
  Derive(query.where.get(), scope);
  Prove(query.where.get(), scope);
  // Sets of keys leave keys out, and the one of all rows may be of none.
  grouped_ = !query.group_by.empty() && !query.grouping_sets;
  for (const ExpressionPtr& key : query.group_by) Derive(key.get(), scope);
  if (query.having != nullptr) {
    Derive(query.having.get(), scope);
    if (!query.group_by.empty()) Prove(query.having.get(), scope);
  }
  Rows rows;
  rows.columns = ReadTargets(query.targets, scope, into);
  const bool aggregates =
      query.group_by.empty() &&
      (query.having != nullptr ||
       std::ranges::any_of(query.targets, [&](const sql::Target& target) {
         return IsAggregate(target.value.get());
       }));
  ReadTail(query, scope);
  const bool cut = query.limit != nullptr || query.skip != nullptr;
  rows.one_row = !cut && query.having == nullptr && query.group_by.empty() &&
                 (aggregates || (query.from.empty() && query.where == nullptr));
  // Without a row a bare column beside an aggregate is NULL (SQLite), and so
  // is a key that a grouping set leaves out.
  if (query.grouping_sets || aggregates) {
    for (std::size_t i = 0; i < rows.columns.size(); ++i) {
      const bool plain = i >= query.targets.size() ||
                         query.targets[i].value->kind == Kind::kColumn ||
                         query.targets[i].value->kind == Kind::kStar;
      if (query.grouping_sets || plain) {
        const bool counts = i < query.targets.size() &&
                            query.targets[i].value->kind == Kind::kCall &&
                            !rows.columns[i].derived.nullable;
        if (!counts) rows.columns[i].derived.nullable = true;
      }
    }
  }
  return rows;
}

Analyzer::Rows Analyzer::ReadValues(const Query& query, const Scope* outer,
                                    const std::vector<Hint>* into) {
  const Scope scope(setting_.names, outer);
  Rows rows;
  rows.one_row = query.rows.size() == 1;
  for (const std::vector<ExpressionPtr>& row : query.rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      const Hint hint =
          into != nullptr && i < into->size() ? (*into)[i] : Hint{};
      const Derived derived = Derive(row[i].get(), scope, hint);
      if (i >= rows.columns.size()) {
        DerivedColumn column;
        column.name = "column" + std::to_string(i + 1);
        column.derived = derived;
        rows.columns.push_back(std::move(column));
        continue;
      }
      Derived& together = rows.columns[i].derived;
      together.nullable = together.nullable || derived.nullable;
      if (together.type != derived.type) together.type.clear();
    }
  }
  ReadTail(query, scope);
  return rows;
}

Analyzer::Rows Analyzer::ReadSetOperation(const Query& query,
                                          const Scope* outer,
                                          const std::vector<Hint>* into) {
  Rows left = Read(*query.left, outer, into);
  const Rows right = Read(*query.right, outer, into);
  const auto unknown = [](const Rows& rows) {
    return std::ranges::any_of(rows.columns, &DerivedColumn::any_number);
  };
  const bool known = !unknown(left) && !unknown(right) &&
                     left.columns.size() == right.columns.size();
  using Operation = Query::Operation;
  for (std::size_t i = 0; i < left.columns.size(); ++i) {
    DerivedColumn& column = left.columns[i];
    column.star.reset();
    if (query.operation == Operation::kExcept) continue;
    if (!known) {
      column.derived = {};
      continue;
    }
    const Derived& other = right.columns[i].derived;
    column.derived.nullable = query.operation == Operation::kUnion
                                  ? column.derived.nullable || other.nullable
                                  : column.derived.nullable && other.nullable;
    if (column.derived.type != other.type) column.derived.type.clear();
    if (column.table != right.columns[i].table ||
        column.origin != right.columns[i].origin) {
      column.table.clear();
      column.origin.clear();
    }
  }
  Scope scope(setting_.names, outer);
  ReadTail(query, scope);
  left.one_row = false;
  return left;
}

std::vector<Field> Analyzer::ReadCommonTable(const sql::CommonTable& table,
                                             bool recursive,
                                             const Scope* outer) {
  const auto fields_of = [&](const Rows& rows) {
    std::vector<Field> fields;
    for (const DerivedColumn& column : rows.columns) {
      fields.push_back({column.name, column.derived, column.table,
                        column.origin, false, column.derived.nullable});
    }
    for (std::size_t i = 0; i < table.columns.size() && i < fields.size(); ++i)
      fields[i].name = table.columns[i];
    return fields;
  };
  const Query& query = *table.query;
  if (!recursive || query.kind != Query::Kind::kSetOperation)
    return fields_of(Read(query, outer));
  std::vector<Field> fields = fields_of(Read(*query.left, outer));
  for (int round = 0; round < kMostRounds; ++round) {
    common_tables_.emplace_back(table.name, fields);
    std::vector<Field> again = fields_of(Read(query, outer));
    common_tables_.pop_back();
    const bool settled =
        std::ranges::equal(fields, again, [](const Field& a, const Field& b) {
          return a.derived.nullable == b.derived.nullable &&
                 a.derived.type == b.derived.type;
        });
    fields = std::move(again);
    if (settled) return fields;
  }
  for (Field& field : fields) field.derived = {};
  return fields;
}

void Analyzer::ReadCommonTables(const Query& query, const Scope* outer) {
  for (const sql::CommonTable& table : query.with) {
    std::vector<Field> fields = ReadCommonTable(table, query.recursive, outer);
    common_tables_.emplace_back(table.name, std::move(fields));
  }
}

void Analyzer::ReadAssignments(const std::vector<sql::Assignment>& assignments,
                               const Scope& scope, const Source& target) {
  for (const sql::Assignment& assignment : assignments) {
    const std::vector<Hint> hint =
        Hints(target, {assignment.column}, setting_.names);
    Derive(assignment.value.get(), scope, hint[0]);
  }
}

void Analyzer::ReadInsert(const Query& query, const Scope& scope) {
  const Source& target = scope.sources()[0];
  const std::vector<Hint> hints = Hints(target, query.columns, setting_.names);
  if (query.source != nullptr) Read(*query.source, scope.outer(), &hints);
  if (query.conflict_assignments.empty()) return;
  Scope conflict = scope;
  Source excluded = target;
  excluded.alias = "excluded";
  conflict.sources().push_back(std::move(excluded));
  ReadAssignments(query.conflict_assignments, conflict, target);
  Derive(query.conflict_where.get(), conflict);
}

void Analyzer::ReadActions(const Query& query, const Scope& scope) {
  const Source& target = scope.sources()[0];
  for (const sql::QueryPtr& action : query.actions) {
    Derive(action->where.get(), scope);
    ReadAssignments(action->assignments, scope, target);
    if (action->source == nullptr) continue;
    const std::vector<Hint> hints =
        Hints(target, action->columns, setting_.names);
    for (const auto& row : action->source->rows) {
      for (std::size_t i = 0; i < row.size(); ++i)
        Derive(row[i].get(), scope, i < hints.size() ? hints[i] : Hint{});
    }
  }
}

Analyzer::Rows Analyzer::ReadChange(const Query& query, const Scope* outer) {
  Scope scope(setting_.names, outer);
  scope.set_range(Add(ReadTable(*query.target), scope));
  ReadFrom(query, scope);
  grouped_ = false;
  const std::vector<Field> before = scope.sources()[0].fields;
  Derive(query.where.get(), scope);
  Prove(query.where.get(), scope);
  // What was proved of the row before the change says nothing of what the
  // change writes.
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (query.kind == Query::Kind::kUpdate &&
        Writes(query.assignments, before[i].name, setting_.names))
      scope.sources()[0].fields[i].derived = before[i].derived;
  }
  ReadAssignments(query.assignments, scope, scope.sources()[0]);
  if (query.kind == Query::Kind::kInsert) ReadInsert(query, scope);
  ReadActions(query, scope);
  Rows rows;
  rows.columns = ReadTargets(query.targets, scope, nullptr);
  ReadTail(query, scope);
  rows.one_row =
      query.kind == Query::Kind::kInsert && !query.has_conflict &&
      (query.source == nullptr || (query.source->kind == Query::Kind::kValues &&
                                   query.source->rows.size() == 1));
  return rows;
}

Analyzer::Rows Analyzer::Read(const Query& query, const Scope* outer,
                              const std::vector<Hint>* into) {
  const std::size_t common = common_tables_.size();
  const bool grouped = grouped_;
  ReadCommonTables(query, outer);
  Rows rows;
  switch (query.kind) {
    case Query::Kind::kSelect:
      rows = ReadSelect(query, outer, into);
      break;
    case Query::Kind::kValues:
      rows = ReadValues(query, outer, into);
      break;
    case Query::Kind::kSetOperation:
      rows = ReadSetOperation(query, outer, into);
      break;
    case Query::Kind::kOther: {
      const Scope scope(setting_.names, outer);
      ReadTargets(query.targets, scope, nullptr);
      break;
    }
    default:
      rows = ReadChange(query, outer);
  }
  common_tables_.resize(common);
  grouped_ = grouped;
  return rows;
}

Analysis Analyze(const Query& query, const Setting& setting) {
  Analyzer first(setting);
  first.Read(query, nullptr);
  // Now that parameters are known, what is made of them can be.
  Analyzer second(setting, first.parameters());
  Analyzer::Rows rows = second.Read(query, nullptr);
  Analysis analysis;
  analysis.columns = std::move(rows.columns);
  analysis.one_row = rows.one_row;
  analysis.parameters = second.parameters();
  analysis.stars = second.stars();
  return analysis;
}

}  // namespace godwit::query
