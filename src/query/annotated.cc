// SPDX-License-Identifier: Apache-2.0
#include "query/annotated.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "sql/lexer.h"
#include "sql/splitter.h"

namespace godwit::query {

namespace {

struct CommandRow {
  std::string_view word;
  Command command;
  bool rows;
};

constexpr CommandRow kCommands[] = {
    {":one", Command::kOne, true},
    {":many", Command::kMany, true},
    {":stream", Command::kStream, true},
    {":exec", Command::kExec, false},
    {":execrows", Command::kExecRows, false},
    {":execresult", Command::kExecResult, false},
    {":execlastid", Command::kExecLastId, false},
    {":copyfrom", Command::kCopyFrom, false},
    {":batchexec", Command::kBatchExec, false},
    {":batchmany", Command::kBatchMany, true},
    {":batchone", Command::kBatchOne, true},
};

// The text of a comment without its marks, line by line.
std::vector<std::string_view> LinesOf(const sql::Token& comment) {
  std::string_view text = comment.text;
  if (comment.kind == sql::TokenKind::kLineComment) {
    text.remove_prefix(2);
    if (text.ends_with('\r')) text.remove_suffix(1);
    return {text};
  }
  text.remove_prefix(2);
  text.remove_suffix(std::min<std::size_t>(2, text.size()));
  std::vector<std::string_view> lines;
  while (true) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == text.npos) return lines;
    text.remove_prefix(end + 1);
  }
}

