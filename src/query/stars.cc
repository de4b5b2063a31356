// SPDX-License-Identifier: Apache-2.0
#include "query/stars.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "sql/lexer.h"
#include "sql/quoting.h"

namespace godwit::query {

namespace {

// `*`, `t.*`, `s.t.*` in a text.
struct Star {
  std::size_t offset = 0;
  std::size_t size = 0;
  std::string qualifier;  // "s.t.", as it is written
};

std::optional<Star> ReadStar(std::string_view text, std::size_t offset,
                             const sql::Lexicon& lexicon) {
  const sql::DocumentView view{text, {}};
  sql::Lexer lexer(view, lexicon, sql::Lexer::OnUnclosed::kToken);
  lexer.Seek(offset);
  Star star{offset, 0, {}};
  while (true) {
    const sql::Token token = lexer.Next();
    if (token.IsSymbol('*')) {
      star.size = token.end() - offset;
      return star;
    }
    const bool name = token.kind == sql::TokenKind::kWord ||
                      token.kind == sql::TokenKind::kQuotedName;
    if (!name && !token.IsSymbol('.')) return std::nullopt;
    star.qualifier += token.text;
  }
}

std::string ColumnsText(const Star& star, const StarColumns& columns) {
  const bool one = std::ranges::all_of(columns, [&](const StarColumn& column) {
    return column.source == columns.front().source;
  });
  std::string text;
  for (const StarColumn& column : columns) {
    if (!text.empty()) text += ", ";
    if (!star.qualifier.empty()) {
      text += star.qualifier;
    } else if (!one && !column.source.empty()) {
      text += sql::QuoteWhereNeeded(column.source) + ".";
    }
    text += sql::QuoteWhereNeeded(column.name);
  }
  return text;
}

}  // namespace

ExpandedQuery ExpandStars(const PlainQuery& query,
                          const std::map<std::size_t, StarColumns>& stars,
                          const sql::Lexicon& lexicon) {
  ExpandedQuery expanded;
  PlainQuery plain;
  plain.sql = query.sql;
  plain.lists = query.lists;
  bool any = false;
  for (auto at = stars.rbegin(); at != stars.rend(); ++at) {
    if (at->second.empty()) continue;
    const std::optional<Star> star = ReadStar(plain.sql, at->first, lexicon);
    if (!star) continue;
    const std::string columns = ColumnsText(*star, at->second);
    plain.sql.replace(star->offset, star->size, columns);
    for (PlainQuery::List& list : plain.lists) {
      if (list.offset > star->offset)
        list.offset = list.offset - star->size + columns.size();
    }
    any = true;
  }
  if (!any) return expanded;
  expanded.executed = plain.ExecutedText();
  expanded.text = std::move(plain.sql);
  return expanded;
}

}  // namespace godwit::query
