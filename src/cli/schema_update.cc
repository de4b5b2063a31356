// SPDX-License-Identifier: Apache-2.0
#include <filesystem>
#include <ostream>
#include <sstream>

#include "cli/commands.h"
#include "cli/project_settings.h"
#include "command/exit_status.h"
#include "command/json.h"
#include "command/migrate_commands.h"

namespace godwit::cli {

namespace {

bool Generates(const command::Flags& flags) {
  return !ProjectSettings(flags).GeneratePath().empty() ||
         std::filesystem::exists("sqlc.yaml") ||
         std::filesystem::exists("sqlc.yml");
}

// The steps one after another. Each looks for itself what is left to do: run
// again after one that failed, the others find nothing.
class Update {
 public:
  explicit Update(const command::Call& call) : call_(call) {}

  void Step(std::string_view name, int (*run)(const command::Call&),
            const command::Flags& flags);
  void Show() const {
    if (call_.flags.json) call_.out << command::Dump(document_) << '\n';
  }
  bool ok() const { return status_ == command::kDone; }
  int status() const { return status_; }

 private:
  const command::Call& call_;
  command::Json document_;
  int status_ = command::kDone;
};

void Update::Step(std::string_view name, int (*run)(const command::Call&),
                  const command::Flags& flags) {
  if (!ok()) return;
  if (!call_.flags.json) {
    call_.out << std::flush;
    if (!call_.flags.quiet) call_.err << "== " << name << '\n' << std::flush;
    status_ = run({call_.program, flags, call_.terminal, call_.out, call_.err});
    call_.out << std::flush;
    return;
  }
  std::ostringstream printed;
  status_ = run({call_.program, flags, call_.terminal, printed, call_.err});
  document_[name] = command::Json::parse(printed.str());
}

}  // namespace

int RunSchemaUpdate(const command::Call& call) {
  command::Flags all = call.flags;
  all.module.clear();
  all.schema.clear();
  all.exclude.clear();
  Update update(call);
  update.Step("new", RunSchemaNew, call.flags);
  update.Step("up", command::RunUp, all);
  if (!ProjectSettings(call.flags).Snapshot().empty())
    update.Step("snapshot", RunSchemaSnapshot, all);
  if (Generates(call.flags)) update.Step("generate", RunGenerate, all);
  update.Show();
  return update.status();
}

}  // namespace godwit::cli