std::vector<std::string_view> Words(std::string_view text) {
  std::vector<std::string_view> words;
  while (!(text = Trim(text)).empty()) {
    const std::size_t end = std::min(text.find_first_of(" \t"), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return words;
}

bool IsName(std::string_view text) {
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  return !text.empty() && letter(text[0]) &&
         std::ranges::all_of(
             text, [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

std::vector<std::string_view> CommandWords() {
  std::vector<std::string_view> words;
  for (const CommandRow& row : kCommands) words.push_back(row.word);
  return words;
}

std::string AllCommands() {
  std::string all;
  for (const std::string_view word : CommandWords())
    all += Cat(all.empty() ? "" : ", ", word);
  return all;
}

// What the comments before one statement say.
class Annotation {
 public:
  Annotation(const sql::DocumentView& document,
             std::vector<schema::Problem>& problems)
      : document_(document), problems_(problems) {}

  void Take(const sql::Token& comment);
  // Whether a name and a command stand there.
  bool is_complete() const { return complete_; }
  bool has_name() const { return named_; }
  std::size_t offset() const { return offset_; }
  AnnotatedQuery query;

 private:
  void TakeName(std::string_view line, std::size_t offset);
  void Refuse(std::size_t offset, std::string message, std::string hint = {});

  const sql::DocumentView& document_;
  std::vector<schema::Problem>& problems_;
  bool named_ = false;
  bool complete_ = false;
  bool seen_ = false;
  std::size_t offset_ = 0;
};

void Annotation::Refuse(std::size_t offset, std::string message,
                        std::string hint) {
  problems_.push_back({query.name, schema::ProblemCode::kBadAnnotation,
                       std::move(message), document_.PlaceOf(offset),
                       std::move(hint)});
  complete_ = false;
}

void Annotation::Take(const sql::Token& comment) {
  if (!seen_) offset_ = comment.offset;
  seen_ = true;
  for (const std::string_view line : LinesOf(comment)) {
    const std::string_view text = Trim(line);
    if (text.starts_with("name:")) {
      TakeName(text.substr(5), comment.offset);
    } else if (!text.empty() || comment.kind == sql::TokenKind::kLineComment) {
      query.comments.emplace_back(line);
    }
  }
}

void Annotation::TakeName(std::string_view line, std::size_t offset) {
  const std::vector<std::string_view> words = Words(line);
  if (named_) {
    return Refuse(offset, "one statement has two names",
                  "put a semicolon behind the statement before the name");
  }
  named_ = true;
  offset_ = offset;
  if (words.empty()) return Refuse(offset, "a query's name is missing");
  query.name = words[0];
  if (!IsName(words[0])) {
    return Refuse(offset, Cat("'", words[0], "' cannot be a query's name"),
                  "a name is of letters, digits and underscores");
  }
  if (words.size() == 1) {
    return Refuse(offset, Cat("query ", words[0], " has no command"),
                  Cat("write one behind its name: ", AllCommands()));
  }
  const std::optional<Command> command = ParseCommand(words[1]);
  if (!command) {
    const std::string_view nearest = Nearest(words[1], CommandWords());
    return Refuse(offset, Cat("there is no command '", words[1], "'"),
                  nearest.empty() ? Cat("the commands are ", AllCommands())
                                  : Cat("did you mean ", nearest, "?"));
  }
  if (words.size() > 2) {
    return Refuse(offset, Cat("'", words[2], "' behind the command of query ",
                              words[0], " means nothing"));
  }
  query.command = *command;
  complete_ = true;
}

// The first comments of a file may be about the file: what is followed by an
// empty line is not the query's.
class Reader {
 public:
  Reader(const sql::DocumentView& document, const sql::Lexicon& lexicon,
         std::vector<schema::Problem>& problems)
      : document_(document), lexicon_(lexicon), problems_(problems) {}

  std::vector<AnnotatedQuery> Read();

 private:
  void ReadComments(std::size_t from, std::size_t to, Annotation& annotation);
  void Take(const sql::StatementView& statement);

  const sql::DocumentView& document_;
  const sql::Lexicon& lexicon_;
  std::vector<schema::Problem>& problems_;
  std::size_t position_ = 0;
  std::vector<AnnotatedQuery> queries_;
};

void Reader::ReadComments(std::size_t from, std::size_t to,
                          Annotation& annotation) {
  sql::Lexer lexer(document_, lexicon_, sql::Lexer::OnUnclosed::kToken);
  lexer.Seek(from);
  while (true) {
    const sql::Token token = lexer.Next();
    if (token.kind == sql::TokenKind::kEnd || token.offset >= to) return;
    if (token.kind == sql::TokenKind::kLineComment ||
        token.kind == sql::TokenKind::kBlockComment)
      annotation.Take(token);
  }
}

void Reader::Take(const sql::StatementView& statement) {
  Annotation annotation(document_, problems_);
  ReadComments(position_, statement.offset, annotation);
  // Comments inside of the statement are its own, and yet may describe it.
  position_ = statement.end();
  if (!annotation.has_name()) return;
  if (!annotation.is_complete()) return;
  AnnotatedQuery query = std::move(annotation.query);
  query.file = document_.file;
  query.line = document_.PlaceOf(annotation.offset()).line;
  std::string_view sql = statement.text;
  if (statement.terminated && sql.ends_with(';')) sql.remove_suffix(1);
  query.sql = sql;
  query.offset = statement.offset;
  queries_.push_back(std::move(query));
}

std::vector<AnnotatedQuery> Reader::Read() {
  for (const sql::StatementView& statement : sql::Split(document_, lexicon_))
    Take(statement);
  Annotation rest(document_, problems_);
  ReadComments(position_, document_.text.size(), rest);
  if (rest.is_complete()) {
    problems_.push_back({rest.query.name,
                         schema::ProblemCode::kSyntaxError,
                         Cat("query ", rest.query.name, " has no statement"),
                         document_.PlaceOf(rest.offset()),
                         {}});
  }
  return std::move(queries_);
}

}  // namespace

std::optional<Command> ParseCommand(std::string_view word) {
  const auto* row = std::ranges::find(kCommands, word, &CommandRow::word);
  if (row == std::end(kCommands)) return std::nullopt;
  return row->command;
}

std::string_view Word(Command command) {
  return std::ranges::find(kCommands, command, &CommandRow::command)->word;
}

bool ReturnsRows(Command command) {
  return std::ranges::find(kCommands, command, &CommandRow::command)->rows;
}

std::vector<AnnotatedQuery> ReadQueries(
    const sql::DocumentView& document, const sql::Lexicon& lexicon,
    std::vector<schema::Problem>& problems) {
  return Reader(document, lexicon, problems).Read();
}

}  // namespace godwit::query
