// SPDX-License-Identifier: Apache-2.0
// The scratch database that the project names: made, emptied, shown.
#include <ostream>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/project_settings.h"
#include "command/exit_status.h"
#include "command/json.h"
#include "engine/database.h"
#include "state/catalog/source.h"
#include "state/dev_contents.h"
#include "state/dev_database.h"

namespace godwit::cli {

namespace {

// What `schema.dev` or --dev names.
class Dev {
 public:
  explicit Dev(const command::Call& call)
      : call_(call), settings_(call.flags), where_(settings_.Dev()) {}

  bool in_memory() const {
    return engine::DialectFor(settings_.Engine()).is_embedded();
  }
  bool is_named() const { return !where_.empty() && where_ != "ephemeral"; }
  const ProjectSettings& settings() const { return settings_; }

  Connection Open() const { return Connection::Open(where_); }
  // The database itself, made where it is not there.
  Connection OpenOrMake() const;
  // Throws Error(kUsage) where it is the database that is worked on.
  void RefuseOwn() const;
  int Report(const command::Json& document, const std::string& text) const {
    if (call_.flags.json)
      call_.out << command::Dump(document) << '\n';
    else
      call_.out << text << '\n';
    return command::kDone;
  }
  // Where there is nothing to make or empty.
  int ReportUnnamed() const {
    const std::string text =
        in_memory() ? "scratch databases are in memory: there is nothing to do"
                    : "scratch databases are on a server of godwit's own, "
                      "started when one is needed: there is nothing to do";
    return Report({{"named", false}}, text);
  }

 private:
  const command::Call& call_;
  ProjectSettings settings_;
  std::string where_;
};

Connection Dev::OpenOrMake() const {
  try {
    return Open();
  } catch (const Error& error) {
    constexpr std::string_view kBegin = "database \"";
    const std::string& said = error.info().message;
    const std::size_t begin = said.rfind(kBegin);
    const std::size_t end = said.rfind("\" does not exist");
    if (error.code() != ErrorCode::kConnectFailed || begin == said.npos ||
        end == said.npos || end <= begin)
      throw;
    const std::string name =
        said.substr(begin + kBegin.size(), end - begin - kBegin.size());
    ConnectOptions options;
    options.database = "postgres";
    Connection server = Connection::Open(where_, options);
    server.Execute(Cat("CREATE DATABASE ",
                       engine::DialectFor(server.engine()).Quote(name)));
  }
  return Open();
}

void Dev::RefuseOwn() const {
  std::string own;
  try {
    own = settings_.Dsn();
  } catch (const Error&) {
    return;
  }
  if (own != where_) return;
  throw Error(ErrorCode::kUsage,
              "the scratch database is the one that 'url' names",
              "give the scratch database a name of its own");
}

}  // namespace

int RunDevInit(const command::Call& call) {
  const Dev dev(call);
  if (dev.in_memory() || !dev.is_named()) return dev.ReportUnnamed();
  dev.RefuseOwn();
  Connection database = dev.OpenOrMake();
  const std::vector<std::string> before = state::ContentsOf(database);
  if (!before.empty() && !state::MayBeEmptied(database))
    state::ThrowNotEmpty(before);
  state::ClearDatabase(database);
  state::AllowEmptying(database);
  state::LoadPre(dev.settings().SchemaPre(), database);
  const std::vector<std::string> contents = state::ContentsOf(database);
  return dev.Report(
      {{"named", true}, {"contents", contents}},
      contents.empty()
          ? "the scratch database is ready, and empty"
          : Cat("the scratch database is ready, with ", Join(contents, ", ")));
}

int RunDevClean(const command::Call& call) {
  const Dev dev(call);
  if (dev.in_memory() || !dev.is_named()) return dev.ReportUnnamed();
  dev.RefuseOwn();
  Connection database = dev.Open();
  const std::vector<std::string> before = state::ContentsOf(database);
  state::ClearDatabase(database);
  return dev.Report(
      {{"named", true}, {"removed", before}},
      before.empty()
          ? "the scratch database was empty already"
          : Cat("the scratch database is empty; gone: ", Join(before, ", ")));
}

int RunDevStatus(const command::Call& call) {
  const Dev dev(call);
  if (dev.in_memory() || !dev.is_named()) return dev.ReportUnnamed();
  Connection database = dev.Open();
  const std::vector<std::string> contents = state::ContentsOf(database);
  const bool may = state::MayBeEmptied(database);
  return dev.Report(
      {{"named", true}, {"may_be_emptied", may}, {"contents", contents}},
      contents.empty()
          ? "the scratch database is empty"
          : Cat("the scratch database holds ", Join(contents, ", "),
                may ? "; it may be emptied"
                    : "; it was not made by 'godwit dev init'"));
}

}  // namespace godwit::cli
