// SPDX-License-Identifier: Apache-2.0
#include "engine/dsn.h"

#include <filesystem>

#include "base/text.h"
#include "engine/lexicons.h"
#include "runtime/dsn.h"

namespace godwit::engine {

EngineKind KindOf(std::string_view engine) {
  if (engine == "postgresql" || engine == "postgres")
    return EngineKind::kPostgresql;
  if (engine == "sqlite" || engine == "sqlite3") return EngineKind::kSqlite;
  throw Error(ErrorCode::kUsage, Cat("there is no engine '", engine, "'"),
              "the engines are postgresql and sqlite");
}

const sql::Lexicon& LexiconOf(std::string_view engine) {
  return KindOf(engine) == EngineKind::kPostgresql ? PostgresLexicon()
                                                   : SqliteLexicon();
}

EngineKind KindOfDsn(std::string_view dsn) {
  return internal::ParseDsn(dsn).engine;
}

const sql::Lexicon& LexiconOfDsn(std::string_view dsn) {
  return KindOfDsn(dsn) == EngineKind::kPostgresql ? PostgresLexicon()
                                                   : SqliteLexicon();
}

std::string DsnFrom(std::string_view folder, std::string_view dsn) {
  if (folder.empty() || internal::ParseDsn(dsn).engine != EngineKind::kSqlite)
    return std::string(dsn);
  std::string_view path = Trim(dsn);
  for (const std::string_view scheme : {"sqlite:", "sqlite3:"}) {
    if (path.starts_with(scheme)) path.remove_prefix(scheme.size());
  }
  if (path.starts_with("//")) path.remove_prefix(2);
  const bool is_uri = path.starts_with("file:");
  if (is_uri) path.remove_prefix(5);
  const bool in_memory =
      path.starts_with(":memory:") || path.find("mode=memory") != path.npos;
  if (path.empty() || path.starts_with('/') || in_memory)
    return std::string(dsn);
  return Cat("sqlite:", is_uri ? "file:" : "", folder, "/", path);
}

bool NamesMissingFile(std::string_view text) {
  // Known from its form: what a server's DSN says takes libpq to read, which is
  // better loaded while other things are done.
  if (internal::NamesServer(text)) return false;
  const internal::Dsn dsn = internal::ParseDsn(text);
  if (dsn.engine != EngineKind::kSqlite) return false;
  std::string_view path = dsn.target;
  if (path.empty() || path == ":memory:") return false;
  if (path.starts_with("file:")) {
    if (path.find("mode=memory") != path.npos) return false;
    path.remove_prefix(5);
    path = path.substr(0, path.find_first_of("?#"));
    if (path.starts_with("//"))
      path.remove_prefix(std::min(path.find('/', 2), path.size()));
    if (path.empty() || path == ":memory:") return false;
  }
  std::error_code error;
  return !std::filesystem::exists(std::string(path), error) && !error;
}

bool NamesServer(std::string_view dsn) {
  return internal::NamesServer(dsn);
}

void LoadClient(std::string_view dsn) {
  internal::LoadClient(dsn);
}

}  // namespace godwit::engine
