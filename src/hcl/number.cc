// SPDX-License-Identifier: Apache-2.0
#include "hcl/number.h"

#include <mpfr.h>

#include <algorithm>
#include <limits>

#include "base/text.h"

namespace godwit::hcl {

namespace {

constexpr mpfr_prec_t kPrecision = 512;
// Texts of larger numbers would be of no use and without end.
constexpr int kMaxDigits = 4096;
constexpr mpfr_exp_t kMaxExponent = 16384;

[[noreturn]] void ThrowTooLarge() {
  throw NumberError{"the number is out of range"};
}

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

std::string_view TakeDigits(std::string_view& text) {
  const auto end = std::ranges::find_if_not(text, IsDigit);
  const auto size = static_cast<std::size_t>(end - text.begin());
  const std::string_view digits = text.substr(0, size);
  text.remove_prefix(size);
  return digits;
}

// A decimal number: its digits, and how many of them stand behind the point.
struct Decimal {
  bool negative = false;
  std::string digits;
  std::int64_t scale = 0;
};

std::optional<std::int64_t> TakeExponent(std::string_view& text) {
  if (text.empty() || (text.front() != 'e' && text.front() != 'E')) return 0;
  text.remove_prefix(1);
  bool negative = false;
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) {
    negative = text.front() == '-';
    text.remove_prefix(1);
  }
  const std::string_view digits = TakeDigits(text);
  if (digits.empty()) return std::nullopt;
  const std::optional<std::int64_t> value = ParseInt64(digits);
  if (!value || *value > kMaxDigits) ThrowTooLarge();
  return negative ? -*value : *value;
}

std::optional<Decimal> ParseDecimal(std::string_view text) {
  Decimal number;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    number.negative = text.front() == '-';
    text.remove_prefix(1);
  }
  number.digits = TakeDigits(text);
  if (number.digits.empty()) return std::nullopt;
  if (!text.empty() && text.front() == '.') {
    text.remove_prefix(1);
    const std::string_view fraction = TakeDigits(text);
    if (fraction.empty()) return std::nullopt;
    number.digits += fraction;
    number.scale = static_cast<std::int64_t>(fraction.size());
  }
  const std::optional<std::int64_t> exponent = TakeExponent(text);
  if (!exponent || !text.empty()) return std::nullopt;
  number.scale -= *exponent;
  if (number.digits.size() > kMaxDigits || number.scale > kMaxDigits ||
      number.scale < -kMaxDigits)
    ThrowTooLarge();
  return number;
}

// "-12.5": no zeros in front, none behind the point's last digit.
std::string PlainText(Decimal number) {
  std::string& digits = number.digits;
  if (number.scale < 0) {
    digits.append(static_cast<std::size_t>(-number.scale), '0');
    number.scale = 0;
  }
  while (number.scale > 0 && digits.ends_with('0')) {
    digits.pop_back();
    --number.scale;
  }
  const auto scale = static_cast<std::size_t>(number.scale);
  if (digits.size() <= scale) digits.insert(0, scale + 1 - digits.size(), '0');
  const std::size_t zeros =
      std::min(digits.find_first_not_of('0'), digits.size() - scale - 1);
  digits.erase(0, zeros);
  if (scale > 0) digits.insert(digits.size() - scale, 1, '.');
  const bool is_zero = digits.find_first_not_of("0.") == std::string::npos;
  return number.negative && !is_zero ? Cat('-', digits) : digits;
}

}  // namespace

struct Number::Big {
  Big() { mpfr_init2(value, kPrecision); }
  Big(const Big&) = delete;
  Big& operator=(const Big&) = delete;
  ~Big() { mpfr_clear(value); }

  mpfr_t value;
  std::string digits;  // of a literal
};

// Numbers as MPFR has them, and back.
struct NumberAccess {
  using Big = Number::Big;

  static std::shared_ptr<Big> New() { return std::make_shared<Big>(); }

  // The number in MPFR's form; `held` keeps it.
  static mpfr_srcptr Get(const Number& number,
                         std::shared_ptr<const Big>& held) {
    held = number.big_;
    if (!held) {
      const std::shared_ptr<Big> made = New();
      mpfr_set_si(made->value, number.whole_, MPFR_RNDN);
      held = made;
    }
    return held->value;
  }

