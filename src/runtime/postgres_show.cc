// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "runtime/postgres_dsn.h"

namespace godwit::internal {

namespace {

// Only what would end the part early is escaped; the text is for people.
std::string Escape(std::string_view text, std::string_view reserved) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= ' ' || byte == 0x7F || c == '%' ||
        reserved.find(c) != std::string_view::npos) {
      out += {'%', kDigits[byte / 16], kDigits[byte % 16]};
    } else {
      out += c;
    }
  }
  return out;
}

std::vector<std::string_view> SplitAtCommas(std::string_view text) {
  std::vector<std::string_view> pieces;
  while (true) {
    const std::size_t comma = text.find(',');
    pieces.push_back(text.substr(0, comma));
    if (comma == std::string_view::npos) return pieces;
    text.remove_prefix(comma + 1);
  }
}

bool IsSocket(std::string_view host) {
  return host.starts_with('/') || host.starts_with('@');
}

std::string ShowHosts(std::string_view hosts, std::string_view ports) {
  const std::vector<std::string_view> host = SplitAtCommas(hosts);
  const std::vector<std::string_view> port = SplitAtCommas(ports);
  std::string out;
  for (std::size_t i = 0; i < host.size(); ++i) {
    if (i > 0) out += ',';
    const bool colons = host[i].find(':') != std::string_view::npos;
    out += colons ? Cat('[', host[i], ']') : Escape(host[i], "/?@");
    const std::string_view own = port.size() == 1  ? port[0]
                                 : i < port.size() ? port[i]
                                                   : "";
    if (!own.empty()) out += Cat(':', own);
  }
  return out;
}

}  // namespace

std::string ShowKeywords(const Keywords& keywords) {
  std::string_view host = Find(keywords, "host");
  if (host.empty()) host = Find(keywords, "hostaddr");
  const std::string_view port = Find(keywords, "port");
  const bool socket = IsSocket(host);
  std::string out = "postgres://";
  if (const auto user = Find(keywords, "user"); !user.empty())
    out += Escape(user, ":@/?") + '@';
  if (!socket) out += ShowHosts(host, port);
  if (const auto name = Find(keywords, "dbname"); !name.empty())
    out += '/' + Escape(name, "?@");
  std::string query;
  if (socket) {
    query += Cat("&host=", Escape(host, "&?"));
    if (!port.empty()) query += Cat("&port=", port);
  }
  if (const auto service = Find(keywords, "service"); !service.empty()) {
    query += Cat("&service=", Escape(service, "&?"));
  }
  if (!query.empty()) query[0] = '?';
  return out + query;
}

}  // namespace godwit::internal
