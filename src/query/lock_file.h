// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "query/shape.h"

namespace godwit::query {

// What databases have said of queries, kept so that building needs none. An
// entry holds as long as the schema's and the queries' bytes are the same.
class LockFile {
 public:
  // An empty one where there is no file, or where another version wrote it.
  static LockFile Read(const std::string& path);
  static LockFile Parse(std::string_view text);

  // `block` names the entry ("src/db"), `key` is of its inputs.
  std::optional<Analyzed> Find(const std::string& block,
                               std::string_view key) const;
  // Whatever its inputs were.
  std::optional<Analyzed> Find(const std::string& block) const;
  // What the generated code needs of it.
  void Put(const std::string& block, std::string_view key,
           const Analyzed& analyzed);
  // The file's text; the same entries give the same bytes.
  std::string Text() const;

 private:
  struct Entry {
    std::string key;
    Analyzed analyzed;
  };
  std::map<std::string, Entry> entries_;
};

// Of everything that an analysis follows from.
std::string KeyOf(std::string_view engine, std::span<const QueryFile> schema,
                  std::span<const QueryFile> queries);

}  // namespace godwit::query
