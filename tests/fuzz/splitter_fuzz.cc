// SPDX-License-Identifier: Apache-2.0
#include "engine/lexicons.h"
#include "entry.h"
#include "godwit/error.h"

namespace {
void Check(std::string_view text, const godwit::sql::Lexicon& lexicon) {
  try {
    godwit::fuzz::CheckStatements(text, godwit::sql::Split(text, lexicon),
                                  lexicon);
  } catch (const godwit::Error& error) {
    godwit::fuzz::Require(error.code() == godwit::ErrorCode::kParseError,
                          "only parse errors are thrown");
    godwit::fuzz::Require(error.where().line > 0 && error.where().column > 0,
                          "an error has a place");
  }
}
}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Check(godwit::fuzz::TextOf(data, size), godwit::engine::PostgresLexicon());
  Check(godwit::fuzz::TextOf(data, size), godwit::engine::SqliteLexicon());
  return 0;
}
