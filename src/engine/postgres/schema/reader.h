// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "godwit/connection.h"
#include "schema/catalog.h"

namespace godwit::engine::pg {

// The server's catalogs by their object ids; they are the same everywhere.
enum ClassId : std::int64_t {
  kDefaultAclClass = 826,
  kTypeClass = 1247,
  kProcClass = 1255,
  kRelationClass = 1259,
  kDefaultClass = 2604,
  kCastClass = 2605,
  kConstraintClass = 2606,
  kNamespaceClass = 2615,
  kOperatorClass = 2617,
  kRewriteClass = 2618,
  kTriggerClass = 2620,
  kExtensionClass = 3079,
  kPolicyClass = 3256,
  kStatisticsClass = 3381,
  kCollationClass = 3456,
};

// An object as pg_depend and pg_description name it.
struct ObjectAddress {
  std::int64_t catalog = 0;
  std::int64_t oid = 0;
  std::int64_t part = 0;  // a column's number

  auto operator<=>(const ObjectAddress&) const = default;
};

// One row, read from left to right. NULL is the empty text, 0, false.
class Row {
 public:
  Row(const Result& result, std::size_t row) : result_(result), row_(row) {}
  std::string Text();
  std::int64_t Number();
  bool Flag();
  // An array that was sent as text with the unit separator between.
  std::vector<std::string> List();
  std::vector<std::int64_t> Numbers();
  bool NextIsNull() const { return result_.at(row_, column_).is_null(); }

 private:
  const Result& result_;
  std::size_t row_;
  std::size_t column_ = 0;
};

// What is read so far, and where each of the server's objects went.
struct Reader {
  schema::Catalog catalog;
  int version = 0;  // 150018
  std::map<ObjectAddress, std::string> keys;
  std::map<ObjectAddress, std::string> comments;
  struct Relation {
    schema::Name name;
    char kind = 0;          // relkind
    std::size_t index = 0;  // in catalog.tables, views or composites
    std::map<int, std::string> columns;  // by number
  };
  std::unordered_map<std::int64_t, Relation> relations;
  std::map<ObjectAddress, schema::Name> indexes;

  std::map<ObjectAddress, std::int64_t> members;  // of extensions, by theirs

  struct Edge {
    ObjectAddress from;
    ObjectAddress to;
    bool internal = false;  // `from` is a part of `to`
  };
  std::vector<Edge> edges;

  bool IsMember(std::int64_t class_id, std::int64_t oid) const {
    return members.contains({class_id, oid, 0});
  }

  void Know(ObjectAddress address, std::string key) {
    keys.emplace(address, std::move(key));
  }
  std::string Comment(std::int64_t class_id, std::int64_t oid,
                      std::int64_t part = 0) const;
  const Relation* FindRelation(std::int64_t oid) const;
  // The names of columns by their numbers.
  std::vector<std::string> ColumnNames(
      std::int64_t relation, const std::vector<std::int64_t>& numbers) const;
};

// One question and what is done with each row of its answer.
struct Question {
  std::string sql;
  void (*take)(Reader&, Row&);
};

// In the order in which they must be read: a later one finds what an earlier
// one knows. `version` decides which columns there are to be asked for.
std::vector<Question> TableQuestions(int version);
std::vector<Question> TypeQuestions(int version);
std::vector<Question> SequenceQuestions();
std::vector<Question> RoutineQuestions(int version);
std::vector<Question> OtherQuestions(int version);

// The rights that `acl` gives beyond `standard`, both as aclitem texts.
std::vector<schema::Grant> GrantsOf(const std::vector<std::string>& acl,
                                    const std::vector<std::string>& standard,
                                    std::string_view owner,
                                    std::string_view column = {});

// The same of the next two fields.
std::vector<schema::Grant> ReadGrants(Row& row, const std::string& owner);
// The same of the next three: the owner first.
std::vector<schema::Grant> ReadGrants(Row& row);

// The condition that a namespace, called n, is a user's.
inline constexpr std::string_view kUserNamespace =
    " n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' ";

}  // namespace godwit::engine::pg
