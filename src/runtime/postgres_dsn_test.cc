// SPDX-License-Identifier: Apache-2.0
#include "runtime/postgres_dsn.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <random>

namespace godwit::internal {
namespace {

using testing::HasSubstr;
using testing::Not;

struct Case {
  std::string_view text;
  std::string_view target;  // without what shown tells anyway, see the test
  std::string_view shown;
};

constexpr Case kTaken[] = {
    {"postgres://ada@db:5432/app",
     "user='ada' host='db' port='5432' dbname='app'",
     "postgres://ada@db:5432/app"},
    {"postgresql://ada:pw@db/app",
     "user='ada' password='pw' host='db' dbname='app'",
     "postgres://ada@db/app"},
    {"postgres://", "", "postgres://"},
    {"postgres:///app", "dbname='app'", "postgres:///app"},
    {"postgres://db", "host='db'", "postgres://db"},
    {"postgres://:5433", "port='5433'", "postgres://:5433"},
    {"postgres://u:a:b@h/d", "user='u' password='a:b' host='h' dbname='d'",
     "postgres://u@h/d"},
    {"postgres://u:a?b@h/d", "user='u' password='a?b' host='h' dbname='d'",
     "postgres://u@h/d"},
    {"postgres://u:%40%3A%2F%25%27%5C@h/d",
     "user='u' password='@:/%\\'\\\\' host='h' dbname='d'", "postgres://u@h/d"},
    {"postgres://u:pä ß@h/d", "user='u' password='pä ß' host='h' dbname='d'",
     "postgres://u@h/d"},
    {"postgres://a,b:1,c:2/d?target_session_attrs=read-write",
     "host='a,b,c' port=',1,2' dbname='d' target_session_attrs='read-write'",
     "postgres://a,b:1,c:2/d"},
    {"postgres://[::1]:5432/d", "host='::1' port='5432' dbname='d'",
     "postgres://[::1]:5432/d"},
    {"postgres://[fe80::1],b/d", "host='fe80::1,b' dbname='d'",
     "postgres://[fe80::1],b/d"},
    {"postgres://%2Ftmp%2Fpg/d", "host='/tmp/pg' dbname='d'",
     "postgres:///d?host=/tmp/pg"},
    {"postgres:///d?host=/tmp/pg&port=5433",
     "dbname='d' host='/tmp/pg' port='5433'",
     "postgres:///d?host=/tmp/pg&port=5433"},
    {"postgres:///?service=live", "service='live'", "postgres://?service=live"},
    {"postgres://h/d?sslmode=verify-full&sslrootcert=/etc/ca.crt&passfile=/etc/"
     "pass",
     "host='h' dbname='d' sslmode='verify-full' sslrootcert='/etc/ca.crt' "
     "passfile='/etc/pass'",
     "postgres://h/d"},
    {"postgres://h/d?ssl=true", "host='h' dbname='d' sslmode='require'",
     "postgres://h/d"},
    {"postgres://h/d?user=u&password=pw&sslpassword=pw",
     "host='h' dbname='d' user='u' password='pw' sslpassword='pw'",
     "postgres://u@h/d"},
    {"postgres://h/d?options=-c%20statement_timeout%3D5s",
     "host='h' dbname='d' options='-c statement_timeout=5s'", "postgres://h/d"},
    {"postgres://h/d%20e%3F", "host='h' dbname='d e?'",
     "postgres://h/d%20e%3F"},
    {"host=h dbname=d", "host='h' dbname='d'", "postgres://h/d"},
    {"host = 'h' dbname= d", "host='h' dbname='d'", "postgres://h/d"},
    {"dbname=d password='a b\\'\\\\c' user=u",
     "dbname='d' password='a b\\'\\\\c' user='u'", "postgres://u@/d"},
    {"dbname=d password=a\\ b", "dbname='d' password='a b'", "postgres:///d"},
    {"dbname=app.db", "dbname='app.db'", "postgres:///app.db"},
    {"service=live", "service='live'", "postgres://?service=live"},
    {"hostaddr=10.0.0.1 port=6432 dbname=d",
     "hostaddr='10.0.0.1' port='6432' dbname='d'",
     "postgres://10.0.0.1:6432/d"},
    {"password=''", "password=''", "postgres://"},
};

TEST(PostgresDsn, ReadsUrisAndKeywordsAsLibpqDoes) {
  for (const Case& c : kTaken) {
    SCOPED_TRACE(c.text);
    const Dsn dsn = ParseDsn(c.text);
    EXPECT_EQ(dsn.engine, EngineKind::kPostgresql);
    EXPECT_EQ(dsn.target, c.target);
    EXPECT_EQ(dsn.shown, c.shown);
  }
}

TEST(PostgresDsn, SearchPathMovesIntoOptions) {
  constexpr std::pair<std::string_view, std::string_view> kCases[] = {
      {"postgres://h/d?search_path=app", "-csearch_path=app"},
      {"postgres://h/d?search_path=app,public", "-csearch_path=app,public"},
      {"postgres://h/d?search_path=app%2C%20public",
       "-csearch_path=app,\\ public"},
      {"postgres://h/d?search_path=%22a%5Cb%22", "-csearch_path=\"a\\\\b\""},
      {"postgres://h/d?search_path=a&search_path=b", "-csearch_path=b"},
      {"postgres://h/d?options=-c%20x.y%3D1&search_path=a",
       "-c x.y=1 -csearch_path=a"},
      {"postgres://h/d?search_path=a&options=-cx.y=1",
       "-cx.y=1 -csearch_path=a"},
      {"postgres://h/d?search_path=", ""},
      {"host=h search_path=app,public", "-csearch_path=app,public"},
      {"host=h search_path='\"a b\", c'", "-csearch_path=\"a\\ b\",\\ c"},
  };
  for (const auto& [text, options] : kCases) {
    SCOPED_TRACE(text);
    const Keywords keywords = ReadKeywords(ParseDsn(text).target);
    EXPECT_EQ(Find(keywords, "options"), options);
  }
}

TEST(PostgresDsn, SearchPathKeepsTheOptionsOfTheEnvironment) {
  setenv("PGOPTIONS", "-cstatement_timeout=5s", 1);
  const std::string with = ParseDsn("postgres://h/d?search_path=a").target;
  const std::string without = ParseDsn("postgres://h/d").target;
  unsetenv("PGOPTIONS");
  EXPECT_THAT(with,
              HasSubstr("options='-cstatement_timeout=5s -csearch_path=a'"));
  EXPECT_THAT(without, Not(HasSubstr("options")));
}

Error Refusal(std::string_view text) {
  try {
    ParseDsn(text);
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "taken: " << text;
  return Error(ErrorCode::kInternal, "");
}

// "secret" stands for what must never be shown.
constexpr std::pair<std::string_view, std::string_view> kRefused[] = {
    {"postgres://u:sec@ret@h/d", "holds an unescaped @"},
    {"postgres://u:secret/x@h/d", "the port in the DSN is no number"},
    {"postgres://u:12/secret@h/d",
     "what follows the host in the DSN holds an unescaped @"},
    {"postgres://u:12/x?secret=1@h/d", "the DSN has an unknown parameter"},
    {"postgres://u:secret%zz@h/d",
     "the password in the DSN has a % without two hexadecimal digits"},
    {"postgres://u:secret%4@h/d", "the password in the DSN has a %"},
    {"postgres://u:secret%@h/d", "the password in the DSN has a %"},
    {"postgres://u:secret%00@h/d", "the password in the DSN holds %00"},
    {"postgres://u%:secret@h/d", "the user in the DSN has a %"},
    {"postgres://h:99999/d", "no number from 1 to 65535"},
    {"postgres://h:0/d", "no number from 1 to 65535"},
    {"postgres://[::1/d", "not within [ and ]"},
    {"postgres://[::1]x/d", "between the ] of an IPv6 address"},
    {"postgres://h/d?secret", "a parameter in the DSN has no ="},
    {"postgres://h/d?a=b=secret", "holds a second ="},
    {"postgres://u:secret@h/d?sslmod=require",
     "the DSN has an unknown parameter sslmod"},
    {"postgres://h/d?password=a&secret=1", "the DSN has an unknown parameter"},
    {"postgres://u:pw@h/d?password=a&secret=1",
     "the DSN has an unknown parameter"},
    {"postgres://u:pw@h/d?work_mem=1",
     "the DSN has an unknown parameter work_mem"},
    {"password=my secret host=h", "part 2 of the DSN is not keyword=value"},
    {"password=my secret=x", "the DSN has an unknown parameter"},
    {"host=h password='secret", "part 2 of the DSN has no closing quote"},
    {"host=h hots=x", "the DSN has an unknown parameter hots"},
};

TEST(PostgresDsn, NamesTheWrongPartAndNeverAPassword) {
  for (const auto& [text, message] : kRefused) {
    SCOPED_TRACE(text);
    const Error error = Refusal(text);
    EXPECT_EQ(error.code(), ErrorCode::kUsage);
    EXPECT_THAT(error.what(), HasSubstr(std::string(message)));
    EXPECT_THAT(error.what(), Not(HasSubstr("secret")));
    EXPECT_THAT(error.info().help, Not(HasSubstr("secret")));
  }
}

TEST(PostgresDsn, SuggestsTheKnownParameter) {
  EXPECT_EQ(Refusal("postgres://h/d?sslmod=require").info().help,
            "did you mean sslmode?");
  EXPECT_EQ(Refusal("postgres://h/d?work_mem=1").info().help,
            "a setting of the server is written options=-cwork_mem=VALUE");
}

std::string Escape(const std::string& text) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out += {'%', kDigits[byte / 16], kDigits[byte % 16]};
  }
  return out;
}

std::string RandomText(std::mt19937& random, std::string_view alphabet) {
  std::string text;
  for (std::size_t i = 0, n = 6 + random() % 10; i < n; ++i)
    text += alphabet[random() % alphabet.size()];
  return text;
}

// Whatever a password holds: escaped it arrives whole, unescaped it may be
// misread, but is never shown.
TEST(PostgresDsn, NoPasswordIsEverShown) {
  std::mt19937 random(7);
  for (int i = 0; i < 20000; ++i) {
    const std::string password =
        "Zq" + RandomText(random, "@:/%?&=#'\\ []ä,0aZ") + "Qz";
    SCOPED_TRACE(password);
    const Dsn escaped = ParseDsn("postgres://u:" + Escape(password) + "@h/d");
    ASSERT_EQ(Find(ReadKeywords(escaped.target), "password"), password);
    ASSERT_EQ(escaped.shown, "postgres://u@h/d");
    for (const std::string& text : {"postgres://u:" + password + "@h/d",
                                    "postgres://h/d?password=" + password,
                                    "host=h password=" + password + " dbname=d",
                                    "host=h password='" + password + "'"}) {
      std::string said;
      try {
        said = ParseDsn(text).shown;
      } catch (const Error& error) {
        said = error.what() + error.info().help;
      }
      ASSERT_THAT(said, Not(HasSubstr("Zq")));
      ASSERT_THAT(said, Not(HasSubstr("Qz")));
    }
  }
}

TEST(PostgresDsn, AnyTextIsReadOrRefused) {
  std::mt19937 random(11);
  for (int i = 0; i < 50000; ++i) {
    const std::string rest = RandomText(random, "@:/%?&=[],a1'\\ ");
    for (const std::string& text :
         {"postgres://" + rest, "host=" + rest, "a=" + rest}) {
      try {
        ReadKeywords(ParseDsn(text).target);
      } catch (const Error& error) {
        ASSERT_EQ(error.code(), ErrorCode::kUsage) << text;
      }
    }
  }
}

}  // namespace
}  // namespace godwit::internal
