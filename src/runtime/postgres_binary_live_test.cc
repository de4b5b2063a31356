// SPDX-License-Identifier: Apache-2.0
// The binary forms of values beside the texts that the server writes of the
// same values: both ways, for what is usual, for the extremes, and for what is
// made at random.
#include <random>

#include "godwit/generated.h"
#include "runtime/postgres_live.h"

namespace godwit::internal {
namespace {

class PostgresBinaryTest : public PostgresLive {
 protected:
  void SetUp() override {
    PostgresLive::SetUp();
    if (IsSkipped()) return;
    connection().Execute("SET TimeZone = 'UTC'");
    connection().Execute("CREATE TYPE mood AS ENUM ('sad', 'so so', 'NULL')");
    connection().Execute("CREATE DOMAIN cents AS bigint CHECK (VALUE >= 0)");
    connection().Execute("CREATE DOMAIN moods AS mood[]");
  }

  // The expression in binary is what it is as text, as T and as a std::string,
  // and goes back as a parameter of the type.
  template <typename T>
  void Check(const std::string& type, const std::string& expression) {
    SCOPED_TRACE(expression + "::" + type);
    const std::string sql = "SELECT (" + expression + ")::" + type;
    const std::string text = connection().Execute(sql).Get<std::string>(0, 0);
    T from_text{};
    Decode(Field::Text(text), from_text);

    const QueryText query{"Q", "q.sql", 1, sql};
    T from_binary{};
    std::string as_text;
    {
      Rows rows = internal::Run(connection(), query);
      rows.First();
      rows.Read(0, from_binary);
      rows.Read(0, as_text);
    }
    EXPECT_EQ(as_text, text);
    EXPECT_TRUE(Same(from_binary, from_text));

    const std::string back_sql = "SELECT ($1::" + type + ")::text";
    const QueryText back{"B", "q.sql", 1, back_sql};
    Rows rows = internal::Run(connection(), back, from_binary);
    rows.First();
    std::string returned;
    rows.Read(0, returned);
    EXPECT_EQ(returned,
              connection()
                  .Execute("SELECT ((" + expression + ")::" + type + ")::text")
                  .template Get<std::string>(0, 0));
  }

