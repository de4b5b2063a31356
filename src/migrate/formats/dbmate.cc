// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/text.h"
#include "migrate/filename.h"
#include "migrate/formats/kinds.h"
#include "migrate/formats/section.h"

// dbmate's files: sections that begin with `-- migrate:up` and `--
// migrate:down` at the first column, in lower case. Several pairs in one file
// are one migration: it is recorded once.

namespace godwit::migrate {

NameVerdict ReadDbmateName(std::string_view file_name) {
  const std::size_t digits = LeadingDigits(file_name);
  if (digits == 0 || !file_name.ends_with(".sql")) return NotOurs{};
  std::string_view title =
      file_name.substr(digits, file_name.size() - digits - 4);
  if (title.starts_with('_') || title.starts_with('-')) title.remove_prefix(1);
  return Judge(file_name.substr(0, digits), title, Part::kBoth, 0);
}

namespace {
constexpr std::string_view kUpMark = "-- migrate:up";
constexpr std::string_view kDownMark = "-- migrate:down";

struct Mark {
  enum class Kind { kNone, kUp, kDown };
  Kind kind = Kind::kNone;
  bool transaction = true;
};

bool HasOption(std::string_view options, std::string_view wanted) {
  while (!options.empty()) {
    const std::size_t end =
        std::min(options.find_first_of(" \t"), options.size());
    if (options.substr(0, end) == wanted) return true;
    options = Trim(options.substr(end));
  }
  return false;
}

Mark ReadMark(std::string_view comment) {
  constexpr std::string_view kWord = "migrate:";
  std::string_view rest = Trim(comment.substr(2));
  if (!rest.starts_with(kWord)) return {};
  rest.remove_prefix(kWord.size());
  const std::size_t end = std::min(rest.find_first_of(" \t"), rest.size());
  const std::string_view word = rest.substr(0, end);
  Mark mark;
  if (word == "up") mark.kind = Mark::Kind::kUp;
  if (word == "down") mark.kind = Mark::Kind::kDown;
  mark.transaction = !HasOption(Trim(rest.substr(end)), "transaction:false");
  return mark;
}

class DbmateReader {
 public:
  DbmateReader(const SourceFile& file, const sql::Lexicon& lexicon)
      : document_{.text = file.bytes, .file = file.path},
        splitter_(document_, lexicon, "migrate:") {
    parsed_.up = MakeSection(file, file.bytes);
    parsed_.down = MakeSection(file, file.bytes);
  }

  ParsedMigration Read() {
    while (true) {
      const auto event = splitter_.Next();
      if (event == sql::Splitter::Event::kEnd) break;
      if (event == sql::Splitter::Event::kStatement) {
        Add(splitter_.statement());
      } else {
        OnComment(splitter_.comment());
      }
    }
    if (current_ == Mark::Kind::kUp) RefuseMissingDown("the file ends");
    if (current_ == Mark::Kind::kNone) {
      sql::ThrowParseError(document_, 0, Cat("no '", kUpMark, "' in the file"),
                           Cat("begin it with a line '", kUpMark, "'"));
    }
    return std::move(parsed_);
  }

 private:
  void Add(const sql::StatementView& statement) {
    if (current_ == Mark::Kind::kNone) {
      sql::ThrowParseError(document_, statement.offset,
                           Cat("text before '", kUpMark, "'"),
                           Cat("begin the file with a line '", kUpMark,
                               "'; only comments may stand before it"));
    }
    AddStatement(current_ == Mark::Kind::kUp ? parsed_.up : parsed_.down,
                 statement);
  }

  void OnComment(const sql::Token& comment) {
    const std::string_view line =
        sql::LineBefore(document_.text, comment.offset);
    const Mark mark = line.empty() ? ReadMark(comment.text) : Mark{};
    if (mark.kind == Mark::Kind::kNone) return;
    if (splitter_.in_statement()) Add(splitter_.Cut());
    Turn(mark, comment.offset);
  }

  void Turn(const Mark& mark, std::size_t offset) {
    if (mark.kind == Mark::Kind::kUp && current_ == Mark::Kind::kUp)
      RefuseMissingDown("the next one begins");
    if (mark.kind == Mark::Kind::kDown && current_ != Mark::Kind::kUp) {
      sql::ThrowParseError(
          document_, offset,
          Cat("'", kDownMark, "' without a '", kUpMark, "' before it"),
          "each down section follows its up section");
    }
    Section& section = mark.kind == Mark::Kind::kUp ? parsed_.up : parsed_.down;
    section.transaction = section.transaction && mark.transaction;
    current_ = mark.kind;
    mark_offset_ = offset;
  }

  [[noreturn]] void RefuseMissingDown(std::string_view before) {
    sql::ThrowParseError(
        document_, mark_offset_,
        Cat("'", kUpMark, "' has no '", kDownMark, "' before ", before),
        Cat("add a line '", kDownMark, "'; the section may be empty"));
  }

  sql::DocumentView document_;
  sql::Splitter splitter_;
  ParsedMigration parsed_;
  Mark::Kind current_ = Mark::Kind::kNone;
  std::size_t mark_offset_ = 0;
};
}  // namespace

ParsedMigration ParseDbmate(const Migration& migration,
                            const sql::Lexicon& lexicon, const Environment&) {
  return DbmateReader(*migration.up, lexicon).Read();
}

std::vector<Format::NewFile> CreateDbmate(std::string_view version,
                                          std::string_view title) {
  return {{Cat(version, "_", title, ".sql"),
           Cat(kUpMark, "\n\n\n", kDownMark, "\n\n")}};
}

std::vector<Format::NewFile> WriteDbmate(std::string_view version,
                                         std::string_view title,
                                         const Written& migration) {
  const std::string_view option =
      migration.transaction ? "" : " transaction:false";
  return {{Cat(version, "_", title, ".sql"),
           Cat(kUpMark, option, '\n', WayText(migration.up), '\n', kDownMark,
               option, '\n', WayText(migration.down))}};
}

}  // namespace godwit::migrate
