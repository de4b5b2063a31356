// SPDX-License-Identifier: Apache-2.0
#include "query/shape.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/text.h"
#include "query/analysis.h"
#include "query/macros.h"
#include "query/stars.h"
#include "sql/characters.h"

namespace godwit::query {

namespace {

using schema::Problem;
using schema::ProblemCode;

// One query on its way.
struct Work {
  AnnotatedQuery query;
  PlainQuery plain;
  sql::DocumentView document;
};

void NamesOf(const sql::Expression* expression, std::set<std::string>& names);

// The tables that a query names, for those that are the database's own.
void NamesOf(const sql::FromItem& item, std::set<std::string>& names);
void NamesOf(const sql::Query* query, std::set<std::string>& names) {
  if (query == nullptr) return;
  for (const sql::CommonTable& table : query->with)
    NamesOf(table.query.get(), names);
  for (const auto& item : query->from) NamesOf(*item, names);
  if (query->target != nullptr) NamesOf(*query->target, names);
  for (const sql::Target& target : query->targets)
    NamesOf(target.value.get(), names);
  for (const sql::Query* inner :
       {query->left.get(), query->right.get(), query->source.get()})
    NamesOf(inner, names);
  NamesOf(query->where.get(), names);
}

void NamesOf(const sql::FromItem& item, std::set<std::string>& names) {
  if (item.kind == sql::FromItem::Kind::kTable) names.insert(item.name.back());
  NamesOf(item.query.get(), names);
  if (item.left != nullptr) NamesOf(*item.left, names);
  if (item.right != nullptr) NamesOf(*item.right, names);
}

void NamesOf(const sql::Expression* expression, std::set<std::string>& names) {
  if (expression == nullptr) return;
  NamesOf(expression->query.get(), names);
  for (const auto& argument : expression->arguments)
    NamesOf(argument.get(), names);
}

// The derived columns as the database counts them; none where the counts
// cannot be brought together.
std::vector<DerivedColumn> Align(std::vector<DerivedColumn> derived,
                                 std::size_t wanted) {
  const auto unknown =
      std::ranges::count_if(derived, &DerivedColumn::any_number);
  if (unknown == 1) {
    const auto at = std::ranges::find_if(derived, &DerivedColumn::any_number);
    DerivedColumn filler = *at;
    filler.any_number = false;
    const std::size_t index = static_cast<std::size_t>(at - derived.begin());
    derived.erase(at);
    if (derived.size() <= wanted) {
      derived.insert(derived.begin() + static_cast<std::ptrdiff_t>(index),
                     wanted - derived.size(), filler);
    }
  }
  if (unknown > 1 || derived.size() != wanted) derived.clear();
  return derived;
}

// name! and name?: the author knows better.
void TakeMark(Shape::Column& column) {
  // PostgreSQL calls what has no name "?column?".
  if (column.name.size() < 2 || column.name.front() == '?') return;
  const char last = column.name.back();
  if (last != '!' && last != '?') return;
  column.nullable = last == '?';
  column.name.pop_back();
}

class Files {
 public:
  Files(const sql::Lexicon& lexicon, engine::QueryEngine& engine)
      : lexicon_(lexicon), engine_(engine) {}

  Analyzed Analyze(std::span<const QueryFile> files);

 private:
  void Read(const QueryFile& file);
  void RefuseSameNames();
  void AnalyzeOne(const Work& work, const engine::DescribedQuery& described,
                  const sql::Query* tree, const Names& names);
  Shape MakeShape(const Work& work, const engine::DescribedQuery& described,
                  const Analysis& analysis) const;
  void AddColumns(const Work& work, const engine::DescribedQuery& described,
                  const Analysis& analysis, Shape& shape) const;
  void AddParameters(const Work& work, const engine::DescribedQuery& described,
                     const Analysis& analysis, Shape& shape) const;
  void Check(const Work& work, const Shape& shape, const sql::Query* tree);
  void TakeStars();
  void Refuse(const Work& work, ProblemCode code, std::string message,
              std::size_t offset, std::string hint = {});
  static std::string NearestName(const Work& work,
                                 const engine::DescribedQuery::Refusal& refusal,
                                 const sql::Query* tree,
                                 std::span<const schema::Relation> relations);

