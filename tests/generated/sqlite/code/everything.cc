// Made by godwit from queries/everything.sql; changes in here are lost.
#include "everything.h"

#include "godwit/generated.h"

namespace generated::lite {

namespace {

using godwit::internal::Encode;
using godwit::internal::EncodeList;
using godwit::internal::QueryText;
using godwit::internal::Rows;
using godwit::internal::Run;
using godwit::internal::RunEach;

constexpr QueryText kPut = {
    "Put", "queries/everything.sql", 2,
    R"sql(INSERT INTO everything VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8))sql"};

constexpr QueryText kGet = {
    "Get", "queries/everything.sql", 5,
    R"sql(SELECT id, truth, plain, real, words, bytes, free, maybe FROM everything WHERE id = ?1)sql"};

constexpr QueryText kByIds = {
    "ByIds", "queries/everything.sql", 8,
    R"sql(SELECT id FROM everything WHERE id IN (SELECT value FROM json_each(?1)) ORDER BY id)sql"};

constexpr QueryText kByWords = {
    "ByWords", "queries/everything.sql", 11,
    R"sql(SELECT id FROM everything WHERE words IN (SELECT value FROM json_each(?1)) ORDER BY id)sql"};

constexpr QueryText kAddParts = {
    "AddParts", "queries/everything.sql", 14,
    R"sql(INSERT INTO parts (id, whole_id, title) VALUES (?1, ?2, ?3))sql"};

constexpr QueryText kWithParts = {
    "WithParts", "queries/everything.sql", 17,
    R"sql(SELECT everything.id, everything.truth, everything.plain, everything.real, everything.words, everything.bytes, everything.free, everything.maybe, parts.id, parts.whole_id, parts.title
FROM everything LEFT JOIN parts ON parts.whole_id = everything.id
ORDER BY everything.id, parts.id)sql"};

constexpr QueryText kAddWords = {
    "AddWords", "queries/everything.sql", 22,
    R"sql(INSERT INTO everything (truth, plain, real, words, bytes) VALUES (1, 2, 3.5, ?1, x'00'))sql"};

constexpr QueryText kCount = {
    "Count", "queries/everything.sql", 25,
    R"sql(SELECT count(*), max(maybe) FROM everything)sql"};

constexpr QueryText kPlain = {
    "Plain", "queries/everything.sql", 28,
    R"sql(SELECT plain FROM everything WHERE id = ?1)sql"};

// Whether an outer join has found a row.
bool HasValue(const Rows& rows, std::size_t row, std::size_t first,
              std::size_t count) {
  for (std::size_t i = first; i < first + count; ++i) {
    if (!rows.IsNull(row, i)) return true;
  }
  return false;
}

void Read(const Rows& rows, std::size_t row, std::size_t first,
          Everything& out) {
  rows.Read(row, first + 0, out.id);
  rows.Read(row, first + 1, out.truth);
  rows.Read(row, first + 2, out.plain);
  rows.Read(row, first + 3, out.real);
  rows.Read(row, first + 4, out.words);
  rows.Read(row, first + 5, out.bytes);
  rows.Read(row, first + 6, out.free);
  rows.Read(row, first + 7, out.maybe);
}

void Read(const Rows& rows, std::size_t row, std::size_t first,
          Part& out) {
  rows.Read(row, first + 0, out.id);
  rows.Read(row, first + 1, out.whole_id);
  rows.Read(row, first + 2, out.title);
}

void Read(const Rows& rows, std::size_t row, std::size_t first,
          WithPartsRow& out) {
  Read(rows, row, first + 0, out.everything);
  if (HasValue(rows, row, first + 8, 3))
    Read(rows, row, first + 8, out.parts.emplace());
}

void Read(const Rows& rows, std::size_t row, std::size_t first,
          CountRow& out) {
  rows.Read(row, first + 0, out.count);
  rows.Read(row, first + 1, out.max_maybe);
}

}  // namespace

void Put(godwit::Executor db, const PutParams& params) {
  const godwit::Value arguments[] = {
      Encode(params.id),
      Encode(params.truth),
      Encode(params.plain),
      Encode(params.real),
      Encode(params.words),
      Encode(params.bytes),
      Encode(params.free),
      Encode(params.maybe),
  };
  Run(db, kPut, arguments);
}

std::optional<Everything> Get(godwit::Executor db, std::int64_t id) {
  const godwit::Value arguments[] = {
      Encode(id),
  };
  const Rows rows = Run(db, kGet, arguments);
  std::optional<Everything> result;
  if (rows.size() > 0)
    Read(rows, 0, 0, result.emplace());
  return result;
}

std::vector<std::int64_t> ByIds(godwit::Executor db,
                                const std::vector<std::int64_t>& ids) {
  const godwit::Value arguments[] = {
      EncodeList(ids),
  };
  const Rows rows = Run(db, kByIds, arguments);
  std::vector<std::int64_t> result(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    rows.Read(i, 0, result[i]);
  return result;
}

std::vector<std::int64_t> ByWords(godwit::Executor db,
                                  const std::vector<std::string>& words) {
  const godwit::Value arguments[] = {
      EncodeList(words),
  };
  const Rows rows = Run(db, kByWords, arguments);
  std::vector<std::int64_t> result(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    rows.Read(i, 0, result[i]);
  return result;
}

std::int64_t AddParts(godwit::Executor db,
                      const std::vector<AddPartsParams>& each) {
  std::vector<std::vector<godwit::Value>> arguments;
  arguments.reserve(each.size());
  for (const auto& params : each) {
    arguments.push_back({
        Encode(params.id),
        Encode(params.whole_id),
        Encode(params.title),
    });
  }
  std::int64_t count = 0;
  for (const Rows& rows : RunEach(db, kAddParts, arguments))
    count += rows.changed();
  return count;
}

std::vector<WithPartsRow> WithParts(godwit::Executor db) {
  const Rows rows = Run(db, kWithParts);
  std::vector<WithPartsRow> result(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    Read(rows, i, 0, result[i]);
  return result;
}

std::int64_t AddWords(godwit::Executor db, std::string_view words) {
  const godwit::Value arguments[] = {
      Encode(words),
  };
  Run(db, kAddWords, arguments);
  return godwit::internal::LastInsertId(db);
}

CountRow Count(godwit::Executor db) {
  const Rows rows = Run(db, kCount);
  CountRow result{};
  Read(rows, 0, 0, result);
  return result;
}

std::optional<std::int64_t> Plain(godwit::Executor db, std::int64_t id) {
  const godwit::Value arguments[] = {
      Encode(id),
  };
  const Rows rows = Run(db, kPlain, arguments);
  std::optional<std::int64_t> result;
  if (rows.size() > 0)
    rows.Read(0, 0, result.emplace());
  return result;
}

}  // namespace generated::lite
