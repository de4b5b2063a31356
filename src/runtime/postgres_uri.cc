// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "runtime/postgres_dsn.h"

// libpq reads URIs too, but its complaints quote them, password and all, and
// what it takes for a host may be half a password ("postgres://u:p@ss@host").
// So the URI is read here by libpq's rules, its mistakes are named by their
// place, and libpq gets keywords.
namespace godwit::internal {

namespace {

constexpr std::string_view kEscape =
    "within a URI write @ as %40, : as %3A, / as %2F, ? as %3F and % as %25";

[[noreturn]] void Refuse(std::string message, std::string_view help = kEscape) {
  throw Error(ErrorCode::kUsage, std::move(message), std::string(help));
}

// `part` is named in the message: "password", "host".
std::string Decode(std::string_view text, std::string_view part) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    const int high = i + 2 < text.size() ? HexDigit(text[i + 1]) : -1;
    const int low = high >= 0 ? HexDigit(text[i + 2]) : -1;
    if (low < 0)
      Refuse(
          Cat("the ", part,
              " in the DSN has a % without two hexadecimal digits behind it"));
    if (high == 0 && low == 0)
      Refuse(Cat("the ", part, " in the DSN holds %00, a zero byte"));
    out += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return out;
}

// Takes the text up to the first of `ends` off the front.
std::string_view Take(std::string_view& rest, std::string_view ends) {
  const std::string_view taken = rest.substr(0, rest.find_first_of(ends));
  rest.remove_prefix(taken.size());
  return taken;
}

bool Accept(std::string_view& rest, char c) {
  if (!rest.starts_with(c)) return false;
  rest.remove_prefix(1);
  return true;
}

// user:password@ is there when an @ comes before any slash.
void TakeUser(std::string_view& rest, Keywords& out) {
  const std::size_t end = rest.find_first_of("@/");
  if (end == std::string_view::npos || rest[end] != '@') return;
  std::string_view credentials = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  const std::string_view user = Take(credentials, ":");
  if (!user.empty()) out.emplace_back("user", Decode(user, "user"));
  if (Accept(credentials, ':') && !credentials.empty()) {
    out.emplace_back("password", Decode(credentials, "password"));
  }
}

std::string_view TakeHost(std::string_view& rest) {
  if (!Accept(rest, '[')) return Take(rest, ":/?,");
  const std::string_view host = Take(rest, "]/?@");
  if (!Accept(rest, ']') || host.empty())
    Refuse("the DSN's IPv6 address is not within [ and ]", "");
  if (!rest.empty() &&
      std::string_view(":/?,").find(rest[0]) == std::string_view::npos) {
    Refuse(
        "the DSN has something between the ] of an IPv6 address and what "
        "follows",
        "");
  }
  return host;
}

void CheckPort(std::string_view port) {
  if (port.empty()) return;
  const std::optional<std::int64_t> number = ParseInt64(port);
  if (!number || *number < 1 || *number > 65535) {
    Refuse(
        "the port in the DSN is no number from 1 to 65535; is there a / or a : "
        "in the password?");
  }
}

// host:port,host:port
void TakeHosts(std::string_view& rest, Keywords& out) {
  std::string hosts;
  std::string ports;
  do {
    if (!hosts.empty() || !ports.empty()) ports += ',', hosts += ',';
    const std::string_view host = TakeHost(rest);
    if (host.find('@') != std::string_view::npos)
      Refuse("the user or the password in the DSN holds an unescaped @");
    hosts += Decode(host, "host");
    if (Accept(rest, ':')) {
      const std::string_view port = Take(rest, "/?,");
      CheckPort(port);
      ports += port;
    }
  } while (Accept(rest, ','));
  if (hosts.find_first_not_of(',') != std::string::npos)
    out.emplace_back("host", hosts);
  if (ports.find_first_not_of(',') != std::string::npos)
    out.emplace_back("port", ports);
}

void TakeParameters(std::string_view rest, Keywords& out) {
  while (!rest.empty()) {
    std::string_view parameter = Take(rest, "&");
    Accept(rest, '&');
    const std::string name =
        Decode(Take(parameter, "="), "name of a parameter");
    if (!Accept(parameter, '='))
      Refuse("a parameter in the DSN has no =",
             "parameters are written ?name=value&name=value");
    if (parameter.find('=') != std::string_view::npos && name != "options") {
      Refuse("a parameter in the DSN holds a second =",
             "within a parameter write = as %3D and & as %26");
    }
    std::string value = Decode(parameter, "value of a parameter");
    // JDBC's spelling, which libpq takes as well.
    if (name == "ssl" && value == "true")
      out.emplace_back("sslmode", "require");
    else
      out.emplace_back(name, std::move(value));
  }
}

}  // namespace

Keywords ReadUri(std::string_view uri) {
  Keywords out;
  uri.remove_prefix(uri.find("://") + 3);
  TakeUser(uri, out);
  TakeHosts(uri, out);
  if (Accept(uri, '/')) {
    const std::string_view database = Take(uri, "?");
    if (database.find('@') != std::string_view::npos) {
      Refuse(
          "what follows the host in the DSN holds an unescaped @; is there a / "
          "in the password?");
    }
    if (!database.empty())
      out.emplace_back("dbname", Decode(database, "database"));
  }
  if (Accept(uri, '?')) TakeParameters(uri, out);
  return out;
}

}  // namespace godwit::internal
