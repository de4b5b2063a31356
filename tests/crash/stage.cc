// SPDX-License-Identifier: Apache-2.0
#include "crash/stage.h"

#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <thread>

#include "base/text.h"
#include "crash/snapshot.h"
#include "support/folder.h"

namespace godwit::test {

namespace {

constexpr std::string_view kRecordedAndNotRun =
    "SELECT version FROM applied_migrations EXCEPT SELECT version FROM ran "
    "WHERE part = 'last'";
constexpr std::string_view kRunAndNotRecorded =
    "SELECT version FROM ran WHERE part = 'last' EXCEPT SELECT version FROM "
    "applied_migrations";

bool IsThere(Connection& connection, const char* table) {
  try {
    connection.Execute(Cat("SELECT 1 FROM ", table, " LIMIT 1"));
    return true;
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kConnectFailed) throw;
    return false;
  }
}

// The migration's file, found by its version.
std::string TextOf(const std::string& folder, std::int64_t version) {
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (std::stoll(entry.path().filename().string()) == version)
      return ReadFile(entry.path().string());
  }
  throw std::runtime_error(Cat("no migration ", version));
}

std::int64_t VersionIn(const std::string& json) {
  const std::size_t at = json.find("\"version\":");
  return at == std::string::npos ? 0 : std::atoll(json.c_str() + at + 10);
}

// GODWIT_COMMAND in the environment names another than this build's.
std::string Command() {
  const char* named = std::getenv("GODWIT_COMMAND");
  return named == nullptr ? GODWIT_COMMAND_PATH : named;
}

bool Has(const Outcome& outcome, std::string_view code) {
  return outcome.out.find(Cat("\"code\":\"", code, "\"")) != std::string::npos;
}

}  // namespace

Stage::Stage(std::string_view folder, std::string_view without)
    : folder_(Cat(GODWIT_SOURCE_DIR, "/tests/crash/migrations/", folder)) {
  if (without.empty()) return;
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    const std::string name = entry.path().filename().string();
    if (name.find(without) == std::string::npos)
      own_.Write(name, ReadFile(entry.path().string()));
  }
  folder_ = own_.path();
}

Process Stage::StartUp(const std::string& dsn,
                       const Variables& environment) const {
  ProcessOptions options;
  options.environment = environment;
  options.environment["ASAN_OPTIONS"] =
      "detect_leaks=0:verify_asan_link_order=0";
  return Process::Start(
      {Command(), "migrate", "up", "--json", "--url", dsn, "--dir", folder_},
      options);
}

void Stage::Rehearse(const std::string& dsn, const Variables& environment) {
  const Outcome outcome = StartUp(dsn, environment).Wait();
  if (outcome.exit_code != 0)
    throw std::runtime_error("undisturbed and failed: " + outcome.out +
                             outcome.err);
}

void Stage::Remember(const std::string& dsn) {
  Connection connection = Connection::Open(dsn);
  expected_ = Snapshot(connection);
}

std::string Stage::WhatIsHalfDone(const std::string& dsn) const {
  Connection connection = Connection::Open(dsn);
  connection.Execute(connection.engine() == EngineKind::kSqlite
                         ? "BEGIN"
                         : "BEGIN ISOLATION LEVEL REPEATABLE READ");
  if (!IsThere(connection, "applied_migrations")) return "";
  if (!IsThere(connection, "ran")) {
    connection = Connection::Open(dsn);
    const Result rows =
        connection.Execute("SELECT count(*) FROM applied_migrations");
    return rows.Get<std::int64_t>(0, 0) == 0 ? "" : "recorded and not run: 1";
  }
  const Result recorded = connection.Execute(kRecordedAndNotRun);
  if (!recorded.empty())
    return Cat("recorded and not run: ", recorded.Get<std::int64_t>(0, 0));
  const Result ran = connection.Execute(kRunAndNotRecorded);
  for (std::size_t i = 0; i < ran.size(); ++i) {
    const auto version = ran.Get<std::int64_t>(i, 0);
    if (TextOf(folder_, version).find("NO TRANSACTION") == std::string::npos)
      return Cat("run and not recorded: ", version);
  }
  return "";
}

// The operator looks: the file says where.
bool Stage::Resolve(const std::string& dsn, std::int64_t version) const {
  const std::string text = TextOf(folder_, version);
  constexpr std::string_view kMark = "-- look: ";
  const std::size_t at = text.find(kMark);
  if (at == std::string::npos) return false;
  const std::size_t begin = at + kMark.size();
  const std::string look = text.substr(begin, text.find('\n', at) - begin);
  const bool done = Connection::Open(dsn).Execute(look).Get<bool>(0, 0);
  const Outcome outcome = RunProcess(
      {Command(), "migrate", "resolve", Cat(version), "--as",
       done ? "applied" : "pending", "--url", dsn, "--dir", folder_});
  return outcome.exit_code == 0;
}

std::string Stage::Compare(const std::string& dsn) const {
  Connection connection = Connection::Open(dsn);
  return FirstDifference(expected_, Snapshot(connection));
}

Aftermath Stage::RunAgain(const std::string& dsn,
                          const Variables& environment) const {
  constexpr int kMost = 20;
  Aftermath result;
  while (result.runs < kMost) {
    ++result.runs;
    const Outcome outcome = StartUp(dsn, environment).Wait();
    if (outcome.exit_code == 0) {
      result.wrong = Compare(dsn);
      return result;
    }
    if (Has(outcome, "interrupted") && Resolve(dsn, VersionIn(outcome.out))) {
      ++result.asked;
      continue;
    }
    result.wrong = Cat("run again, exit ", outcome.exit_code, ": ", outcome.out,
                       outcome.err);
    return result;
  }
  result.wrong = "it does not come to an end";
  return result;
}

}  // namespace godwit::test
