// SPDX-License-Identifier: Apache-2.0
#include <re2/re2.h>

#include "base/text.h"
#include "hcl/functions.h"

namespace godwit::hcl {

namespace {

re2::StringPiece Piece(const std::string& text) {
  return {text.data(), text.size()};
}

// A pattern that compiles.
class Pattern {
 public:
  explicit Pattern(const std::string& pattern) : regex_(pattern, Quiet()) {
    if (!regex_.ok())
      throw ValueError{Cat("the pattern does not parse: ", regex_.error())};
  }

  // The match from `at` on; the whole first, then groups.
  bool Match(const std::string& text, std::size_t at,
             std::vector<re2::StringPiece>& groups) const {
    groups.assign(
        static_cast<std::size_t>(regex_.NumberOfCapturingGroups()) + 1,
        re2::StringPiece());
    return regex_.Match(Piece(text), at, text.size(), RE2::UNANCHORED,
                        groups.data(), static_cast<int>(groups.size()));
  }

  Value Result(const std::vector<re2::StringPiece>& groups) const {
    const auto value = [](const re2::StringPiece& piece) {
      return piece.data() ? Value::Of(std::string(piece.data(), piece.size()))
                          : Value();
    };
    if (groups.size() == 1) return value(groups.front());
    const auto& names = regex_.CapturingGroupNames();
    if (names.empty()) {
      std::vector<Value> values;
      for (std::size_t i = 1; i < groups.size(); ++i)
        values.push_back(value(groups[i]));
      return Value::Tuple(std::move(values));
    }
    if (names.size() + 1 != groups.size())
      throw ValueError{"either all groups have names or none has"};
    std::vector<std::pair<std::string, Value>> values;
    for (const auto& [index, name] : names)
      values.emplace_back(name, value(groups[static_cast<std::size_t>(index)]));
    return Value::Object(std::move(values));
  }

  const RE2& regex() const { return regex_; }

 private:
  static RE2::Options Quiet() {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(std::int64_t{4} << 20);
    return options;
  }

  RE2 regex_;
};

Value Regex(Arguments a, Budget& budget) {
  const Pattern pattern(ToString(a[0]));
  const std::string text = ToString(a[1]);
  budget.Spend(100 + text.size());
  std::vector<re2::StringPiece> groups;
  if (!pattern.Match(text, 0, groups))
    throw ValueError{"the pattern does not match"};
  return pattern.Result(groups);
}

// Calls `found` with every match, one behind the other.
template <typename F>
void EachMatch(const Pattern& pattern, const std::string& text, Budget& budget,
               F found) {
  std::vector<re2::StringPiece> groups;
  budget.Spend(100 + text.size());
  for (std::size_t at = 0;
       at <= text.size() && pattern.Match(text, at, groups);) {
    const auto begin = static_cast<std::size_t>(groups[0].data() - text.data());
    budget.Spend(10 + (begin - at));
    found(begin, groups);
    at = begin + std::max<std::size_t>(groups[0].size(), 1);
  }
}

Value RegexAll(Arguments a, Budget& budget) {
  const Pattern pattern(ToString(a[0]));
  std::vector<Value> all;
  EachMatch(pattern, ToString(a[1]), budget,
            [&](std::size_t, const auto& groups) {
              all.push_back(pattern.Result(groups));
            });
  return Value::List(std::move(all));
}

// What `$1`, `${name}` and `$$` in the replacement come to.
std::string Expand(const std::string& replacement, const Pattern& pattern,
                   const std::vector<re2::StringPiece>& groups) {
  std::string out;
  const auto is_word = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
  };
  for (std::size_t i = 0; i < replacement.size(); ++i) {
    if (replacement[i] != '$' || i + 1 == replacement.size()) {
      out += replacement[i];
      continue;
    }
    if (replacement[i + 1] == '$') {
      out += replacement[++i];
      continue;
    }
    const bool braced = replacement[i + 1] == '{';
    std::size_t end = i + 1 + braced;
    while (end < replacement.size() && is_word(replacement[end])) ++end;
    const std::string name =
        replacement.substr(i + 1 + braced, end - i - 1 - braced);
    if (name.empty() ||
        (braced && (end == replacement.size() || replacement[end] != '}'))) {
      out += '$';
      continue;
    }
    i = braced ? end : end - 1;
    std::optional<std::int64_t> index = ParseInt64(name);
    const auto& names = pattern.regex().NamedCapturingGroups();
    if (const auto found = names.find(name); found != names.end())
      index = found->second;
    if (!index || *index >= static_cast<std::int64_t>(groups.size())) continue;
    const re2::StringPiece& group = groups[static_cast<std::size_t>(*index)];
    out.append(group.data(), group.size());
  }
  return out;
}

Value RegexReplace(Arguments a, Budget& budget) {
  const std::string text = ToString(a[0]);
  const Pattern pattern(ToString(a[1]));
  const std::string replacement = ToString(a[2]);
  std::string out;
  std::size_t copied = 0;
  EachMatch(pattern, text, budget, [&](std::size_t begin, const auto& groups) {
    out += text.substr(copied, begin - copied);
    std::string expanded = Expand(replacement, pattern, groups);
    budget.Spend(expanded.size());
    out += expanded;
    copied = begin + groups[0].size();
  });
  return Value::Of(out + text.substr(std::min(copied, text.size())));
}

Value RegexpEscape(Arguments a, Budget&) {
  std::string out;
  for (const char c : ToString(a[0])) {
    constexpr std::string_view kSpecial = "\\.+*?()|[]{}^$";
    if (kSpecial.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return Value::Of(std::move(out));
}

}  // namespace

// In regexreplace the text comes first: (text, pattern, replacement).
std::vector<Function> RegexFunctions() {
  return {{"regex", 2, 2, false, Regex},
          {"regexall", 2, 2, false, RegexAll},
          {"regexreplace", 3, 3, false, RegexReplace},
          {"regexpescape", 1, 1, false, RegexpEscape}};
}

}  // namespace godwit::hcl
