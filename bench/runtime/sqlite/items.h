// Made by godwit from queries/items.sql; changes in here are lost.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "godwit/executor.h"
#include "models.h"

namespace bench::sqlite {

std::optional<Item> GetItem(godwit::Executor db, std::int64_t id);

std::vector<Item> ListItems(godwit::Executor db);

struct AddItemsParams {
  std::int64_t id = 0;
  std::int64_t owner_id = 0;
  std::string title;
  double price = 0;
  std::optional<std::string> note;
  bool operator==(const AddItemsParams&) const = default;
};

std::int64_t AddItems(godwit::Executor db,
                      const std::vector<AddItemsParams>& each);

}  // namespace bench::sqlite
