// SPDX-License-Identifier: Apache-2.0
#include "godwit/value.h"

#include <gmock/gmock.h>

#include <cmath>

#include "godwit/error.h"

namespace godwit {
namespace {

template <typename T>
std::string Complaint(const Value& value) {
  try {
    value.Get<T>();
    return "";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kInternal);
    return error.what();
  }
}

TEST(Value, NullIsNulloptAndNothingElse) {
  EXPECT_EQ(Value().Get<std::optional<int>>(), std::nullopt);
  EXPECT_EQ(Value(std::optional<std::string>()).is_null(), true);
  EXPECT_EQ(Value(std::optional<int>(3)).Get<std::optional<int>>(), 3);
  EXPECT_EQ(Complaint<int>(Value()), "NULL is not an integer");
  EXPECT_EQ(Complaint<std::string>(Value()), "NULL is not text");
}

TEST(Value, TextIsReadAsWhatPostgresqlWrites) {
  EXPECT_TRUE(Value("t").Get<bool>());
  EXPECT_FALSE(Value("f").Get<bool>());
  EXPECT_EQ(Value("-9223372036854775808").Get<std::int64_t>(), INT64_MIN);
  EXPECT_EQ(Value("9223372036854775807").Get<std::int64_t>(), INT64_MAX);
  EXPECT_EQ(Value("1e-300").Get<double>(), 1e-300);
  EXPECT_EQ(Value("-Infinity").Get<double>(), -INFINITY);
  EXPECT_TRUE(std::isnan(Value("NaN").Get<double>()));
  EXPECT_EQ(Value("\\x00fFa1").Get<Bytes>(),
            (Bytes{std::byte{0}, std::byte{0xFF}, std::byte{0xA1}}));
  EXPECT_EQ(Value("\\x").Get<Bytes>(), Bytes());
}

TEST(Value, NothingIsCutOrRounded) {
  EXPECT_EQ(Value(300).Get<std::int16_t>(), 300);
  EXPECT_EQ(Complaint<std::int8_t>(Value(300)),
            "the integer 300 is not within -128 and 127");
  EXPECT_EQ(Complaint<unsigned>(Value(-1)),
            "the integer -1 is not within 0 and 4294967295");
  EXPECT_EQ(Value(3.0).Get<int>(), 3);
  EXPECT_EQ(Complaint<int>(Value(3.5)), "a double is not an integer");
  EXPECT_EQ(Complaint<std::int64_t>(Value(1e19)), "a double is not an integer");
  EXPECT_EQ(Value(std::int64_t{1} << 53).Get<double>(), 9007199254740992.0);
  EXPECT_EQ(Complaint<double>(Value((std::int64_t{1} << 53) + 1)),
            "an integer is not a double");
  EXPECT_EQ(Complaint<double>(Value(INT64_MAX)), "an integer is not a double");
}

TEST(Value, WhatDoesNotFitIsNamed) {
  EXPECT_EQ(Complaint<int>(Value("12a")), "the text \"12a\" is not an integer");
  EXPECT_EQ(Complaint<int>(Value("")), "the text \"\" is not an integer");
  EXPECT_EQ(Complaint<bool>(Value(2)), "an integer is not a bool");
  EXPECT_EQ(Complaint<bool>(Value("yes")), "the text \"yes\" is not a bool");
  EXPECT_EQ(Complaint<Bytes>(Value("abc")), "the text \"abc\" is not bytes");
  EXPECT_EQ(Complaint<Bytes>(Value("\\x0")), "the text \"\\x0\" is not bytes");
  EXPECT_EQ(Complaint<std::string>(Value(Bytes())), "a blob is not text");
  EXPECT_EQ(Complaint<int>(Value(std::string(100, 'x'))),
            "the text \"" + std::string(40, 'x') + "…\" is not an integer");
}

TEST(Value, NumbersAreTextOnRequest) {
  EXPECT_EQ(Value(INT64_MIN).Get<std::string>(), "-9223372036854775808");
  EXPECT_EQ(Value(0.1).Get<std::string>(), "0.1");
}

}  // namespace
}  // namespace godwit
