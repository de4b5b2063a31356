// SPDX-License-Identifier: Apache-2.0
#include "migrate/checks.h"

#include <algorithm>

#include "base/text.h"
#include "sql/lexer.h"

namespace godwit::migrate {

namespace {

constexpr std::uint32_t kControl = sql::kTransactionControl;

ErrorInfo Refuse(ErrorCode code, std::string message, std::string help,
                 const Section& section, const sql::StatementView& statement,
                 const Migration& migration) {
  ErrorInfo info = Error(code, std::move(message), std::move(help)).info();
  info.where = PlaceOf(section, statement, 0);
  info.version = migration.version;
  return info;
}

std::string Head(const sql::StatementView& statement) {
  std::string_view line =
      statement.text.substr(0, statement.text.find_first_of("\r\n"));
  return std::string(Trim(line.substr(0, line.find(';'))).substr(0, 60));
}

const sql::StatementView* FindTrait(std::span<const sql::StatementView> body,
                                    std::uint32_t traits) {
  for (const sql::StatementView& statement : body) {
    if (statement.traits & traits) return &statement;
  }
  return nullptr;
}

// In a file that runs without a transaction the author's own pairs stay, if
// they are pairs.
const sql::StatementView* FindUnbalanced(
    std::span<const sql::StatementView> body) {
  const sql::StatementView* open = nullptr;
  for (const sql::StatementView& statement : body) {
    if (statement.traits & sql::kOpensTransaction) {
      if (open) return &statement;
      open = &statement;
    } else if (statement.traits & sql::kClosesTransaction) {
      if (!open) return &statement;
      open = nullptr;
    }
  }
  return open;
}

// The names after DROP SCHEMA or DROP TABLE, each as its parts, unquoted.
using Names = std::vector<std::vector<std::string>>;

std::string Unquoted(const sql::Token& token) {
  if (token.kind != sql::TokenKind::kQuotedName) return AsciiLower(token.text);
  return std::string(token.text.substr(1, token.text.size() - 2));
}

sql::Token NextSignificant(sql::Lexer& lexer) {
  sql::Token token = lexer.Next();
  while (token.kind == sql::TokenKind::kLineComment ||
         token.kind == sql::TokenKind::kBlockComment)
    token = lexer.Next();
  return token;
}

Names NamesAfter(sql::Lexer& lexer) {
  Names names(1);
  for (sql::Token token = NextSignificant(lexer);
       token.kind != sql::TokenKind::kEnd; token = NextSignificant(lexer)) {
    if (token.IsSymbol(','))
      names.emplace_back();
    else if (token.IsWord("cascade") || token.IsWord("restrict") ||
             token.IsSymbol(';'))
      break;
    else if (!token.IsSymbol('.') && !token.IsWord("if") &&
             !token.IsWord("exists"))
      names.back().push_back(Unquoted(token));
  }
  return names;
}

bool Drops(const sql::StatementView& statement, const sql::Lexicon& lexicon,
           const engine::TableName& tracker) {
  const sql::DocumentView document{.text = statement.text};
  sql::Lexer lexer(document, lexicon);
  if (!NextSignificant(lexer).IsWord("drop")) return false;
  const sql::Token kind = NextSignificant(lexer);
  const bool schema = kind.IsWord("schema");
  if (!schema && !kind.IsWord("table")) return false;
  for (const std::vector<std::string>& name : NamesAfter(lexer)) {
    if (name.empty()) continue;
    if (schema && name.back() == tracker.schema) return true;
    const bool same_schema = name.size() < 2 || tracker.schema.empty() ||
                             name.front() == tracker.schema;
    if (!schema && same_schema &&
        EqualsIgnoringCase(name.back(), tracker.table))
      return true;
  }
  return false;
}

}  // namespace

bool IsPlainBegin(const sql::StatementView& statement) {
  if (!(statement.traits & sql::kOpensTransaction)) return false;
  constexpr std::string_view kWords[] = {"begin",       "start",    "work",
                                         "transaction", "deferred", "immediate",
                                         "exclusive"};
  std::string_view rest = statement.text;
  while (!rest.empty()) {
    const std::size_t end = rest.find_first_of(" \t\r\n;");
    const std::string word = AsciiLower(rest.substr(0, end));
    if (!word.empty() && std::find(std::begin(kWords), std::end(kWords),
                                   word) == std::end(kWords))
      return false;
    if (end == rest.npos) break;
    rest.remove_prefix(end + 1);
  }
  return true;
}

const sql::StatementView* FindTrackerDrop(
    std::span<const sql::StatementView> body, const sql::Lexicon& lexicon,
    const engine::TableName& tracker) {
  for (const sql::StatementView& statement : body) {
    if (!statement.text.empty() &&
        (statement.text[0] == 'd' || statement.text[0] == 'D') &&
        Drops(statement, lexicon, tracker)) {
      return &statement;
    }
  }
  return nullptr;
}

ErrorInfo RefuseTrackerDrop(const Section& section,
                            const sql::StatementView& statement,
                            const Migration& migration,
                            const std::string& tracker) {
  return Refuse(ErrorCode::kUnsupported,
                Cat(Name(migration), " drops the tracker ", tracker,
                    ", so it could not be recorded"),
                "leave the tracker alone, or keep it in a schema of its own "
                "with --tracker",
                section, statement, migration);
}

Place PlaceOf(const Section& section, const sql::StatementView& statement,
              int position) {
  Place place;
  place.file = section.path;
  const std::size_t skip =
      position > 0
          ? ByteOffset(statement.text, static_cast<std::size_t>(position) - 1)
          : 0;
  const std::size_t at = std::min(statement.offset + skip, section.text.size());
  const std::size_t before =
      at == 0 ? section.text.npos : section.text.rfind('\n', at - 1);
  const std::size_t start = before == section.text.npos ? 0 : before + 1;
  const std::size_t end =
      std::min(section.text.find('\n', at), section.text.size());
  const std::string_view line = section.text.substr(start, end - start);
  place.line =
      statement.line +
      static_cast<int>(std::count(
          statement.text.begin(),
          statement.text.begin() + static_cast<std::ptrdiff_t>(
                                       std::min(skip, statement.text.size())),
          '\n'));
  place.column =
      static_cast<int>(CodePoints(section.text.substr(start, at - start))) + 1;
  place.excerpt = std::string(
      line.ends_with('\r') ? line.substr(0, line.size() - 1) : line);
  return place;
}

std::string Name(const Migration& migration) {
  if (!migration.script.empty()) return migration.path();
  return Cat("migration ", migration.version, migration.name.empty() ? "" : " ",
             migration.name);
}

namespace {

using Body = std::span<const sql::StatementView>;

// Why a direction cannot run, and what to do about it.
struct Objection {
  ErrorCode code;
  std::string message;
  std::string help;
  const sql::StatementView& statement;
};

std::optional<Objection> ObjectToForbidden(Body body,
                                           const Migration& migration) {
  if (const auto* bad = FindTrait(body, sql::kForbidden)) {
    return Objection{
        ErrorCode::kUnsupported,
        Cat(Name(migration), " holds '", Head(*bad),
            "', which would release the lock of the run"),
        "take the statement out; godwit puts the session back after each file",
        *bad};
  }
  if (const auto* bad = FindTrait(body, sql::kCopyToStdout)) {
    return Objection{ErrorCode::kUnsupported,
                     Cat(Name(migration), " holds '", Head(*bad),
                         "', and nobody reads its rows"),
                     "take the statement out, or name a file of the server",
                     *bad};
  }
  return std::nullopt;
}

std::optional<Objection> ObjectToUnbalanced(Body body,
                                            const Migration& migration) {
  const auto* bad = FindUnbalanced(body);
  if (bad == nullptr) return std::nullopt;
  return Objection{
      ErrorCode::kTransactionControl,
      Cat("'", Head(*bad), "' has no counterpart in ", Name(migration)),
      "each BEGIN needs its COMMIT or ROLLBACK in the same direction of the "
      "file",
      *bad};
}

Objection ObjectToControl(Body body, const Format& format,
                          const Migration& migration) {
  const auto& bad = *FindTrait(body, kControl);
  return {ErrorCode::kTransactionControl,
          Cat("'", Head(bad), "' in ", Name(migration),
              ", which runs in a transaction of its own"),
          format.marks_no_transaction
              ? "take it out, or mark the file as one that runs without a "
                "transaction"
              : "take it out; only one BEGIN … COMMIT around the whole file is "
                "allowed",
          bad};
}

Objection ObjectToAlone(const sql::StatementView& alone, bool in_pair,
                        const Format& format, const Migration& migration) {
  return {ErrorCode::kUnsupported,
          Cat("'", Head(alone), "' cannot run in a transaction, and ",
              Name(migration), " runs in one"),
          in_pair ? "take out BEGIN and COMMIT"
          : format.kind == FormatKind::kGoose
              ? "add the line '-- +goose NO TRANSACTION' to the file"
              : "write '-- migrate:up transaction:false' (and the same for "
                "down)",
          alone};
}

// Whether one BEGIN … COMMIT stands around all of it, and no other.
bool IsOnePair(Body body) {
  const auto controls =
      std::count_if(body.begin(), body.end(),
                    [](const auto& s) { return (s.traits & kControl) != 0; });
  return controls == 2 && body.size() >= 2 && IsPlainBegin(body.front()) &&
         (body.back().traits & sql::kCommitsTransaction);
}

}  // namespace

Runnable Check(const Section& section, const Format& format,
               const Migration& migration) {
  Runnable runnable{section.statements, section.transaction, std::nullopt};
  Body body = runnable.body;
  const auto refuse = [&](Objection why) {
    runnable.refusal =
        Refuse(why.code, std::move(why.message), std::move(why.help), section,
               why.statement, migration);
    return runnable;
  };
  if (auto why = ObjectToForbidden(body, migration))
    return refuse(std::move(*why));
  if (!section.transaction) {
    if (auto why = ObjectToUnbalanced(body, migration))
      return refuse(std::move(*why));
    return runnable;
  }
  const bool pair = IsOnePair(body);
  if (!pair && FindTrait(body, kControl))
    return refuse(ObjectToControl(body, format, migration));
  const sql::StatementView* alone = FindTrait(body, sql::kNoTransaction);
  if (alone && (pair || format.marks_no_transaction))
    return refuse(ObjectToAlone(*alone, pair, format, migration));
  if (pair) runnable.body = body.subspan(1, body.size() - 2);
  runnable.transaction = alone == nullptr;
  return runnable;
}

}  // namespace godwit::migrate
