// SPDX-License-Identifier: Apache-2.0
#include "godwit/types.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "godwit/error.h"
#include "godwit/generated.h"

namespace godwit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Decimal, IsExactAndComparesByValue) {
  EXPECT_EQ(Decimal("1.50"), Decimal("1.5"));
  EXPECT_EQ(Decimal("-0.0"), Decimal("0"));
  EXPECT_EQ(Decimal("0012"), Decimal(12));
  EXPECT_FALSE(Decimal("1.5") == Decimal("1.51"));
  EXPECT_EQ(Decimal("1.50").ToString(), "1.50");
  EXPECT_DOUBLE_EQ(Decimal("-12.25").ToDouble(), -12.25);
  for (const char* good : {"NaN", "-Infinity", "1e5", ".5", "5."})
    EXPECT_NO_THROW(Decimal{good}) << good;
  for (const char* bad : {"", "-", "1.2.3", "abc", "1e", "1 ", "."})
    EXPECT_THROW(Decimal{bad}, Error) << bad;
}

TEST(Uuid, ParsesAndShows) {
  const std::string text = "550e8400-e29b-41d4-a716-446655440000";
  EXPECT_EQ(Uuid::Parse(text).ToString(), text);
  EXPECT_EQ(Uuid::Parse("550E8400-E29B-41D4-A716-446655440000").ToString(),
            text);
  for (const std::string& bad :
       {std::string(), text + "0", text.substr(1),
        std::string("550e8400xe29b-41d4-a716-446655440000"),
        std::string("g50e8400-e29b-41d4-a716-446655440000")})
    EXPECT_THROW(Uuid::Parse(bad), Error) << bad;
}

namespace gen = internal;

template <typename T>
T Read(std::string_view text) {
  T value{};
  gen::Decode(Value(text), value);
  return value;
}

TEST(Times, AreReadAsPostgresqlWritesThem) {
  using namespace std::chrono;
  EXPECT_EQ(Read<Date>("2024-02-29"), year(2024) / 2 / 29);
  EXPECT_EQ(Read<Date>("0044-03-15 BC"), year(-43) / 3 / 15);
  EXPECT_EQ(Read<TimeOfDay>("24:00:00"), hours(24));
  EXPECT_EQ(Read<TimeOfDay>("01:02:03.000004"),
            hours(1) + minutes(2) + seconds(3) + microseconds(4));
  const Timestamp moment = sys_days(year(2026) / 11 / 21) + hours(10);
  EXPECT_EQ(Read<Timestamp>("2026-11-21 12:00:00+02"), moment);
  EXPECT_EQ(Read<Timestamp>("2026-11-21 05:30:00-04:30"), moment);
  EXPECT_EQ(Read<Timestamp>("infinity"), Timestamp::max());
  EXPECT_EQ(Read<LocalTimestamp>("-infinity"), LocalTimestamp::min());
  EXPECT_EQ(Read<Interval>("1 year 2 mons -3 days -04:05:06.7"),
            (Interval{14, -3, -14706700000}));
  EXPECT_EQ(Read<Interval>("00:00:00"), Interval{});
}

TEST(Times, WhatIsNoneIsRefused) {
  for (const char* bad : {"", "2024-02-30", "2024-2", "infinity", "now"})
    EXPECT_THROW(Read<Date>(bad), Error) << bad;
  for (const char* bad : {"", "12", "12:00 PM", "12:00:00+02"})
    EXPECT_THROW(Read<TimeOfDay>(bad), Error) << bad;
  EXPECT_THROW(Read<Timestamp>("2026-11-21 12:00:00"), Error);
  EXPECT_THROW(Read<LocalTimestamp>("2026-11-21 12:00:00+02"), Error);
  for (const char* bad : {"3", "3 weeks", "P1D", "1 day 1:2:3:4"})
    EXPECT_THROW(Read<Interval>(bad), Error) << bad;
}

TEST(Arrays, ThereAndBack) {
  const std::vector<std::string> texts = {"", "NULL", "a,b", "{}", "\"\\", "ü"};
  const Value written = gen::Encode(texts);
  EXPECT_EQ(Read<std::vector<std::string>>(written.Get<std::string>()), texts);
  EXPECT_THAT(Read<std::vector<int>>("{}"), IsEmpty());
  EXPECT_THAT(Read<std::vector<int>>("[0:1]={7,8}"), ElementsAre(7, 8));
  EXPECT_THAT(Read<std::vector<std::optional<int>>>("{1,NULL}"),
              ElementsAre(1, std::nullopt));
  EXPECT_THAT(Read<std::vector<std::vector<int>>>("{{1,2},{3,4}}"),
              ElementsAre(ElementsAre(1, 2), ElementsAre(3, 4)));
  EXPECT_THROW(Read<std::vector<int>>("1,2"), Error);
  EXPECT_THROW(Read<std::vector<int>>("{1,NULL}"), Error);
}

TEST(Lists, AreJson) {
  EXPECT_EQ(gen::EncodeList(std::vector<std::int64_t>{1, -2}), Value("[1,-2]"));
  EXPECT_EQ(gen::EncodeList(std::vector<std::string>{"a\"\\\n\x01"}),
            Value("[\"a\\\"\\\\\\u000a\\u0001\"]"));
  EXPECT_EQ(gen::EncodeList(std::vector<std::string>{}), Value("[]"));
}

}  // namespace
}  // namespace godwit
