// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/schema/reader.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>

#include "base/text.h"

namespace godwit::engine::pg {

std::string Row::Text() {
  const Value& value = result_.at(row_, column_++);
  return value.is_null() ? std::string() : value.Get<std::string>();
}

std::int64_t Row::Number() {
  const Value& value = result_.at(row_, column_++);
  return value.is_null() ? 0 : value.Get<std::int64_t>();
}

bool Row::Flag() {
  const Value& value = result_.at(row_, column_++);
  return !value.is_null() && value.Get<bool>();
}

std::vector<std::string> Row::List() {
  std::vector<std::string> out;
  if (NextIsNull()) {
    ++column_;
    return out;
  }
  const std::string text = Text();
  if (text.empty()) return out;
  std::size_t start = 0;
  for (std::size_t end; (end = text.find('\x1f', start)) != text.npos;
       start = end + 1) {
    out.push_back(text.substr(start, end - start));
  }
  out.push_back(text.substr(start));
  return out;
}

std::vector<std::int64_t> Row::Numbers() {
  std::vector<std::int64_t> out;
  for (const std::string& item : List())
    out.push_back(ParseInt64(item).value_or(0));
  return out;
}

std::string Reader::Comment(std::int64_t class_id, std::int64_t oid,
                            std::int64_t part) const {
  const auto found = comments.find({class_id, oid, part});
  return found == comments.end() ? std::string() : found->second;
}

const Reader::Relation* Reader::FindRelation(std::int64_t oid) const {
  const auto found = relations.find(oid);
  return found == relations.end() ? nullptr : &found->second;
}

std::vector<std::string> Reader::ColumnNames(
    std::int64_t relation, const std::vector<std::int64_t>& numbers) const {
  std::vector<std::string> out;
  const Relation* found = FindRelation(relation);
  for (const std::int64_t number : numbers) {
    if (found == nullptr) break;
    const auto column = found->columns.find(static_cast<int>(number));
    if (column != found->columns.end()) out.push_back(column->second);
  }
  return out;
}

namespace {

constexpr std::pair<char, std::string_view> kPrivileges[] = {
    {'r', "SELECT"},    {'a', "INSERT"},   {'w', "UPDATE"},
    {'d', "DELETE"},    {'D', "TRUNCATE"}, {'x', "REFERENCES"},
    {'t', "TRIGGER"},   {'m', "MAINTAIN"}, {'X', "EXECUTE"},
    {'U', "USAGE"},     {'C', "CREATE"},   {'c', "CONNECT"},
    {'T', "TEMPORARY"}, {'s', "SET"},      {'A', "ALTER SYSTEM"}};

// (role, privilege, with grant option); no role is everybody.
using Right = std::tuple<std::string, std::string, bool>;

// An aclitem is grantee=letters/grantor; names may be in double quotes.
void AddRights(std::string_view item, std::set<Right>& rights) {
  std::string role;
  std::size_t at = 0;
  for (bool quoted = false; at < item.size(); ++at) {
    if (item[at] == '"') {
      if (quoted && at + 1 < item.size() && item[at + 1] == '"') {
        role += item[++at];
      } else {
        quoted = !quoted;
      }
      continue;
    }
    if (item[at] == '=' && !quoted) break;
    role += item[at];
  }
  for (++at; at < item.size() && item[at] != '/'; ++at) {
    const bool grantable = at + 1 < item.size() && item[at + 1] == '*';
    for (const auto& [letter, word] : kPrivileges)
      if (letter == item[at]) rights.emplace(role, word, grantable);
  }
}

}  // namespace

std::vector<schema::Grant> GrantsOf(const std::vector<std::string>& acl,
                                    const std::vector<std::string>& standard,
                                    std::string_view owner,
                                    std::string_view column) {
  std::set<Right> given;
  std::set<Right> usual;
  for (const std::string& item : acl) AddRights(item, given);
  for (const std::string& item : standard) AddRights(item, usual);
  std::vector<schema::Grant> out;
  const auto add = [&](const Right& right, bool revoked) {
    const auto& [role, privilege, grantable] = right;
    const bool owns = role == owner;
    out.push_back({.role = owns ? std::string() : role,
                   .owner = owns,
                   .privilege = privilege,
                   .grantable = grantable,
                   .revoked = revoked,
                   .column = std::string(column)});
  };
  if (acl.empty()) return out;
  for (const Right& right : given)
    if (!usual.contains(right)) add(right, false);
  for (const Right& right : usual)
    if (!given.contains(right)) add(right, true);
  std::sort(out.begin(), out.end());
  return out;
}

std::vector<schema::Grant> ReadGrants(Row& row, const std::string& owner) {
  const std::vector<std::string> acl = row.List();
  return GrantsOf(acl, row.List(), owner);
}

std::vector<schema::Grant> ReadGrants(Row& row) {
  const std::string owner = row.Text();
  return ReadGrants(row, owner);
}

}  // namespace godwit::engine::pg