 private:
  template <typename T>
  static bool Same(const T& a, const T& b) {
    if constexpr (std::floating_point<T>)
      return a == b || (a != a && b != b);
    else
      return a == b;
  }
  static bool Same(const Json& a, const Json& b) { return a.text == b.text; }
};
INSTANTIATE_TEST_SUITE_P(Live, PostgresBinaryTest,
                         testing::ValuesIn(test::Cluster::Versions()));

TEST_P(PostgresBinaryTest, Numbers) {
  for (const char* n : {"true", "false"}) Check<bool>("boolean", n);
  for (const char* n : {"'-32768'", "0", "32767"})
    Check<std::int16_t>("int2", n);
  for (const char* n : {"'-2147483648'", "0", "2147483647"})
    Check<std::int32_t>("int4", n);
  for (const char* n : {"'-9223372036854775808'", "0", "9223372036854775807"})
    Check<std::int64_t>("int8", n);
  for (const char* n : {"0", "4294967295"}) Check<std::uint32_t>("oid", n);
  for (const char* n :
       {"0", "'-0'", "0.1", "'NaN'", "'Infinity'", "'-Infinity'", "1e-45",
        "3.4028235e38", "123456", "1234567", "1e-5", "0.0001"})
    Check<float>("float4", n);
  for (const char* n :
       {"0", "'-0'", "0.1", "'NaN'", "'Infinity'", "'-Infinity'", "5e-324",
        "1.7976931348623157e308", "1e14", "1e15", "123456789012345678", "1e-5"})
    Check<double>("float8", n);
}

TEST_P(PostgresBinaryTest, Numerics) {
  for (const char* n : {"0",
                        "0.00",
                        "1",
                        "-1",
                        "12.50",
                        "0.1",
                        "0.0001",
                        "0.00001",
                        "10000",
                        "99999999",
                        "100000000.00000001",
                        "'NaN'",
                        "'Infinity'",
                        "'-Infinity'",
                        "10::numeric ^ 1000",
                        "10::numeric ^ -300",
                        "-0.5",
                        "1e131071::numeric",
                        "1e-16383::numeric",
                        "(1e131071::numeric) + 1e-16383"})
    Check<Decimal>("numeric", n);
  Check<Decimal>("numeric(20, 5)", "12.5");
  std::mt19937 random(7);
  for (int i = 0; i < 200; ++i) {
    std::string digits = random() % 2 == 0 ? "-" : "";
    const auto count = [&] { return random() % (i % 2 == 0 ? 6 : 60); };
    for (auto n = count() + 1; n > 0; --n)
      digits +=
          static_cast<char>('0' + (random() % 3 == 0 ? 0 : random() % 10));
    digits += '.';
    for (auto n = count(); n > 0; --n)
      digits +=
          static_cast<char>('0' + (random() % 3 == 0 ? 0 : random() % 10));
    Check<Decimal>("numeric", "'" + digits + "'");
  }
}

TEST_P(PostgresBinaryTest, Texts) {
  for (const char* type : {"text", "varchar", "varchar(9)", "bpchar", "name"}) {
    for (const char* text : {"''", "'a'", "E'g\\u00fcn\\n\\t\"\\\\'", "'NULL'"})
      Check<std::string>(type, text);
  }
  Check<std::string>("char(5)", "'a'");
  for (const char* bytes : {"''", "'\\x00ff5c27'"})
    Check<Bytes>("bytea", bytes);
  Check<Uuid>("uuid", "'550e8400-e29b-41d4-a716-446655440000'");
  for (const char* type : {"json", "jsonb"}) {
    for (const char* document : {"'null'", "'{\"a\": [1, \"\\u00fc\", {}]}'"})
      Check<Json>(type, document);
  }
  Check<std::string>("mood", "'so so'");
  Check<std::int64_t>("cents", "12");
}

TEST_P(PostgresBinaryTest, Times) {
  for (const char* day :
       {"'2000-01-01'", "'1970-01-01'", "'1999-12-31'", "'2024-02-29'",
        "'4713-01-01 BC'", "'0001-01-01'", "'0044-03-15 BC'", "'9999-12-31'",
        "'32000-02-28'", "'infinity'", "'-infinity'"})
    Check<Date>("date", day);
  for (const char* clock :
       {"'00:00'", "'24:00'", "'23:59:59.999999'", "'12:00:00.5'"})
    Check<TimeOfDay>("time", clock);
  for (const char* moment :
       {"'2000-01-01 00:00'", "'1969-12-31 23:59:59.999999'",
        "'4713-01-01 00:00 BC'", "'0001-01-01 00:00:00.000001'",
        "'294246-12-31 23:59:59.999999'", "'100000-02-29 12:00'", "'infinity'",
        "'-infinity'"}) {
    Check<LocalTimestamp>("timestamp", moment);
    Check<Timestamp>("timestamptz", moment);
  }
  for (const char* span :
       {"'0'", "'1 year 2 months -3 days -04:05:06.7'", "'-1 month'",
        "'178000000 years'", "'2147483647 days'", "'2562047788 hours'",
        "'-2562047788 hours -54.775807 seconds'", "'1 day -0.000001 seconds'",
        "'-1 year 1 day 1 second'"})
    Check<Interval>("interval", span);
  if (GetParam() >= 17) {
    Check<Interval>("interval", "'infinity'");
    Check<Interval>("interval", "'-infinity'");
  }
}

TEST_P(PostgresBinaryTest, TimesAtRandom) {
  std::mt19937_64 random(11);
  for (int i = 0; i < 100; ++i) {
    const auto days =
        static_cast<std::int64_t>(random() % 5'000'000) - 2'000'000;
    const auto micros = static_cast<std::int64_t>(random() % 86'400'000'000);
    const std::string base = "date '2000-01-01' + " + std::to_string(days);
    Check<Date>("date", base);
    Check<LocalTimestamp>("timestamp", "(" + base + ")::timestamp + " +
                                           std::to_string(micros) +
                                           " * interval '1 microsecond'");
    Check<Interval>("interval",
                    "make_interval(months => " + std::to_string(days % 1000) +
                        ", days => " + std::to_string(days / 7 % 100) + ") + " +
                        std::to_string(i % 2 == 0 ? micros : -micros) +
                        " * interval '1 microsecond'");
  }
}

TEST_P(PostgresBinaryTest, Arrays) {
  Check<std::vector<std::int32_t>>("int4[]", "'{}'");
  Check<std::vector<std::int32_t>>("int4[]", "'{1,-2,3}'");
  Check<std::vector<std::int16_t>>("int2[]", "'{1,-2,3}'");
  Check<std::vector<bool>>("bool[]", "'{t,f}'");
  Check<std::vector<std::optional<std::int64_t>>>("int8[]", "'{1,NULL,3}'");
  Check<std::vector<std::optional<std::string>>>(
      "text[]", "ARRAY['', 'NULL', NULL, 'a,b', '{}', '\"', E'\\\\', ' x']");
  Check<std::vector<std::vector<std::int32_t>>>("int4[]", "'{{1,2},{3,4}}'");
  Check<std::vector<std::vector<std::vector<std::string>>>>(
      "text[]", "'{{{a,b},{c,d}},{{e,f},{g,\"\"}}}'");
  Check<std::vector<double>>("float8[]", "'{0.5,-Infinity}'");
  Check<std::vector<Decimal>>("numeric[]", "'{1.50,NaN}'");
  Check<std::vector<Uuid>>("uuid[]",
                           "'{550e8400-e29b-41d4-a716-446655440000}'");
  Check<std::vector<Date>>("date[]", "'{2024-02-29,infinity}'");
  Check<std::vector<Timestamp>>("timestamptz[]", "'{2024-02-29 12:00+02}'");
  Check<std::vector<Interval>>("interval[]", "'{1 day,-00:00:01}'");
  Check<std::vector<Json>>("jsonb[]", "ARRAY['{\"a\": 1}'::jsonb, 'null']");
  Check<std::vector<Bytes>>("bytea[]", "ARRAY['\\x00ff'::bytea]");
  Check<std::vector<std::string>>("mood[]", "'{sad,so so,\"NULL\"}'");
  Check<std::vector<std::string>>("moods", "'{sad}'");
  Check<std::vector<std::int64_t>>("cents[]", "'{1,2}'");
  // No binary form of ours: text, both ways.
  Check<std::vector<std::string>>("inet[]", "'{10.0.0.1,::1}'");
  Check<std::string>("int4range", "'[1,5)'");
  Check<std::string>("point", "'(1,2)'");
}

// The bounds are not kept in C++.
TEST_P(PostgresBinaryTest, AnArrayWithOtherBoundsIsReadFromItsFirstElement) {
  const QueryText query{"Q", "q.sql", 1, "SELECT '[2:4]={7,8,9}'::int4[]"};
  Rows rows = internal::Run(connection(), query);
  rows.First();
  std::vector<std::int32_t> numbers;
  rows.Read(0, numbers);
  EXPECT_THAT(numbers, testing::ElementsAre(7, 8, 9));
  std::int32_t number = 0;
  EXPECT_EQ(Failure([&] { rows.Read(0, number); }).code, ErrorCode::kInternal);
}

// Another type of C++ than the server's: as text, which the server reads as it
// reads a literal, and what does not fit is said by it.
TEST_P(PostgresBinaryTest, AnArgumentOfAnotherTypeIsReadAsALiteral) {
  const auto ask = [&](const std::string& sql, const auto& argument) {
    const QueryText query{"Q", "q.sql", 7, sql};
    Rows rows = internal::Run(connection(), query, argument);
    rows.First();
    std::string text;
    rows.Read(0, text);
    return text;
  };
  EXPECT_EQ(ask("SELECT $1::numeric", std::int64_t{12}), "12");
  EXPECT_EQ(ask("SELECT $1::float8", std::int32_t{12}), "12");
  EXPECT_EQ(ask("SELECT $1::uuid",
                std::string("550E8400-e29b-41d4-a716-446655440000")),
            "550e8400-e29b-41d4-a716-446655440000");
  EXPECT_EQ(ask("SELECT $1::int4[]", std::vector<std::string>{"1", "2"}),
            "{1,2}");
  EXPECT_EQ(ask("SELECT $1::text", Decimal("1.50")), "1.50");
  EXPECT_EQ(ask("SELECT $1::int4[]",
                std::vector<std::optional<std::int64_t>>{1, std::nullopt}),
            "{1,NULL}");
  EXPECT_EQ(
      Failure([&] { ask("SELECT $1::int2", std::int64_t{40'000}); }).sqlstate,
      "22003");
  EXPECT_EQ(Failure([&] {
              // A statement that was given texts before goes on with text.
              ask("SELECT $1::int4[] AS ragged",
                  std::vector<std::vector<std::int32_t>>{{1}, {2, 3}});
            }).code,
            ErrorCode::kUsage);
  EXPECT_EQ(ask("SELECT $1::int4", 1), "1");  // and all is well
}

}  // namespace
}  // namespace godwit::internal
