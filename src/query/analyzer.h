// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "query/analysis.h"
#include "query/scope.h"

namespace godwit::query {

// What an expression stands beside: names a parameter there.
struct Hint {
  std::string name;
  bool nullable = false;
  std::string type;
  std::string table;
};

// One walk over a query's tree. Scopes live on its stack.
class Analyzer {
 public:
  // `known`: what an earlier walk found out of the parameters.
  Analyzer(const Setting& setting, std::map<int, DerivedParameter> known = {})
      : setting_(setting), known_(std::move(known)) {}

  struct Rows {
    std::vector<DerivedColumn> columns;
    bool one_row = false;
  };
  // `into`: the columns that the rows are put into.
  Rows Read(const sql::Query& query, const Scope* outer,
            const std::vector<Hint>* into = nullptr);
  const std::map<int, DerivedParameter>& parameters() const {
    return parameters_;
  }
  // Of the query itself, not of the views that it reads.
  const std::map<std::size_t, StarColumns>& stars() const { return stars_; }

 private:
  using Range = Scope::Range;

  // Queries.
  Rows ReadSelect(const sql::Query& query, const Scope* outer,
                  const std::vector<Hint>* into);
  Rows ReadValues(const sql::Query& query, const Scope* outer,
                  const std::vector<Hint>* into);
  Rows ReadSetOperation(const sql::Query& query, const Scope* outer,
                        const std::vector<Hint>* into);
  Rows ReadChange(const sql::Query& query, const Scope* outer);
  void ReadInsert(const sql::Query& query, const Scope& scope);
  void ReadActions(const sql::Query& query, const Scope& scope);
  void ReadAssignments(const std::vector<sql::Assignment>& assignments,
                       const Scope& scope, const Source& target);
  void ReadCommonTables(const sql::Query& query, const Scope* outer);
  std::vector<Field> ReadCommonTable(const sql::CommonTable& table,
                                     bool recursive, const Scope* outer);
  void ReadTail(const sql::Query& query, const Scope& scope);
  std::vector<DerivedColumn> ReadTargets(
      const std::vector<sql::Target>& targets, const Scope& scope,
      const std::vector<Hint>* into);
  void AddStar(const sql::Target& target, const Scope& scope,
               std::vector<DerivedColumn>& columns);
  void KeepStar(const sql::Target& target, StarColumns columns);

  // FROM.
  void ReadFrom(const sql::Query& query, Scope& scope);
  Range ReadItem(const sql::FromItem& item, Scope& scope);
  Range ReadJoin(const sql::FromItem& item, Scope& scope);
  void Merge(const sql::FromItem& item, Scope& scope, const Range& left,
             const Range& right, Range& both);
  Source ReadTable(const sql::FromItem& item);
  Source ReadFunction(const sql::FromItem& item, const Scope& scope);
  std::vector<Field> FieldsOf(const schema::Relation& relation);
  static Range Add(Source source, Scope& scope);
  const std::vector<Field>* FindCommonTable(const sql::FromItem& item) const;
  static void Rename(const sql::FromItem& item, Source& source);
  void Prove(const sql::Expression* condition, Scope& scope) const;
  void ProveOperands(const sql::Expression& condition, Scope& scope) const;

  // Expressions.
  Derived Derive(const sql::Expression* expression, const Scope& scope,
                 const Hint& hint = {});
  Derived DeriveCombined(const sql::Expression& expression, const Scope& scope,
                         const Hint& hint);
  Derived DeriveColumn(const sql::Expression& column, const Scope& scope);
  Derived DeriveParameter(const sql::Expression& parameter, const Hint& hint);
  Derived DeriveOperator(const sql::Expression& expression, const Scope& scope,
                         const Hint& hint);
  Derived DeriveCall(const sql::Expression& call, const Scope& scope);
  Derived DeriveCase(const sql::Expression& expression, const Scope& scope,
                     const Hint& hint);
  Derived DeriveCast(const sql::Expression& cast, const Scope& scope,
                     const Hint& hint);
  Derived DeriveSubquery(const sql::Expression& expression, const Scope& scope,
                         const Hint& hint);
  // Of the arguments: NULL where one is, or only where all are.
  enum class Blank { kAny, kAll };
  Derived Together(const std::vector<sql::ExpressionPtr>& arguments,
                   const Scope& scope, const Hint& hint, Blank blank);
  Derived FromFact(const engine::FunctionFact& fact,
                   const sql::Expression& call,
                   const std::vector<Derived>& arguments) const;
  // What the other operands say of one that is a parameter.
  Hint HintOf(const std::vector<sql::ExpressionPtr>& operands,
              const Scope& scope, const Hint& outer) const;
  std::optional<Field> ColumnOf(const sql::Expression* expression,
                                const Scope& scope) const;
  static Hint HintFor(const Field& field);
  bool IsAggregate(const sql::Expression* expression) const;

  const Setting& setting_;
  std::map<int, DerivedParameter> known_;
  std::map<int, DerivedParameter> parameters_;
  std::map<std::size_t, StarColumns> stars_;
  std::vector<std::pair<std::string, std::vector<Field>>> common_tables_;
  std::vector<const schema::Relation*> views_;  // that are being read
  // Of the SELECT that is being read: aggregates see at least one row.
  bool grouped_ = false;
};

}  // namespace godwit::query
