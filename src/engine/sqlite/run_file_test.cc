// SPDX-License-Identifier: Apache-2.0
#include "engine/sqlite/run_file.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "support/folder.h"

namespace godwit::engine {
namespace {

TEST(RunFile, ExcludesAnotherAndLeavesNoFile) {
  const test::TempFolder folder;
  const std::string database = folder / "a.db";
  RunFile first;
  RunFile second;
  EXPECT_TRUE(first.TryTake(database));
  EXPECT_TRUE(first.TryTake(database));
  EXPECT_FALSE(second.TryTake(database));
  first.Release();
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
  EXPECT_TRUE(second.TryTake(database));
}

TEST(RunFile, NeedsAFile) {
  RunFile first;
  RunFile second;
  EXPECT_TRUE(first.TryTake(""));
  EXPECT_TRUE(second.TryTake(""));
  EXPECT_TRUE(first.TryTake("/nowhere/a.db"));
}

}  // namespace
}  // namespace godwit::engine
