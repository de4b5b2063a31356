// SPDX-License-Identifier: Apache-2.0
// The notebook's schema as a document: the day of workflow.sh on SQLite, as
// D1 to D11 ask for it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "support/folder.h"
#include "support/process.h"

namespace {

using godwit::test::Outcome;

TEST(NotesWorkflow, TheScriptTellsTheWholeDay) {
  const godwit::test::TempFolder folder;
  const std::filesystem::path work = folder.path() + "/work";
  std::filesystem::copy(NOTES_PROJECT, work,
                        std::filesystem::copy_options::recursive);
  const Outcome day = godwit::test::RunProcess(
      {"/bin/sh", "./workflow.sh"},
      {.environment = {{"DATABASE_URL",
                        "sqlite:" + folder.path() + "/notes.db"},
                       {"PATH", GODWIT_COMMAND_PATH ":" +
                                    std::string(std::getenv("PATH"))}},
       .folder = work});
  EXPECT_EQ(day.exit_code, 0) << day.out << day.err;
  EXPECT_THAT(day.out, testing::HasSubstr("# Done."));
}

}  // namespace
