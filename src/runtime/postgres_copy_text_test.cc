// SPDX-License-Identifier: Apache-2.0
#include "runtime/postgres_copy_text.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace godwit::internal {
namespace {

TEST(PostgresCopyText, TellsTheClientFromTheServer) {
  struct Case {
    std::string sql;
    bool client;
  };
  const std::vector<Case> cases = {
      {"COPY t FROM stdin", true},
      {"copy t TO STDOUT", true},
      {"/* a /* b */ c */ -- d\rCOPY BINARY s.t (a, \"from\") TO /* x */ "
       "stdout",
       true},
      {"COPY (SELECT ')', E'\\') TO x', $a$) from $a$, \"to\" FROM t) TO "
       "stdout",
       true},
      {"COPY (SELECT 'it''s' FROM stdin) TO stdin;", true},
      {"COPY t FROM '/srv/stdin.csv'", false},
      {"COPY stdin FROM '/srv/a.csv'", false},
      {"COPY stdout_log TO PROGRAM 'cat > /dev/stdout'", false},
      {"COPY (SELECT a FROM stdin) TO '/srv/a' -- to stdout", false},
      {"COPY t FROM", false},
      {"COPY", false},
      {"SELECT 1 -- COPY t FROM stdin", false},
      {"", false},
      {"/* open", false},
  };
  for (const Case& one : cases)
    EXPECT_EQ(CopiesWithClient(one.sql), one.client) << one.sql;
}

}  // namespace
}  // namespace godwit::internal
