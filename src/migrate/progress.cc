// SPDX-License-Identifier: Apache-2.0
#include "migrate/progress.h"

#include "base/text.h"

namespace godwit::migrate {

namespace {

LogLevel LevelOf(Progress::Kind kind) {
  switch (kind) {
    case Progress::Kind::kStarted:
      return LogLevel::kDebug;
    case Progress::Kind::kFinished:
    case Progress::Kind::kAdopted:
    case Progress::Kind::kScript:
      return LogLevel::kInfo;
    case Progress::Kind::kWaiting:
    case Progress::Kind::kBlocked:
    case Progress::Kind::kWarning:
      break;
  }
  return LogLevel::kWarning;
}

std::string Title(const Progress& progress) {
  return Cat(progress.module, progress.module.empty() ? "" : " ",
             progress.version, progress.name.empty() ? "" : " ", progress.name);
}

}  // namespace

std::string LogLine(const Progress& progress) {
  switch (progress.kind) {
    case Progress::Kind::kWaiting:
      return Cat("waiting for the lock of the migrations, held by ",
                 progress.text);
    case Progress::Kind::kBlocked:
      if (progress.total == 0) return std::string(progress.text);
      return Cat(Title(progress), ' ', progress.text);
    case Progress::Kind::kStarted:
      return Cat(progress.down ? "reverting " : "applying ", Title(progress));
    case Progress::Kind::kFinished:
      return Cat(progress.down ? "reverted " : "applied ", Title(progress),
                 " (", progress.statements,
                 progress.statements == 1 ? " statement, " : " statements, ",
                 progress.duration.count() / 1000, " ms)");
    case Progress::Kind::kScript:
      return Cat("ran ", progress.name);
    case Progress::Kind::kWarning:
    case Progress::Kind::kAdopted:
      break;
  }
  return std::string(progress.text);
}

void Tell(const MigrateOptions& options, const Progress& progress) {
  if (options.on_progress) options.on_progress(progress);
  if (!options.logger) return;
  try {
    options.logger(LevelOf(progress.kind), LogLine(progress));
  } catch (...) {  // a logger's trouble is its own
  }
}

void LogNotices(Connection& connection, const Logger& logger) {
  if (!logger) return;
  connection.set_notice_handler([logger](const Notice& notice) {
    const LogLevel level =
        notice.severity == "WARNING" ? LogLevel::kWarning : LogLevel::kInfo;
    try {
      logger(level, Cat(notice.severity, ": ", notice.message));
    } catch (...) {  // a logger's trouble is its own
    }
  });
}

}  // namespace godwit::migrate
