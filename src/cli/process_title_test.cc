// SPDX-License-Identifier: Apache-2.0
#include "cli/process_title.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace godwit::cli {
namespace {

std::vector<std::string> Hidden(std::vector<std::string> words) {
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  HideDsns(static_cast<int>(arguments.size()), arguments.data());
  return words;
}

TEST(ProcessTitle, HidesWhatMayHoldAPassword) {
  using testing::ElementsAre;
  EXPECT_THAT(
      Hidden({"godwit", "migrate", "up", "--url", "a:b@c", "--dir", "m"}),
      ElementsAre("godwit", "migrate", "up", "--url", "*****", "--dir", "m"));
  EXPECT_THAT(Hidden({"godwit", "--db-dsn=a b", "--url="}),
              ElementsAre("godwit", "--db-dsn=***", "--url="));
  EXPECT_THAT(Hidden({"godwit", "--url"}), ElementsAre("godwit", "--url"));
  EXPECT_THAT(Hidden({"godwit"}), ElementsAre("godwit"));
}

}  // namespace
}  // namespace godwit::cli
