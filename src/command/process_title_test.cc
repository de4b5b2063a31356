// SPDX-License-Identifier: Apache-2.0
#include "command/process_title.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace godwit::command {
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

TEST(ProcessTitle, ASecretIsHiddenWhereverItIsAnArgument) {
  using namespace std::string_literals;
  std::string area = "app\0--dsn=s3\0s3\0xs3\0s3x\0"s;
  const std::string secrets[] = {"s3"};
  HideWords(area, secrets);
  EXPECT_EQ(area, "app\0--dsn=**\0**\0xs3\0s3x\0"s);
  HideWords({}, secrets);
}

}  // namespace
}  // namespace godwit::command
