// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "schema/declared.h"

namespace godwit::engine::pg {

// What the files of DeclareSchema share.

// A statement that is put together out of pieces, each of which remembers where
// it is from.
class Draft {
 public:
  explicit Draft(const schema::Mark& mark) { statement_.mark = mark; }

  Draft& Add(std::string_view sql) {
    statement_.sql += sql;
    return *this;
  }
  // What follows stands there.
  Draft& From(const schema::Mark& mark) {
    if (mark.file >= 0) statement_.parts.emplace_back(size(), mark);
    return *this;
  }
  Draft& Add(std::string_view sql, const schema::Mark& mark) {
    return From(mark).Add(sql);
  }
  std::size_t size() const { return statement_.sql.size(); }
  schema::DeclaredStatement Take() { return std::move(statement_); }

 private:
  schema::DeclaredStatement statement_;
};

// When statements run, where references do not say otherwise.
enum class Phase {
  kSchema,
  kExtension,
  kCollation,
  kType,
  kSequence,
  kTable,
  kRoutine,
  kOther,
  kExpression,  // defaults and checks that call what is declared
  kPartKey,     // keys and indexes of partitions,
  kMiddleKey,   // of those that are divided again, which take them in,
  kIndex,       // and of all others
  kView,
  kForeignKey,
  kRule,
  kTrigger,
  kPolicy,
  kProperty,
  kComment,
  kPermission,
  kDefaultPermission,
  kEventTrigger,  // they would see all others
  kLast,
};

class Declaring {
 public:
  void Add(Phase phase, schema::DeclaredStatement statement) {
    phases_[static_cast<std::size_t>(phase)].push_back(std::move(statement));
  }
  void Add(Phase phase, std::string sql, const schema::Mark& mark) {
    Add(phase, {.sql = std::move(sql), .mark = mark});
  }
  void Complain(const schema::Mark& mark, std::string message,
                std::string help = {}) {
    problems_.push_back({mark, std::move(message), std::move(help)});
  }
  // COMMENT ON what IS …, where the declaration has one.
  void AddComment(const schema::Declaration& declaration,
                  std::string_view what);
  // Of what `renamed_from` says. `to`: its name now.
  void AddRename(const schema::Declaration& declaration,
                 schema::Rename::Kind kind, const schema::Name& parent,
                 std::string_view to);

  // Routines of the document, by their plain names.
  void KnowRoutine(std::string_view name) { routines_.emplace(name); }
  // Whether a text in SQL seems to call one of them.
  bool CallsRoutine(std::string_view sql) const;

  schema::Declared Take();

 private:
  static constexpr std::size_t kPhases =
      static_cast<std::size_t>(Phase::kLast) + 1;
  std::array<std::vector<schema::DeclaredStatement>, kPhases> phases_;
  std::vector<schema::DeclarationProblem> problems_;
  std::vector<schema::Rename> renames_;
  std::set<std::string, std::less<>> routines_;
};

// Attributes, by name.

// Empty where it is not there.
std::string TextOf(const schema::Declaration& declaration,
                   std::string_view attribute);
bool FlagOf(const schema::Declaration& declaration, std::string_view attribute,
            bool otherwise = false);
// "SET NULL" of SET_NULL and of "set null"; empty where it is not there.
std::string WordsOf(const schema::Declaration& declaration,
                    std::string_view attribute);
// Where an attribute stands; of one that is not there, its block.
const schema::Mark& MarkOf(const schema::Declaration& declaration,
                           std::string_view attribute);
const schema::Declaration* BlockOf(const schema::Declaration& declaration,
                                   std::string_view kind);

// The name that a declaration of the document's top has.
schema::Name NameOf(const schema::Declaration& declaration);
// "public.users" of a reference to an object.
std::string ObjectSql(const schema::Reference& reference);
std::string TypeSql(const schema::Value& value);
// A default or an argument; empty for null. `type`: of what it is for.
std::string ExpressionSql(const schema::Value& value,
                          const schema::Value* type = nullptr);
// `COLLATE "x"`: a plain name, or with quotes as in SQL.
std::string CollationSql(const std::string& collation);
// "a, b" of references to columns.
std::string ColumnsSql(const schema::Value& columns);
// "fillfactor=70, …" of a block of free attributes; nullptr: nothing.
std::string ParametersSql(const schema::Declaration* block,
                          std::string_view prefix = {});
// A function by reference, word or text.
std::string CalleeSql(const schema::Value& value);
// "PUBLIC", a role.
std::string RoleSql(const schema::Value& value);
// " DEFERRABLE INITIALLY DEFERRED".
std::string DeferrableSql(const schema::Declaration& declaration);
// "START WITH 1 INCREMENT BY 1 …" of what is said.
std::string SequenceOptionsSql(const schema::Declaration& declaration);

// The parts of an index, an exclusion, a partition's key: of `columns`, or of
// the blocks of the kind.
void AddKeyParts(const schema::Declaration& declaration, std::string_view kind,
                 Draft& draft);

void DeclareTable(const schema::Declaration& declaration, Declaring& out);
void DeclareView(const schema::Declaration& declaration, Declaring& out);
void DeclareIndex(const schema::Declaration& index, const schema::Name& table,
                  Phase phase, Declaring& out);
void DeclareType(const schema::Declaration& declaration, Declaring& out);
void DeclareSequence(const schema::Declaration& declaration, Declaring& out);
void DeclareRoutine(const schema::Declaration& declaration, Declaring& out);
void DeclareAggregate(const schema::Declaration& declaration, Declaring& out);
void DeclareTrigger(const schema::Declaration& declaration, Declaring& out);
void DeclareEventTrigger(const schema::Declaration& declaration,
                         Declaring& out);
void DeclarePolicy(const schema::Declaration& declaration, Declaring& out);
void DeclareRule(const schema::Declaration& declaration, Declaring& out);
void DeclareOther(const schema::Declaration& declaration, Declaring& out);
void DeclarePermission(const schema::Declaration& declaration, Declaring& out);
void DeclareDefaultPermission(const schema::Declaration& declaration,
                              Declaring& out);

}  // namespace godwit::engine::pg
