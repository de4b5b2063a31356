// SPDX-License-Identifier: Apache-2.0
#include "runtime/dsn.h"

#include <algorithm>

#include "base/text.h"
#if GODWIT_HAS_POSTGRESQL
#include "runtime/postgres_connect.h"
#include "runtime/postgres_dsn.h"
#endif

// Which form a DSN has is told from its beginning or its end alone, never by
// looking at the disk: the same text means the same database everywhere.
namespace godwit::internal {

namespace {

constexpr std::string_view kForms =
    "write postgres://user@host/database, sqlite:PATH, or a path ending in "
    ".db, .sqlite or "
    ".sqlite3";

[[noreturn]] void Refuse(std::string message, std::string_view help = kForms) {
  throw Error(ErrorCode::kUsage, std::move(message), std::string(help));
}

// host=… dbname=…: a word, then an equals sign.
bool LooksLikeKeywords(std::string_view text) {
  const auto word_ends = [](char c) {
    return !((c >= 'a' && c <= 'z') || c == '_');
  };
  const auto end = std::find_if(text.begin(), text.end(), word_ends);
  const std::string_view rest = Trim(std::string_view(end, text.end()));
  return end != text.begin() && rest.starts_with('=');
}

bool LooksLikeFile(std::string_view text) {
  if (text.find("://") != std::string_view::npos) return false;
  return text.ends_with(".db") || text.ends_with(".sqlite") ||
         text.ends_with(".sqlite3");
}

// A path becomes part of a file: URI, so what URIs read otherwise is escaped.
std::string EscapePath(std::string_view path) {
  std::string out;
  for (const char c : path) {
    if (c == '%')
      out += "%25";
    else if (c == '#')
      out += "%23";
    else
      out += c;
  }
  return out;
}

// PATH?mode=ro, as other programs write it, is SQLite's own URI with that
// query.
std::string SqliteTarget(std::string_view path) {
  if (path.starts_with("file:") || path == ":memory:") return std::string(path);
  const std::size_t query = path.find('?');
  if (query == std::string_view::npos) return std::string(path);
  if (path.find('=', query) == std::string_view::npos) return std::string(path);
  return Cat("file:", EscapePath(path.substr(0, query)), path.substr(query));
}

Dsn ParseSqlite(std::string_view path) {
  if (path.starts_with("//")) path.remove_prefix(2);
  if (path.empty() || path.starts_with('?') || path == "file:") {
    Refuse("the DSN names no SQLite file",
           "write sqlite:PATH, or sqlite::memory: for a database in memory");
  }
  const std::string target = SqliteTarget(path);
  // A query is not shown: builds of SQLite with encryption take the key there.
  if (target.starts_with("file:")) path = path.substr(0, path.find('?'));
  if (!GODWIT_HAS_SQLITE) {
    throw Error(
        ErrorCode::kUnsupported,
        Cat("this build has no SQLite engine, which sqlite:", path, " needs"),
        "build with GODWIT_SQLITE=ON");
  }
  return {EngineKind::kSqlite, target, Cat("sqlite:", path)};
}

Dsn ParsePostgresql(std::string_view text) {
#if GODWIT_HAS_POSTGRESQL
  return ParsePostgresDsn(text);
#else
  // The DSN is not shown: without libpq nobody can tell where its password is.
  static_cast<void>(text);
  throw Error(ErrorCode::kUnsupported,
              "this build has no PostgreSQL engine, which the DSN needs",
              "build with GODWIT_POSTGRESQL=ON");
#endif
}

// What may be said of a text that is no DSN: its scheme, never more, since the
// rest may hold a password.
[[noreturn]] void RefuseUnknown(std::string_view text) {
  if (text == ":memory:")
    Refuse("\":memory:\" alone is no DSN", "write sqlite::memory:");
  if (text.starts_with("file:"))
    Refuse("a file: URI alone is no DSN", "write sqlite:file:PATH");
  const std::size_t scheme = text.find("://");
  if (scheme != std::string_view::npos && scheme < 20) {
    Refuse(Cat("a DSN cannot begin with ", text.substr(0, scheme + 3)));
  }
  Refuse("the DSN has no form that godwit knows");
}

}  // namespace

bool NamesServer(std::string_view text) {
  text = Trim(text);
  if (text.starts_with("postgres://") || text.starts_with("postgresql://"))
    return true;
  return !text.starts_with("sqlite:") && !text.starts_with("sqlite3:") &&
         LooksLikeKeywords(text);
}

Dsn ParseDsn(std::string_view text) {
  text = Trim(text);
  if (text.empty()) Refuse("the DSN is empty");
  if (text.find('\0') != std::string_view::npos)
    Refuse("the DSN holds a zero byte");
  if (NamesServer(text)) return ParsePostgresql(text);
  if (text.starts_with("sqlite:")) return ParseSqlite(text.substr(7));
  if (text.starts_with("sqlite3:")) return ParseSqlite(text.substr(8));
  if (LooksLikeFile(text)) return ParseSqlite(text);
  RefuseUnknown(text);
}

void LoadClient([[maybe_unused]] std::string_view text) {
#if GODWIT_HAS_POSTGRESQL
  if (!NamesServer(text)) return;
  try {
    LoadClient();
  } catch (const Error&) {
  }
#endif
}

bool IsInMemory(const Dsn& dsn) {
  if (dsn.engine != EngineKind::kSqlite) return false;
  const std::string_view target = dsn.target;
  if (target == ":memory:" || target.starts_with("file::memory:")) return true;
  const std::size_t query = target.find('?');
  return target.starts_with("file:") && query != std::string_view::npos &&
         target.find("mode=memory", query) != std::string_view::npos;
}

}  // namespace godwit::internal
