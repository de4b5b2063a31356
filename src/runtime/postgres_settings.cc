// SPDX-License-Identifier: Apache-2.0
#include "runtime/postgres_settings.h"

#include <algorithm>

#include "base/text.h"
#include "runtime/postgres_words.h"

namespace godwit::internal {

namespace {

Connection::Query SetConfig(std::string_view name, std::string value) {
  return {Cat("SELECT pg_catalog.set_config('", name, "', $1, false)"),
          {Value(std::move(value))}};
}

// Statements that leave the session as it is, but for what they call.
constexpr std::string_view kHarmless[] = {"select",
                                          "with",
                                          "insert",
                                          "update",
                                          "delete",
                                          "merge",
                                          "values",
                                          "table",
                                          "copy",
                                          "begin",
                                          "start",
                                          "commit",
                                          "end",
                                          "rollback",
                                          "abort",
                                          "lock",
                                          "savepoint",
                                          "release",
                                          "fetch",
                                          "move",
                                          "close",
                                          "show",
                                          "explain",
                                          "notify",
                                          "truncate",
                                          "analyze",
                                          "vacuum",
                                          "refresh",
                                          "reindex",
                                          "cluster",
                                          "create table",
                                          "create index",
                                          "create unique",
                                          "create schema",
                                          "checkpoint",
                                          "comment",
                                          "grant",
                                          "revoke",
                                          "drop",
                                          "alter",
                                          "set local",
                                          "set transaction",
                                          "set constraints"};

// What may stand before a statement's first word.
std::string_view FirstWord(Words& words) {
  std::string_view word = words.Next();
  while (word == "(" || word == ";" || word == "\f") word = words.Next();
  return word;
}

// One word, or two with a blank between them.
bool IsHarmless(std::string_view first, std::string_view second) {
  const std::string one = AsciiLower(first);
  const std::string two = Cat(one, ' ', AsciiLower(second));
  return std::any_of(
      std::begin(kHarmless), std::end(kHarmless),
      [&](std::string_view words) { return words == one || words == two; });
}

bool Contains(std::string_view text, std::string_view lower) {
  const auto same = [](char a, char b) {
    return (a >= 'A' && a <= 'Z' ? static_cast<char>(a | 0x20) : a) == b;
  };
  return std::search(text.begin(), text.end(), lower.begin(), lower.end(),
                     same) != text.end();
}

// Only where the name would be read as another, so that SHOW says what was
// asked for.
std::string Quoted(const std::string& name) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  const bool is_plain = std::all_of(name.begin(), name.end(), plain) &&
                        !name.empty() && !(name[0] >= '0' && name[0] <= '9');
  if (is_plain) return name;
  std::string out = "\"";
  for (const char c : name) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + '"';
}

}  // namespace

PostgresSettings SettingsOf(const ConnectOptions& options) {
  return {options.search_path, options.role, options.statement_timeout,
          options.ping};
}

std::string QuoteSearchPath(const std::vector<std::string>& schemas) {
  std::string out;
  for (const std::string& schema : schemas)
    out += Cat(out.empty() ? "" : ", ", Quoted(schema));
  return out;
}

std::vector<Setting> SettingsToApply(const PostgresSettings& settings) {
  std::vector<Setting> out;
  if (!settings.search_path.empty()) {
    out.push_back(
        {ErrorCode::kSearchPathFailed,
         Cat("search_path ", Join(settings.search_path, ", ")),
         SetConfig("search_path", QuoteSearchPath(settings.search_path))});
  }
  if (!settings.role.empty()) {
    out.push_back({ErrorCode::kConnectFailed, Cat("role ", settings.role),
                   SetConfig("role", settings.role)});
  }
  if (settings.statement_timeout.count() > 0) {
    const auto timeout = settings.statement_timeout.count();
    out.push_back({ErrorCode::kConnectFailed,
                   Cat("statement_timeout ", timeout, " ms"),
                   SetConfig("statement_timeout", Cat(timeout))});
  }
  if (out.empty() && settings.ping)
    out.push_back({ErrorCode::kConnectFailed, "", {"SELECT 1", {}}});
  return out;
}

std::vector<Connection::Query> QueriesToClear(
    const PostgresSettings& settings) {
  std::vector<Connection::Query> out;
  if (!settings.search_path.empty()) out.push_back({"RESET search_path", {}});
  if (!settings.role.empty()) out.push_back({"RESET ROLE", {}});
  if (settings.statement_timeout.count() > 0)
    out.push_back({"RESET statement_timeout", {}});
  return out;
}

std::vector<Connection::Query> QueriesToReset() {
  std::vector<Connection::Query> out;
  for (const char* sql :
       {"SET SESSION AUTHORIZATION DEFAULT", "RESET ALL", "DEALLOCATE ALL",
        "CLOSE ALL", "UNLISTEN *", "SELECT pg_advisory_unlock_all()",
        "DISCARD TEMP", "DISCARD SEQUENCES"}) {
    out.push_back({sql, {}});
  }
  return out;
}

ErrorInfo ExplainSetting(const Setting& setting, std::string_view shown,
                         ErrorInfo error) {
  error.code = setting.failure;
  error.message = setting.name.empty()
                      ? Cat("cannot use ", shown, ": ", error.message)
                      : Cat("cannot set ", setting.name, " on ", shown, ": ",
                            error.message);
  error.position = 0;
  error.state = "the connection was closed";
  return error;
}

bool MayChangeSession(std::string_view sql) {
  Words words(sql);
  const std::string_view first = FirstWord(words);
  if (first.empty()) return false;
  if (!IsHarmless(first, words.Next())) return true;
  const std::string_view text = sql.substr(first.data() - sql.data());
  return Contains(text, "set_config") || Contains(text, "advisory_lock") ||
         Contains(text, "into temp") || Contains(text, "pg_temp");
}

}  // namespace godwit::internal
