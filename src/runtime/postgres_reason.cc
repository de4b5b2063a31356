// SPDX-License-Identifier: Apache-2.0
#include "runtime/postgres_reason.h"

#include "base/text.h"
#include "godwit/error.h"

// libpq's message has a line for each host that it tried, advice on lines that
// begin with a tab between them.
namespace godwit::internal {

namespace {

// connection to server at "db" (10.0.0.1), port 5432 failed: FATAL:  …
// connection to server on socket "/tmp/.s.PGSQL.5432" failed: …
std::string ShortReason(std::string_view line) {
  constexpr std::string_view kBegin = "connection to server ";
  constexpr std::string_view kFailed = " failed: ";
  const std::size_t failed = line.find(kFailed);
  std::string where;
  if (line.starts_with(kBegin) && failed != std::string_view::npos) {
    std::string_view place = line.substr(kBegin.size(), failed - kBegin.size());
    if (place.starts_with("at "))
      where = Cat("host ", place.substr(3), ": ");
    else if (place.starts_with("on "))
      where = Cat(place.substr(3), ": ");
    line.remove_prefix(failed + kFailed.size());
  }
  for (const std::string_view severity :
       {"FATAL:", "ERROR:", "could not connect:"}) {
    if (line.starts_with(severity)) line = Trim(line.substr(severity.size()));
  }
  return Cat(where, line);
}

struct Told {
  std::vector<std::string> reasons;
  std::string detail;
  std::string hint;
};

Told Read(std::string_view message) {
  Told told;
  while (!message.empty()) {
    const std::string_view line = message.substr(0, message.find('\n'));
    message.remove_prefix(std::min(line.size() + 1, message.size()));
    // A host that is silent has no reason behind its name.
    if (Trim(line).empty() || Trim(line).ends_with(" failed:")) continue;
    if (line.starts_with("DETAIL:")) {
      told.detail = std::string(Trim(line.substr(7)));
    } else if (line.starts_with("HINT:")) {
      told.hint = std::string(Trim(line.substr(5)));
    } else if (line.starts_with('\t')) {
      if (told.hint.empty()) told.hint = std::string(Trim(line));
    } else {
      told.reasons.push_back(ShortReason(Trim(line)));
    }
  }
  return told;
}

std::string Help(std::string_view reason) {
  const auto says = [&](std::string_view words) {
    return reason.find(words) != std::string_view::npos;
  };
  if (says("no password supplied"))
    return "put the password into the DSN, PGPASSWORD or ~/.pgpass";
  if (says("password authentication failed"))
    return "check user and password; within a URI write @ as %40, : as %3A, / "
           "as %2F and % as %25";
  if (says("database \"") && says("does not exist"))
    return "create the database, or name another in the DSN";
  if (says("Connection refused") || says("No such file"))
    return "start the server, or correct host and port";
  if (says("certificate verify failed"))
    return "sslrootcert names the file of the CA that signed the server's "
           "certificate";
  if (says("does not match host name"))
    return "connect by a name that the certificate has; verify-ca does not "
           "compare it";
  if (says("but SSL was required"))
    return "switch TLS on at the server, or say sslmode=prefer";
  if (says("translate host name")) return "correct the host's name";
  return {};
}

}  // namespace

void ThrowConnectFailed(std::string_view shown,
                        std::vector<std::string> reasons,
                        std::string_view libpq_message) {
  const Told told = Read(libpq_message);
  reasons.insert(reasons.end(), told.reasons.begin(), told.reasons.end());
  ErrorInfo info;
  info.code = ErrorCode::kConnectFailed;
  info.message = Cat("cannot connect to ", shown, ": ", Join(reasons, "; "));
  info.detail = told.detail;
  info.hint = told.hint;
  info.help = Help(info.message);
  throw Error(std::move(info));
}

std::string SilentHost(PGconn* connection, std::chrono::milliseconds timeout) {
  const std::string time = timeout.count() % 1000 == 0
                               ? Cat(timeout.count() / 1000, " s")
                               : Cat(timeout.count(), " ms");
  return Cat("host \"", PQhost(connection), "\", port ", PQport(connection),
             ": no answer within ", time);
}

}  // namespace godwit::internal
