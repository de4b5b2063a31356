// Made by godwit from queries/everything.sql; changes in here are lost.
#include "everything.h"

#include "godwit/generated.h"

namespace generated::pg {

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

constexpr QueryText kPut = {
    "Put", "queries/everything.sql", 2,
    R"sql(INSERT INTO everything VALUES (
  $1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
  $11, $12, $13, $14, $15, $16, $17, $18, $19,
  $20, $21, $22, $23, $24, $25))sql"};

constexpr QueryText kGet = {
    "Get", "queries/everything.sql", 8,
    R"sql(SELECT id, truth, small, plain, part, whole, exact, words, code, bytes, day, clock, moment, wall, span, name, document, state, numbers, texts, states, maybe, maybe_text, maybe_state, maybe_list FROM everything WHERE id = $1)sql"};

constexpr QueryText kByIds = {
    "ByIds", "queries/everything.sql", 11,
    R"sql(SELECT id FROM everything WHERE id = ANY($1) ORDER BY id)sql"};

constexpr QueryText kNotByIds = {
    "NotByIds", "queries/everything.sql", 14,
    R"sql(SELECT id FROM everything WHERE id <> ALL($1) ORDER BY id)sql"};

constexpr QueryText kByState = {
    "ByState", "queries/everything.sql", 17,
    R"sql(SELECT id FROM everything WHERE state = $1 ORDER BY id)sql"};

constexpr QueryText kAddParts = {
    "AddParts", "queries/everything.sql", 20,
    R"sql(INSERT INTO parts (id, whole_id, title) VALUES ($1, $2, $3))sql",
    R"sql(COPY "parts" ("id", "whole_id", "title") FROM STDIN (FORMAT binary))sql"};

constexpr QueryText kRenamePart = {
    "RenamePart", "queries/everything.sql", 23,
    R"sql(UPDATE parts SET title = $1 WHERE id = $2 RETURNING title)sql"};

constexpr QueryText kWithParts = {
    "WithParts", "queries/everything.sql", 26,
    R"sql(SELECT e.id, e.truth, e.small, e.plain, e.part, e.whole, e.exact, e.words, e.code, e.bytes, e.day, e.clock, e.moment, e.wall, e.span, e.name, e.document, e.state, e.numbers, e.texts, e.states, e.maybe, e.maybe_text, e.maybe_state, e.maybe_list, p.id, p.whole_id, p.title
FROM everything e LEFT JOIN parts p ON p.whole_id = e.id ORDER BY e.id, p.id)sql"};

constexpr QueryText kCount = {
    "Count", "queries/everything.sql", 30,
    R"sql(SELECT count(*), max(maybe) FROM everything)sql"};

constexpr QueryText kFilter = {
    "Filter", "queries/everything.sql", 33,
    R"sql(SELECT id FROM everything
WHERE $1::text IS NULL OR words = $1 ORDER BY id)sql"};

constexpr QueryText kWidth = {
    "Width", "queries/everything.sql", 37,
    R"sql(SELECT plain FROM everything WHERE id = $1)sql"};

constexpr QueryText kTruths = {
    "Truths", "queries/everything.sql", 40,
    R"sql(SELECT truth FROM everything ORDER BY id)sql"};

constexpr QueryText kBits = {
    "Bits", "queries/everything.sql", 43,
    R"sql(SELECT ARRAY[true, false, truth] AS bits FROM everything WHERE id = $1)sql"};

constexpr QueryText kPutMany = {
    "PutMany", "queries/everything.sql", 46,
    R"sql(INSERT INTO everything VALUES (
  $1, $2, $3, $4, $5, $6, $7, $8, $9, $10,
  $11, $12, $13, $14, $15, $16, $17, $18, $19,
  $20, $21, $22, $23, $24, $25))sql",
    R"sql(COPY "everything" ("id", "truth", "small", "plain", "part", "whole", "exact", "words", "code", "bytes", "day", "clock", "moment", "wall", "span", "name", "document", "state", "numbers", "texts", "states", "maybe", "maybe_text", "maybe_state", "maybe_list") FROM STDIN (FORMAT binary))sql"};

