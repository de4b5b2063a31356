// SPDX-License-Identifier: Apache-2.0
#include "live/bench.h"

#include <filesystem>

#include "base/text.h"
#include "support/cluster.h"

namespace godwit::test {

std::vector<Target> Servers() {
  std::vector<Target> targets;
  for (int version : Cluster::Versions()) targets.push_back({version});
  return targets;
}

std::vector<Target> AllTargets() {
  std::vector<Target> targets;
#if GODWIT_HAS_SQLITE
  targets.push_back({});
#endif
#if GODWIT_HAS_POSTGRESQL
  for (const Target& server : Servers()) targets.push_back(server);
#endif
  return targets;
}

std::string Bench::Missing(const Target& target) {
  return target.postgresql ? Cluster::Missing(target.postgresql) : "";
}

Bench::Bench(const Target& target) {
  dsn_ = target.postgresql ? Cluster::Of(target.postgresql).FreshDatabase()
                           : "sqlite:" + (folder_ / "test.db");
  std::filesystem::create_directories(folder());
}

void Bench::Write(std::string_view name, std::string_view text) {
  folder_.Write(Cat("m/", name), text);
}

void Bench::WriteUp(std::string_view name, std::string_view up,
                    std::string_view down) {
  Write(name, Cat("-- +goose Up\n", up,
                  down.empty() ? "" : "\n-- +goose Down\n", down, "\n"));
}

void Bench::Remove(std::string_view name) {
  std::filesystem::remove(std::filesystem::path(folder()) / name);
}

template <typename Work>
auto Bench::With(Work&& work) {
  const migrate::Source source =
      migrate::Source::ReadFolder(folder(), std::nullopt);
  Connection connection =
      Connection::Open(dsn_, {.busy_timeout = options.lock_wait});
  migrate::Runner runner(connection, &source, options,
                         migrate::ProcessEnvironment());
  return work(runner);
}

Report Bench::Up(const migrate::Wish& wish) {
  return With([&](migrate::Runner& runner) { return runner.Up(wish); });
}

Report Bench::Down(migrate::Wish wish) {
  wish.kind = migrate::Wish::Kind::kDown;
  return With([&](migrate::Runner& runner) { return runner.Down(wish); });
}

Report Bench::Redo() {
  return With([&](migrate::Runner& runner) { return runner.Redo(); });
}

migrate::Status Bench::Status() {
  return With(
      [&](migrate::Runner& runner) { return migrate::ReadStatus(runner); });
}

std::vector<migrate::DryRunLine> Bench::DryRun() {
  return With([&](migrate::Runner& runner) { return runner.DryRun({}); });
}

migrate::Adopted Bench::Adopt(const migrate::AdoptWish& wish) {
  return With([&](migrate::Runner& runner) { return runner.Adopt(wish); });
}

migrate::HandedBack Bench::GiveBack(const std::string& tool) {
  return With([&](migrate::Runner& runner) {
    return runner.GiveBack(tool, "", false);
  });
}

Result Bench::Sql(std::string_view sql) {
  return Connection::Open(dsn_).Execute(sql);
}

bool Bench::HasTable(std::string_view name) {
  try {
    Sql(Cat("SELECT 1 FROM ", name, " LIMIT 1"));
    return true;
  } catch (const Error&) {
    return false;
  }
}

std::vector<std::int64_t> Bench::Applied() {
  std::vector<std::int64_t> versions;
  for (const migrate::StatusLine& line : Status().migrations) {
    if (line.state != migrate::State::kPending &&
        line.state != migrate::State::kInterrupted)
      versions.push_back(line.version);
  }
  return versions;
}

}  // namespace godwit::test
