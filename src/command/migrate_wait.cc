// SPDX-License-Identifier: Apache-2.0
#include <ostream>
#include <thread>

#include "base/duration.h"
#include "base/text.h"
#include "command/exit_status.h"
#include "command/interrupt.h"
#include "command/json.h"
#include "command/migrate_commands.h"
#include "command/settings.h"
#include "engine/dsn.h"

namespace godwit::command {

namespace {

using Clock = std::chrono::steady_clock;

std::chrono::milliseconds Timeout(const Call& call) {
  if (call.flags.timeout.empty()) return std::chrono::seconds(30);
  const auto timeout = ParseDuration(call.flags.timeout);
  if (!timeout)
    throw Error(ErrorCode::kUsage,
                Cat("'", call.flags.timeout, "' is no duration"),
                "--timeout takes a duration such as 30s");
  return *timeout;
}

}  // namespace

int RunWait(const Call& call) {
  const std::unique_ptr<Settings> settings = call.ReadSettings();
  const std::string dsn = settings->Dsn();
  const auto timeout = Timeout(call);
  const Interrupt interrupt(settings->Stop());
  const std::stop_token stop = interrupt.token();
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
          engine::NamesMissingFile(dsn) ? "sqlite::memory:" : dsn, options);
      connection.Execute("SELECT 1");
      break;
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kConnectFailed) throw;
      if (Clock::now() - began >= timeout) {
        ErrorInfo info = error.info();
        info.message = Cat("the database did not answer within ",
                           ShowDuration(timeout), ": ", info.message);
        throw Error(std::move(info));
      }
      if (!call.flags.quiet && !call.flags.json &&
          Clock::now() - told >= std::chrono::seconds(2)) {
        call.err << call.program.name << ": still waiting: " << error.what()
                 << '\n';
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
  if (call.flags.json)
    call.out << Dump(Json{{"answered", true},
                          {"waited_ms", waited.count() / 1000}})
             << '\n';
  else
    call.out << "the database answers (" << ShowDuration(waited) << ")\n";
  return kDone;
}

}  // namespace godwit::command
