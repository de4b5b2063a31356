// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "state/child.h"
#include "state/scratch_folder.h"
#include "state/server_programs.h"

namespace godwit::state {

// A PostgreSQL server of one's own, to try things on: on a unix socket only,
// not durable, gone when its owner ends or is killed. It must be started on a
// thread that lives as long as it: the server ends with that thread.
class ScratchCluster {
 public:
  // Of this major version where it is installed, else of the newest. A second;
  // a fifth of one when the files that initdb makes are cached. Throws
  // Error(kUnsupported) where no server programs are here or none may run, with
  // the reason.
  static ScratchCluster Start(int version = 0);

  ScratchCluster(ScratchCluster&&) noexcept = default;
  ScratchCluster& operator=(ScratchCluster&&) noexcept = default;
  ~ScratchCluster();

  int version() const { return programs_.version; }
  std::string Dsn(std::string_view database = "postgres") const;
  // Makes a new, empty database and gives its DSN.
  std::string NewDatabase();

 private:
  explicit ScratchCluster(ServerPrograms programs);
  void MakeData();
  std::string CachedData() const;
  void KeepData() const;
  void StartServer();
  void WaitUntilReady();
  ChildOptions Options() const;
  int RunProgram(const std::vector<std::string>& arguments) const;
  [[noreturn]] void Fail(std::string_view what) const;
  std::string Data() const { return folder_->path() + "/data"; }

  ServerPrograms programs_;
  std::optional<User> user_;
  std::unique_ptr<ScratchFolder> folder_;
  std::optional<Child> server_;
  int databases_ = 0;
};

}  // namespace godwit::state
