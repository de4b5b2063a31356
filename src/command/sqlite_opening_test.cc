// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <filesystem>

#include "command/opening.h"
#include "support/folder.h"

namespace godwit::command {
namespace {

TEST(Opening, MakesNoFileBeforeTheConnectionIsWanted) {
  const test::TempFolder folder;
  const std::string file = folder / "app.db";
  { Opening opening("sqlite:" + file, {}); }
  EXPECT_FALSE(std::filesystem::exists(file));
  Opening(file, {}).Take();
  EXPECT_TRUE(std::filesystem::exists(file));
}

}  // namespace
}  // namespace godwit::command
