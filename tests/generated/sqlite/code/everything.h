// Made by godwit from queries/everything.sql; changes in here are lost.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "godwit/executor.h"
#include "godwit/stream.h"
#include "godwit/value.h"
#include "models.h"

namespace generated::lite {

struct PutParams {
  std::int64_t id = 0;
  bool truth = false;
  std::int64_t plain = 0;
  double real = 0;
  std::string words;
  godwit::Bytes bytes;
  godwit::Value free;
  std::optional<std::int64_t> maybe;
  bool operator==(const PutParams&) const = default;
};

void Put(godwit::Executor db, const PutParams& params);

std::optional<Everything> Get(godwit::Executor db, std::int64_t id);

std::vector<std::int64_t> ByIds(godwit::Executor db,
                                const std::vector<std::int64_t>& ids);

std::vector<std::int64_t> ByWords(godwit::Executor db,
                                  const std::vector<std::string>& words);

struct AddPartsParams {
  std::int64_t id = 0;
  std::int64_t whole_id = 0;
  std::string title;
  bool operator==(const AddPartsParams&) const = default;
};

std::int64_t AddParts(godwit::Executor db,
                      const std::vector<AddPartsParams>& each);

struct WithPartsRow {
  Everything everything;
  std::optional<Part> parts;
  bool operator==(const WithPartsRow&) const = default;
};

std::vector<WithPartsRow> WithParts(godwit::Executor db);

std::int64_t AddWords(godwit::Executor db, std::string_view words);

struct CountRow {
  std::int64_t count = 0;
  std::optional<std::int64_t> max_maybe;
  bool operator==(const CountRow&) const = default;
};

CountRow Count(godwit::Executor db);

std::optional<std::int64_t> Plain(godwit::Executor db, std::int64_t id);

godwit::Stream<std::int64_t> EachId(godwit::Executor db);

struct TakePartsRow {
  std::int64_t id = 0;
  std::string title;
  bool operator==(const TakePartsRow&) const = default;
};

godwit::Stream<TakePartsRow> TakeParts(godwit::Executor db,
                                       std::string_view except);

struct AddPartParams {
  std::int64_t id = 0;
  std::int64_t whole_id = 0;
  std::string title;
  bool operator==(const AddPartParams&) const = default;
};

std::int64_t AddPart(godwit::Executor db, const AddPartParams& params);

struct RenamePartParams {
  std::string title;
  std::int64_t id = 0;
  bool operator==(const RenamePartParams&) const = default;
};

std::vector<std::optional<std::string>> RenamePart(
    godwit::Executor db,
    const std::vector<RenamePartParams>& each);

}  // namespace generated::lite
