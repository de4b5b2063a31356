// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "hcl/functions.h"

namespace godwit::hcl {

namespace {

Value Abs(Arguments a, Budget&) {
  const Number number = ToNumber(a[0]);
  return Value::Of(number.Sign() < 0 ? -number : number);
}

Value Ceil(Arguments a, Budget&) {
  return Value::Of(ToNumber(a[0]).Ceil());
}

Value Floor(Arguments a, Budget&) {
  return Value::Of(ToNumber(a[0]).Floor());
}

Value Signum(Arguments a, Budget&) {
  return Value::Of(Number(ToNumber(a[0]).Sign()));
}

Value Pow(Arguments a, Budget&) {
  return Value::Of(ToNumber(a[0]).Power(ToNumber(a[1])));
}

Value Log(Arguments a, Budget&) {
  return Value::Of(ToNumber(a[0]).Logarithm(ToNumber(a[1])));
}

Value Max(Arguments a, Budget&) {
  Number most = ToNumber(a[0]);
  for (const Value& each : a) {
    const Number number = ToNumber(each);
    if (number.Compare(most) > 0) most = number;
  }
  return Value::Of(most);
}

Value Min(Arguments a, Budget&) {
  Number least = ToNumber(a[0]);
  for (const Value& each : a) {
    const Number number = ToNumber(each);
    if (number.Compare(least) < 0) least = number;
  }
  return Value::Of(least);
}

Value ParseInt(Arguments a, Budget&) {
  const std::int64_t base = ToWhole(a[1]);
  if (base < 2 || base > 62) throw ValueError{"the base is from 2 to 62"};
  std::optional<Number> number =
      Number::ParseInteger(ToString(a[0]), static_cast<int>(base));
  if (!number)
    throw ValueError{Cat("the text is no whole number of base ", base)};
  return Value::Of(*std::move(number));
}

}  // namespace

std::vector<Function> NumberFunctions() {
  return {{"abs", 1, 1, false, Abs},          {"ceil", 1, 1, false, Ceil},
          {"floor", 1, 1, false, Floor},      {"signum", 1, 1, false, Signum},
          {"pow", 2, 2, false, Pow},          {"log", 2, 2, false, Log},
          {"max", 1, -1, false, Max},         {"min", 1, -1, false, Min},
          {"parseint", 2, 2, false, ParseInt}};
}

}  // namespace godwit::hcl
