// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "godwit/error.h"
#include "migrate/filename.h"
#include "migrate/formats/goose_annotation.h"
#include "migrate/formats/goose_environment.h"
#include "migrate/formats/goose_shown.h"
#include "migrate/formats/kinds.h"
#include "migrate/formats/section.h"

// goose's files. Unlike goose, which looks at lines, annotations are found by
// the lexer: in a literal, a function's body or a block comment there are none.

namespace godwit::migrate {

namespace {
// The version ends at the first '_'.
NameVerdict ReadStem(std::string_view stem) {
  const std::size_t separator = stem.find('_');
  if (separator == std::string_view::npos)
    return BadName{"no '_' after a version number"};
  if (separator == 0) return BadName{"no version number before '_'"};
  return Judge(stem.substr(0, separator), stem.substr(separator + 1),
               Part::kBoth, 1);
}

bool IsGoMigration(std::string_view file_name) {
  if (!file_name.ends_with(".go") || file_name.ends_with("_test.go"))
    return false;
  return std::holds_alternative<FileName>(
      ReadStem(file_name.substr(0, file_name.size() - 3)));
}
}  // namespace

NameVerdict ReadGooseName(std::string_view file_name) {
  if (IsGoMigration(file_name)) {
    throw Error(ErrorCode::kUnsupported,
                Cat(file_name,
                    " is a migration written in Go, which godwit cannot run"),
                "write it as SQL, or apply it with your Go program and move it "
                "out of the folder");
  }
  if (!file_name.ends_with(".sql") || file_name.starts_with('.'))
    return NotOurs{};
  return ReadStem(file_name.substr(0, file_name.size() - 4));
}

namespace {
class GooseReader {
 public:
  GooseReader(const SourceFile& file, const sql::DocumentView& document,
              const sql::Lexicon& lexicon, ParsedMigration& parsed)
      : document_(document),
        splitter_(document, lexicon, "+goose"),
        shown_(document.text, parsed.owned),
        parsed_(parsed) {
    parsed.up = MakeSection(file, document.text);
    parsed.down = MakeSection(file, document.text);
    parsed.up.present = parsed.down.present = false;
  }

  void Read() {
    while (true) {
      const auto event = splitter_.Next();
      if (event == sql::Splitter::Event::kEnd) break;
      event == sql::Splitter::Event::kStatement ? OnStatement() : OnComment();
    }
    if (in_block_) RefuseOpenBlock("the end of the file");
    if (section_ == nullptr) {
      sql::ThrowParseError(document_, 0, "no '-- +goose Up' in the file",
                           "begin it with a line '-- +goose Up'");
    }
    shown_.Flush(*section_);
  }

 private:
  void OnStatement();
  void OnComment();
  void Turn(Section& section, std::string_view annotation);
  void BeginBlock();
  void EndBlock();
  void RefuseTextBeforeUp(std::size_t offset) const;
  [[noreturn]] void RefuseOpenBlock(std::string_view where) const;
  [[noreturn]] void RefuseUnfinished(std::string_view where);
  [[noreturn]] void Refuse(std::string message, std::string help) const {
    sql::ThrowParseError(document_, splitter_.comment().offset,
                         std::move(message), std::move(help));
  }
  std::size_t LineEnd(std::size_t offset) const {
    const std::size_t end = document_.text.find('\n', offset);
    return end == std::string_view::npos ? document_.text.size() : end + 1;
  }

  const sql::DocumentView& document_;
  sql::Splitter splitter_;
  GooseShown shown_;
  ParsedMigration& parsed_;
  Section* section_ = nullptr;  // nothing before '-- +goose Up'

