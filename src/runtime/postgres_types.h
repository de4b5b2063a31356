// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <libpq-fe.h>

#include <functional>
#include <span>
#include <string_view>
#include <unordered_map>

#include "godwit/connection.h"
#include "godwit/field.h"

namespace godwit::internal {

// What a type of the server looks like in its binary form.
struct PostgresType {
  WireType type = WireType::kUnknown;
  WireType element = WireType::kUnknown;  // of an array
  Oid element_oid = 0;
};

// The types by their object ids: the server's own, and those of its databases
// that one connection has met.
class PostgresTypes {
 public:
  using Ask = std::function<Result(std::string_view sql, const Value& oids)>;

  // Asks the server about those that are not known yet, where there are some:
  // one query, two where an array's elements are new.
  void Learn(std::span<const Oid> oids, const Ask& ask);
  // kUnknown where it was not learned, or has a form that is not ours.
  PostgresType Find(Oid oid) const;

 private:
  std::unordered_map<Oid, PostgresType> learned_;
};

}  // namespace godwit::internal
