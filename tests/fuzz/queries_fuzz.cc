// SPDX-License-Identifier: Apache-2.0
#include "engine/lexicons.h"
#include "entry.h"
#include "godwit/error.h"
#include "query/macros.h"
#include "state/schema_files.h"
#if GODWIT_HAS_SQLITE
#include "engine/sqlite/parse/facts.h"
#include "engine/sqlite/parse/parse.h"
#include "query/analysis.h"
#endif

namespace {

using godwit::fuzz::Require;

// Annotations and macros of one dialect.
void Check(std::string_view text, const godwit::sql::Lexicon& lexicon,
           const godwit::engine::PlaceholderStyle& style) {
  const godwit::sql::DocumentView document{text, "q.sql"};
  std::vector<godwit::schema::Problem> problems;
  try {
    for (const godwit::query::AnnotatedQuery& query :
         godwit::query::ReadQueries(document, lexicon, problems)) {
      try {
        const godwit::query::PlainQuery plain =
            godwit::query::Rewrite(query, document, lexicon, style);
        Require(
            plain.Written(plain.sql.size()) <= query.offset + query.sql.size(),
            "a place in the plain text leads into the query");
        plain.ExecutedText();
      } catch (const godwit::schema::Problem& problem) {
        Require(problem.where.line > 0, "a problem has a place");
      }
    }
  } catch (const godwit::Error& error) {
    Require(error.code() == godwit::ErrorCode::kParseError,
            "only parse errors are thrown");
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = godwit::fuzz::TextOf(data, size);
  Check(text, godwit::engine::PostgresLexicon(), {true, true});
  Check(text, godwit::engine::SqliteLexicon(), {false, false});
  Require(godwit::state::WayUp(text).size() <= text.size(),
          "the way up is a part");
#if GODWIT_HAS_SQLITE
  if (const godwit::sql::QueryPtr query = godwit::engine::ParseSqlite(text)) {
    const godwit::query::Names names({}, true);
    godwit::query::Analyze(*query, {names,
                                    godwit::engine::SqliteQueryFacts(),
                                    godwit::engine::ParseSqlite,
                                    {}});
  }
#endif
  return 0;
}
