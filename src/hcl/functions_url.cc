// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cctype>

#include "base/text.h"
#include "hcl/functions.h"

namespace godwit::hcl {

namespace {

// All but letters, digits and `kept` as %XX.
std::string Escape(std::string_view text, std::string_view kept,
                   bool plus_for_blank) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 &&
        (std::isalnum(byte) || kept.find(c) != std::string_view::npos)) {
      out += c;
    } else if (c == ' ' && plus_for_blank) {
      out += '+';
    } else {
      out += '%';
      out += kDigits[byte >> 4];
      out += kDigits[byte & 15];
    }
  }
  return out;
}

std::string QueryEscape(std::string_view text) {
  return Escape(text, "-_.~", true);
}

// An address in its parts, as they stand in it.
struct Url {
  std::string scheme;
  bool has_authority = false;
  std::string user;  // with its password
  std::string host;
  std::string path;
  std::string query;
  std::string fragment;
};

std::string TakeBehind(std::string& text, char sign) {
  const std::size_t at = text.find(sign);
  if (at == std::string::npos) return {};
  std::string behind = text.substr(at + 1);
  text.resize(at);
  return behind;
}

Url ParseUrl(std::string text) {
  Url url;
  url.fragment = TakeBehind(text, '#');
  url.query = TakeBehind(text, '?');
  const std::size_t colon = text.find(':');
  if (colon != std::string::npos && colon > 0 && text.find('/') > colon) {
    url.scheme = text.substr(0, colon);
    text.erase(0, colon + 1);
  }
  if (text.starts_with("//")) {
    url.has_authority = true;
    text.erase(0, 2);
    const std::size_t slash = std::min(text.find('/'), text.size());
    url.host = text.substr(0, slash);
    text.erase(0, slash);
    if (const std::size_t at = url.host.rfind('@'); at != std::string::npos) {
      url.user = url.host.substr(0, at);
      url.host.erase(0, at + 1);
    }
  }
  url.path = text;
  return url;
}

std::string ToText(const Url& url) {
  std::string out;
  if (!url.scheme.empty()) out += url.scheme + ':';
  if (url.has_authority) out += "//";
  if (!url.user.empty()) out += url.user + '@';
  out += url.host;
  if (!url.path.empty() && !url.path.starts_with('/') && url.has_authority)
    out += '/';
  out += url.path;
  if (!url.query.empty()) out += '?' + url.query;
  if (!url.fragment.empty()) out += '#' + url.fragment;
  return out;
}

Value UrlEscape(Arguments a, Budget&) {
  return Value::Of(QueryEscape(ToString(a[0])));
}

// The parameters sorted by name, as they are written after a change.
Value UrlQuerySet(Arguments a, Budget&) {
  Url url = ParseUrl(ToString(a[0]));
  const std::string name = QueryEscape(ToString(a[1]));
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < url.query.size();) {
    const std::size_t end = std::min(url.query.find('&', at), url.query.size());
    const std::string part = url.query.substr(at, end - at);
    if (!part.empty() && part.substr(0, part.find('=')) != name)
      parts.push_back(part);
    at = end + 1;
  }
  parts.push_back(Cat(name, '=', QueryEscape(ToString(a[2]))));
  std::ranges::stable_sort(parts, {}, [](const std::string& part) {
    return part.substr(0, part.find('='));
  });
  url.query = godwit::Join(parts, "&");
  return Value::Of(ToText(url));
}

Value UrlSetPath(Arguments a, Budget&) {
  Url url = ParseUrl(ToString(a[0]));
  url.path = Escape(ToString(a[1]), "-_.~/$&+,:;=@!*'()", false);
  return Value::Of(ToText(url));
}

Value UrlUserInfo(Arguments a, Budget&) {
  Url url = ParseUrl(ToString(a[0]));
  constexpr std::string_view kKept = "-_.~$&+,;=";
  url.has_authority = true;
  url.user = Escape(ToString(a[1]), kKept, false);
  if (a.size() > 2) url.user += Cat(':', Escape(ToString(a[2]), kKept, false));
  return Value::Of(ToText(url));
}

}  // namespace

std::vector<Function> UrlFunctions() {
  return {{"urlescape", 1, 1, false, UrlEscape},
          {"urlqueryset", 3, 3, false, UrlQuerySet},
          {"urlsetpath", 2, 2, false, UrlSetPath},
          {"urluserinfo", 2, 3, false, UrlUserInfo}};
}

}  // namespace godwit::hcl
