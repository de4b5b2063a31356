// SPDX-License-Identifier: Apache-2.0
#include "migrate/adopt/text_sets.h"

namespace godwit::migrate {

LegacyHistory ReadTextSet(std::string_view tool, const Result& rows,
                          const std::string& table) {
  LegacyHistory history;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto version = LegacyText(rows, i, 0);
    if (!version || version->empty()) {
      history.trouble = SenselessRow(tool, table, "a row without a version");
      return history;
    }
    history.applied.push_back(
        {*version, "", "", LegacyText(rows, i, 1).value_or("")});
  }
  return history;
}

std::vector<Value> SpellingOf(const LegacyEntry& entry) {
  return {entry.spelling};
}

}  // namespace godwit::migrate