  const sql::Lexicon& lexicon_;
  engine::QueryEngine& engine_;
  // A shape whose stars can be written out, by its number.
  struct Candidate {
    std::size_t shape = 0;
    ExpandedQuery query;
    std::vector<engine::DescribedQuery::Column> columns;
  };

  std::vector<Work> work_;
  std::vector<Candidate> candidates_;
  Analyzed analyzed_;
};

void Files::Refuse(const Work& work, ProblemCode code, std::string message,
                   std::size_t offset, std::string hint) {
  analyzed_.problems.push_back(
      {work.query.name, code, std::move(message),
       work.document.PlaceOf(work.plain.Written(offset)), std::move(hint)});
}

void Files::Read(const QueryFile& file) {
  const sql::DocumentView document{file.text, file.path};
  const engine::PlaceholderStyle style = engine_.placeholders();
  try {
    for (AnnotatedQuery& query :
         ReadQueries(document, lexicon_, analyzed_.problems)) {
      try {
        PlainQuery plain = Rewrite(query, document, lexicon_, style);
        work_.push_back({std::move(query), std::move(plain), document});
      } catch (const Problem& problem) {
        analyzed_.problems.push_back(problem);
      }
    }
  } catch (const Error& error) {
    analyzed_.problems.push_back({"", ProblemCode::kSyntaxError,
                                  error.info().message, error.where(),
                                  error.info().help});
  }
}

void Files::RefuseSameNames() {
  std::map<std::string, const Work*> first;
  std::set<const Work*> refused;
  for (const Work& work : work_) {
    const auto [found, is_new] = first.try_emplace(work.query.name, &work);
    if (is_new) continue;
    Refuse(work, ProblemCode::kDuplicateName,
           Cat("two queries are named ", work.query.name, "; the first is in ",
               found->second->query.file, ":", found->second->query.line),
           0);
    refused.insert(&work);
  }
  std::vector<Work> kept;
  for (Work& work : work_) {
    if (!refused.contains(&work)) kept.push_back(std::move(work));
  }
  work_ = std::move(kept);
}

void Files::AddColumns(const Work& work,
                       const engine::DescribedQuery& described,
                       const Analysis& analysis, Shape& shape) const {
  const std::vector<DerivedColumn> derived =
      Align(analysis.columns, described.columns.size());
  for (std::size_t i = 0; i < described.columns.size(); ++i) {
    const engine::DescribedQuery::Column& from = described.columns[i];
    Shape::Column column{from.name, from.type,  from.array_dims,
                         true,      from.table, from.origin,
                         -1};
    if (i < derived.size()) {
      const DerivedColumn& known = derived[i];
      column.nullable = known.derived.nullable;
      if (column.type.empty()) column.type = known.derived.type;
      if (known.star) {
        const auto embed = std::ranges::find(work.plain.embeds, *known.star,
                                             &WrittenEmbed::offset);
        if (embed != work.plain.embeds.end()) {
          column.embed = static_cast<int>(embed - work.plain.embeds.begin());
          Shape::Embed& whole =
              shape.embeds[static_cast<std::size_t>(column.embed)];
          whole.table = from.table;
          whole.optional = known.blanked;
        }
      }
    }
    if (column.type.empty()) column.type = "any";
    TakeMark(column);
    shape.columns.push_back(std::move(column));
  }
}

void Files::AddParameters(const Work& work,
                          const engine::DescribedQuery& described,
                          const Analysis& analysis, Shape& shape) const {
  const std::size_t count = std::max(
      described.parameters.size(),
      work.plain.parameters.empty()
          ? 0
          : static_cast<std::size_t>(work.plain.parameters.back().number));
  for (std::size_t i = 0; i < count; ++i) {
    Shape::Parameter parameter;
    parameter.number = static_cast<int>(i + 1);
    parameter.type = "any";
    if (i < described.parameters.size() &&
        !described.parameters[i].type.empty()) {
      parameter.type = described.parameters[i].type;
      parameter.array_dims = described.parameters[i].array_dims;
    }
    if (const auto found = analysis.parameters.find(parameter.number);
        found != analysis.parameters.end()) {
      const DerivedParameter& known = found->second;
      parameter.name = known.name;
      parameter.nullable = known.nullable;
      parameter.table = known.table;
      parameter.column = known.table.empty() ? "" : known.name;
      if (parameter.type == "any" && !known.type.empty())
        parameter.type = known.type;
    }
    const auto written = std::ranges::find(
        work.plain.parameters, parameter.number, &WrittenParameter::number);
    if (written != work.plain.parameters.end()) {
      if (!written->name.empty()) parameter.name = written->name;
      parameter.nullable = parameter.nullable || written->nullable;
      parameter.slice = written->slice;
    }
    if (parameter.slice) {
      parameter.array_dims = 0;
      parameter.nullable = false;
    }
    shape.parameters.push_back(std::move(parameter));
  }
}

Shape Files::MakeShape(const Work& work,
                       const engine::DescribedQuery& described,
                       const Analysis& analysis) const {
  Shape shape;
  shape.name = work.query.name;
  shape.command = work.query.command;
  shape.comments = work.query.comments;
  shape.file = work.query.file;
  shape.line = work.document.PlaceOf(work.query.offset).line;
  shape.sql = work.plain.ExecutedText();
  shape.one_row = analysis.one_row;
  for (const WrittenEmbed& embed : work.plain.embeds)
    shape.embeds.push_back({embed.table, {}, false});
  AddColumns(work, described, analysis, shape);
  AddParameters(work, described, analysis, shape);
  return shape;
}

// What a command asks of its statement.
void Files::Check(const Work& work, const Shape& shape,
                  const sql::Query* tree) {
  const std::string command(Word(shape.command));
  // A SELECT may return rows without a column.
  const bool selects =
      tree != nullptr && (tree->kind == sql::Query::Kind::kSelect ||
                          tree->kind == sql::Query::Kind::kSetOperation);
  if (ReturnsRows(shape.command) && shape.columns.empty() && !selects) {
    return Refuse(
        work, ProblemCode::kBadAnnotation,
        Cat("query ", shape.name, " is ", command, " and returns no rows"), 0,
        "add RETURNING, or make it :exec");
  }
  const bool inserts =
      tree == nullptr || tree->kind == sql::Query::Kind::kInsert;
  if (shape.command == Command::kCopyFrom &&
      (!inserts || shape.parameters.empty())) {
    return Refuse(
        work, ProblemCode::kBadAnnotation,
        "the query is :copyfrom and no INSERT … VALUES with parameters", 0);
  }
  analyzed_.shapes.push_back(shape);
}

// The known name that what stands there most resembles, where the database has
// no hint of its own.
std::string Files::NearestName(const Work& work,
                               const engine::DescribedQuery::Refusal& refusal,
                               const sql::Query* tree,
                               std::span<const schema::Relation> relations) {
  const bool table = refusal.code == ProblemCode::kUnknownTable;
  if (!table && refusal.code != ProblemCode::kUnknownColumn) return {};
  std::string_view rest =
      std::string_view(work.plain.sql).substr(refusal.offset);
  std::string_view word;
  while (true) {  // schema.table.column: the last of them
    const std::size_t end = static_cast<std::size_t>(
        std::ranges::find_if_not(rest, sql::ContinuesWord) - rest.begin());
    word = rest.substr(0, end);
    if (end >= rest.size() || rest[end] != '.') break;
    rest.remove_prefix(end + 1);
  }
  std::set<std::string> tables;
  NamesOf(tree, tables);
  std::vector<std::string_view> known;
  for (const schema::Relation& relation : relations) {
    if (table) known.push_back(relation.name);
    if (table || (!tables.empty() && !tables.contains(relation.name))) continue;
    for (const schema::RelationColumn& column : relation.columns)
      known.push_back(column.name);
  }
  const std::string_view nearest = word.empty() ? "" : Nearest(word, known);
  return nearest.empty() ? "" : Cat("did you mean ", nearest, "?");
}

void Files::AnalyzeOne(const Work& work,
                       const engine::DescribedQuery& described,
                       const sql::Query* tree, const Names& names) {
  if (described.refusal) {
    const engine::DescribedQuery::Refusal& refusal = *described.refusal;
    return Refuse(work, refusal.code, refusal.message, refusal.offset,
                  refusal.hint.empty()
                      ? NearestName(work, refusal, tree, names.relations())
                      : refusal.hint);
  }
  Analysis analysis;
  if (tree != nullptr) {
    Setting setting{names,
                    engine_.facts(),
                    [&](std::string_view sql) { return engine_.Parse(sql); },
                    {}};
    for (const WrittenParameter& parameter : work.plain.parameters)
      setting.parameter_nullable[parameter.number] = parameter.nullable;
    analysis = query::Analyze(*tree, setting);
  }
  const std::size_t number = analyzed_.shapes.size();
  Shape shape = MakeShape(work, described, analysis);
  if (tree != nullptr && shape.command == Command::kCopyFrom)
    shape.copy = engine_.CopyOf(*tree, names.relations());
  Check(work, shape, tree);
  if (analyzed_.shapes.size() == number) return;
  ExpandedQuery expanded = ExpandStars(work.plain, analysis.stars, lexicon_);
  if (!expanded.text.empty())
    candidates_.push_back({number, std::move(expanded), described.columns});
}

// Where the database gives the same columns for them.
void Files::TakeStars() {
  std::vector<std::string> texts;
  for (const Candidate& candidate : candidates_)
    texts.push_back(candidate.query.text);
  if (texts.empty()) return;
  const std::vector<engine::DescribedQuery> described = engine_.Describe(texts);
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    if (!described[i].refusal && described[i].columns == candidates_[i].columns)
      analyzed_.shapes[candidates_[i].shape].sql =
          std::move(candidates_[i].query.executed);
  }
}

Analyzed Files::Analyze(std::span<const QueryFile> files) {
  for (const QueryFile& file : files) Read(file);
  RefuseSameNames();
  std::vector<std::string> texts;
  std::vector<sql::QueryPtr> trees;
  std::set<std::string> tables;
  for (const Work& work : work_) {
    texts.push_back(work.plain.sql);
    trees.push_back(engine_.Parse(work.plain.sql));
    NamesOf(trees.back().get(), tables);
  }
  const std::vector<engine::DescribedQuery> described = engine_.Describe(texts);
  const std::vector<std::string> wanted(tables.begin(), tables.end());
  analyzed_.relations = engine_.Relations(wanted);
  analyzed_.enums = engine_.Enums();
  analyzed_.constraints = engine_.Constraints();
  const Names names(analyzed_.relations, engine_.facts().folds_names());
  for (std::size_t i = 0; i < work_.size(); ++i)
    AnalyzeOne(work_[i], described[i], trees[i].get(), names);
  TakeStars();
  std::ranges::stable_sort(analyzed_.problems, {}, [](const Problem& problem) {
    return std::tuple(problem.where.file, problem.where.line,
                      problem.where.column);
  });
  return std::move(analyzed_);
}

}  // namespace

Analyzed AnalyzeFiles(std::span<const QueryFile> files,
                      const sql::Lexicon& lexicon,
                      engine::QueryEngine& engine) {
  return Files(lexicon, engine).Analyze(files);
}

}  // namespace godwit::query
