// SPDX-License-Identifier: Apache-2.0
#include "migrate/formats/section.h"

namespace godwit::migrate {

Section MakeSection(const SourceFile& file, std::string_view text) {
  Section section;
  section.present = true;
  section.path = file.path;
  section.text = text;
  return section;
}

void AddStatement(Section& section, const sql::StatementView& statement) {
  if ((statement.traits & sql::kEmpty) != 0) return;
  section.shown.push_back(
      {statement.text, statement.line, section.statements.size(), 1, false});
  section.statements.push_back(statement);
}

Section ReadWhole(const SourceFile& file, const sql::Lexicon& lexicon) {
  const sql::DocumentView document{.text = file.bytes, .file = file.path};
  Section section = MakeSection(file, file.bytes);
  sql::Splitter splitter(document, lexicon);
  while (splitter.Next() == sql::Splitter::Event::kStatement)
    AddStatement(section, splitter.statement());
  return section;
}

}  // namespace godwit::migrate
