// Made by godwit from queries/everything.sql; changes in here are lost.
#include "everything.h"

#include "godwit/generated.h"

namespace generated::lite {

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

constexpr QueryText kEachId = {
    "EachId", "queries/everything.sql", 31,
    R"sql(SELECT id FROM everything ORDER BY id)sql"};

constexpr QueryText kTakeParts = {
    "TakeParts", "queries/everything.sql", 34,
    R"sql(DELETE FROM parts WHERE title <> ?1 RETURNING id, title)sql"};

constexpr QueryText kAddPart = {
    "AddPart", "queries/everything.sql", 37,
    R"sql(INSERT INTO parts (id, whole_id, title) VALUES (?1, ?2, ?3)
RETURNING id)sql"};

constexpr QueryText kRenamePart = {
    "RenamePart", "queries/everything.sql", 41,
    R"sql(UPDATE parts SET title = ?1 WHERE id = ?2 RETURNING title)sql"};

// Whether an outer join has found a row.
bool HasValue(const Rows& rows, std::size_t first, std::size_t count) {
  for (std::size_t i = first; i < first + count; ++i) {
    if (!rows.IsNull(i)) return true;
  }
  return false;
}

void Read(const Rows& rows, std::size_t first, Everything& out) {
  rows.Read(first + 0, out.id);
  rows.Read(first + 1, out.truth);
  rows.Read(first + 2, out.plain);
  rows.Read(first + 3, out.real);
  rows.Read(first + 4, out.words);
  rows.Read(first + 5, out.bytes);
  rows.Read(first + 6, out.free);
  rows.Read(first + 7, out.maybe);
}

void Read(const Rows& rows, std::size_t first, Part& out) {
  rows.Read(first + 0, out.id);
  rows.Read(first + 1, out.whole_id);
  rows.Read(first + 2, out.title);
}

void Read(const Rows& rows, std::size_t first, WithPartsRow& out) {
  Read(rows, first + 0, out.everything);
  if (HasValue(rows, first + 8, 3))
    Read(rows, first + 8, out.parts.emplace());
}

void Read(const Rows& rows, std::size_t first, CountRow& out) {
  rows.Read(first + 0, out.count);
  rows.Read(first + 1, out.max_maybe);
}

void Read(const Rows& rows, std::size_t first, TakePartsRow& out) {
  rows.Read(first + 0, out.id);
  rows.Read(first + 1, out.title);
}

}  // namespace

void Put(godwit::Executor db, const PutParams& params) {
  Execute(db, kPut, params.id, params.truth, params.plain, params.real,
          params.words, params.bytes, params.free, params.maybe);
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

std::vector<std::int64_t> ByWords(godwit::Executor db,
                                  const std::vector<std::string>& words) {
  Rows rows = Run(db, kByWords, words);
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

std::vector<WithPartsRow> WithParts(godwit::Executor db) {
  Rows rows = Run(db, kWithParts);
  std::vector<WithPartsRow> result;
  result.reserve(rows.count());
  while (rows.Next())
    Read(rows, 0, result.emplace_back());
  return result;
}

std::int64_t AddWords(godwit::Executor db, std::string_view words) {
  Execute(db, kAddWords, words);
  return godwit::internal::LastInsertId(db);
}

CountRow Count(godwit::Executor db) {
  Rows rows = Run(db, kCount);
  CountRow result{};
  rows.First();
  Read(rows, 0, result);
  rows.Finish();
  return result;
}

std::optional<std::int64_t> Plain(godwit::Executor db, std::int64_t id) {
  Rows rows = Run(db, kPlain, id);
  std::optional<std::int64_t> result;
  if (rows.Next())
    rows.Read(0, result.emplace());
  rows.Finish();
  return result;
}

godwit::Stream<std::int64_t> EachId(godwit::Executor db) {
  const auto read = [](Rows& rows, std::int64_t& out) {
    rows.Read(0, out);
  };
  return RunStream<std::int64_t>(db, kEachId, read);
}

godwit::Stream<TakePartsRow> TakeParts(godwit::Executor db,
                                       std::string_view except) {
  const auto read = [](Rows& rows, TakePartsRow& out) {
    Read(rows, 0, out);
  };
  return RunStream<TakePartsRow>(db, kTakeParts, read, except);
}

std::int64_t AddPart(godwit::Executor db, const AddPartParams& params) {
  Rows rows = Run(db, kAddPart, params.id, params.whole_id, params.title);
  std::int64_t result{};
  rows.First();
  rows.Read(0, result);
  rows.Finish();
  return result;
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

}  // namespace generated::lite
