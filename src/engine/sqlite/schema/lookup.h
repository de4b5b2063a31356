// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/text.h"
#include "engine/engines.h"
#include "schema/catalog.h"
#include "sql/quoting.h"

namespace godwit::engine::sqlite {

// Names mean the same in any case.

inline std::string Quote(std::string_view name) {
  return SqliteDialect().Quote(name);
}

inline std::string Literal(std::string_view text) {
  return sql::InQuotes(text, '\'');
}

inline std::string_view NameOf(const schema::Table& table) {
  return table.name.name;
}
inline std::string_view NameOf(const schema::View& view) {
  return view.name.name;
}
template <typename T>
std::string_view NameOf(const T& thing) {
  return thing.name;
}

// The thing of this name, or null.
template <typename T>
const T* Find(const std::vector<T>& things, std::string_view name) {
  const auto found = std::ranges::find_if(things, [&](const T& thing) {
    return EqualsIgnoringCase(NameOf(thing), name);
  });
  return found == things.end() ? nullptr : &*found;
}
template <typename T>
T* Find(std::vector<T>& things, std::string_view name) {
  return const_cast<T*>(Find(static_cast<const std::vector<T>&>(things), name));
}

// The same for many questions. The things must stay where they are.
template <typename T>
class ByName {
 public:
  explicit ByName(const std::vector<T>& things) {
    for (const T& thing : things) things_[AsciiLower(NameOf(thing))] = &thing;
  }
  const T* Find(std::string_view name) const {
    const auto found = things_.find(AsciiLower(name));
    return found == things_.end() ? nullptr : found->second;
  }

 private:
  std::unordered_map<std::string, const T*> things_;
};

inline bool Holds(const std::vector<std::string>& names,
                  std::string_view name) {
  return std::ranges::any_of(names, [&](const std::string& one) {
    return EqualsIgnoringCase(one, name);
  });
}

}  // namespace godwit::engine::sqlite
