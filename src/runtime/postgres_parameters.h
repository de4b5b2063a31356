// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <libpq-fe.h>

#include <deque>
#include <span>
#include <string>
#include <vector>

#include "godwit/value.h"

namespace godwit::internal {

// Values as PQsendQueryParams takes them. Borrows texts and bytes of the
// values.
class Parameters {
 public:
  // Throws Error(kUsage) for a text with a zero byte: PostgreSQL cannot hold
  // one, and libpq would cut the text there.
  explicit Parameters(std::span<const Value> values);

  int count() const { return static_cast<int>(pointers_.size()); }
  const Oid* types() const { return types_.data(); }
  const char* const* values() const { return pointers_.data(); }
  const int* lengths() const { return lengths_.data(); }
  const int* formats() const { return formats_.data(); }

 private:
  void Add(const Value& value);
  void AddText(const char* text);

  std::vector<Oid> types_;
  std::vector<const char*> pointers_;
  std::vector<int> lengths_;
  std::vector<int> formats_;
  std::deque<std::string> numbers_;
};

// The text with a NUL behind it; a zero byte inside would cut it, so it throws.
std::string StatementText(std::string_view sql);

}  // namespace godwit::internal
