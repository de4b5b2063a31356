// SPDX-License-Identifier: Apache-2.0
// A program whose database is PostgreSQL: it migrates when it starts, and it
// offers `migrate` itself.
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include "console.h"

namespace {

using member_console::Console;

constexpr const char* kUsage =
    "usage: member-console [--db-dsn DSN] COMMAND\n"
    "\n"
    "  start                      migrate, then serve until SIGTERM\n"
    "  migrate VERB…              up, down, status, … (migrate --help)\n"
    "  users                      all members\n"
    "  add-user EMAIL NAME\n"
    "  add-site USER-ID DOMAIN\n"
    "  add-payment USER-ID CENTS\n"
    "  delete-user USER-ID        with sites and payments\n"
    "\n"
    "DSN: postgres://user:password@host:port/database?sslmode=…, or the\n"
    "variable MEMBER_CONSOLE_DSN.\n";

struct Options {
  std::string dsn;
  bool verbose = false;
  std::vector<std::string> words;
};

// Our own options stand before the command; what stands behind it is the
// command's.
Options Parse(int count, char** arguments) {
  Options options;
  if (const char* dsn = std::getenv("MEMBER_CONSOLE_DSN")) options.dsn = dsn;
  int i = 1;
  for (; i < count; ++i) {
    const std::string word = arguments[i];
    if (word == "--db-dsn" && i + 1 < count)
      options.dsn = arguments[++i];
    else if (word.starts_with("--db-dsn="))
      options.dsn = word.substr(9);
    else if (word == "--verbose")
      options.verbose = true;
    else
      break;
  }
  options.words.assign(arguments + i, arguments + count);
  return options;
}

std::int64_t Number(const std::string& text) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stop != end)
    throw member_console::Refused("'" + text + "' is no number");
  return number;
}

godwit::Logger MakeLogger(bool verbose) {
  return [verbose](godwit::LogLevel level, std::string_view line) {
    if (verbose || level != godwit::LogLevel::kDebug)
      std::cerr << "member-console: " << line << "\n";
  };
}

void WaitForSignal() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  int signal = 0;
  sigwait(&signals, &signal);
}

// Before the pool makes a thread: all threads leave these signals to sigwait.
void BlockSignals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  sigprocmask(SIG_BLOCK, &signals, nullptr);
}

int Serve(const Options& options) {
  BlockSignals();
  Console console = Console::Start(options.dsn, MakeLogger(options.verbose));
  std::cout << "ready: " << console.Users().size() << " members" << std::endl;
  WaitForSignal();
  return 0;
}

void Show(const std::vector<member_console::User>& users) {
  for (const member_console::User& user : users) {
    std::cout << user.id << "  " << user.email << "  " << user.display_name
              << "  " << user.sites << " sites, " << user.payments
              << " payments\n";
  }
}

int Run(const Options& options) {
  const std::vector<std::string>& words = options.words;
  const std::string command = words.empty() ? "" : words[0];
  if (command == "migrate") {
    return godwit::RunMigrateCommand(
        member_console::Migrations(options.dsn),
        std::span<const std::string>(words).subspan(1));
  }
  if (command == "start" && words.size() == 1) return Serve(options);
  Console console = Console::Start(options.dsn, MakeLogger(options.verbose));
  if (command == "users" && words.size() == 1) {
    Show(console.Users());
  } else if (command == "add-user" && words.size() == 3) {
    std::cout << console.AddUser(words[1], words[2]) << "\n";
  } else if (command == "add-site" && words.size() == 3) {
    std::cout << console.AddSite(Number(words[1]), words[2]) << "\n";
  } else if (command == "add-payment" && words.size() == 3) {
    std::cout << console.AddPayment(Number(words[1]), Number(words[2])) << "\n";
  } else if (command == "delete-user" && words.size() == 2) {
    if (!console.DeleteUser(Number(words[1])))
      throw member_console::Refused("there is no user " + words[1]);
  } else {
    std::cerr << kUsage;
    return 2;
  }
  return 0;
}

}  // namespace

int main(int count, char** arguments) try {
  return Run(Parse(count, arguments));
} catch (const member_console::Refused& refused) {
  std::cerr << "member-console: " << refused.what() << "\n";
  return 1;
} catch (const godwit::Error& error) {
  std::cerr << "member-console: " << error.what() << "\n";
  if (!error.info().help.empty())
    std::cerr << "  help: " << error.info().help << "\n";
  return 1;
}
