// SPDX-License-Identifier: Apache-2.0
#include "runtime/postgres_connect.h"

#include <poll.h>

#include <algorithm>
#include <chrono>

#include "base/text.h"
#include "runtime/postgres_dsn.h"
#include "runtime/postgres_reason.h"

namespace godwit::internal {

namespace {

using Clock = std::chrono::steady_clock;

// What libpq is given: later ones win, so the DSN beats what stands before it.
Keywords Arguments(const Dsn& dsn, const ConnectOptions& options) {
  Keywords out = {{"fallback_application_name", options.application_name},
                  {"dbname", dsn.target}};
  if (!options.database.empty()) out.emplace_back("dbname", options.database);
  if (options.mode == OpenMode::kReadOnly) {
    const Keywords own = ReadKeywords(dsn.target);
    const std::string merged =
        Cat(Find(own, "options"), ' ',
            ServerOption("default_transaction_read_only", "on"));
    out.emplace_back("options", std::string(Trim(merged)));
  }
  out.emplace_back("client_encoding", "UTF8");
  return out;
}

ConnectionHandle Start(const Keywords& arguments) {
  std::vector<const char*> names;
  std::vector<const char*> values;
  for (const auto& [name, value] : arguments) {
    names.push_back(name.c_str());
    values.push_back(value.c_str());
  }
  names.push_back(nullptr);
  values.push_back(nullptr);
  constexpr int kExpandDatabaseName = 1;
  ConnectionHandle connection(
      PQconnectStartParams(names.data(), values.data(), kExpandDatabaseName));
  if (connection == nullptr)
    throw Error(ErrorCode::kInternal, "libpq is out of memory");
  // Nobody listens yet, and libpq would print what the server has to say to a
  // login.
  PQsetNoticeReceiver(
      connection.get(), [](void*, const PGresult*) {}, nullptr);
  return connection;
}

std::string Setting(PGconn* connection, std::string_view name) {
  const ConnectionOptions options(PQconninfo(connection));
  for (const PQconninfoOption* o = options.get();
       o != nullptr && o->keyword != nullptr; ++o) {
    if (o->keyword == name && o->val != nullptr) return o->val;
  }
  return {};
}

// The DSN's or the environment's connect_timeout, in seconds; 0 waits for ever.
std::chrono::milliseconds Timeout(PGconn* connection,
                                  const ConnectOptions& options) {
  const std::string own = Setting(connection, "connect_timeout");
  if (own.empty()) return options.connect_timeout;
  constexpr std::int64_t kMost = 1'000'000'000;
  const std::optional<std::int64_t> seconds = ParseInt64(own);
  if (!seconds || *seconds > kMost)
    throw Error(ErrorCode::kUsage,
                "connect_timeout of the DSN or PGCONNECT_TIMEOUT is no number "
                "of seconds",
                "write connect_timeout=10");
  return std::chrono::seconds(*seconds);
}

std::string CurrentHost(PGconn* connection) {
  const auto text = [](const char* value) {
    return std::string(value == nullptr ? "" : value);
  };
  return Cat(text(PQhost(connection)), ' ', text(PQport(connection)), ' ',
             text(PQhostaddr(connection)));
}

// Until the socket is ready or the time is over, whichever is first; in slices,
// so a stop request is noticed.
bool WaitFor(PGconn* connection, PostgresPollingStatusType status,
             std::chrono::milliseconds left, const std::stop_token& stop) {
  constexpr std::chrono::milliseconds kSlice{50};
  if (stop.stop_requested())
    throw Error(ErrorCode::kInterrupted, "interrupted while connecting");
  if (stop.stop_possible()) left = std::min(left, kSlice);
  const short event = status == PGRES_POLLING_READING ? POLLIN : POLLOUT;
  pollfd socket{PQsocket(connection), event, 0};
  return poll(&socket, 1, static_cast<int>(left.count())) > 0;
}

// Follows PQconnectPoll; the timeout begins anew with each host. False: it
// passed.
bool Finish(PGconn* connection, std::chrono::milliseconds timeout,
            const std::stop_token& stop) {
  constexpr std::chrono::milliseconds kLongest{3'600'000};
  std::string host;
  Clock::time_point deadline;
  PostgresPollingStatusType status = PGRES_POLLING_WRITING;
  while (status != PGRES_POLLING_OK && status != PGRES_POLLING_FAILED) {
    if (std::string now = CurrentHost(connection); now != host) {
      host = std::move(now);
      deadline = Clock::now() + timeout;
    }
    auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    if (timeout.count() <= 0) left = kLongest;
    if (left.count() <= 0) return false;
    if (WaitFor(connection, status, left, stop))
      status = PQconnectPoll(connection);
  }
  return true;
}

std::vector<std::string> Split(std::string_view text) {
  std::vector<std::string> pieces;
  for (std::size_t comma = text.find(','); comma != std::string_view::npos;
       comma = text.find(',')) {
    pieces.emplace_back(text.substr(0, comma));
    text.remove_prefix(comma + 1);
  }
  pieces.emplace_back(text);
  return pieces;
}

// libpq goes on to the next host by itself only when one refuses. One that is
// silent is taken off the list and the others are tried again. Empty: none
// left.
Keywords WithoutSilentHost(PGconn* connection) {
  std::vector<std::string> hosts = Split(Setting(connection, "host"));
  std::vector<std::string> addresses = Split(Setting(connection, "hostaddr"));
  std::vector<std::string> ports = Split(Setting(connection, "port"));
  const std::size_t count = std::max(hosts.size(), addresses.size());
  if (count < 2) return {};
  hosts.resize(count);
  addresses.resize(count);
  const std::string only_port = ports[0];
  if (ports.size() == 1) ports.assign(count, only_port);
  for (std::size_t i = 0; i < count; ++i) {
    const std::string& name = hosts[i].empty() ? addresses[i] : hosts[i];
    if (name != PQhost(connection) || (i < ports.size() && !ports[i].empty() &&
                                       ports[i] != PQport(connection)))
      continue;
    hosts.erase(hosts.begin() + static_cast<std::ptrdiff_t>(i));
    addresses.erase(addresses.begin() + static_cast<std::ptrdiff_t>(i));
    ports.erase(ports.begin() + static_cast<std::ptrdiff_t>(i));
    return {{"host", Join(hosts, ",")},
            {"hostaddr", Join(addresses, ",")},
            {"port", Join(ports, ",")}};
  }
  return {};
}

}  // namespace

void LoadClient() {
  PQlibVersion();
}

ConnectionHandle Connect(const Dsn& dsn, const ConnectOptions& options) {
  Keywords arguments = Arguments(dsn, options);
  std::vector<std::string> reasons;
  while (true) {
    ConnectionHandle connection = Start(arguments);
    const std::chrono::milliseconds timeout =
        Timeout(connection.get(), options);
    const bool in_time = PQstatus(connection.get()) == CONNECTION_BAD ||
                         Finish(connection.get(), timeout, options.stop);
    if (in_time && PQstatus(connection.get()) == CONNECTION_OK)
      return connection;
    if (in_time)
      ThrowConnectFailed(dsn.shown, reasons, PQerrorMessage(connection.get()));
    reasons.push_back(SilentHost(connection.get(), timeout));
    const Keywords others = WithoutSilentHost(connection.get());
    if (others.empty())
      ThrowConnectFailed(dsn.shown, reasons, PQerrorMessage(connection.get()));
    arguments.insert(arguments.end(), others.begin(), others.end());
  }
}

}  // namespace godwit::internal
