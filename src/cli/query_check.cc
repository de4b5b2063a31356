// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <filesystem>
#include <memory>
#include <ostream>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/project_settings.h"
#include "cli/query_blocks.h"
#include "cli/query_report.h"
#include "command/exit_status.h"
#include "engine/dsn.h"
#include "migrate/environment.h"
#include "migrate/runner.h"
#include "query/ask.h"
#include "query/compare.h"
#include "query/lock_file.h"
#include "state/dev_database.h"

namespace godwit::cli {

namespace {

namespace fs = std::filesystem;
using config::GenerateBlock;
using query::Analyzed;

// What the queries are held against.
struct Against {
  enum class Kind { kDatabase, kFiles, kVersion, kRelease };
  Kind kind = Kind::kDatabase;
  std::string text;  // the DSN, the path
  migrate::Version version = 0;
  query::LockFile release;
};

// The lock file as it was in a revision. Throws Error(kUsage).
std::string LockFileIn(const std::string& folder, const std::string& revision) {
  constexpr std::string_view kPlain =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._/~^@-";
  std::string text;
  int status = -1;
  if (revision.find_first_not_of(kPlain) == std::string::npos &&
      !revision.starts_with('-')) {
    std::string quoted;
    for (const char c : folder.empty() ? "." : folder)
      quoted += c == '\'' ? "'\\''" : std::string(1, c);
    const std::string command = Cat("git -C '", quoted, "' show '", revision,
                                    ":./godwit.lock' 2>/dev/null");
    FILE* pipe = popen(command.c_str(), "r");
    char bytes[4096];
    while (pipe != nullptr) {
      const std::size_t read = std::fread(bytes, 1, sizeof bytes, pipe);
      if (read == 0) break;
      text.append(bytes, read);
    }
    if (pipe != nullptr) status = pclose(pipe);
  }
  if (status == 0) return text;
  throw Error(ErrorCode::kUsage,
              Cat("there is no godwit.lock in a revision '", revision, "'"),
              "--against takes a DSN, a file or folder of SQL, @VERSION, or a "
              "revision of git");
}

Against ParseAgainst(const std::string& text, const std::string& folder) {
  using Kind = Against::Kind;
  if (text.starts_with('@')) {
    const auto version = ParseInt64(text.substr(1));
    if (!version)
      throw Error(ErrorCode::kUsage, Cat("'", text, "' is no version"),
                  "a version of the migrations is written @12");
    return {Kind::kVersion, {}, *version, {}};
  }
  constexpr std::string_view kFile = "file://";
  const std::string path =
      text.starts_with(kFile) ? text.substr(kFile.size()) : text;
  std::error_code error;
  if (path != text || fs::is_directory(path, error) || path.ends_with(".sql"))
    return {Kind::kFiles, path, 0, {}};
  try {
    engine::KindOfDsn(text);
  } catch (const Error&) {
    return {Kind::kRelease,
            {},
            0,
            query::LockFile::Parse(LockFileIn(folder, text))};
  }
  return {Kind::kDatabase, text, 0, {}};
}

class Check {
 public:
  explicit Check(const command::Call& call)
      : call_(call),
        settings_(call.flags),
        config_(config::ReadGenerateConfig(GenerateConfigPath(call.flags))),
        lock_(query::LockFile::Read(LockPath(config_))),
        against_(ParseAgainst(call.flags.against, config_.folder)) {}

  int Run();

 private:
  std::string Where(const GenerateBlock& block) const {
    return call_.flags.dev.empty() ? block.database : call_.flags.dev;
  }
  Analyzed Expected(const GenerateBlock& block, const BlockInputs& inputs);
  Analyzed Found(const GenerateBlock& block, const query::QueryFile& queries);
  Analyzed AtVersion(const GenerateBlock& block,
                     const query::QueryFile& queries);
  int Report() const;

