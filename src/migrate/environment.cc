// SPDX-License-Identifier: Apache-2.0
#include "migrate/environment.h"

#include <algorithm>
#include <cstdlib>

#include "base/text.h"

namespace godwit::migrate {

namespace {
bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

// Recursive descent over one line: a default value holds variables again.
class Interpolator {
 public:
  Interpolator(std::string_view line, const Environment& environment)
      : line_(line), environment_(environment) {}

  Substitution Run() {
    Substitution result;
    result.text = Text(false);
    result.problem = problem_;
    result.problem_at = problem_at_;
    return result;
  }

 private:
  bool done() const { return at_ >= line_.size() || !problem_.empty(); }
  bool Follows(std::string_view text) const {
    return line_.substr(at_).starts_with(text);
  }
  bool Skip(std::string_view text) {
    if (!Follows(text)) return false;
    at_ += text.size();
    return true;
  }
  void Fail(std::string problem) {
    if (!problem_.empty()) return;
    problem_ = std::move(problem);
    problem_at_ = at_;
  }

  std::string Text(bool in_braces);
  std::string Variable();
  std::string Braced();
  std::string Substring(const std::string& value);
  std::string Name();
  std::optional<std::int64_t> Integer();

  std::string_view line_;
  const Environment& environment_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::string problem_;
  std::size_t problem_at_ = 0;
};

std::string Interpolator::Text(bool in_braces) {
  std::string out;
  while (!done()) {
    if (in_braces && Follows("}")) break;
    if (Skip("\\\\")) {
      out += "\\\\";
    } else if (Skip("\\$") || Skip("$$")) {
      out += '$';
    } else if (Skip("$(")) {
      out += "$(";
    } else if (Follows("$") && at_ + 1 < line_.size()) {
      out += Variable();
    } else {
      out += line_[at_++];
    }
  }
  return out;
}

std::string Interpolator::Variable() {
  ++at_;
  if (Skip("{")) return Braced();
  return environment_(Name()).value_or("");
}

std::string Interpolator::Braced() {
  constexpr int kDeepest = 100;
  if (++depth_ > kDeepest) Fail("variables are nested too deep");
  const std::string name = Name();
  if (done()) {
    Fail(Cat("'${", name, "' is not closed: no '}' after it"));
    return {};
  }
  const std::optional<std::string> value = environment_(name);
  std::string out = value.value_or("");
  if (Skip(":-")) {
    const std::string fallback = Text(true);
    if (out.empty()) out = fallback;
  } else if (Skip("-")) {
    const std::string fallback = Text(true);
    if (!value) out = fallback;
  } else if (Follows("?") || Follows(":?")) {
    const bool missing = Follows(":?") ? out.empty() : !value;
    if (!Skip(":?")) Skip("?");
    const std::string message = Text(true);
    if (missing)
      Fail(Cat("variable ", name, " is not set", message.empty() ? "" : ": ",
               message));
  } else if (Skip(":")) {
    out = Substring(out);
  }
  if (!Skip("}"))
    Fail(Cat("'${", name,
             "' goes on with none of '}', ':-', '-', '?', ':OFFSET'"));
  --depth_;
  return out;
}

std::string Interpolator::Substring(const std::string& value) {
  const auto size = static_cast<std::int64_t>(value.size());
  std::int64_t from = Integer().value_or(0);
  if (from < 0) from += size;
  from = std::clamp<std::int64_t>(from, 0, size);
  std::int64_t length = size;
  if (Skip(":")) length = Integer().value_or(0);
  const std::int64_t to = length < 0
                              ? size + length
                              : std::min(size, from + std::min(length, size));
  return to <= from ? std::string()
                    : value.substr(static_cast<std::size_t>(from),
                                   static_cast<std::size_t>(to - from));
}

std::optional<std::int64_t> Interpolator::Integer() {
  while (Skip(" ")) {
  }
  const std::size_t start = at_;
  Skip("-");
  while (at_ < line_.size() && IsDigit(line_[at_])) ++at_;
  const std::optional<std::int64_t> number =
      ParseInt64(line_.substr(start, at_ - start));
  if (!number) Fail("a number belongs after ':'");
  return number;
}

std::string Interpolator::Name() {
  const std::size_t start = at_;
  if (at_ >= line_.size() || !IsLetter(line_[at_])) {
    Fail(
        "a '$' must be followed by a variable's name; write '$$' for the "
        "character itself");
    return {};
  }
  while (at_ < line_.size() &&
         (IsLetter(line_[at_]) || IsDigit(line_[at_]) || line_[at_] == '_'))
    ++at_;
  return std::string(line_.substr(start, at_ - start));
}
}  // namespace

Substitution Substitute(std::string_view line, const Environment& environment) {
  return Interpolator(line, environment).Run();
}

Environment ProcessEnvironment() {
  return [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    if (value == nullptr) return std::nullopt;
    return value;
  };
}

}  // namespace godwit::migrate
