// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string>

#include "base/text.h"
#include "engine/lexicons.h"
#include "sql/splitter.h"

// How fast texts of 100 MB are cut into statements. Prints MB per second of CPU
// time, the best of five.

namespace {

using godwit::Cat;

constexpr std::size_t kSize = 100'000'000;

std::string Repeat(std::string_view head, auto&& piece, std::string_view tail) {
  std::string text(head);
  text.reserve(kSize + 4096);
  for (int i = 0; text.size() < kSize; ++i) text += piece(i);
  text += tail;
  return text;
}

std::string Ordinary() {
  return Repeat(
      "",
      [](int i) {
        return Cat("CREATE TABLE accounts_", i,
                   " (\n  id bigint PRIMARY KEY,\n  email text NOT NULL "
                   "UNIQUE,  -- of the owner\n",
                   "  created_at timestamptz NOT NULL DEFAULT now(),\n  CHECK "
                   "(email <> '')\n);\n",
                   "CREATE INDEX accounts_", i, "_created ON accounts_", i,
                   " (created_at);\n", "INSERT INTO accounts_", i,
                   " (id, email) VALUES\n  (1, 'ada@example.org'),\n  (2, "
                   "'it''s@example.org'),\n",
                   "  (3, 'grace@example.org');\n\n");
      },
      "");
}

std::string Bodies() {
  return Repeat(
      "",
      [](int i) {
        return Cat("CREATE FUNCTION f", i,
                   "() RETURNS trigger AS $body$\nBEGIN\n  -- it's a body; "
                   "nothing in it counts\n",
                   "  NEW.changed := now();\n  RETURN NEW;\nEND;\n$body$ "
                   "LANGUAGE plpgsql;\n");
      },
      "");
}

std::string CopyData() {
  return Repeat(
      "COPY a (id, v) FROM stdin;\n",
      [](int i) {
        return Cat(
            i,
            "\tsome text of a row; with 'quotes'\t\\N\t2024-01-01 10:00:00\n");
      },
      "\\.\nSELECT 1;\n");
}

void Measure(const char* name, const std::string& text) {
  double best = 1e9;
  std::size_t statements = 0;
  for (int round = 0; round < 5; ++round) {
    const std::clock_t start = std::clock();
    const godwit::sql::DocumentView document{.text = text};
    godwit::sql::Splitter splitter(document, godwit::engine::PostgresLexicon());
    statements = 0;
    while (splitter.Next() == godwit::sql::Splitter::Event::kStatement)
      ++statements;
    best = std::min(best,
                    static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
  }
  std::printf("%-10s %6.0f MB/s  %zu statements\n", name,
              static_cast<double>(text.size()) / 1e6 / best, statements);
}

}  // namespace

int main() {
  Measure("ordinary", Ordinary());
  Measure("bodies", Bodies());
  Measure("copy", CopyData());
}
