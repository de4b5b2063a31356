// SPDX-License-Identifier: Apache-2.0
#include "runtime/sqlite_open.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>

#include "base/text.h"
#include "runtime/sqlite_error.h"

namespace godwit::internal {

namespace {

int Flags(OpenMode mode) {
  // A connection is one thread's at a time; only sqlite3_interrupt is called
  // from others, which is allowed.
  constexpr int kCommon = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX;
  switch (mode) {
    case OpenMode::kReadOnly:
      return kCommon | SQLITE_OPEN_READONLY;
    case OpenMode::kReadWrite:
      return kCommon | SQLITE_OPEN_READWRITE;
    case OpenMode::kReadWriteCreate:
      break;
  }
  return kCommon | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
}

// A URI that asks for more than the caller wants (mode=rwc for a command that
// only reads) would be an error of SQLite's: the caller's wish holds.
std::string WithoutWiderMode(std::string target, OpenMode mode) {
  if (mode == OpenMode::kReadWriteCreate || !target.starts_with("file:"))
    return target;
  for (const std::string_view wider : {"mode=rwc", "mode=rw"}) {
    if (wider == "mode=rw" && mode == OpenMode::kReadWrite) continue;
    for (std::size_t at = target.find(wider); at != std::string::npos;
         at = target.find(wider, at + 1)) {
      const std::size_t end = at + wider.size();
      const bool begins = target[at - 1] == '?' || target[at - 1] == '&';
      if (begins &&
          (end == target.size() || target[end] == '&' || target[end] == '#')) {
        target.replace(at, wider.size(), "");
      }
    }
  }
  return target;
}

// The file that a URI names, as far as the reason for a failure needs it.
std::string Path(const Dsn& dsn) {
  std::string_view path = dsn.target;
  if (!path.starts_with("file:")) return std::string(path);
  path.remove_prefix(5);
  path = path.substr(0, path.find('?'));
  if (path.starts_with("//"))
    path.remove_prefix(std::min(path.find('/', 2), path.size()));
  return std::string(path);
}

struct Reason {
  std::string text;
  std::string help;
};

// SQLite says "unable to open database file" to all of these.
Reason FindReason(sqlite3* database, const Dsn& dsn) {
  std::error_code ignored;
  const std::filesystem::path path = Path(dsn);
  const std::filesystem::path folder =
      path.has_parent_path() ? path.parent_path() : ".";
  if (std::filesystem::is_directory(path, ignored))
    return {"it is a directory", "name the file in it"};
  if (!std::filesystem::exists(folder, ignored)) {
    return {Cat("the folder ", folder.string(), " does not exist"),
            "make the folder, or correct the path"};
  }
  if (!std::filesystem::exists(path, ignored) &&
      faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) != 0) {
    return {Cat("the file does not exist, and none can be made in the folder ",
                folder.string()),
            "check the rights on the folder, or correct the path"};
  }
  if (!std::filesystem::exists(path, ignored) &&
      sqlite3_system_errno(database) == ENOENT) {
    return {"the file does not exist", "correct the path"};
  }
  const int code = sqlite3_extended_errcode(database) & 0xFF;
  if (code == SQLITE_NOTADB)
    return {"file is not a database",
            "name a file that SQLite made; it is left as it is"};
  if (code == SQLITE_CANTOPEN && sqlite3_system_errno(database) != 0) {
    return {std::strerror(sqlite3_system_errno(database)),
            "check the rights on the file and its folder"};
  }
  if (code == SQLITE_READONLY) {
    return {Cat("the folder ", folder.string(),
                " cannot be written to, and SQLite needs a file beside the "
                "database"),
            "check the rights on the folder"};
  }
  if (code == SQLITE_BUSY)
    return {"database is locked", "another program is writing; try again"};
  return {sqlite3_errmsg(database), {}};
}

}  // namespace

DatabaseHandle OpenFile(const Dsn& dsn, OpenMode mode) {
  sqlite3* raw = nullptr;
  const std::string target = WithoutWiderMode(dsn.target, mode);
  const int code = sqlite3_open_v2(target.c_str(), &raw, Flags(mode), nullptr);
  DatabaseHandle handle(raw);
  if (handle == nullptr)
    throw Error(ErrorCode::kInternal, "SQLite is out of memory");
  if (code != SQLITE_OK) ThrowOpenFailed(handle.get(), dsn);
  return handle;
}

void ThrowOpenFailed(sqlite3* database, const Dsn& dsn) {
  Reason reason = FindReason(database, dsn);
  ErrorInfo info;
  info.code = ErrorCode::kConnectFailed;
  info.message = Cat("cannot open ", dsn.shown, ": ", reason.text);
  info.sqlite_code = sqlite3_extended_errcode(database);
  info.condition = std::string(ConditionName(info.sqlite_code));
  info.help = std::move(reason.help);
  throw Error(std::move(info));
}

}  // namespace godwit::internal
