// SPDX-License-Identifier: Apache-2.0
// By hand: prepared once, nothing copied that need not be.
#include <sqlite3.h>

#include <memory>
#include <stdexcept>

#include "contest.h"
#include "godwit/connection.h"
#include "sqlite/items.h"

namespace bench {

namespace {

class Hand {
 public:
  explicit Hand(const std::string& file) {
    Check(sqlite3_open_v2(file.c_str(), &database_,
                          SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr),
          SQLITE_OK);
    get_ = Prepare(
        "SELECT id, owner_id, title, price, note FROM items WHERE id = ?1");
    list_ = Prepare(
        "SELECT id, owner_id, title, price, note FROM items ORDER BY id");
    add_ = Prepare(
        "INSERT INTO copies (id, owner_id, title, price, note) "
        "VALUES (?1, ?2, ?3, ?4, ?5)");
  }
  Hand(const Hand&) = delete;
  Hand& operator=(const Hand&) = delete;
  ~Hand() {
    for (sqlite3_stmt* statement : {get_, list_, add_})
      sqlite3_finalize(statement);
    sqlite3_close(database_);
  }

  std::optional<Item> Get(std::int64_t id) {
    sqlite3_bind_int64(get_, 1, id);
    std::optional<Item> item;
    if (sqlite3_step(get_) == SQLITE_ROW) item = ReadItem(get_);
    Check(sqlite3_reset(get_), SQLITE_OK);
    return item;
  }

  std::vector<Item> List() {
    std::vector<Item> items;
    while (sqlite3_step(list_) == SQLITE_ROW) items.push_back(ReadItem(list_));
    Check(sqlite3_reset(list_), SQLITE_OK);
    return items;
  }

  std::int64_t Add(const std::vector<Item>& items) {
    Execute("BEGIN IMMEDIATE");
    for (const Item& item : items) {
      sqlite3_bind_int64(add_, 1, item.id);
      sqlite3_bind_int64(add_, 2, item.owner_id);
      BindText(3, item.title);
      sqlite3_bind_double(add_, 4, item.price);
      if (item.note)
        BindText(5, *item.note);
      else
        sqlite3_bind_null(add_, 5);
      Check(sqlite3_step(add_), SQLITE_DONE);
      sqlite3_reset(add_);
    }
    Execute("COMMIT");
    return static_cast<std::int64_t>(items.size());
  }

  void Execute(const char* sql) {
    Check(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr), SQLITE_OK);
  }

 private:
  void Check(int code, int wanted) {
    if (code != wanted) throw std::runtime_error(sqlite3_errmsg(database_));
  }

  sqlite3_stmt* Prepare(const char* sql) {
    sqlite3_stmt* statement = nullptr;
    Check(sqlite3_prepare_v3(database_, sql, -1, SQLITE_PREPARE_PERSISTENT,
                             &statement, nullptr),
          SQLITE_OK);
    return statement;
  }

  void BindText(int index, const std::string& text) {
    sqlite3_bind_text(add_, index, text.data(), static_cast<int>(text.size()),
                      SQLITE_STATIC);
  }

  static std::string Text(sqlite3_stmt* statement, int column) {
    return {
        reinterpret_cast<const char*>(sqlite3_column_text(statement, column)),
        static_cast<std::size_t>(sqlite3_column_bytes(statement, column))};
  }

  static Item ReadItem(sqlite3_stmt* statement) {
    Item item;
    item.id = sqlite3_column_int64(statement, 0);
    item.owner_id = sqlite3_column_int64(statement, 1);
    item.title = Text(statement, 2);
    item.price = sqlite3_column_double(statement, 3);
    if (sqlite3_column_type(statement, 4) != SQLITE_NULL)
      item.note = Text(statement, 4);
    return item;
  }

  sqlite3* database_ = nullptr;
  sqlite3_stmt* get_ = nullptr;
  sqlite3_stmt* list_ = nullptr;
  sqlite3_stmt* add_ = nullptr;
};

}  // namespace

std::vector<Task> SqliteTasks(const std::string& file) {
  const auto db =
      std::make_shared<godwit::Connection>(godwit::Connection::Open(file));
  const auto items = std::make_shared<std::vector<Item>>(Items());
  {
    godwit::Transaction tx(*db);
    for (const Item& item : *items) {
      tx.Execute("INSERT INTO items VALUES (?1, ?2, ?3, ?4, ?5)", item.id,
                 item.owner_id, item.title, item.price, item.note);
    }
    tx.Commit();
  }
  const auto hand = std::make_shared<Hand>(file);
  const auto params = std::make_shared<std::vector<sqlite::AddItemsParams>>();
  for (const Item& item : *items)
    params->push_back(
        {item.id, item.owner_id, item.title, item.price, item.note});
  auto next = [n = std::int64_t{0}]() mutable {
    return n = n * 7919 % kRows + 1;
  };
  return {
      {"point read",
       5000,
       [=]() mutable { return hand->Get(next())->id > 0 ? 1 : 0; },
       [=]() mutable { return sqlite::GetItem(*db, next())->id > 0 ? 1 : 0; },
       {}},
      {"10,000 rows",
       10,
       [=] { return static_cast<std::int64_t>(hand->List().size()); },
       [=] { return static_cast<std::int64_t>(sqlite::ListItems(*db).size()); },
       {}},
      {"10,000 inserts", 1, [=] { return hand->Add(*items); },
       [=] { return sqlite::AddItems(*db, *params); },
       [=] { hand->Execute("DELETE FROM copies"); }},
  };
}

}  // namespace bench
