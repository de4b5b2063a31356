// Made by godwit from queries/items.sql; changes in here are lost.
#include "items.h"

#include "godwit/generated.h"

namespace bench::postgresql {

namespace {

using godwit::internal::Add;
using godwit::internal::Arguments;
using godwit::internal::CopyEach;
using godwit::internal::Execute;
using godwit::internal::QueryText;
using godwit::internal::Rows;
using godwit::internal::Run;
using godwit::internal::RunEach;
using godwit::internal::RunStream;

constexpr QueryText kGetItem = {
    "GetItem", "queries/items.sql", 2,
    R"sql(SELECT id, owner_id, title, price, note FROM items WHERE id = $1)sql"};

constexpr QueryText kListItems = {
    "ListItems", "queries/items.sql", 5,
    R"sql(SELECT id, owner_id, title, price, note FROM items ORDER BY id)sql"};

constexpr QueryText kAddItems = {
    "AddItems", "queries/items.sql", 8,
    R"sql(INSERT INTO copies (id, owner_id, title, price, note)
VALUES ($1, $2, $3, $4, $5))sql",
    R"sql(COPY "copies" ("id", "owner_id", "title", "price", "note") FROM STDIN (FORMAT binary))sql"};

void Read(const Rows& rows, std::size_t first, Item& out) {
  rows.Read(first + 0, out.id);
  rows.Read(first + 1, out.owner_id);
  rows.Read(first + 2, out.title);
  rows.Read(first + 3, out.price);
  rows.Read(first + 4, out.note);
}

}  // namespace

std::optional<Item> GetItem(godwit::Executor db, std::int64_t id) {
  Rows rows = Run(db, kGetItem, id);
  std::optional<Item> result;
  if (rows.Next())
    Read(rows, 0, result.emplace());
  rows.Finish();
  return result;
}

std::vector<Item> ListItems(godwit::Executor db) {
  Rows rows = Run(db, kListItems);
  std::vector<Item> result;
  result.reserve(rows.count());
  while (rows.Next())
    Read(rows, 0, result.emplace_back());
  return result;
}

std::int64_t AddItems(godwit::Executor db,
                      const std::vector<AddItemsParams>& each) {
  const auto bind = [&](Arguments& to, std::size_t i) {
    Add(to, each[i].id);
    Add(to, each[i].owner_id);
    Add(to, each[i].title);
    Add(to, each[i].price);
    Add(to, each[i].note);
  };
  return CopyEach(db, kAddItems, each.size(), bind);
}

}  // namespace bench::postgresql
