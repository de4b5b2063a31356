// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/lock_trace.h"

#include <gtest/gtest.h>

namespace godwit::engine {
namespace {

TEST(HoldsName, AsAWordOfItsOwn) {
  EXPECT_TRUE(HoldsName("ALTER TABLE Users ADD x int", "users"));
  EXPECT_TRUE(HoldsName("DROP TABLE app.\"Odd one\"", "Odd one"));
  EXPECT_TRUE(HoldsName("users", "users"));
  EXPECT_FALSE(HoldsName("ALTER TABLE users_old ADD x int", "users"));
  EXPECT_FALSE(HoldsName("ALTER TABLE old_users ADD x int", "users"));
  EXPECT_TRUE(HoldsName("INSERT INTO users_old SELECT * FROM users", "users"));
}

}  // namespace
}  // namespace godwit::engine
