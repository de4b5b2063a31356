// SPDX-License-Identifier: Apache-2.0
#include "godwit/types.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "godwit/error.h"
#include "godwit/generated.h"
#include "runtime/array_text.h"
#include "runtime/binary.h"

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
  gen::Decode(gen::Field::Text(text), value);
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
  EXPECT_EQ(Read<Date>("infinity"), year::max() / 12 / 31);
  EXPECT_EQ(Read<Date>("-infinity"), year::min() / 1 / 1);
  // Later than a year of std::chrono can be.
  EXPECT_EQ(Read<LocalTimestamp>("200000-01-01 00:00:00").time_since_epoch(),
            days(72'328'972));
}

TEST(Times, WhatIsNoneIsRefused) {
  for (const char* bad : {"", "2024-02-30", "2024-2", "99999-01-01", "now"})
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
  const std::string written =
      gen::ArrayText(gen::ArrayTexts(texts.begin(), texts.end()));
  EXPECT_EQ(Read<std::vector<std::string>>(written), texts);
  EXPECT_THAT(Read<std::vector<int>>("{}"), IsEmpty());
  EXPECT_THAT(Read<std::vector<int>>("[0:1]={7,8}"), ElementsAre(7, 8));
  EXPECT_THAT(Read<std::vector<std::optional<int>>>("{1,NULL}"),
              ElementsAre(1, std::nullopt));
  EXPECT_THAT(Read<std::vector<std::vector<int>>>("{{1,2},{3,4}}"),
              ElementsAre(ElementsAre(1, 2), ElementsAre(3, 4)));
  EXPECT_THROW(Read<std::vector<int>>("1,2"), Error);
  EXPECT_THROW(Read<std::vector<int>>("{1,NULL}"), Error);
}

TEST(Numerics, AreTheSameInBinaryAndAsText) {
  for (const char* text :
       {"0", "1", "-1", "0.00", "12.50", "-0.0001", "0.00001", "9999", "10000",
        "100000000", "123456789.987654321", "NaN", "Infinity", "-Infinity"}) {
    std::string binary;
    ASSERT_TRUE(gen::AppendNumeric(binary, text)) << text;
    EXPECT_EQ(gen::NumericText(binary), text);
  }
  std::string binary;
  ASSERT_TRUE(gen::AppendNumeric(binary, "-1.50e3"));
  EXPECT_EQ(gen::NumericText(binary), "-1500");
  binary.clear();
  ASSERT_TRUE(gen::AppendNumeric(binary, "0012e-5"));
  EXPECT_EQ(gen::NumericText(binary), "0.00012");
  for (const char* beyond : {"1e200000", "1e-20000", "1e99999999999999999999"})
    EXPECT_FALSE(gen::AppendNumeric(binary, beyond)) << beyond;
}

TEST(Floats, AreWrittenAsPostgresqlWritesThem) {
  EXPECT_EQ(gen::FloatText(100000.0), "100000");
  EXPECT_EQ(gen::FloatText(1e15), "1e+15");
  EXPECT_EQ(gen::FloatText(0.0001), "0.0001");
  EXPECT_EQ(gen::FloatText(0.00001), "1e-05");
  EXPECT_EQ(gen::FloatText(1e6F), "1e+06");
  EXPECT_EQ(gen::FloatText(0.1F), "0.1");
  EXPECT_EQ(gen::FloatText(-0.0), "-0");
}

}  // namespace
}  // namespace godwit
