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
  static LockFile Parse(std::string text);

  // `block` names the entry ("src/db"), `key` is of its inputs.
  // Null where there is none; stands until the next Put.
  const Analyzed* Find(const std::string& block, std::string_view key) const;
  // Whatever its inputs were.
  const Analyzed* Find(const std::string& block) const;
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
  std::string text_;  // as it was read, while nothing has changed
};

// Of everything that an analysis follows from.
std::string KeyOf(std::string_view engine, std::span<const QueryFile> schema,
                  std::span<const QueryFile> queries);

}  // namespace godwit::query
