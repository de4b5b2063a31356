// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

// What the hand-written code and the generated do, both on one database.
namespace bench {

inline constexpr std::int64_t kRows = 10'000;

struct Item {
  std::int64_t id = 0;
  std::int64_t owner_id = 0;
  std::string title;
  double price = 0;
  std::optional<std::string> note;
};

// The rows of `items`, which are also those that are inserted.
inline std::vector<Item> Items() {
  std::vector<Item> items;
  for (std::int64_t i = 1; i <= kRows; ++i) {
    Item item{i, i % 97, "item number " + std::to_string(i),
              static_cast<double>(i) * 0.25, std::nullopt};
    if (i % 3 == 0) item.note = "a note of some words about " + item.title;
    items.push_back(std::move(item));
  }
  return items;
}

// One task, and how it is done by hand and by generated code. Each gives a
// number, which must be the same.
struct Task {
  std::string name;
  int times = 1;  // a round
  std::function<std::int64_t()> by_hand;
  std::function<std::int64_t()> generated;
  std::function<void()> clear;  // before each, not measured; may be empty
};

// The database must be there and empty; both hold it as long as they live.
std::vector<Task> PostgresTasks(const std::string& dsn);
std::vector<Task> SqliteTasks(const std::string& file);

}  // namespace bench
