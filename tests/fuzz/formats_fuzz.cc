// SPDX-License-Identifier: Apache-2.0
#include "engine/lexicons.h"
#include "entry.h"
#include "godwit/error.h"
#include "migrate/formats/format.h"

namespace {
using godwit::fuzz::Require;
using namespace godwit::migrate;

std::optional<std::string> Variable(const std::string& name) {
  if (name == "GW_NONE") return std::nullopt;
  return name == "GW_LINES" ? "a;\n-- +goose Down\n'" : "alpha";
}

void CheckSection(const Section& section, const godwit::sql::Lexicon& lexicon) {
  if (!section.present)
    Require(section.statements.empty() && section.shown.empty(),
            "an absent section is empty");
  // Substituted values may stretch over lines, whose number is the file's.
  godwit::fuzz::CheckStatements(section.text, section.statements, lexicon);
  std::size_t next = 0;
  for (const ShownView& shown : section.shown) {
    Require(shown.line > 0, "a shown text has a line");
    Require(!shown.sql.empty(), "a shown text is not empty");
    Require(shown.first == next, "each statement is shown once");
    next = shown.first + shown.count;
  }
  Require(next == section.statements.size(), "every statement is shown");
}

void Check(const Format& format, std::string_view text,
           const godwit::sql::Lexicon& lexicon) {
  Migration migration;
  migration.up = SourceFile{"1_a.sql", text};
  try {
    const ParsedMigration parsed = format.parse(migration, lexicon, Variable);
    CheckSection(parsed.up, lexicon);
    CheckSection(parsed.down, lexicon);
  } catch (const godwit::Error& error) {
    Require(error.code() == godwit::ErrorCode::kParseError,
            "only parse errors are thrown");
    Require(error.where().line > 0 && error.where().column > 0,
            "an error has a place");
    Require(!error.where().file.empty(), "an error names its file");
  }
}
}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  for (const Format& format : Formats()) {
    Check(format, godwit::fuzz::TextOf(data, size),
          godwit::engine::PostgresLexicon());
    Check(format, godwit::fuzz::TextOf(data, size),
          godwit::engine::SqliteLexicon());
  }
  return 0;
}
