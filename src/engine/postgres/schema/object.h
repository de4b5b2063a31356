// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "schema/catalog.h"

namespace godwit::engine::pg {

// In the order in which they are best made, where nothing else decides.
enum class Kind {
  kSchema,
  kExtension,
  kCollation,
  kType,
  kSequence,
  kTable,
  kColumn,
  kDefault,
  kInheritance,
  kOwnership,
  kRoutine,
  kOther,
  kView,
  kConstraint,
  kIndex,
  kForeignKey,
  kPartition,
  kAttachment,
  kStatistics,
  kTrigger,
  kRule,
  kPolicy,
  kDefaultPrivileges,
};

// What can be changed on a thing that stays: to get the value from any other,
// and to return to what the thing is made with.
struct Property {
  std::string name;
  std::string value;
  std::string set;
  std::string reset;
};

struct ColumnOf {
  const schema::Table* table = nullptr;
  const schema::Column* column = nullptr;
};
struct ConstraintOf {
  const schema::Table* table = nullptr;
  const schema::Constraint* constraint = nullptr;
};
struct IndexOf {
  const schema::Index* index = nullptr;
};
struct PolicyOf {
  const schema::Table* table = nullptr;
  const schema::Policy* policy = nullptr;
};

// One thing of a catalog that is made, changed and dropped by itself. Columns,
// defaults and what links two things are things of their own.
struct Object {
  Kind kind = Kind::kOther;
  std::string noun;  // "column": for Change::kind
  std::string key;
  std::string shown;       // for people
  std::string whole;       // the key of what it is a part of and goes with
  std::string definition;  // other than this: another thing
  std::vector<std::string> create;
  std::string drop;  // empty: it goes with something else
  std::vector<Property> properties;
  std::vector<std::string> names;  // that it takes from others, "relation a.b"
  // Where its kind knows more than to make it again.
  std::variant<std::monostate, const schema::Table*, ColumnOf, ConstraintOf,
               IndexOf, PolicyOf, const schema::View*, const schema::Enum*,
               const schema::Domain*, const schema::Composite*,
               const schema::Range*, const schema::Sequence*,
               const schema::Routine*, const schema::Extension*>
      value;
};

// A catalog as things and what they need.
class Graph {
 public:
  explicit Graph(const schema::Catalog& catalog);
  Graph(const Graph&) = delete;
  Graph& operator=(const Graph&) = delete;

  const std::vector<Object>& objects() const { return objects_; }
  // Null where there is none.
  const Object* Find(std::string_view key) const;
  std::size_t Position(std::string_view key) const;
  const std::vector<std::size_t>& needs(std::size_t object) const {
    return needs_[object];
  }
  const std::vector<std::size_t>& needed_by(std::size_t object) const {
    return needed_by_[object];
  }
  bool Needs(std::string_view object, std::string_view on) const;
  // What a routine's text seems to name: not known to the server, and not
  // needed for it to be made.
  const std::vector<std::size_t>& mentions(std::size_t object) const {
    return mentions_[object];
  }

  // Whether a routine's text reads from what the catalog does not have.
  bool NamesUnknown(std::size_t object) const { return unknown_[object]; }

  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  // For those who fill it.
  Object& Add(Object object);
  void AddNeed(const std::string& object, const std::string& on);

 private:
  void Link(const schema::Catalog& catalog);
  void FindMentions(const schema::Catalog& catalog);

  std::vector<Object> objects_;
  std::unordered_map<std::string, std::size_t> by_key_;
  std::vector<std::pair<std::string, std::string>> extra_;
  std::vector<std::vector<std::size_t>> needs_;
  std::vector<std::vector<std::size_t>> needed_by_;
  std::vector<std::vector<std::size_t>> mentions_;
  std::vector<bool> unknown_;
};

// Each adds what it renders of the catalog, which must outlive the graph.
void AddTypes(const schema::Catalog& catalog, Graph& graph);
void AddTables(const schema::Catalog& catalog, Graph& graph);
void AddViews(const schema::Catalog& catalog, Graph& graph);
void AddRoutines(const schema::Catalog& catalog, Graph& graph);
void AddOthers(const schema::Catalog& catalog, Graph& graph);

// COMMENT ON what IS …; nothing where the comment is empty.
void AddComment(Object& object, std::string_view what,
                const std::string& comment);
// GRANT … ON what TO …, one property a right.
void AddGrants(Object& object, std::string_view what,
               const std::vector<schema::Grant>& grants);
// "a = 1" of "a=1", for WITH (…) and SET (…): "fillfactor='70'".
std::string OptionList(const std::vector<std::string>& options);
// One property an option: `alter` SET (…) and RESET (…).
void AddOptions(Object& object, std::string_view alter,
                const std::vector<std::string>& options);

}  // namespace godwit::engine::pg