  const command::Call& call_;
  const ProjectSettings settings_;
  const config::GenerateConfig config_;
  const query::LockFile lock_;
  const Against against_;
  std::size_t checked_ = 0;
  std::vector<schema::Problem> breaks_;
};

// What code was written from.
Analyzed Check::Expected(const GenerateBlock& block,
                         const BlockInputs& inputs) {
  if (against_.kind == Against::Kind::kRelease) {
    const Analyzed* kept = against_.release.Find(inputs.name);
    return kept == nullptr ? Analyzed{} : *kept;
  }
  if (const Analyzed* kept = lock_.Find(inputs.name, inputs.key)) return *kept;
  return query::AskDatabase(block.engine, Where(block), block.schema,
                            inputs.queries);
}

Analyzed Check::AtVersion(const GenerateBlock& block,
                          const query::QueryFile& queries) {
  const migrate::Source source = settings_.ReadSource(std::nullopt);
  if (!source.Find(against_.version)) {
    throw Error(ErrorCode::kUnknownVersion,
                Cat("there is no migration ", against_.version));
  }
  state::DevDatabase database =
      state::DevDatabase::Make(engine::KindOf(block.engine), Where(block));
  {
    migrate::Runner runner(database.connection(), &source, {},
                           migrate::ProcessEnvironment());
    runner.Up({.kind = migrate::Wish::Kind::kUp, .to = against_.version});
  }
  database.FinishLoading();
  return query::AskDatabase(database.connection(), std::span(&queries, 1));
}

Analyzed Check::Found(const GenerateBlock& block,
                      const query::QueryFile& queries) {
  const std::span<const query::QueryFile> files(&queries, 1);
  switch (against_.kind) {
    case Against::Kind::kDatabase: {
      ConnectOptions options;
      options.mode = OpenMode::kReadOnly;
      Connection connection = Connection::Open(against_.text, options);
      if (connection.engine() != engine::KindOf(block.engine))
        throw Error(ErrorCode::kUsage,
                    "the database is of another engine than the queries");
      return query::AskDatabase(connection, files);
    }
    case Against::Kind::kFiles:
      return query::AskDatabase(block.engine, Where(block),
                                std::span(&against_.text, 1), files);
    case Against::Kind::kVersion:
      return AtVersion(block, queries);
    case Against::Kind::kRelease:
      break;
  }
  return query::AskDatabase(block.engine, Where(block), block.schema, files);
}

int Check::Report() const {
  if (call_.flags.json) {
    command::Json document;
    document["checked"] = checked_;
    Analyzed told;
    told.problems = breaks_;
    document["broken"] =
        AnalyzedValue(told).value("errors", command::Json::array());
    call_.out << command::Dump(document) << '\n';
  } else {
    ShowProblems(call_, breaks_);
    std::vector<std::string> names;
    for (const schema::Problem& problem : breaks_) {
      if (names.empty() || names.back() != problem.query)
        names.push_back(problem.query);
    }
    call_.out << names.size() << " of " << checked_
              << (checked_ == 1 ? " query breaks" : " queries break")
              << " against " << Printable(call_.flags.against) << '\n';
  }
  return breaks_.empty() ? command::kDone : command::kCheckFailed;
}

int Check::Run() {
  for (const GenerateBlock& block : config_.blocks) {
    const BlockInputs inputs = ReadInputs(config_, block);
    const Analyzed expected = Expected(block, inputs);
    if (!expected.problems.empty()) {
      if (call_.flags.json)
        call_.out << command::Dump(AnalyzedValue(expected)) << '\n';
      else
        ShowProblems(call_, expected.problems);
      return command::kRefused;
    }
    checked_ += expected.shapes.size();
    const Analyzed found = Found(block, query::FileOf(expected.shapes));
    for (schema::Problem& problem : query::FindBreaks(expected, found))
      breaks_.push_back(std::move(problem));
  }
  return Report();
}

}  // namespace

int RunQueryCheck(const command::Call& call) {
  if (call.flags.against.empty()) {
    throw Error(ErrorCode::kUsage, "queries are checked against a schema",
                "give --against DSN, a file or folder of SQL, @VERSION, or a "
                "revision of git");
  }
  return Check(call).Run();
}

}  // namespace godwit::cli
