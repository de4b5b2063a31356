// SPDX-License-Identifier: Apache-2.0
#include "runtime/postgres_dsn.h"

#include <libpq-fe.h>

#include <algorithm>
#include <cstdlib>

#include "base/text.h"
#include "runtime/postgres_handles.h"

namespace godwit::internal {

namespace {

constexpr std::string_view kBlanks = " \t\r\n\f\v";

[[noreturn]] void Refuse(std::string message, std::string_view help) {
  throw Error(ErrorCode::kUsage, std::move(message), std::string(help));
}

// A value of a keyword string: quoted or up to a blank, a backslash escapes.
std::string TakeValue(std::string_view& rest, std::size_t part) {
  std::string value;
  const bool quoted = rest.starts_with('\'');
  std::size_t i = quoted ? 1 : 0;
  for (; i < rest.size(); ++i) {
    if (quoted ? rest[i] == '\''
               : kBlanks.find(rest[i]) != std::string_view::npos)
      break;
    if (rest[i] == '\\' && ++i == rest.size()) break;
    value += rest[i];
  }
  if (quoted && i >= rest.size()) {
    Refuse(Cat("part ", part, " of the DSN has no closing quote"),
           "within quotes write ' as \\' and \\ as \\\\");
  }
  rest.remove_prefix(std::min(i + (quoted ? 1 : 0), rest.size()));
  return value;
}

void SkipBlanks(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(kBlanks), rest.size()));
}

// A part without = may be the end of a password with a blank in it: it is
// counted, not quoted.
Keywords ReadKeywordString(std::string_view rest) {
  Keywords out;
  for (SkipBlanks(rest); !rest.empty(); SkipBlanks(rest)) {
    const std::size_t end =
        std::min(rest.find_first_of("= \t\r\n\f\v"), rest.size());
    const std::string name(rest.substr(0, end));
    rest.remove_prefix(end);
    SkipBlanks(rest);
    if (!rest.starts_with('=')) {
      Refuse(Cat("part ", out.size() + 1, " of the DSN is not keyword=value"),
             "a value with blanks in it is written within single quotes");
    }
    rest.remove_prefix(1);
    SkipBlanks(rest);
    out.emplace_back(name, TakeValue(rest, out.size() + 1));
  }
  return out;
}

std::vector<std::string> KnownKeywords() {
  std::vector<std::string> names = {"search_path"};
  // Not PQconndefaults: that looks up who the user is.
  const ConnectionOptions all(PQconninfoParse("", nullptr));
  for (const PQconninfoOption* o = all.get();
       o != nullptr && o->keyword != nullptr; ++o) {
    names.emplace_back(o->keyword);
  }
  return names;
}

// What looks like a name may be the rest of a password that was not escaped:
// after a password, and in a URI with an @ where none belongs, names are not
// shown.
[[noreturn]] void RefuseName(std::string_view name,
                             std::span<const std::string_view> known,
                             bool show) {
  if (!show) {
    Refuse(
        "the DSN has an unknown parameter",
        "is there a blank, a /, ? or & in the password that is not escaped?");
  }
  const std::string_view nearest = Nearest(name, known);
  Refuse(Cat("the DSN has an unknown parameter ", name),
         nearest.empty() ? Cat("a setting of the server is written options=-c",
                               name, "=VALUE")
                         : Cat("did you mean ", nearest, '?'));
}

// `passwords` are those whose end is known, as user:password@ has one.
void CheckNames(const Keywords& keywords, bool show, int passwords) {
  const std::vector<std::string> known = KnownKeywords();
  const std::vector<std::string_view> views(known.begin(), known.end());
  for (const auto& [name, value] : keywords) {
    if (std::find(known.begin(), known.end(), name) == known.end())
      RefuseName(name, views, show);
    if (name.ends_with("password") && passwords-- <= 0) show = false;
  }
}

// user:password of a URI, as it stands there; empty where there is no @ for it.
std::string_view Credentials(std::string_view uri) {
  uri.remove_prefix(uri.find("://") + 3);
  const std::size_t end = uri.find_first_of("@/");
  return end != std::string_view::npos && uri[end] == '@' ? uri.substr(0, end)
                                                          : std::string_view();
}

Keywords ReadCheckedUri(std::string_view uri) {
  Keywords keywords = ReadUri(uri);
  const std::string_view credentials = Credentials(uri);
  const bool no_at = uri.find('@') == std::string_view::npos;
  const std::size_t colon = credentials.find(':');
  const bool password =
      colon != std::string_view::npos && colon + 1 < credentials.size();
  CheckNames(keywords, no_at || !credentials.empty(), password ? 1 : 0);
  return keywords;
}

Keywords ReadCheckedString(std::string_view text) {
  Keywords keywords = ReadKeywordString(text);
  CheckNames(keywords, true, 0);
  return keywords;
}

}  // namespace

std::string ServerOption(std::string_view name, std::string_view value) {
  std::string out = Cat("-c", name, '=');
  for (const char c : value) {
    if (c == '\\' || kBlanks.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

// Options in a DSN hide those of PGOPTIONS; where search_path makes them
// appear, the environment's must hold all the same.
void MoveSearchPath(Keywords& keywords) {
  if (Find(keywords, "search_path").empty()) {
    std::erase_if(keywords, [](const auto& keyword) {
      return keyword.first == "search_path";
    });
    return;
  }
  const char* environment = std::getenv("PGOPTIONS");
  std::string options(Find(keywords, "options"));
  if (options.empty() && environment != nullptr) options = environment;
  if (!options.empty()) options += ' ';
  options += ServerOption("search_path", Find(keywords, "search_path"));
  std::erase_if(keywords, [](const auto& keyword) {
    return keyword.first == "search_path" || keyword.first == "options";
  });
  keywords.emplace_back("options", std::move(options));
}

std::string_view Find(const Keywords& keywords, std::string_view name) {
  const auto found =
      std::find_if(keywords.rbegin(), keywords.rend(),
                   [&](const auto& keyword) { return keyword.first == name; });
  return found == keywords.rend() ? std::string_view()
                                  : std::string_view(found->second);
}

Keywords ReadKeywords(const std::string& conninfo) {
  char* message = nullptr;
  const ConnectionOptions options(PQconninfoParse(conninfo.c_str(), &message));
  PQfreemem(message);  // it may quote the password
  if (options == nullptr)
    Refuse("libpq does not understand the DSN",
           "see the manual of libpq, Connection Strings");
  Keywords out;
  for (const PQconninfoOption* o = options.get(); o->keyword != nullptr; ++o) {
    if (o->val != nullptr) out.emplace_back(o->keyword, o->val);
  }
  return out;
}

std::string WriteKeywords(const Keywords& keywords) {
  std::string out;
  for (const auto& [name, value] : keywords) {
    if (!out.empty()) out += ' ';
    out += name + "='";
    for (const char c : value) {
      if (c == '\'' || c == '\\') out += '\\';
      out += c;
    }
    out += '\'';
  }
  return out;
}

Dsn ParsePostgresDsn(std::string_view text) {
  const bool uri =
      text.starts_with("postgres://") || text.starts_with("postgresql://");
  Keywords keywords = uri ? ReadCheckedUri(text) : ReadCheckedString(text);
  MoveSearchPath(keywords);
  Dsn dsn{EngineKind::kPostgresql, WriteKeywords(keywords), {}};
  dsn.shown = ShowKeywords(ReadKeywords(dsn.target));
  return dsn;
}

}  // namespace godwit::internal
