// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>

#include "base/text.h"
#include "hcl/functions.h"
#include "hcl/unicode.h"

namespace godwit::hcl {

namespace {

// `%-08.3f`, `%[2]s`.
struct Verb {
  bool plus = false;
  bool blank = false;
  bool minus = false;
  bool zero = false;
  bool sharp = false;
  std::optional<std::int64_t> width;
  std::optional<std::int64_t> precision;
  std::optional<std::int64_t> argument;  // from 1
  char letter = 0;
};

std::optional<std::int64_t> TakeNumber(std::string_view& rest) {
  const std::size_t end =
      std::min(rest.find_first_not_of("0123456789"), rest.size());
  if (end == 0) return std::nullopt;
  const std::optional<std::int64_t> number = ParseInt64(rest.substr(0, end));
  rest.remove_prefix(end);
  if (!number || *number > 1000)
    throw ValueError{"widths and precisions go up to 1000"};
  return number;
}

bool TakeFlag(Verb& verb, char c) {
  bool* const flag = c == '+'   ? &verb.plus
                     : c == ' ' ? &verb.blank
                     : c == '-' ? &verb.minus
                     : c == '0' ? &verb.zero
                     : c == '#' ? &verb.sharp
                                : nullptr;
  if (flag) *flag = true;
  return flag != nullptr;
}

// Behind the `%`.
Verb TakeVerb(std::string_view& rest) {
  Verb verb;
  while (!rest.empty() && TakeFlag(verb, rest.front())) rest.remove_prefix(1);
  verb.width = TakeNumber(rest);
  if (rest.starts_with('.')) {
    rest.remove_prefix(1);
    verb.precision = TakeNumber(rest).value_or(0);
  }
  if (rest.starts_with('[')) {
    rest.remove_prefix(1);
    verb.argument = TakeNumber(rest);
    if (!verb.argument || *verb.argument == 0 || !rest.starts_with(']'))
      throw ValueError{"behind %[ there is an argument's number and ]"};
    rest.remove_prefix(1);
  }
  if (rest.empty()) throw ValueError{"the format ends behind a %"};
  verb.letter = rest.front();
  rest.remove_prefix(1);
  return verb;
}

std::string Padded(std::string text, const Verb& verb) {
  const std::size_t letters = Graphemes(text).size();
  const auto width = static_cast<std::size_t>(verb.width.value_or(0));
  if (letters >= width) return text;
  const std::size_t missing = width - letters;
  if (verb.minus) return text + std::string(missing, ' ');
  if (!verb.zero) return std::string(missing, ' ') + text;
  const std::size_t sign = text.starts_with('-') || text.starts_with('+');
  return text.insert(sign, missing, '0');
}

std::string Signed(std::string text, const Verb& verb) {
  if (text.starts_with('-')) return text;
  return verb.plus ? '+' + text : verb.blank ? ' ' + text : text;
}

// A whole number's digits of another base.
std::string InBase(const Number& number, int base) {
  Number rest = number.Sign() < 0 ? -number : number;
  std::string digits;
  do {
    const Number digit = rest % Number(base);
    digits += "0123456789abcdef"[*digit.ToInt64()];
    rest = ((rest - digit) / Number(base)).Floor();
  } while (rest.Sign() != 0);
  if (number.Sign() < 0) digits += '-';
  std::ranges::reverse(digits);
  return digits;
}

std::string WholeText(const Verb& verb, const Number& number) {
  if (!number.IsWhole()) throw ValueError{"a whole number is required"};
  switch (verb.letter) {
    case 'b':
      return InBase(number, 2);
    case 'o':
      return (verb.sharp ? "0" : "") + InBase(number, 8);
    case 'x':
    case 'X': {
      std::string text = InBase(number, 16);
      if (verb.letter == 'X')
        std::ranges::transform(text, text.begin(), ::toupper);
      return verb.sharp ? Cat('0', verb.letter, text) : text;
    }
    default:
      return number.ToText();
  }
}

// With so many digits behind the point, half to even.
std::string FixedText(const Number& number, std::int64_t precision) {
  const Number scale = Number(10).Power(Number(precision));
  const Number scaled = (number.Sign() < 0 ? -number : number) * scale;
  Number whole = scaled.Floor();
  const Number rest = (scaled - whole) * Number(2);
  if (rest.Compare(Number(1)) > 0 ||
      (rest == Number(1) && (whole % Number(2)).Sign() != 0))
    whole = whole + Number(1);
  std::string digits = whole.ToText();
  const auto places = static_cast<std::size_t>(precision);
  if (digits.size() <= places)
    digits.insert(0, places + 1 - digits.size(), '0');
  if (places > 0) digits.insert(digits.size() - places, 1, '.');
  return number.Sign() < 0 ? '-' + digits : digits;
}

std::string FloatText(const Verb& verb, const Number& number) {
  if (verb.letter == 'f' || verb.letter == 'F')
    return FixedText(number, verb.precision.value_or(6));
  if (!verb.precision && (verb.letter == 'g' || verb.letter == 'G'))
    return number.ToText();
  const std::string format = Cat("%.*", verb.letter);
  char text[1100];
  std::snprintf(text, sizeof text, format.c_str(),
                static_cast<int>(verb.precision.value_or(6)),
                number.ToDouble());
  return text;
}

std::string AnyText(const Verb& verb, const Value& value) {
  if (!verb.sharp && value.kind() == ValueKind::kString) return value.text();
  return ToJson(value);
}

std::string Format(const Verb& verb, const Value& value) {
  constexpr std::string_view kNumeric = "bdoxXeEfFgG";
  if (verb.letter == 'v') return Padded(AnyText(verb, value), verb);
  if (value.is_null())
    throw ValueError{Cat("%", verb.letter, " cannot show null")};
  if (verb.letter == 't') return Padded(ToBool(value) ? "true" : "false", verb);
  if (verb.letter == 's' || verb.letter == 'q') {
    std::string text = ToString(value);
    if (verb.precision) {
      const std::vector<std::string_view> letters = Graphemes(text);
      std::string cut;
      for (std::size_t i = 0;
           i <
           std::min(letters.size(), static_cast<std::size_t>(*verb.precision));
           ++i)
        cut += letters[i];
      text = cut;
    }
    if (verb.letter == 'q') text = ToJson(Value::Of(std::move(text)));
    return Padded(std::move(text), verb);
  }
  if (kNumeric.find(verb.letter) == std::string_view::npos)
    throw ValueError{Cat("there is no verb %", verb.letter)};
  const Number number = ToNumber(value);
  constexpr std::string_view kFloat = "eEfFgG";
  const bool is_float = kFloat.find(verb.letter) != std::string_view::npos;
  return Padded(
      Signed(is_float ? FloatText(verb, number) : WholeText(verb, number),
             verb),
      verb);
}

std::string FormatAll(std::string_view rest, Arguments arguments,
                      Budget& budget) {
  std::string out;
  std::size_t next = 0;
  std::size_t used = 0;
  while (!rest.empty()) {
    const std::size_t percent = rest.find('%');
    out += rest.substr(0, percent);
    if (percent == std::string_view::npos) break;
    rest.remove_prefix(percent + 1);
    if (rest.starts_with('%')) {
      out += '%';
      rest.remove_prefix(1);
      continue;
    }
    const Verb verb = TakeVerb(rest);
    if (verb.argument) next = static_cast<std::size_t>(*verb.argument) - 1;
    if (next >= arguments.size())
      throw ValueError{Cat("there is no argument ", next + 1)};
    budget.Spend(arguments[next].weight());
    out += Format(verb, arguments[next]);
    used = std::max(used, ++next);
  }
  if (used < arguments.size())
    throw ValueError{
        Cat("the format uses ", used, " of ", arguments.size(), " arguments")};
  return out;
}

Value FormatText(Arguments a, Budget& budget) {
  return Value::Of(FormatAll(ToString(a[0]), a.subspan(1), budget));
}

// A text for every element; what is no list is the same for all.
Value FormatList(Arguments a, Budget& budget) {
  const std::string format = ToString(a[0]);
  std::optional<std::size_t> size;
  for (const Value& each : a.subspan(1)) {
    if (!each.IsSequence()) continue;
    if (size && *size != each.elements().size())
      throw ValueError{"the lists are not of one length"};
    size = each.elements().size();
  }
  std::vector<Value> texts;
  for (std::size_t i = 0; i < size.value_or(1); ++i) {
    std::vector<Value> row;
    for (const Value& each : a.subspan(1))
      row.push_back(each.IsSequence() ? each.elements()[i] : each);
    texts.push_back(Value::Of(FormatAll(format, row, budget)));
  }
  return Value::List(std::move(texts));
}

}  // namespace

std::vector<Function> FormatFunctions() {
  return {{"format", 1, -1, true, FormatText},
          {"formatlist", 1, -1, true, FormatList}};
}

}  // namespace godwit::hcl
