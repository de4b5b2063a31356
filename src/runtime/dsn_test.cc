// SPDX-License-Identifier: Apache-2.0
#include "runtime/dsn.h"

#include <gmock/gmock.h>

namespace godwit::internal {
namespace {

using testing::HasSubstr;

Error Refusal(std::string_view text) {
  try {
    ParseDsn(text);
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "taken: " << text;
  return Error(ErrorCode::kInternal, "");
}

#if GODWIT_HAS_SQLITE

struct SqliteCase {
  std::string_view text;
  std::string_view target;
  std::string_view shown;
};

constexpr SqliteCase kSqlite[] = {
    {"sqlite:app.db", "app.db", "sqlite:app.db"},
    {"  sqlite:app.db\n", "app.db", "sqlite:app.db"},
    {"sqlite3:app", "app", "sqlite:app"},
    {"sqlite:./data/app", "./data/app", "sqlite:./data/app"},
    {"sqlite:/abs/app.db", "/abs/app.db", "sqlite:/abs/app.db"},
    {"sqlite:///abs/app.db", "/abs/app.db", "sqlite:/abs/app.db"},
    {"sqlite://rel/app.db", "rel/app.db", "sqlite:rel/app.db"},
    {"sqlite::memory:", ":memory:", "sqlite::memory:"},
    {"sqlite://:memory:", ":memory:", "sqlite::memory:"},
    {"sqlite:file:app.db?mode=ro", "file:app.db?mode=ro", "sqlite:file:app.db"},
    {"sqlite:file:m?mode=memory&cache=shared",
     "file:m?mode=memory&cache=shared", "sqlite:file:m"},
    {"sqlite:app.db?mode=ro", "file:app.db?mode=ro", "sqlite:app.db"},
    {"sqlite:a%b#c.db?mode=ro", "file:a%25b%23c.db?mode=ro", "sqlite:a%b#c.db"},
    {"sqlite:what?.db", "what?.db", "sqlite:what?.db"},
    {"sqlite:app.db?hexkey=s3cret", "file:app.db?hexkey=s3cret",
     "sqlite:app.db"},
    {"app.db", "app.db", "sqlite:app.db"},
    {"data/app.sqlite", "data/app.sqlite", "sqlite:data/app.sqlite"},
    {"/data/größe.sqlite3", "/data/größe.sqlite3",
     "sqlite:/data/größe.sqlite3"},
    {"my app.db", "my app.db", "sqlite:my app.db"},
};

TEST(Dsn, ReadsEveryFormOfSqlite) {
  for (const SqliteCase& c : kSqlite) {
    SCOPED_TRACE(c.text);
    const Dsn dsn = ParseDsn(c.text);
    EXPECT_EQ(dsn.engine, EngineKind::kSqlite);
    EXPECT_EQ(dsn.target, c.target);
    EXPECT_EQ(dsn.shown, c.shown);
  }
}

#else

TEST(Dsn, SaysThatThisBuildHasNoSqlite) {
  for (const char* text : {"sqlite:app.db", "app.sqlite3", "sqlite::memory:"}) {
    EXPECT_EQ(Refusal(text).code(), ErrorCode::kUnsupported);
    EXPECT_THAT(Refusal(text).what(), HasSubstr("no SQLite engine"));
  }
}

#endif

#if !GODWIT_HAS_POSTGRESQL

TEST(Dsn, SaysThatThisBuildHasNoPostgresql) {
  for (const char* text : {"postgres://u:s3cret@h/d", "postgresql://h/d",
                           "host=h password=s3cret"}) {
    EXPECT_EQ(Refusal(text).code(), ErrorCode::kUnsupported);
    EXPECT_STREQ(Refusal(text).what(),
                 "this build has no PostgreSQL engine, which the DSN needs");
  }
}

#endif

struct RefusedCase {
  std::string_view text;
  std::string_view message;
  std::string_view help;
};

constexpr RefusedCase kRefused[] = {
    {"", "the DSN is empty", "postgres://user@host/database"},
    {"  ", "the DSN is empty", "sqlite:PATH"},
    {"sqlite:", "the DSN names no SQLite file", "sqlite::memory:"},
    {"sqlite://", "the DSN names no SQLite file", "sqlite::memory:"},
    {"sqlite:?mode=ro", "the DSN names no SQLite file", "sqlite:PATH"},
    {"sqlite:file:", "the DSN names no SQLite file", "sqlite:PATH"},
    {":memory:", "\":memory:\" alone is no DSN", "write sqlite::memory:"},
    {"file:app", "a file: URI alone is no DSN", "write sqlite:file:PATH"},
    {"mysql://root:s3cret@h/d", "a DSN cannot begin with mysql://",
     "postgres://"},
    {"POSTGRES://h/d", "a DSN cannot begin with POSTGRES://", "postgres://"},
    {"app", "the DSN has no form that godwit knows", "ending in .db"},
    {"s3cret@host", "the DSN has no form that godwit knows", "postgres://"},
    {std::string_view("a\0.db", 5), "the DSN holds a zero byte", "postgres://"},
};

TEST(Dsn, RefusesWhatMakesNoSense) {
  for (const RefusedCase& c : kRefused) {
    SCOPED_TRACE(c.text);
    const Error error = Refusal(c.text);
    EXPECT_EQ(error.code(), ErrorCode::kUsage);
    EXPECT_EQ(error.what(), c.message);
    EXPECT_THAT(error.info().help, HasSubstr(std::string(c.help)));
  }
}

TEST(NamesServer, GoesByTheForm) {
  EXPECT_TRUE(NamesServer("postgres://h/d"));
  EXPECT_TRUE(NamesServer(" postgresql://h/d"));
  EXPECT_TRUE(NamesServer("host=h dbname=d"));
  EXPECT_FALSE(NamesServer("sqlite:host=h"));
  EXPECT_FALSE(NamesServer("app.db"));
  EXPECT_FALSE(NamesServer("banana"));
  EXPECT_FALSE(NamesServer(""));
}

}  // namespace
}  // namespace godwit::internal
