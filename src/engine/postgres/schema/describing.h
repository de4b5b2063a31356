// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/postgres/schema/definition.h"
#include "schema/catalog.h"
#include "schema/declaration.h"

namespace godwit::engine::pg {

// What the files of DescribeCatalog share.

schema::Value TextValue(std::string_view text);
schema::Value WordValue(std::string_view word);
schema::Value SqlValue(std::string_view text);
schema::Value NumberValue(std::string_view digits);
schema::Value FlagValue(bool truth);
schema::Value ListValue(std::vector<schema::Value> items);
schema::Value ReferenceValue(schema::Reference reference);
schema::Value ObjectValue(std::string_view kind, const schema::Name& name);

// Fills a declaration. What is empty, or as when it is not said, is left out.
void Put(schema::Declaration& out, std::string_view name, schema::Value value);
void PutText(schema::Declaration& out, std::string_view name,
             std::string_view text);
// SET_NULL of "SET NULL".
void PutWord(schema::Declaration& out, std::string_view name,
             std::string_view words);
void PutNumber(schema::Declaration& out, std::string_view name,
               std::string_view digits);
void PutFlag(schema::Declaration& out, std::string_view name, bool truth,
             bool usual = false);
void PutSchema(schema::Declaration& out, const std::string& name);
// "a=1" as a block of free attributes.
void PutParameters(schema::Declaration& out, std::string_view kind,
                   const std::vector<std::string>& options);
void PutState(schema::Declaration& out, std::string_view enabled);
schema::Value ParameterValue(const std::string& text);
// A plain name, or with quotes as in SQL: what `collate` takes.
std::string CollationText(std::string_view sql);
// What is not usual of a sequence's options.
void PutSequenceOptions(schema::Declaration& out,
                        const schema::Identity& options, std::string_view type);

// What is looked up in a catalog, and what comes out.
class Describing {
 public:
  explicit Describing(const schema::Catalog& catalog);

  // Adds one declaration of the document's top.
  schema::Declaration& Add(std::string_view kind, const schema::Name& name);
  // One that is put together elsewhere.
  void Append(schema::Declaration declaration) {
    out_.push_back(std::move(declaration));
  }
  // What no block has the words for: its statements.
  void AddObject(std::string_view kind, std::string_view identity,
                 std::vector<std::string> statements,
                 const std::string& comment);
  // `arguments`: of a routine whose name is not enough; else nullptr.
  void AddPermissions(const schema::Value& object, const std::string* arguments,
                      const std::vector<schema::Grant>& grants);

  schema::Value Type(const std::string& type) const;
  // A default, an argument's too, of something of this type.
  schema::Value Default(const std::string& expression,
                        const std::string& type) const;
  // A function that is printed as "public.f": a reference where the catalog has
  // it, and it alone has its name.
  schema::Value Callee(const std::string& text) const;

  // "table", "partition", "view", "materialized"; empty: it is not known.
  std::string_view RelationKind(const schema::Name& name) const;
  schema::Value Relation(const schema::Name& name) const;
  // As it is named within its own relation, or from elsewhere.
  schema::Value OwnColumn(const schema::Name& relation,
                          const std::string& column) const;
  schema::Value Column(const schema::Name& relation,
                       const std::string& column) const;
  // The columns of a table that its block has blocks for.
  const std::set<std::string>& Blocks(const schema::Table& table) const;
  bool IsSerial(const schema::Sequence& sequence) const {
    return serials_.contains(&sequence);
  }
  bool IsSerial(const schema::Table& table, const schema::Column& column) const;
  bool HasNameAlone(const schema::Routine& routine) const;

  const schema::Table* FindTable(const schema::Name& name) const;
  const schema::Catalog& catalog() const { return catalog_; }
  std::vector<schema::Declaration> Take() { return std::move(out_); }

 private:
  bool IsEnum(const std::string& type) const;
  void FindSerials();
  void FindTargets();
  std::set<std::string> FindBlocks(const schema::Table& table) const;

  const schema::Catalog& catalog_;
  std::vector<schema::Declaration> out_;
  std::map<schema::Name, const schema::Table*> tables_;
  std::map<schema::Name, std::string_view> relations_;
  std::map<schema::Name, std::string_view> types_;
  std::map<schema::Name, int> routines_;
  std::map<schema::Name, std::string_view> routine_kinds_;
  std::set<const schema::Sequence*> serials_;
  std::set<std::pair<schema::Name, std::string>> serial_columns_;
  // Columns that something else refers to as those of this very table.
  std::map<schema::Name, std::set<std::string>> targets_;
  std::map<const schema::Table*, std::set<std::string>> blocks_;
};

// The parts of a key as `columns`, or as blocks of the kind where a part is
// more than a column.
bool PutKeyParts(const std::vector<std::string>& parts, std::string_view kind,
                 const schema::Name& relation, const Describing& describing,
                 schema::Declaration& out,
                 const std::vector<std::pair<int, int>>& statistics = {});

void DescribeTable(const schema::Table& table, Describing& out);
void DescribeView(const schema::View& view, Describing& out);
void DescribeConstraint(const schema::Constraint& constraint,
                        const schema::Table& table, schema::Declaration& block,
                        Describing& out);
// False where it is not understood.
bool DescribeIndex(const schema::Index& index, const schema::Name& relation,
                   schema::Declaration& block, const Describing& describing);
bool IsUsualPart(const schema::Index& index, const schema::Table& table);
bool IsUsualPart(const schema::Constraint& constraint,
                 const schema::Table& table);
void DescribeTypes(Describing& out);
void DescribeSequences(Describing& out);
void DescribeRoutines(Describing& out);
void DescribeTriggers(Describing& out);
void DescribePolicies(Describing& out);
void DescribeRules(Describing& out);
void DescribeOthers(Describing& out);
void DescribeRights(Describing& out);

}  // namespace godwit::engine::pg
