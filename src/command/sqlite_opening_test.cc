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
  bool used = false;
  const auto use = [&](const Connection&, const std::stop_token&) {
    used = true;
  };
  { Opening opening("sqlite:" + file, {}, use); }
  EXPECT_FALSE(std::filesystem::exists(file));
  Opening(file, {}, use).Finish();
  EXPECT_TRUE(std::filesystem::exists(file));
  EXPECT_TRUE(used);
}

}  // namespace
}  // namespace godwit::command
