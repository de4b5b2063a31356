// SPDX-License-Identifier: Apache-2.0
#include "sql/splitter.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"
#include "sql/characters.h"
#include "sql/head.h"

namespace godwit::sql {

namespace {
constexpr std::size_t kNowhere = std::string_view::npos;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// The name that a token spells: without quotes where it is quoted.
std::string_view NameOf(const Token& token) {
  if (token.kind == TokenKind::kWord) return token.text;
  if (token.kind == TokenKind::kQuotedName)
    return token.text.substr(1, token.text.size() - 2);
  return {};
}

bool IsAloneOnItsLine(std::string_view text, std::size_t offset) {
  while (offset > 0 && text[offset - 1] != '\n') {
    if (ClassOf(text[offset - 1]) != CharClass::kBlank)
      return text.substr(0, offset) == kByteOrderMark;
    --offset;
  }
  return true;
}

bool HasLineEnd(std::string_view text, std::size_t from, std::size_t to) {
  return std::memchr(text.data() + from, '\n', to - from) != nullptr;
}
}  // namespace

Splitter::Splitter(const DocumentView& document, const Lexicon& lexicon,
                   std::string_view mark)
    : document_(document),
      lexicon_(lexicon),
      mark_(mark),
      lexer_(document, lexicon),
      body_(lexicon) {
  const std::size_t nul = document.text.find('\0');
  if (nul != kNowhere) {
    ThrowParseError(document, nul, "a NUL byte",
                    "SQL files are UTF-8 text; was this one saved as UTF-16?");
  }
  if (document.text.starts_with(kByteOrderMark))
    lexer_.Seek(kByteOrderMark.size());
  for (const std::string_view word : lexicon.watched_words)
    watched_lengths_ |= std::uint64_t{1} << (word.size() & 63);
}

Splitter::Event Splitter::Next() {
  while (true) {
    const Token token = lexer_.Next();
    switch (token.kind) {
      case TokenKind::kEnd:
        if (!in_statement_) return Event::kEnd;
        Cut();
        return Event::kStatement;
      case TokenKind::kLineComment:
        if (!IsAnnotation(token)) break;
        comment_ = token;
        return Event::kComment;
      case TokenKind::kBlockComment:
        if (!in_statement_) NoteBlockComment(token);
        break;
      default:
        if (Take(token)) return Event::kStatement;
    }
  }
}

// Returns whether the token ended a statement.
bool Splitter::Take(const Token& token) {
  if (!in_statement_) {
    if (SkipBlanksBefore(token)) return false;
    Begin(token);
  }
  if (token.IsSymbol('\\') && lexicon_.psql_commands)
    RefusePsqlCommand(token.offset);
  if (head_size_ < kHeadSize) head_[head_size_++] = token;
  if ((watched_lengths_ >> (token.text.size() & 63) & 1) != 0 ||
      token.kind == TokenKind::kQuotedName)
    Watch(token);
  last_end_ = token.end();
  body_.Take(token);
  if (!body_.ended()) return false;
  Finish(token.end(), true);
  if (body_.copies_from_stdin()) ReadCopyData();
  return true;
}

void Splitter::Begin(const Token& token) {
  in_statement_ = true;
  start_ = token.offset;
  const bool lead = comment_end_ > comment_start_ &&
                    !HasLineEnd(document_.text, comment_end_, start_);
  lead_ = lead ? comment_start_ : start_;
  comment_start_ = comment_end_ = 0;
  head_size_ = 0;
  watched_ = 0;
  statement_.line = LineOf(start_);
  body_.Reset();
}

void Splitter::Finish(std::size_t end, bool terminated) {
  in_statement_ = false;
  statement_.text = document_.text.substr(start_, end - start_);
  statement_.offset = start_;
  statement_.end_line = LineOf(end);
  statement_.terminated = terminated;
  statement_.copy_data = {};
  const std::span<const Token> head(head_.data(), head_size_);
  statement_.traits =
      head_size_ == 1 && head[0].IsSymbol(';')
          ? static_cast<std::uint32_t>(kEmpty)
          : lexicon_.classify({head, statement_.text, watched_});
  if (body_.copies_from_stdin()) statement_.traits |= kCopyFromStdin;
}

const StatementView& Splitter::Cut() {
  if (const auto open = body_.Unclosed()) {
    ThrowParseError(
        document_, open->offset,
        Cat(open->what, " is not closed: no ", open->closing, " after it"));
  }
  Finish(last_end_, false);
  return statement_;
}

// psql reads the lines after the statement's own line as data.
void Splitter::ReadCopyData() {
  const std::size_t from = lexer_.position();
  const std::size_t line_end =
      std::min(document_.text.find('\n', from), document_.text.size());
  const std::string_view after =
      Trim(document_.text.substr(from, line_end - from));
  if (!after.empty() && !after.starts_with("--")) {
    const auto offset =
        static_cast<std::size_t>(after.data() - document_.text.data());
    ThrowParseError(
        document_, offset, "text between COPY … FROM stdin; and its data",
        "the data begins on the next line; put this text after its end");
  }
  lexer_.Seek(std::min(line_end + 1, document_.text.size()));
  const std::size_t start = lexer_.position();
  statement_.copy_data =
      document_.text.substr(start, CopyDataEnd(start) - start);
}

// Where the data ends; the lexer goes on after its last line.
std::size_t Splitter::CopyDataEnd(std::size_t start) {
  const std::string_view text = document_.text;
  for (std::size_t at = start; at < text.size();) {
    // The line before it ends right in front of the data, so that is searched
    // too.
    const void* found =
        memmem(text.data() + at - 1, text.size() - at + 1, "\n\\.", 3);
    if (found == nullptr) break;
    const std::size_t line =
        static_cast<std::size_t>(static_cast<const char*>(found) -
                                 text.data()) +
        1;
    const std::string_view rest = text.substr(line + 2, 2);
    if (rest.empty() || rest.starts_with('\n') || rest == "\r\n" ||
        rest == "\r") {
      lexer_.Seek(std::min(text.size(), line + 2 + rest.find('\n') + 1));
      if (rest.find('\n') == kNowhere) lexer_.Seek(text.size());
      return line;
    }
    at = line + 2;
  }
  // No `\.`: the data goes on to the end, or to the next section.
  std::size_t line = start;
  while (!mark_.empty() && line < text.size()) {
    const std::size_t end = std::min(text.find('\n', line), text.size());
    const std::string_view content = text.substr(line, end - line);
    if (content.starts_with("--") && content.find(mark_) != kNowhere) break;
    line = std::min(end + 1, text.size());
  }
  if (mark_.empty()) line = text.size();
  lexer_.Seek(line);
  return line;
}

bool Splitter::IsAnnotation(const Token& comment) const {
  return !mark_.empty() && comment.text.find(mark_) != kNowhere &&
         IsAloneOnItsLine(document_.text, comment.offset);
}

// No-break spaces and their kind between statements are no words, nor are the
// byte order marks of files that were joined.
bool Splitter::SkipBlanksBefore(const Token& token) {
  if (token.kind != TokenKind::kWord) return false;
  std::size_t blanks = 0;
  while (true) {
    const bool mark = token.text.substr(blanks).starts_with(kByteOrderMark);
    const std::size_t blank =
        mark ? kByteOrderMark.size() : BlankLength(token.text, blanks);
    if (blank == 0) break;
    blanks += blank;
  }
  if (blanks > 0) lexer_.Seek(token.offset + blanks);
  return blanks > 0;
}

void Splitter::Watch(const Token& token) {
  const std::string_view name = NameOf(token);
  for (std::size_t i = 0; i < lexicon_.watched_words.size(); ++i) {
    if (EqualsIgnoringCase(name, lexicon_.watched_words[i]))
      watched_ |= 1u << i;
  }
}

// Comments that follow each other on one line belong together; those behind a
// statement on its line belong to that and are forgotten.
void Splitter::NoteBlockComment(const Token& token) {
  if (last_end_ > comment_end_ &&
      !HasLineEnd(document_.text, last_end_, token.offset)) {
    last_end_ = token.end();
    return;
  }
  const bool goes_on = comment_end_ > comment_start_ &&
                       !HasLineEnd(document_.text, comment_end_, token.offset);
  if (!goes_on) comment_start_ = token.offset;
  comment_end_ = token.end();
}

int Splitter::LineOf(std::size_t offset) {
  const char* data = document_.text.data();
  line_ += static_cast<int>(std::count(data + counted_, data + offset, '\n'));
  counted_ = offset;
  return document_.FileLine(offset, line_);
}

void Splitter::RefusePsqlCommand(std::size_t offset) const {
  const std::string_view rest = document_.text.substr(offset);
  const std::size_t end =
      std::min(rest.find_first_of(" \t\r\n;", 1), rest.size());
  ThrowParseError(
      document_, offset, Cat("psql's ", rest.substr(0, end), " is no SQL"),
      "backslash commands are psql's own; the server does not know them");
}

std::vector<StatementView> Split(const DocumentView& document,
                                 const Lexicon& lexicon) {
  std::vector<StatementView> statements;
  Splitter splitter(document, lexicon);
  while (splitter.Next() == Splitter::Event::kStatement) {
    if ((splitter.statement().traits & kEmpty) == 0)
      statements.push_back(splitter.statement());
  }
  return statements;
}

std::vector<StatementView> Split(std::string_view text, const Lexicon& lexicon,
                                 std::string_view file) {
  return Split(DocumentView{.text = text, .file = file}, lexicon);
}

}  // namespace godwit::sql
