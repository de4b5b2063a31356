// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/text.h"
#include "hcl/functions.h"
#include "hcl/unicode.h"

namespace godwit::hcl {

namespace {

Value TextValue(std::string text) {
  return Value::Of(std::move(text));
}

Value UpperCase(Arguments a, Budget&) {
  return TextValue(hcl::Upper(ToString(a[0])));
}

Value LowerCase(Arguments a, Budget&) {
  return TextValue(hcl::Lower(ToString(a[0])));
}

Value TitleCase(Arguments a, Budget&) {
  return TextValue(hcl::Title(ToString(a[0])));
}

Value StrRev(Arguments a, Budget&) {
  const std::string text = ToString(a[0]);
  std::vector<std::string_view> letters = Graphemes(text);
  std::ranges::reverse(letters);
  std::string out;
  for (const std::string_view letter : letters) out += letter;
  return TextValue(std::move(out));
}

Value Chomp(Arguments a, Budget&) {
  std::string text = ToString(a[0]);
  while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  return TextValue(std::move(text));
}

// Code points one by one; what is none stays a byte.
std::vector<std::string_view> Letters(std::string_view text) {
  std::vector<std::string_view> letters;
  while (!text.empty()) {
    const std::size_t bytes =
        std::max<std::size_t>(FirstCodePoint(text).bytes, 1);
    letters.push_back(text.substr(0, bytes));
    text.remove_prefix(bytes);
  }
  return letters;
}

template <typename F>
Value TrimWhere(std::string_view text, F is_cut) {
  const std::vector<std::string_view> letters = Letters(text);
  std::size_t begin = 0;
  std::size_t end = letters.size();
  while (begin < end && is_cut(letters[begin])) ++begin;
  while (end > begin && is_cut(letters[end - 1])) --end;
  if (begin == end) return TextValue({});
  const char* const first = letters[begin].data();
  const char* const last = letters[end - 1].data() + letters[end - 1].size();
  return TextValue(std::string(first, last));
}

Value TrimSpace(Arguments a, Budget&) {
  return TrimWhere(ToString(a[0]), [](std::string_view letter) {
    return IsSpace(FirstCodePoint(letter).value);
  });
}

Value TrimSet(Arguments a, Budget&) {
  const std::string set = ToString(a[1]);
  return TrimWhere(ToString(a[0]), [&](std::string_view letter) {
    return set.find(letter) != std::string::npos;
  });
}

Value TrimPrefix(Arguments a, Budget&) {
  const std::string text = ToString(a[0]);
  const std::string prefix = ToString(a[1]);
  return TextValue(text.starts_with(prefix) ? text.substr(prefix.size())
                                            : text);
}

Value TrimSuffix(Arguments a, Budget&) {
  const std::string text = ToString(a[0]);
  const std::string suffix = ToString(a[1]);
  return TextValue(text.ends_with(suffix)
                       ? text.substr(0, text.size() - suffix.size())
                       : text);
}

Value StartsWith(Arguments a, Budget&) {
  return Value::Bool(ToString(a[0]).starts_with(ToString(a[1])));
}

Value EndsWith(Arguments a, Budget&) {
  return Value::Bool(ToString(a[0]).ends_with(ToString(a[1])));
}

Value Substr(Arguments a, Budget&) {
  const std::string text = ToString(a[0]);
  const std::vector<std::string_view> letters = Graphemes(text);
  const auto size = static_cast<std::int64_t>(letters.size());
  std::int64_t offset = ToWhole(a[1]);
  const std::int64_t length = ToWhole(a[2]);
  if (length < -1) throw ValueError{"the length is -1 or more"};
  if (offset < 0) offset = std::max<std::int64_t>(offset + size, 0);
  offset = std::min(offset, size);
  const std::int64_t end =
      length == -1 ? size : std::min(size, offset + std::min(length, size));
  std::string out;
  for (std::int64_t i = offset; i < end; ++i)
    out += letters[static_cast<std::size_t>(i)];
  return TextValue(std::move(out));
}

Value Indent(Arguments a, Budget& budget) {
  const std::int64_t count = ToWhole(a[0]);
  if (count < 0 || count > 10000)
    throw ValueError{"the indentation is from 0 to 10000"};
  std::string out;
  for (const char c : ToString(a[1])) {
    out += c;
    if (c != '\n') continue;
    budget.Spend(static_cast<std::uint64_t>(count));
    out.append(static_cast<std::size_t>(count), ' ');
  }
  return TextValue(std::move(out));
}

Value JoinLists(Arguments a, Budget& budget) {
  const std::string separator = ToString(a[0]);
  std::string out;
  bool first = true;
  for (const Value& list : a.subspan(1)) {
    for (const Value& element : ToElements(list)) {
      if (!first) out += separator;
      first = false;
      out += ToString(element);
      budget.Spend(1 + separator.size() / 16);
    }
  }
  return TextValue(std::move(out));
}

Value Split(Arguments a, Budget&) {
  const std::string separator = ToString(a[0]);
  const std::string text = ToString(a[1]);
  std::vector<Value> parts;
  if (separator.empty()) {
    for (const std::string_view letter : Letters(text))
      parts.push_back(TextValue(std::string(letter)));
    return Value::List(std::move(parts));
  }
  for (std::size_t at = 0;;) {
    const std::size_t end = text.find(separator, at);
    parts.push_back(TextValue(text.substr(at, end - at)));
    if (end == std::string::npos) break;
    at = end + separator.size();
  }
  return Value::List(std::move(parts));
}

Value Replace(Arguments a, Budget& budget) {
  const std::string text = ToString(a[0]);
  const std::string old = ToString(a[1]);
  const std::string fresh = ToString(a[2]);
  std::string out;
  if (old.empty()) {
    for (const std::string_view letter : Letters(text)) {
      budget.Spend(1 + fresh.size() / 16);
      out += Cat(fresh, letter);
    }
    return TextValue(out + fresh);
  }
  for (std::size_t at = 0;;) {
    const std::size_t end = text.find(old, at);
    out += text.substr(at, end - at);
    if (end == std::string::npos) break;
    budget.Spend(1 + fresh.size() / 16);
    out += fresh;
    at = end + old.size();
  }
  return TextValue(std::move(out));
}

}  // namespace

std::vector<Function> TextFunctions() {
  return {{"upper", 1, 1, false, UpperCase},
          {"lower", 1, 1, false, LowerCase},
          {"title", 1, 1, false, TitleCase},
          {"strrev", 1, 1, false, StrRev},
          {"chomp", 1, 1, false, Chomp},
          {"trimspace", 1, 1, false, TrimSpace},
          {"trim", 2, 2, false, TrimSet},
          {"trimprefix", 2, 2, false, TrimPrefix},
          {"trimsuffix", 2, 2, false, TrimSuffix},
          {"startswith", 2, 2, false, StartsWith},
          {"endswith", 2, 2, false, EndsWith},
          {"substr", 3, 3, false, Substr},
          {"indent", 2, 2, false, Indent},
          {"join", 2, -1, false, JoinLists},
          {"split", 2, 2, false, Split},
          {"replace", 3, 3, false, Replace}};
}

}  // namespace godwit::hcl
