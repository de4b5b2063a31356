// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <thread>

#include "base/text.h"
#include "cli/command.h"
#include "cli/exit_status.h"
#include "cli/interrupt.h"
#include "cli/json.h"
#include "cli/settings.h"
#include "config/duration.h"
#include "config/engines.h"

namespace godwit::cli {

namespace {

using Clock = std::chrono::steady_clock;

std::chrono::milliseconds Timeout(const Flags& flags) {
  if (flags.timeout.empty()) return std::chrono::seconds(30);
  const auto timeout = config::ParseDuration(flags.timeout);
  if (!timeout)
    throw Error(ErrorCode::kUsage, Cat("'", flags.timeout, "' is no duration"),
                "--timeout takes a duration such as 30s");
  return *timeout;
}

}  // namespace

int RunWait(const Flags& flags) {
  const MigrateSettings settings(flags);
  const std::string dsn = settings.Dsn();
  const auto timeout = Timeout(flags);
  const std::stop_token stop = InstallInterrupt();
  const auto began = Clock::now();
  ConnectOptions options;
  options.mode = OpenMode::kReadWrite;
  options.stop = stop;
  auto told = began;
  while (true) {
    try {
      const auto left =
          timeout - std::chrono::duration_cast<std::chrono::milliseconds>(
                        Clock::now() - began);
      options.connect_timeout = std::max(left, std::chrono::milliseconds(100));
      // A missing file is an empty database: nothing has to start first.
      Connection connection = Connection::Open(
          config::NamesMissingFile(dsn) ? "sqlite::memory:" : dsn, options);
      connection.Execute("SELECT 1");
      break;
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kConnectFailed) throw;
      if (Clock::now() - began >= timeout) {
        ErrorInfo info = error.info();
        info.message = Cat("the database did not answer within ",
                           config::ShowDuration(timeout), ": ", info.message);
        throw Error(std::move(info));
      }
      if (!flags.quiet && !flags.json &&
          Clock::now() - told >= std::chrono::seconds(2)) {
        std::cerr << "godwit: still waiting: " << error.what() << '\n';
        told = Clock::now();
      }
    }
    if (stop.stop_requested())
      throw Error(ErrorCode::kInterrupted,
                  "interrupted while waiting for the database");
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
  }
  const auto waited = std::chrono::duration_cast<std::chrono::microseconds>(
      Clock::now() - began);
  if (flags.json)
    std::cout << Dump(Json{{"answered", true},
                           {"waited_ms", waited.count() / 1000}})
              << '\n';
  else
    std::cout << "the database answers (" << config::ShowDuration(waited)
              << ")\n";
  return kDone;
}

}  // namespace godwit::cli
