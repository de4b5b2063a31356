// SPDX-License-Identifier: Apache-2.0
#include "engine/cpp_types.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"

namespace godwit::engine {

namespace {

struct Row {
  std::string_view types;  // between blanks
  std::string_view name;
  std::string_view header;
  bool is_small;
};

// What has no row is text, as the server writes it.
constexpr Row kPostgres[] = {
    {" bool ", "bool", "", true},
    {" int2 ", "std::int16_t", "<cstdint>", true},
    {" int4 ", "std::int32_t", "<cstdint>", true},
    {" int8 ", "std::int64_t", "<cstdint>", true},
    {" oid xid cid ", "std::uint32_t", "<cstdint>", true},
    {" float4 ", "float", "", true},
    {" float8 ", "double", "", true},
    {" numeric ", "godwit::Decimal", "\"godwit/types.h\"", false},
    {" uuid ", "godwit::Uuid", "\"godwit/types.h\"", true},
    {" json jsonb ", "godwit::Json", "\"godwit/types.h\"", false},
    {" bytea ", "godwit::Bytes", "\"godwit/value.h\"", false},
    {" date ", "godwit::Date", "\"godwit/time.h\"", true},
    {" time ", "godwit::TimeOfDay", "\"godwit/time.h\"", true},
    {" timestamp ", "godwit::LocalTimestamp", "\"godwit/time.h\"", true},
    {" timestamptz ", "godwit::Timestamp", "\"godwit/time.h\"", true},
    {" interval ", "godwit::Interval", "\"godwit/time.h\"", false},
    {" void ", "std::string", "<string>", false},
};

const Row* Find(std::string_view type) {
  const auto* row = std::ranges::find_if(
      kPostgres, [&](const Row& r) { return HoldsWord(r.types, type); });
  return row == std::end(kPostgres) ? nullptr : row;
}

CppType PostgresType(std::string_view type) {
  if (const Row* row = Find(type))
    return {std::string(row->name), row->header, row->is_small};
  return {"std::string", "<string>", false};
}

bool Holds(const std::string& text, std::string_view word) {
  return text.find(word) != std::string::npos;
}

// By the declared type's words, as SQLite itself reads them, and the few that
// programs mean something else by. What may hold anything is godwit::Value.
CppType SqliteType(std::string_view declared) {
  const std::string type = AsciiLower(declared);
  if (type == "any" || type.empty())
    return {"godwit::Value", "\"godwit/value.h\"", false};
  if (type.starts_with("bool")) return {"bool", "", true};
  if (type == "json" || type == "jsonb")
    return {"godwit::Json", "\"godwit/types.h\"", false};
  if (Holds(type, "int")) return {"std::int64_t", "<cstdint>", true};
  if (Holds(type, "char") || Holds(type, "clob") || Holds(type, "text") ||
      Holds(type, "date") || Holds(type, "time") || Holds(type, "uuid"))
    return {"std::string", "<string>", false};
  if (Holds(type, "blob"))
    return {"godwit::Bytes", "\"godwit/value.h\"", false};
  if (Holds(type, "real") || Holds(type, "floa") || Holds(type, "doub") ||
      Holds(type, "num") || Holds(type, "dec"))
    return {"double", "", true};
  return {"godwit::Value", "\"godwit/value.h\"", false};
}

}  // namespace

CppType CppTypeOf(EngineKind engine, std::string_view type) {
  return engine == EngineKind::kPostgresql ? PostgresType(type)
                                           : SqliteType(type);
}

}  // namespace godwit::engine