constexpr QueryText kAddAddresses = {
    "AddAddresses", "queries/everything.sql", 52,
    R"sql(INSERT INTO addresses (address, part_id) VALUES ($1, $2))sql",
    R"sql(COPY "addresses" ("address", "part_id") FROM STDIN (FORMAT binary))sql"};

constexpr QueryText kAddresses = {
    "Addresses", "queries/everything.sql", 55,
    R"sql(SELECT address, part_id FROM addresses ORDER BY address)sql"};

constexpr QueryText kEachNumber = {
    "EachNumber", "queries/everything.sql", 58,
    R"sql(SELECT n, 10 / (n - $1) AS share FROM generate_series(1, $2::int) n)sql"};

constexpr QueryText kEachId = {
    "EachId", "queries/everything.sql", 61,
    R"sql(SELECT id FROM everything ORDER BY id)sql"};

constexpr QueryText kTakeParts = {
    "TakeParts", "queries/everything.sql", 64,
    R"sql(DELETE FROM parts RETURNING id, title)sql"};

constexpr QueryText kTitlesOf = {
    "TitlesOf", "queries/everything.sql", 67,
    R"sql(SELECT title FROM parts WHERE whole_id = $1 ORDER BY id)sql"};

constexpr QueryText kSetTitle = {
    "SetTitle", "queries/everything.sql", 70,
    R"sql(UPDATE parts SET title = $1 WHERE id = $2)sql"};

// Whether an outer join has found a row.
bool HasValue(const Rows& rows, std::size_t first, std::size_t count) {
  for (std::size_t i = first; i < first + count; ++i) {
    if (!rows.IsNull(i)) return true;
  }
  return false;
}

void Read(const Rows& rows, std::size_t first, Address& out) {
  rows.Read(first + 0, out.address);
  rows.Read(first + 1, out.part_id);
}

void Read(const Rows& rows, std::size_t first, Everything& out) {
  rows.Read(first + 0, out.id);
  rows.Read(first + 1, out.truth);
  rows.Read(first + 2, out.small);
  rows.Read(first + 3, out.plain);
  rows.Read(first + 4, out.part);
  rows.Read(first + 5, out.whole);
  rows.Read(first + 6, out.exact);
  rows.Read(first + 7, out.words);
  rows.Read(first + 8, out.code);
  rows.Read(first + 9, out.bytes);
  rows.Read(first + 10, out.day);
  rows.Read(first + 11, out.clock);
  rows.Read(first + 12, out.moment);
  rows.Read(first + 13, out.wall);
  rows.Read(first + 14, out.span);
  rows.Read(first + 15, out.name);
  rows.Read(first + 16, out.document);
  rows.Read(first + 17, out.state);
  rows.Read(first + 18, out.numbers);
  rows.Read(first + 19, out.texts);
  rows.Read(first + 20, out.states);
  rows.Read(first + 21, out.maybe);
  rows.Read(first + 22, out.maybe_text);
  rows.Read(first + 23, out.maybe_state);
  rows.Read(first + 24, out.maybe_list);
}

void Read(const Rows& rows, std::size_t first, Part& out) {
  rows.Read(first + 0, out.id);
  rows.Read(first + 1, out.whole_id);
  rows.Read(first + 2, out.title);
}

void Read(const Rows& rows, std::size_t first, WithPartsRow& out) {
  Read(rows, first + 0, out.e);
  if (HasValue(rows, first + 25, 3))
    Read(rows, first + 25, out.p.emplace());
}

void Read(const Rows& rows, std::size_t first, CountRow& out) {
  rows.Read(first + 0, out.count);
  rows.Read(first + 1, out.max);
}

void Read(const Rows& rows, std::size_t first, EachNumberRow& out) {
  rows.Read(first + 0, out.n);
  rows.Read(first + 1, out.share);
}

