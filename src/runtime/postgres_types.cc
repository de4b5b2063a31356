// SPDX-License-Identifier: Apache-2.0
#include "runtime/postgres_types.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "base/text.h"

namespace godwit::internal {

namespace {

// src/include/catalog/pg_type.dat; these ids never change.
struct Row {
  Oid oid;
  Oid array;
  WireType type;
};
constexpr Row kOwn[] = {
    {16, 1000, WireType::kBool},        {17, 1001, WireType::kBytea},
    {19, 1003, WireType::kText},  // name
    {20, 1016, WireType::kInt8},        {21, 1005, WireType::kInt2},
    {23, 1007, WireType::kInt4},        {25, 1009, WireType::kText},
    {26, 1028, WireType::kOid},         {114, 199, WireType::kJson},
    {700, 1021, WireType::kFloat4},     {701, 1022, WireType::kFloat8},
    {1042, 1014, WireType::kText},  // character
    {1043, 1015, WireType::kText},  // character varying
    {1082, 1182, WireType::kDate},      {1083, 1183, WireType::kTime},
    {1114, 1115, WireType::kTimestamp}, {1184, 1185, WireType::kTimestamptz},
    {1186, 1187, WireType::kInterval},  {1700, 1231, WireType::kNumeric},
    {2950, 2951, WireType::kUuid},      {3802, 3807, WireType::kJsonb},
};

// Types that are not in that table: by the function that sends them.
struct Sender {
  std::string_view function;
  WireType type;
};
constexpr Sender kSenders[] = {
    {"boolsend", WireType::kBool},
    {"byteasend", WireType::kBytea},
    {"namesend", WireType::kText},
    {"int8send", WireType::kInt8},
    {"int2send", WireType::kInt2},
    {"int4send", WireType::kInt4},
    {"textsend", WireType::kText},
    {"oidsend", WireType::kOid},
    {"xidsend", WireType::kOid},
    {"cidsend", WireType::kOid},
    {"json_send", WireType::kJson},
    {"float4send", WireType::kFloat4},
    {"float8send", WireType::kFloat8},
    {"bpcharsend", WireType::kText},
    {"varcharsend", WireType::kText},
    {"enum_send", WireType::kText},
    {"unknownsend", WireType::kText},
    {"void_send", WireType::kText},
    {"date_send", WireType::kDate},
    {"time_send", WireType::kTime},
    {"timestamp_send", WireType::kTimestamp},
    {"timestamptz_send", WireType::kTimestamptz},
    {"interval_send", WireType::kInterval},
    {"numeric_send", WireType::kNumeric},
    {"uuid_send", WireType::kUuid},
    {"jsonb_send", WireType::kJsonb},
    {"array_send", WireType::kArray},
};

// A domain is sent as its base type is, but its arrays name the domain.
constexpr std::string_view kTypesQuery = R"(
WITH RECURSIVE t AS (
  SELECT oid AS asked, oid, typtype, typbasetype, typelem, typsend
  FROM pg_catalog.pg_type WHERE oid = ANY($1::pg_catalog.oid[])
  UNION ALL
  SELECT t.asked, b.oid, b.typtype, b.typbasetype, b.typelem, b.typsend
  FROM t JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
  WHERE t.typtype = 'd')
SELECT asked::pg_catalog.int8, p.proname,
       CASE WHEN p.proname = 'array_send' THEN typelem::pg_catalog.int8 ELSE 0 END
FROM t JOIN pg_catalog.pg_proc p ON p.oid = t.typsend
WHERE typtype <> 'd' AND p.pronamespace = 'pg_catalog'::pg_catalog.regnamespace)";

std::optional<PostgresType> FindOwn(Oid oid) {
  for (const Row& row : kOwn) {
    if (row.oid == oid) return PostgresType{row.type, {}, 0};
    if (row.array == oid)
      return PostgresType{WireType::kArray, row.type, row.oid};
  }
  return std::nullopt;
}

WireType SentBy(std::string_view function) {
  const auto* sender = std::ranges::find(kSenders, function, &Sender::function);
  return sender == std::end(kSenders) ? WireType::kUnknown : sender->type;
}

}  // namespace

PostgresType PostgresTypes::Find(Oid oid) const {
  if (const auto own = FindOwn(oid)) return *own;
  const auto found = learned_.find(oid);
  return found == learned_.end() ? PostgresType() : found->second;
}

void PostgresTypes::Learn(std::span<const Oid> oids, const Ask& ask) {
  std::vector<Oid> asked;
  std::string list;
  for (const Oid oid : oids) {
    if (oid == 0 || FindOwn(oid) || learned_.contains(oid)) continue;
    list += Cat(list.empty() ? "{" : ",", oid);
    asked.push_back(oid);
  }
  if (asked.empty()) return;
  const Result rows = ask(kTypesQuery, list + "}");
  for (const Oid oid : asked) learned_[oid] = {};
  std::vector<Oid> elements;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    PostgresType& type = learned_[rows.Get<Oid>(i, 0)];
    type.type = SentBy(rows.Get<std::string>(i, 1));
    type.element_oid = rows.Get<Oid>(i, 2);
    if (type.type == WireType::kArray) elements.push_back(type.element_oid);
  }
  Learn(elements, ask);
  for (auto& [oid, type] : learned_) {
    if (type.type != WireType::kArray) continue;
    type.element = Find(type.element_oid).type;
    // An array whose elements have no form of ours has none.
    if (type.element == WireType::kUnknown || type.element == WireType::kArray)
      type = {};
  }
}

}  // namespace godwit::internal
