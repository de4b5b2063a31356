// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "godwit/connection.h"

namespace godwit::internal {

// What a connection is given behind its login.
struct PostgresSettings {
  std::vector<std::string> search_path;
  std::string role;
  std::chrono::milliseconds statement_timeout{0};
  bool ping = false;
};
PostgresSettings SettingsOf(const ConnectOptions& options);

// One of them: what it is for people, and the query that sets it.
struct Setting {
  ErrorCode failure;
  std::string name;  // "search_path core, public"; empty: only a ping
  Connection::Query query;
};
// Empty where there is nothing to set and no ping is wanted.
std::vector<Setting> SettingsToApply(const PostgresSettings& settings);
// Back to what login and DSN gave.
std::vector<Connection::Query> QueriesToClear(const PostgresSettings& settings);
// All that a user of the session may have left in it: settings, role, prepared
// statements, cursors, listening, advisory locks, temporary tables, sequences'
// values (what DISCARD ALL does; that one cannot share a round trip).
std::vector<Connection::Query> QueriesToReset();

// Names as SET search_path takes them, quoted where they must be.
std::string QuoteSearchPath(const std::vector<std::string>& schemas);

// The server's error about a setting, told as the end of an attempt to open
// `shown`.
ErrorInfo ExplainSetting(const Setting& setting, std::string_view shown,
                         ErrorInfo error);

// Whether the statement may leave something behind in its session: anything but
// a closed list of statements, and of those the ones that name set_config, an
// advisory lock or a temporary table. A function that does so inside cannot be
// seen from here.
bool MayChangeSession(std::string_view sql);

}  // namespace godwit::internal
