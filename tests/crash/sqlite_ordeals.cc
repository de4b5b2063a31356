// SPDX-License-Identifier: Apache-2.0
// The command with a shim of SQLite's VFS, which fails at one operation on the
// database's files.
#include <csignal>
#include <cstring>

#include "base/text.h"
#include "crash/ordeal.h"
#include "crash/stage.h"
#include "support/folder.h"

namespace godwit::test {

namespace {

struct Row {
  const char* kind;  // as fault_vfs.cc names it
  const char* what;
  bool kills;
};
constexpr Row kRows[] = {
    {"kill", "SIGKILL of the tool before each write", true},
    {"torn", "SIGKILL of the tool in the middle of each write", true},
    {"after", "SIGKILL of the tool after each write", true},
    {"full", "disk full from each write on", false},
    {"error", "disk broken from each write on", false},
};

// The stage is the same for all of them.
struct SqliteStage {
  SqliteStage() : stage("sqlite") {
    const TempFolder folder;
    const std::string count = folder.Write("count", std::string(8, '\0'));
    const std::string dsn = "sqlite:" + (folder / "x.db");
    stage.Rehearse(dsn, Environment("", count));
    points = Counted(count);
    stage.Remember(dsn);
  }
  static Stage::Variables Environment(const std::string& fault,
                                      const std::string& count) {
    return {{"LD_PRELOAD", GODWIT_FAULT_VFS},
            {"GODWIT_FAULT", fault},
            {"GODWIT_FAULT_COUNT", count}};
  }
  static std::size_t Counted(const std::string& file) {
    const std::string bytes = ReadFile(file);
    std::uint64_t number = 0;
    std::memcpy(&number, bytes.data(), sizeof number);
    return number;
  }

  Stage stage;
  std::size_t points = 0;
};

class SqliteOrdeal final : public Ordeal {
 public:
  SqliteOrdeal(const Row& row, std::shared_ptr<const SqliteStage> stage)
      : row_(row), what_(row.what), stage_(std::move(stage)) {}

  const std::string& engine() const override { return engine_; }
  const std::string& what() const override { return what_; }
  std::size_t points() const override { return stage_->points; }
  Verdict Run(std::size_t point) override;

 private:
  Row row_;
  std::string engine_ = "SQLite";
  std::string what_;
  std::shared_ptr<const SqliteStage> stage_;
};

Verdict SqliteOrdeal::Run(std::size_t point) {
  const TempFolder folder;
  const std::string count = folder.Write("count", std::string(8, '\0'));
  const std::string dsn = "sqlite:" + (folder / "x.db");
  const Outcome first =
      stage_->stage
          .StartUp(dsn,
                   SqliteStage::Environment(Cat(row_.kind, ':', point), count))
          .Wait();
  Verdict verdict;
  verdict.happened = SqliteStage::Counted(count) >= point;
  if (verdict.happened && row_.kills != (first.signal == SIGKILL)) {
    verdict.wrong =
        Cat("the run ended with ", first.exit_code, ": ", first.out, first.err);
    return verdict;
  }
  if (!row_.kills && first.exit_code > 1) {
    verdict.wrong = Cat("exit ", first.exit_code, ": ", first.out, first.err);
    return verdict;
  }
  verdict.wrong = stage_->stage.WhatIsHalfDone(dsn);
  if (!verdict.wrong.empty()) return verdict;
  const Aftermath after =
      stage_->stage.RunAgain(dsn, SqliteStage::Environment("", count));
  verdict.runs = after.runs;
  verdict.asked = after.asked;
  verdict.wrong = after.wrong;
  return verdict;
}

}  // namespace

std::vector<std::unique_ptr<Ordeal>> SqliteOrdeals() {
  const auto stage = std::make_shared<const SqliteStage>();
  std::vector<std::unique_ptr<Ordeal>> ordeals;
  for (const Row& row : kRows)
    ordeals.push_back(std::make_unique<SqliteOrdeal>(row, stage));
  return ordeals;
}

}  // namespace godwit::test
