// SPDX-License-Identifier: Apache-2.0
#include "migrate/progress.h"

#include <gmock/gmock.h>

namespace godwit::migrate {
namespace {

using Kind = Progress::Kind;

TEST(Progress, InWords) {
  EXPECT_EQ(LogLine({.kind = Kind::kStarted, .version = 3, .name = "init"}),
            "applying 3 init");
  EXPECT_EQ(LogLine({.kind = Kind::kFinished,
                     .version = 1003,
                     .name = "init",
                     .module = "db",
                     .statements = 1,
                     .duration = std::chrono::microseconds(4567)}),
            "applied db 1003 init (1 statement, 4 ms)");
  EXPECT_EQ(LogLine({.kind = Kind::kFinished, .version = 3, .down = true}),
            "reverted 3 (0 statements, 0 ms)");
  EXPECT_EQ(LogLine({.kind = Kind::kWaiting, .text = "pid 7"}),
            "waiting for the lock of the migrations, held by pid 7");
  EXPECT_EQ(LogLine({.kind = Kind::kBlocked,
                     .version = 3,
                     .name = "init",
                     .total = 1,
                     .text = "waits for a lock"}),
            "3 init waits for a lock");
  EXPECT_EQ(LogLine({.kind = Kind::kBlocked, .text = "waits for a lock"}),
            "waits for a lock");
  EXPECT_EQ(LogLine({.kind = Kind::kWarning, .text = "x"}), "x");
}

TEST(Progress, ALoggersTroubleIsItsOwn) {
  MigrateOptions options;
  int told = 0;
  options.on_progress = [&](const Progress&) { ++told; };
  options.logger = [](LogLevel, std::string_view) {
    throw std::runtime_error("disk full");
  };
  EXPECT_NO_THROW(Tell(options, {.version = 1}));
  EXPECT_EQ(told, 1);
}

}  // namespace
}  // namespace godwit::migrate