void Read(const Rows& rows, std::size_t first, TakePartsRow& out) {
  rows.Read(first + 0, out.id);
  rows.Read(first + 1, out.title);
}

}  // namespace

void Put(godwit::Executor db, const PutParams& params) {
  Execute(db, kPut, params.id, params.truth, params.small, params.plain,
          params.part, params.whole, params.exact, params.words, params.code,
          params.bytes, params.day, params.clock, params.moment, params.wall,
          params.span, params.name, params.document, params.state,
          params.numbers, params.texts, params.states, params.maybe,
          params.maybe_text, params.maybe_state, params.maybe_list);
}

std::optional<Everything> Get(godwit::Executor db, std::int64_t id) {
  Rows rows = Run(db, kGet, id);
  std::optional<Everything> result;
  if (rows.Next())
    Read(rows, 0, result.emplace());
  rows.Finish();
  return result;
}

std::vector<std::int64_t> ByIds(godwit::Executor db,
                                const std::vector<std::int64_t>& ids) {
  Rows rows = Run(db, kByIds, ids);
  std::vector<std::int64_t> result;
  result.reserve(rows.count());
  while (rows.Next())
    rows.Read(0, result.emplace_back());
  return result;
}

std::vector<std::int64_t> NotByIds(godwit::Executor db,
                                   const std::vector<std::int64_t>& ids) {
  Rows rows = Run(db, kNotByIds, ids);
  std::vector<std::int64_t> result;
  result.reserve(rows.count());
  while (rows.Next())
    rows.Read(0, result.emplace_back());
  return result;
}

std::vector<std::int64_t> ByState(godwit::Executor db, Mood state) {
  Rows rows = Run(db, kByState, state);
  std::vector<std::int64_t> result;
  result.reserve(rows.count());
  while (rows.Next())
    rows.Read(0, result.emplace_back());
  return result;
}

std::int64_t AddParts(godwit::Executor db,
                      const std::vector<AddPartsParams>& each) {
  const auto bind = [&](Arguments& to, std::size_t i) {
    Add(to, each[i].id);
    Add(to, each[i].whole_id);
    Add(to, each[i].title);
  };
  return CopyEach(db, kAddParts, each.size(), bind);
}

std::vector<std::optional<std::string>> RenamePart(
    godwit::Executor db,
    const std::vector<RenamePartParams>& each) {
  const auto bind = [&](Arguments& to, std::size_t i) {
    Add(to, each[i].title);
    Add(to, each[i].id);
  };
  std::vector<std::optional<std::string>> results(each.size());
  const auto read = [&](Rows& rows, std::size_t i) {
    if (rows.Next())
      rows.Read(0, results[i].emplace());
  };
  RunEach(db, kRenamePart, each.size(), bind, read);
  return results;
}

std::vector<WithPartsRow> WithParts(godwit::Executor db) {
  Rows rows = Run(db, kWithParts);
  std::vector<WithPartsRow> result;
  result.reserve(rows.count());
  while (rows.Next())
    Read(rows, 0, result.emplace_back());
  return result;
}

CountRow Count(godwit::Executor db) {
  Rows rows = Run(db, kCount);
  CountRow result{};
  rows.First();
  Read(rows, 0, result);
  rows.Finish();
  return result;
}

std::vector<std::int64_t> Filter(godwit::Executor db,
                                 const FilterParams& params) {
  Rows rows = Run(db, kFilter, params.words);
  std::vector<std::int64_t> result;
  result.reserve(rows.count());
  while (rows.Next())
    rows.Read(0, result.emplace_back());
  return result;
}

std::optional<std::int32_t> Width(godwit::Executor db, std::int64_t id) {
  Rows rows = Run(db, kWidth, id);
  std::optional<std::int32_t> result;
  if (rows.Next())
    rows.Read(0, result.emplace());
  rows.Finish();
  return result;
}

