// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "godwit/migrate_command.h"

namespace paliad {

// The applied set stands in the schema `paliad`. It begins with what
// golang-migrate left there under a name of its own; the table of that name in
// `public` is of an earlier attempt, and nobody asks it.
godwit::MigrateOptions Options();

// `paliad migrate …`, and the same before serving.
godwit::MigrateCommand Migration(const std::string& dsn);

// Migrates, checks that database and files agree, then answers /healthz.
class Service {
 public:
  // Throws godwit::Error; nothing is served then.
  explicit Service(const std::string& dsn);
  ~Service();

  const godwit::Report& report() const { return report_; }
  // Listens on 127.0.0.1; port 0 is any that is free. Returns the port.
  int Bind(int port);
  // Until Stop, which any thread may call.
  void Serve();
  void Stop();

 private:
  bool IsHealthy();

  struct Server;
  std::string dsn_;
  godwit::Report report_;
  std::unique_ptr<Server> server_;
};

}  // namespace paliad
