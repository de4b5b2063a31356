// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmock/gmock.h>

#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "godwit/connection.h"
#include "godwit/migrator.h"
#include "migrate/runner.h"
#include "migrate/source.h"
#include "migrate/status.h"
#include "support/folder.h"

namespace godwit::test {

// Where a test runs: a fresh SQLite file, or a fresh database of a PostgreSQL.
struct Target {
  int postgresql = 0;  // its version; 0 is SQLite

  std::string name() const {
    return postgresql ? "postgresql" + std::to_string(postgresql) : "sqlite";
  }
};
std::vector<Target> AllTargets();
// Every version of PostgreSQL, also in a build that has none: its tests skip.
std::vector<Target> Servers();
inline std::string NameOf(const testing::TestParamInfo<Target>& info) {
  return info.param.name();
}

// A folder of migrations and a database, and what the runner does with them.
class Bench {
 public:
  explicit Bench(const Target& target);
  // A database by its DSN.
  explicit Bench(std::string dsn) : dsn_(std::move(dsn)) {}

  // Why this target cannot be tested here; empty where it can.
  static std::string Missing(const Target& target);

  MigrateOptions options;
  const std::string& dsn() const { return dsn_; }
  std::string folder() const { return folder_ / "m"; }
  void Write(std::string_view name, std::string_view text);
  // "-- +goose Up" before the text.
  void WriteUp(std::string_view name, std::string_view up,
               std::string_view down = {});
  void Remove(std::string_view name);

  Report Up(const migrate::Wish& wish = {});
  Report Down(migrate::Wish wish = {});
  Report Redo();
  migrate::Status Status();
  std::vector<migrate::DryRunLine> DryRun();
  migrate::Adopted Adopt(const migrate::AdoptWish& wish);
  migrate::HandedBack GiveBack(const std::string& tool);
  // Runs one of the above and gives the error that it must end with.
  template <typename Work>
  ErrorInfo Failure(Work&& work) {
    try {
      work();
    } catch (const Error& error) {
      return error.info();
    }
    ADD_FAILURE() << "no error";
    return {};
  }
  ErrorInfo UpFailure() {
    return Failure([&] { Up(); });
  }

  // By another connection.
  Result Sql(std::string_view sql);
  std::int64_t Number(std::string_view sql) {
    return Sql(sql).Get<std::int64_t>(0, 0);
  }
  bool HasTable(std::string_view name);
  // The versions that are applied, ascending.
  std::vector<std::int64_t> Applied();

 private:
  template <typename Work>
  auto With(Work&& work);

  TempFolder folder_;
  std::string dsn_;
};

// Both engines, every version that is here.
class EveryTarget : public testing::TestWithParam<Target> {
 protected:
  void SetUp() override {
    const std::string missing = Bench::Missing(GetParam());
    if (!missing.empty()) GTEST_SKIP() << missing;
    bench_.emplace(GetParam());
  }
  bool postgresql() const { return GetParam().postgresql != 0; }
  Bench& bench() { return *bench_; }
  std::optional<Bench> bench_;
};

}  // namespace godwit::test