std::vector<bool> Truths(godwit::Executor db) {
  Rows rows = Run(db, kTruths);
  std::vector<bool> result;
  result.reserve(rows.count());
  while (rows.Next()) {
    bool value = false;
    rows.Read(0, value);
    result.push_back(value);
  }
  return result;
}

std::optional<std::vector<bool>> Bits(godwit::Executor db, std::int64_t id) {
  Rows rows = Run(db, kBits, id);
  std::optional<std::vector<bool>> result;
  if (rows.Next())
    rows.Read(0, result.emplace());
  rows.Finish();
  return result;
}

std::int64_t PutMany(godwit::Executor db,
                     const std::vector<PutManyParams>& each) {
  const auto bind = [&](Arguments& to, std::size_t i) {
    Add(to, each[i].id);
    Add(to, each[i].truth);
    Add(to, each[i].small);
    Add(to, each[i].plain);
    Add(to, each[i].part);
    Add(to, each[i].whole);
    Add(to, each[i].exact);
    Add(to, each[i].words);
    Add(to, each[i].code);
    Add(to, each[i].bytes);
    Add(to, each[i].day);
    Add(to, each[i].clock);
    Add(to, each[i].moment);
    Add(to, each[i].wall);
    Add(to, each[i].span);
    Add(to, each[i].name);
    Add(to, each[i].document);
    Add(to, each[i].state);
    Add(to, each[i].numbers);
    Add(to, each[i].texts);
    Add(to, each[i].states);
    Add(to, each[i].maybe);
    Add(to, each[i].maybe_text);
    Add(to, each[i].maybe_state);
    Add(to, each[i].maybe_list);
  };
  return CopyEach(db, kPutMany, each.size(), bind);
}

std::int64_t AddAddresses(godwit::Executor db,
                          const std::vector<AddAddressesParams>& each) {
  const auto bind = [&](Arguments& to, std::size_t i) {
    Add(to, each[i].address);
    Add(to, each[i].part_id);
  };
  return CopyEach(db, kAddAddresses, each.size(), bind);
}

std::vector<Address> Addresses(godwit::Executor db) {
  Rows rows = Run(db, kAddresses);
  std::vector<Address> result;
  result.reserve(rows.count());
  while (rows.Next())
    Read(rows, 0, result.emplace_back());
  return result;
}

godwit::Stream<EachNumberRow> EachNumber(godwit::Executor db,
                                         const EachNumberParams& params) {
  const auto read = [](Rows& rows, EachNumberRow& out) {
    Read(rows, 0, out);
  };
  return RunStream<EachNumberRow>(db, kEachNumber, read, params.wrong,
                                  params.most);
}

godwit::Stream<std::int64_t> EachId(godwit::Executor db) {
  const auto read = [](Rows& rows, std::int64_t& out) {
    rows.Read(0, out);
  };
  return RunStream<std::int64_t>(db, kEachId, read);
}

godwit::Stream<TakePartsRow> TakeParts(godwit::Executor db) {
  const auto read = [](Rows& rows, TakePartsRow& out) {
    Read(rows, 0, out);
  };
  return RunStream<TakePartsRow>(db, kTakeParts, read);
}

std::vector<std::vector<std::string>> TitlesOf(
    godwit::Executor db,
    const std::vector<std::int64_t>& each) {
  const auto bind = [&](Arguments& to, std::size_t i) {
    Add(to, each[i]);
  };
  std::vector<std::vector<std::string>> results(each.size());
  const auto read = [&](Rows& rows, std::size_t i) {
    while (rows.Next())
      rows.Read(0, results[i].emplace_back());
  };
  RunEach(db, kTitlesOf, each.size(), bind, read);
  return results;
}

void SetTitle(godwit::Executor db, const std::vector<SetTitleParams>& each) {
  const auto bind = [&](Arguments& to, std::size_t i) {
    Add(to, each[i].title);
    Add(to, each[i].id);
  };
  RunEach(db, kSetTitle, each.size(), bind);
}

}  // namespace generated::pg
