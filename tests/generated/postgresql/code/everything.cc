// Made by godwit from queries/everything.sql; changes in here are lost.
#include "everything.h"

#include "godwit/generated.h"

namespace generated::pg {

namespace {

using godwit::internal::Encode;
using godwit::internal::EncodeList;
using godwit::internal::QueryText;
using godwit::internal::Rows;
using godwit::internal::Run;
using godwit::internal::RunEach;

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
    R"sql(INSERT INTO parts (id, whole_id, title) VALUES ($1, $2, $3))sql"};

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
  rows.Read(row, first + 2, out.small);
  rows.Read(row, first + 3, out.plain);
  rows.Read(row, first + 4, out.part);
  rows.Read(row, first + 5, out.whole);
  rows.Read(row, first + 6, out.exact);
  rows.Read(row, first + 7, out.words);
  rows.Read(row, first + 8, out.code);
  rows.Read(row, first + 9, out.bytes);
  rows.Read(row, first + 10, out.day);
  rows.Read(row, first + 11, out.clock);
  rows.Read(row, first + 12, out.moment);
  rows.Read(row, first + 13, out.wall);
  rows.Read(row, first + 14, out.span);
  rows.Read(row, first + 15, out.name);
  rows.Read(row, first + 16, out.document);
  rows.Read(row, first + 17, out.state);
  rows.Read(row, first + 18, out.numbers);
  rows.Read(row, first + 19, out.texts);
  rows.Read(row, first + 20, out.states);
  rows.Read(row, first + 21, out.maybe);
  rows.Read(row, first + 22, out.maybe_text);
  rows.Read(row, first + 23, out.maybe_state);
  rows.Read(row, first + 24, out.maybe_list);
}

void Read(const Rows& rows, std::size_t row, std::size_t first,
          Part& out) {
  rows.Read(row, first + 0, out.id);
  rows.Read(row, first + 1, out.whole_id);
  rows.Read(row, first + 2, out.title);
}

void Read(const Rows& rows, std::size_t row, std::size_t first,
          WithPartsRow& out) {
  Read(rows, row, first + 0, out.e);
  if (HasValue(rows, row, first + 25, 3))
    Read(rows, row, first + 25, out.p.emplace());
}

void Read(const Rows& rows, std::size_t row, std::size_t first,
          CountRow& out) {
  rows.Read(row, first + 0, out.count);
  rows.Read(row, first + 1, out.max);
}

}  // namespace

void Put(godwit::Executor db, const PutParams& params) {
  const godwit::Value arguments[] = {
      Encode(params.id),
      Encode(params.truth),
      Encode(params.small),
      Encode(params.plain),
      Encode(params.part),
      Encode(params.whole),
      Encode(params.exact),
      Encode(params.words),
      Encode(params.code),
      Encode(params.bytes),
      Encode(params.day),
      Encode(params.clock),
      Encode(params.moment),
      Encode(params.wall),
      Encode(params.span),
      Encode(params.name),
      Encode(params.document),
      Encode(params.state),
      Encode(params.numbers),
      Encode(params.texts),
      Encode(params.states),
      Encode(params.maybe),
      Encode(params.maybe_text),
      Encode(params.maybe_state),
      Encode(params.maybe_list),
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
      Encode(ids),
  };
  const Rows rows = Run(db, kByIds, arguments);
  std::vector<std::int64_t> result(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    rows.Read(i, 0, result[i]);
  return result;
}

std::vector<std::int64_t> NotByIds(godwit::Executor db,
                                   const std::vector<std::int64_t>& ids) {
  const godwit::Value arguments[] = {
      Encode(ids),
  };
  const Rows rows = Run(db, kNotByIds, arguments);
  std::vector<std::int64_t> result(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    rows.Read(i, 0, result[i]);
  return result;
}

std::vector<std::int64_t> ByState(godwit::Executor db, Mood state) {
  const godwit::Value arguments[] = {
      Encode(state),
  };
  const Rows rows = Run(db, kByState, arguments);
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

std::vector<std::optional<std::string>> RenamePart(
    godwit::Executor db,
    const std::vector<RenamePartParams>& each) {
  std::vector<std::vector<godwit::Value>> arguments;
  arguments.reserve(each.size());
  for (const auto& params : each) {
    arguments.push_back({
        Encode(params.title),
        Encode(params.id),
    });
  }
  std::vector<std::optional<std::string>> results;
  for (const Rows& rows : RunEach(db, kRenamePart, arguments)) {
    auto& result = results.emplace_back();
    if (rows.size() > 0)
      rows.Read(0, 0, result.emplace());
  }
  return results;
}

std::vector<WithPartsRow> WithParts(godwit::Executor db) {
  const Rows rows = Run(db, kWithParts);
  std::vector<WithPartsRow> result(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    Read(rows, i, 0, result[i]);
  return result;
}

CountRow Count(godwit::Executor db) {
  const Rows rows = Run(db, kCount);
  CountRow result{};
  Read(rows, 0, 0, result);
  return result;
}

std::vector<std::int64_t> Filter(godwit::Executor db,
                                 const FilterParams& params) {
  const godwit::Value arguments[] = {
      Encode(params.words),
  };
  const Rows rows = Run(db, kFilter, arguments);
  std::vector<std::int64_t> result(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    rows.Read(i, 0, result[i]);
  return result;
}

std::optional<std::int32_t> Width(godwit::Executor db, std::int64_t id) {
  const godwit::Value arguments[] = {
      Encode(id),
  };
  const Rows rows = Run(db, kWidth, arguments);
  std::optional<std::int32_t> result;
  if (rows.size() > 0)
    rows.Read(0, 0, result.emplace());
  return result;
}

std::vector<bool> Truths(godwit::Executor db) {
  const Rows rows = Run(db, kTruths);
  std::vector<bool> result(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    bool value = false;
    rows.Read(i, 0, value);
    result[i] = value;
  }
  return result;
}

std::optional<std::vector<bool>> Bits(godwit::Executor db, std::int64_t id) {
  const godwit::Value arguments[] = {
      Encode(id),
  };
  const Rows rows = Run(db, kBits, arguments);
  std::optional<std::vector<bool>> result;
  if (rows.size() > 0)
    rows.Read(0, 0, result.emplace());
  return result;
}

}  // namespace generated::pg
