// SPDX-License-Identifier: Apache-2.0
#include "command/opening.h"

#include <gmock/gmock.h>

#include <chrono>

#include "support/silent_server.h"

namespace godwit::command {
namespace {

void Nothing(const Connection&, const std::stop_token&) {}

TEST(Opening, SaysWhatWentWrongWhenItIsFinished) {
  Opening opening("postgres://nobody@127.0.0.1:1/none", {}, Nothing);
  EXPECT_THROW(opening.Finish(), Error);
}

TEST(Opening, DoesNotWaitForAServerThatIsNotWanted) {
  const test::SilentServer server;
  const auto began = std::chrono::steady_clock::now();
  {
    Opening opening(
        "postgres://nobody@127.0.0.1:" + std::to_string(server.port()) +
            "/none?connect_timeout=20",
        {}, Nothing);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(10));
}

}  // namespace
}  // namespace godwit::command
