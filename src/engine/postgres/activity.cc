// SPDX-License-Identifier: Apache-2.0
#include "engine/postgres/activity.h"

namespace godwit::engine {

namespace {

// The text of a statement may hold a password, which nobody is to read.
constexpr std::string_view kActivity =
    R"('application ' || coalesce(nullif(a.application_name, ''), 'unnamed')
  || ', user ' || coalesce(a.usename, '?')
  || coalesce(', from ' || CASE WHEN a.backend_start IS NOT NULL THEN coalesce(host(a.client_addr), 'a local socket') END, '')
  || coalesce(', connected since ' || to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS TZ'), '')
  || coalesce(', in a transaction since ' || to_char(a.xact_start, 'YYYY-MM-DD HH24:MI:SS TZ'), '')
  || coalesce(', ' || a.state || CASE WHEN a.query ~* 'password' THEN ': a statement with a password'
       ELSE coalesce(': ' || nullif(left(regexp_replace(a.query, '\s+', ' ', 'g'), 200), ''), '') END, ''))";

constexpr std::string_view kMark = "{activity}";

}  // namespace

std::string WithActivity(std::string_view query) {
  std::string text(query);
  const std::size_t at = text.find(kMark);
  if (at != std::string::npos) text.replace(at, kMark.size(), kActivity);
  return text;
}

}  // namespace godwit::engine
