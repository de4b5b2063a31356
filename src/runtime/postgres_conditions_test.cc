// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "runtime/postgres_error.h"

namespace godwit::internal {
namespace {

TEST(PostgresConditions, NamesTheStateElseItsClass) {
  EXPECT_EQ(ConditionName("42703"), "undefined_column");
  EXPECT_EQ(ConditionName("01000"), "warning");
  EXPECT_EQ(ConditionName("XX002"), "index_corrupted");
  EXPECT_EQ(ConditionName("22ZZZ"), "data_exception");
  EXPECT_EQ(ConditionName("ZZZZZ"), "");
  EXPECT_EQ(ConditionName(""), "");
}

}  // namespace
}  // namespace godwit::internal