  static Number From(std::shared_ptr<Big> big) {
    if (mpfr_nan_p(big->value)) throw NumberError{"the result is no number"};
    if (mpfr_regular_p(big->value) &&
        (mpfr_get_exp(big->value) > kMaxExponent ||
         mpfr_get_exp(big->value) < -kMaxExponent))
      ThrowTooLarge();
    if (mpfr_number_p(big->value) && mpfr_integer_p(big->value) &&
        mpfr_fits_slong_p(big->value, MPFR_RNDN))
      return Number(std::int64_t{mpfr_get_si(big->value, MPFR_RNDN)});
    return Number(std::shared_ptr<const Big>(std::move(big)));
  }

  template <typename F>
  static Number Apply(const Number& a, const Number& b, F f) {
    std::shared_ptr<const Big> left;
    std::shared_ptr<const Big> right;
    const std::shared_ptr<Big> result = New();
    const mpfr_srcptr x = Get(a, left);
    const mpfr_srcptr y = Get(b, right);
    f(result->value, x, y);
    return From(result);
  }

  // The digits that the number is read back from, as few as do.
  static std::string Shortest(mpfr_srcptr value) {
    std::shared_ptr<Big> back = New();
    // 155 digits always do.
    std::size_t low = 1;
    std::size_t high = 156;
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      mpfr_set_str(back->value, Digits(value, middle).c_str(), 10, MPFR_RNDN);
      if (mpfr_equal_p(back->value, value)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return Digits(value, low);
  }

  static std::string Digits(mpfr_srcptr value, std::size_t count) {
    mpfr_exp_t exponent = 0;
    // MPFR gives two digits at least.
    char* const raw =
        mpfr_get_str(nullptr, &exponent, 10, std::max<std::size_t>(count, 2),
                     value, MPFR_RNDN);
    Decimal number;
    number.digits = raw;
    mpfr_free_str(raw);
    if (number.digits.starts_with('-')) {
      number.negative = true;
      number.digits.erase(0, 1);
    }
    number.scale = static_cast<std::int64_t>(number.digits.size()) - exponent;
    return PlainText(std::move(number));
  }
};

std::optional<Number> Number::Parse(std::string_view text) {
  if (const std::optional<std::int64_t> whole = ParseInt64(text);
      whole && !text.starts_with('+'))
    return Number(*whole);
  std::optional<Decimal> decimal = ParseDecimal(text);
  if (!decimal) return std::nullopt;
  const std::string digits = PlainText(*std::move(decimal));
  if (const std::optional<std::int64_t> whole = ParseInt64(digits))
    return Number(*whole);
  const std::shared_ptr<Big> big = NumberAccess::New();
  mpfr_set_str(big->value, digits.c_str(), 10, MPFR_RNDN);
  big->digits = digits;
  return Number(std::shared_ptr<const Big>(big));
}

std::optional<Number> Number::ParseInteger(std::string_view text, int base) {
  if (text.size() > kMaxDigits) ThrowTooLarge();
  const std::string digits(text);
  const std::size_t sign = digits.starts_with('-') || digits.starts_with('+');
  if (digits.size() == sign ||
      !std::ranges::all_of(digits.substr(sign), [](unsigned char c) {
        return std::isalnum(c) != 0;
      }))
    return std::nullopt;
  const std::shared_ptr<Big> big = NumberAccess::New();
  if (mpfr_set_str(big->value, digits.c_str(), base, MPFR_RNDN) != 0)
    return std::nullopt;
  return NumberAccess::From(big);
}

std::string Number::ToText() const {
  if (!big_) return std::to_string(whole_);
  if (!big_->digits.empty()) return big_->digits;
  if (mpfr_inf_p(big_->value)) return Sign() < 0 ? "-Inf" : "Inf";
  return NumberAccess::Shortest(big_->value);
}

std::optional<std::int64_t> Number::ToInt64() const {
  if (big_) return std::nullopt;
  return whole_;
}

double Number::ToDouble() const {
  return big_ ? mpfr_get_d(big_->value, MPFR_RNDN)
              : static_cast<double>(whole_);
}

bool Number::IsWhole() const {
  return !big_ || mpfr_integer_p(big_->value) != 0;
}

int Number::Sign() const {
  if (big_) return mpfr_sgn(big_->value);
  return whole_ < 0 ? -1 : whole_ > 0;
}

Number Number::operator-() const {
  if (!big_ && whole_ != std::numeric_limits<std::int64_t>::min())
    return Number(-whole_);
  std::shared_ptr<const Big> held;
  const mpfr_srcptr value = NumberAccess::Get(*this, held);
  const std::shared_ptr<Big> result = NumberAccess::New();
  mpfr_neg(result->value, value, MPFR_RNDN);
  if (!held->digits.empty()) {
    result->digits = held->digits.starts_with('-') ? held->digits.substr(1)
                                                   : Cat('-', held->digits);
  }
  return NumberAccess::From(result);
}

Number Number::operator+(const Number& other) const {
  std::int64_t sum = 0;
  if (!big_ && !other.big_ &&
      !__builtin_add_overflow(whole_, other.whole_, &sum))
    return Number(sum);
  return NumberAccess::Apply(*this, other, [](auto* r, auto* a, auto* b) {
    mpfr_add(r, a, b, MPFR_RNDN);
  });
}

Number Number::operator-(const Number& other) const {
  std::int64_t difference = 0;
  if (!big_ && !other.big_ &&
      !__builtin_sub_overflow(whole_, other.whole_, &difference))
    return Number(difference);
  return NumberAccess::Apply(*this, other, [](auto* r, auto* a, auto* b) {
    mpfr_sub(r, a, b, MPFR_RNDN);
  });
}

Number Number::operator*(const Number& other) const {
  std::int64_t product = 0;
  if (!big_ && !other.big_ &&
      !__builtin_mul_overflow(whole_, other.whole_, &product))
    return Number(product);
  return NumberAccess::Apply(*this, other, [](auto* r, auto* a, auto* b) {
    mpfr_mul(r, a, b, MPFR_RNDN);
  });
}

Number Number::operator/(const Number& other) const {
  if (other.Sign() == 0 && Sign() == 0)
    throw NumberError{"zero cannot be divided by zero"};
  return NumberAccess::Apply(*this, other, [](auto* r, auto* a, auto* b) {
    mpfr_div(r, a, b, MPFR_RNDN);
  });
}

Number Number::operator%(const Number& other) const {
  if (other.Sign() == 0) return *this;
  return NumberAccess::Apply(*this, other, [](auto* r, auto* a, auto* b) {
    if (mpfr_inf_p(b)) {
      mpfr_set(r, a, MPFR_RNDN);
      return;
    }
    mpfr_div(r, a, b, MPFR_RNDN);
    mpfr_trunc(r, r);
    mpfr_mul(r, r, b, MPFR_RNDN);
    mpfr_sub(r, a, r, MPFR_RNDN);
  });
}

Number Number::Floor() const {
  return NumberAccess::Apply(*this, *this,
                             [](auto* r, auto* a, auto*) { mpfr_floor(r, a); });
}

Number Number::Ceil() const {
  return NumberAccess::Apply(*this, *this,
                             [](auto* r, auto* a, auto*) { mpfr_ceil(r, a); });
}

Number Number::Power(const Number& exponent) const {
  return NumberAccess::Apply(*this, exponent, [](auto* r, auto* a, auto* b) {
    mpfr_pow(r, a, b, MPFR_RNDN);
  });
}

Number Number::Logarithm(const Number& base) const {
  return NumberAccess::Apply(*this, base, [](auto* r, auto* a, auto* b) {
    mpfr_t divisor;
    mpfr_init2(divisor, kPrecision);
    mpfr_log(divisor, b, MPFR_RNDN);
    mpfr_log(r, a, MPFR_RNDN);
    mpfr_div(r, r, divisor, MPFR_RNDN);
    mpfr_clear(divisor);
  });
}

int Number::Compare(const Number& other) const {
  if (!big_ && !other.big_)
    return whole_ < other.whole_ ? -1 : whole_ > other.whole_;
  std::shared_ptr<const Big> left;
  std::shared_ptr<const Big> right;
  const mpfr_srcptr a = NumberAccess::Get(*this, left);
  const mpfr_srcptr b = NumberAccess::Get(other, right);
  return mpfr_cmp(a, b);
}

}  // namespace godwit::hcl
