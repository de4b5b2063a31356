// SPDX-License-Identifier: Apache-2.0
// By hand: prepared once, binary both ways, COPY in its binary format.
#include <libpq-fe.h>

#include <bit>
#include <cstring>
#include <memory>
#include <stdexcept>

#include "contest.h"
#include "godwit/connection.h"
#include "postgresql/items.h"

namespace bench {

namespace {

using Result = std::unique_ptr<PGresult, decltype(&PQclear)>;

class Hand {
 public:
  explicit Hand(const std::string& dsn)
      : connection_(PQconnectdb(dsn.c_str()), &PQfinish) {
    Check(PQprepare(get(), "get",
                    "SELECT id, owner_id, title, price, note FROM items "
                    "WHERE id = $1",
                    0, nullptr),
          PGRES_COMMAND_OK);
    Check(PQprepare(get(), "list",
                    "SELECT id, owner_id, title, price, note FROM items "
                    "ORDER BY id",
                    0, nullptr),
          PGRES_COMMAND_OK);
  }

  std::optional<Item> Get(std::int64_t id) {
    const std::uint64_t network =
        __builtin_bswap64(static_cast<std::uint64_t>(id));
    const char* values[] = {reinterpret_cast<const char*>(&network)};
    const int lengths[] = {sizeof network};
    const int formats[] = {1};
    const Result result =
        Check(PQexecPrepared(get(), "get", 1, values, lengths, formats, 1),
              PGRES_TUPLES_OK);
    if (PQntuples(result.get()) == 0) return std::nullopt;
    return ReadItem(result.get(), 0);
  }

  std::vector<Item> List() {
    const Result result =
        Check(PQexecPrepared(get(), "list", 0, nullptr, nullptr, nullptr, 1),
              PGRES_TUPLES_OK);
    std::vector<Item> items;
    const int rows = PQntuples(result.get());
    items.reserve(static_cast<std::size_t>(rows));
    for (int i = 0; i < rows; ++i) items.push_back(ReadItem(result.get(), i));
    return items;
  }

  std::int64_t Add(const std::vector<Item>& items) {
    Check(PQexec(get(),
                 "COPY copies (id, owner_id, title, price, note) FROM STDIN "
                 "(FORMAT binary)"),
          PGRES_COPY_IN);
    std::string data("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
    for (const Item& item : items) {
      data.append("\0\5", 2);
      PutNumber(data, static_cast<std::uint64_t>(item.id));
      PutNumber(data, static_cast<std::uint64_t>(item.owner_id));
      PutText(data, item.title);
      PutNumber(data, std::bit_cast<std::uint64_t>(item.price));
      if (item.note)
        PutText(data, *item.note);
      else
        data.append("\377\377\377\377");
      if (data.size() > 65536) Send(data);
    }
    data.append("\377\377");
    Send(data);
    PQputCopyEnd(get(), nullptr);
    const Result result = Check(PQgetResult(get()), PGRES_COMMAND_OK);
    const std::int64_t count = std::atoll(PQcmdTuples(result.get()));
    while (PGresult* rest = PQgetResult(get())) PQclear(rest);
    return count;
  }

  void Execute(const char* sql) { Check(PQexec(get(), sql), PGRES_COMMAND_OK); }

 private:
  PGconn* get() { return connection_.get(); }

  Result Check(PGresult* result, ExecStatusType wanted) {
    Result owned(result, &PQclear);
    if (PQresultStatus(result) != wanted)
      throw std::runtime_error(PQerrorMessage(get()));
    return owned;
  }

  static std::uint64_t Number(const PGresult* result, int row, int column) {
    std::uint64_t network = 0;
    std::memcpy(&network, PQgetvalue(result, row, column), sizeof network);
    return __builtin_bswap64(network);
  }

  static std::string Text(const PGresult* result, int row, int column) {
    return {PQgetvalue(result, row, column),
            static_cast<std::size_t>(PQgetlength(result, row, column))};
  }

  static Item ReadItem(const PGresult* result, int row) {
    Item item;
    item.id = static_cast<std::int64_t>(Number(result, row, 0));
    item.owner_id = static_cast<std::int64_t>(Number(result, row, 1));
    item.title = Text(result, row, 2);
    item.price = std::bit_cast<double>(Number(result, row, 3));
    if (PQgetisnull(result, row, 4) == 0) item.note = Text(result, row, 4);
    return item;
  }

  static void PutNumber(std::string& data, std::uint64_t number) {
    data.append("\0\0\0\10", 4);
    const std::uint64_t network = __builtin_bswap64(number);
    data.append(reinterpret_cast<const char*>(&network), sizeof network);
  }

  static void PutText(std::string& data, const std::string& text) {
    const std::uint32_t length =
        __builtin_bswap32(static_cast<std::uint32_t>(text.size()));
    data.append(reinterpret_cast<const char*>(&length), sizeof length);
    data += text;
  }

  void Send(std::string& data) {
    PQputCopyData(get(), data.data(), static_cast<int>(data.size()));
    data.clear();
  }

  std::unique_ptr<PGconn, decltype(&PQfinish)> connection_;
};

}  // namespace

std::vector<Task> PostgresTasks(const std::string& dsn) {
  const auto db =
      std::make_shared<godwit::Connection>(godwit::Connection::Open(dsn));
  const auto items = std::make_shared<std::vector<Item>>(Items());
  for (const Item& item : *items) {
    db->Execute("INSERT INTO items VALUES ($1, $2, $3, $4, $5)", item.id,
                item.owner_id, item.title, item.price, item.note);
  }
  db->Execute("ANALYZE items");
  const auto hand = std::make_shared<Hand>(dsn);
  const auto params =
      std::make_shared<std::vector<postgresql::AddItemsParams>>();
  for (const Item& item : *items)
    params->push_back(
        {item.id, item.owner_id, item.title, item.price, item.note});
  auto next = [n = std::int64_t{0}]() mutable {
    return n = n * 7919 % kRows + 1;
  };
  return {
      {"point read",
       1000,
       [=]() mutable { return hand->Get(next())->id > 0 ? 1 : 0; },
       [=]() mutable {
         return postgresql::GetItem(*db, next())->id > 0 ? 1 : 0;
       },
       {}},
      {"10,000 rows",
       5,
       [=] { return static_cast<std::int64_t>(hand->List().size()); },
       [=] {
         return static_cast<std::int64_t>(postgresql::ListItems(*db).size());
       },
       {}},
      {"10,000 inserts", 1, [=] { return hand->Add(*items); },
       [=] { return postgresql::AddItems(*db, *params); },
       [=] { hand->Execute("TRUNCATE copies"); }},
  };
}

}  // namespace bench
