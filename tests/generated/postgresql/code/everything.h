// Made by godwit from queries/everything.sql; changes in here are lost.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "godwit/executor.h"
#include "godwit/stream.h"
#include "godwit/time.h"
#include "godwit/types.h"
#include "godwit/value.h"
#include "models.h"

namespace generated::pg {

struct PutParams {
  std::int64_t id = 0;
  bool truth = false;
  std::int16_t small = 0;
  std::int32_t plain = 0;
  float part = 0;
  double whole = 0;
  godwit::Decimal exact;
  std::string words;
  std::string code;
  godwit::Bytes bytes;
  godwit::Date day{};
  godwit::TimeOfDay clock{};
  godwit::Timestamp moment{};
  godwit::LocalTimestamp wall{};
  godwit::Interval span;
  godwit::Uuid name{};
  godwit::Json document;
  Mood state{};
  std::vector<std::int32_t> numbers;
  std::vector<std::string> texts;
  std::vector<Mood> states;
  std::optional<std::int32_t> maybe;
  std::optional<std::string> maybe_text;
  std::optional<Mood> maybe_state;
  std::optional<std::vector<std::int64_t>> maybe_list;
  bool operator==(const PutParams&) const = default;
};

void Put(godwit::Executor db, const PutParams& params);

std::optional<Everything> Get(godwit::Executor db, std::int64_t id);

std::vector<std::int64_t> ByIds(godwit::Executor db,
                                const std::vector<std::int64_t>& ids);

std::vector<std::int64_t> NotByIds(godwit::Executor db,
                                   const std::vector<std::int64_t>& ids);

std::vector<std::int64_t> ByState(godwit::Executor db, Mood state);

struct AddPartsParams {
  std::int64_t id = 0;
  std::int64_t whole_id = 0;
  std::string title;
  bool operator==(const AddPartsParams&) const = default;
};

std::int64_t AddParts(godwit::Executor db,
                      const std::vector<AddPartsParams>& each);

struct RenamePartParams {
  std::string title;
  std::int64_t id = 0;
  bool operator==(const RenamePartParams&) const = default;
};

std::vector<std::optional<std::string>> RenamePart(
    godwit::Executor db,
    const std::vector<RenamePartParams>& each);

struct WithPartsRow {
  Everything e;
  std::optional<Part> p;
  bool operator==(const WithPartsRow&) const = default;
};

std::vector<WithPartsRow> WithParts(godwit::Executor db);

struct CountRow {
  std::int64_t count = 0;
  std::optional<std::int32_t> max;
  bool operator==(const CountRow&) const = default;
};

CountRow Count(godwit::Executor db);

struct FilterParams {
  std::optional<std::string> words;
  bool operator==(const FilterParams&) const = default;
};

std::vector<std::int64_t> Filter(godwit::Executor db,
                                 const FilterParams& params);

std::optional<std::int32_t> Width(godwit::Executor db, std::int64_t id);

std::vector<bool> Truths(godwit::Executor db);

std::optional<std::vector<bool>> Bits(godwit::Executor db, std::int64_t id);

struct PutManyParams {
  std::int64_t id = 0;
  bool truth = false;
  std::int16_t small = 0;
  std::int32_t plain = 0;
  float part = 0;
  double whole = 0;
  godwit::Decimal exact;
  std::string words;
  std::string code;
  godwit::Bytes bytes;
  godwit::Date day{};
  godwit::TimeOfDay clock{};
  godwit::Timestamp moment{};
  godwit::LocalTimestamp wall{};
  godwit::Interval span;
  godwit::Uuid name{};
  godwit::Json document;
  Mood state{};
  std::vector<std::int32_t> numbers;
  std::vector<std::string> texts;
  std::vector<Mood> states;
  std::optional<std::int32_t> maybe;
  std::optional<std::string> maybe_text;
  std::optional<Mood> maybe_state;
  std::optional<std::vector<std::int64_t>> maybe_list;
  bool operator==(const PutManyParams&) const = default;
};

std::int64_t PutMany(godwit::Executor db,
                     const std::vector<PutManyParams>& each);

struct AddAddressesParams {
  std::string address;
  std::int64_t part_id = 0;
  bool operator==(const AddAddressesParams&) const = default;
};

std::int64_t AddAddresses(godwit::Executor db,
                          const std::vector<AddAddressesParams>& each);

std::vector<Address> Addresses(godwit::Executor db);

struct EachNumberParams {
  std::optional<std::int32_t> wrong;
  std::int32_t most = 0;
  bool operator==(const EachNumberParams&) const = default;
};

struct EachNumberRow {
  std::int32_t n = 0;
  std::optional<std::int32_t> share;
  bool operator==(const EachNumberRow&) const = default;
};

godwit::Stream<EachNumberRow> EachNumber(godwit::Executor db,
                                         const EachNumberParams& params);

godwit::Stream<std::int64_t> EachId(godwit::Executor db);

struct TakePartsRow {
  std::int64_t id = 0;
  std::string title;
  bool operator==(const TakePartsRow&) const = default;
};

godwit::Stream<TakePartsRow> TakeParts(godwit::Executor db);

std::vector<std::vector<std::string>> TitlesOf(
    godwit::Executor db,
    const std::vector<std::int64_t>& each);

struct SetTitleParams {
  std::string title;
  std::int64_t id = 0;
  bool operator==(const SetTitleParams&) const = default;
};

void SetTitle(godwit::Executor db, const std::vector<SetTitleParams>& each);

}  // namespace generated::pg