  bool in_block_ = false;
  std::size_t block_mark_ = 0;   // of '-- +goose StatementBegin'
  std::size_t block_text_ = 0;   // where its text begins
  std::size_t block_first_ = 0;  // its first statement
  int block_line_ = 0;           // of its first token; 0 until there is one
};

void GooseReader::OnStatement() {
  const sql::StatementView& statement = splitter_.statement();
  if (section_ == nullptr) RefuseTextBeforeUp(statement.offset);
  const bool empty = (statement.traits & sql::kEmpty) != 0;
  const bool visible = !empty || splitter_.lead_offset() != statement.offset;
  if (in_block_) {
    if (visible && block_line_ == 0) block_line_ = statement.line;
    if (!empty) section_->statements.push_back(statement);
    return;
  }
  if (!statement.terminated) RefuseUnfinished("the end of the file");
  if (!empty) section_->statements.push_back(statement);
  shown_.Add(*section_, statement, splitter_.lead_offset());
}

void GooseReader::OnComment() {
  const sql::Token& comment = splitter_.comment();
  const std::size_t start =
      comment.offset - sql::LineBefore(document_.text, comment.offset).size();
  const GooseReading reading =
      ReadGooseAnnotation(document_.text.substr(start, comment.end() - start));
  if (!reading.problem.empty()) Refuse(reading.problem, reading.help);
  if (reading.annotation == GooseAnnotation::kNone) return;
  switch (reading.annotation) {
    case GooseAnnotation::kUp:
      if (section_ != nullptr)
        Refuse("a second '-- +goose Up'",
               "a file has one Up section, then one Down section");
      Turn(parsed_.up, "'-- +goose Up'");
      break;
    case GooseAnnotation::kDown:
      if (section_ == nullptr)
        Refuse("'-- +goose Down' before '-- +goose Up'",
               "the Up section comes first");
      if (section_ == &parsed_.down)
        Refuse("a second '-- +goose Down'",
               "a file has one Up section, then one Down section");
      Turn(parsed_.down, "'-- +goose Down'");
      break;
    case GooseAnnotation::kStatementBegin:
      BeginBlock();
      break;
    case GooseAnnotation::kStatementEnd:
      EndBlock();
      break;
    case GooseAnnotation::kNoTransaction:
      parsed_.up.transaction = parsed_.down.transaction = false;
      break;
    default:
      break;
  }
  shown_.Remove(start, LineEnd(comment.offset));
}

void GooseReader::Turn(Section& section, std::string_view annotation) {
  if (in_block_) RefuseOpenBlock(annotation);
  if (splitter_.in_statement()) {
    if (section_ == nullptr) RefuseTextBeforeUp(splitter_.statement_offset());
    RefuseUnfinished(annotation);
  }
  if (section_ != nullptr) shown_.Flush(*section_);
  section_ = &section;
  section.present = true;
}

void GooseReader::BeginBlock() {
  if (in_block_)
    Refuse("'-- +goose StatementBegin' inside a block",
           "end the block before with '-- +goose StatementEnd'");
  if (section_ == nullptr)
    Refuse("'-- +goose StatementBegin' before '-- +goose Up'",
           "blocks stand in the Up or the Down section");
  const sql::Token& comment = splitter_.comment();
  shown_.Flush(*section_);
  in_block_ = true;
  block_mark_ = comment.offset;
  block_first_ = section_->statements.size();
  block_text_ = LineEnd(comment.offset);
  block_line_ = 0;
  // A statement that has no semicolon yet goes on into the block.
  if (splitter_.in_statement()) block_text_ = splitter_.lead_offset();
}

void GooseReader::EndBlock() {
  if (!in_block_) {
    Refuse(
        "'-- +goose StatementEnd' without a '-- +goose StatementBegin' before "
        "it",
        "begin the block with '-- +goose StatementBegin'");
  }
  if (splitter_.in_statement()) {
    splitter_.Cut();
    OnStatement();
  }
  in_block_ = false;
  if (block_line_ == 0) return;
  // The annotation stands in the first column.
  shown_.AddBlock(*section_, block_text_, splitter_.comment().offset,
                  block_first_, block_line_);
}

void GooseReader::RefuseTextBeforeUp(std::size_t offset) const {
  sql::ThrowParseError(document_, offset, "text before '-- +goose Up'",
                       "begin the file with a line '-- +goose Up'; only "
                       "comments may stand before it");
}

void GooseReader::RefuseOpenBlock(std::string_view where) const {
  sql::ThrowParseError(
      document_, block_mark_,
      Cat("'-- +goose StatementBegin' has no '-- +goose StatementEnd' before ",
          where),
      "end the block with a line '-- +goose StatementEnd'");
}

void GooseReader::RefuseUnfinished(std::string_view where) {
  // What is open in it says more, and is thrown by Cut.
  if (splitter_.in_statement()) splitter_.Cut();
  sql::ThrowParseError(document_, splitter_.statement().offset,
                       Cat("this statement has no semicolon before ", where),
                       "end it with ';', or put it between '-- +goose "
                       "StatementBegin' and '-- +goose StatementEnd'");
}
}  // namespace

ParsedMigration ParseGoose(const Migration& migration,
                           const sql::Lexicon& lexicon,
                           const Environment& environment) {
  ParsedMigration parsed;
  const SourceFile& file = *migration.up;
  sql::DocumentView document{.text = file.bytes, .file = file.path};
  GooseSubstitution substitution;
  if (HoldsEnvSub(file.bytes)) {
    substitution = SubstituteEnvironment(document, lexicon, environment);
    document.text = parsed.owned.emplace_back(std::move(substitution.text));
    document.shifts = &substitution.shifts;
    parsed.env_sub = substitution.switched_on;
  }
  GooseReader(file, document, lexicon, parsed).Read();
  return parsed;
}

std::vector<Format::NewFile> CreateGoose(std::string_view version,
                                         std::string_view title) {
  return {
      {Cat(version, "_", title, ".sql"), "-- +goose Up\n\n-- +goose Down\n"}};
}

std::vector<Format::NewFile> WriteGoose(std::string_view version,
                                        std::string_view title,
                                        const Written& migration) {
  constexpr std::string_view kBegin = "-- +goose StatementBegin";
  constexpr std::string_view kEnd = "-- +goose StatementEnd";
  return {{Cat(version, "_", title, ".sql"),
           Cat(migration.transaction ? "" : "-- +goose NO TRANSACTION\n",
               "-- +goose Up\n", WayText(migration.up, kBegin, kEnd),
               "\n-- +goose Down\n", WayText(migration.down, kBegin, kEnd))}};
}

}  // namespace godwit::migrate
