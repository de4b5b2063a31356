// SPDX-License-Identifier: Apache-2.0
#include "service.h"

#include <httplib.h>

#include "paliad/db/migrations.h"

namespace paliad {

struct Service::Server {
  httplib::Server http;
};

godwit::MigrateOptions Options() {
  godwit::MigrateOptions options;
  options.tracker = "paliad.applied_migrations";
  options.adopt =
      godwit::Adopt{"golang-migrate", "paliad.paliad_schema_migrations"};
  return options;
}

godwit::MigrateCommand Migration(const std::string& dsn) {
  return {.program = "paliad migrate",
          .dsn = dsn,
          .migrations = db::Migrations(),
          .options = Options()};
}

Service::Service(const std::string& dsn)
    : dsn_(dsn), server_(std::make_unique<Server>()) {
  report_ = godwit::Migrate(Migration(dsn));
  server_->http.Get(
      "/healthz", [this](const httplib::Request&, httplib::Response& response) {
        const bool healthy = IsHealthy();
        response.status = healthy ? 200 : 503;
        response.set_content(healthy ? "ok\n" : "not ok\n", "text/plain");
      });
}

Service::~Service() {
  Stop();
}

// An old release on a newer database has orphans and serves all the same; what
// it lacks, or what was changed under it, is not healthy.
bool Service::IsHealthy() {
  try {
    const godwit::Verification found =
        godwit::Verify(dsn_, db::Migrations(), Options());
    return found.pending.empty() && found.drifted.empty();
  } catch (const godwit::Error&) {
    return false;
  }
}

int Service::Bind(int port) {
  const bool bound =
      port == 0 ? (port = server_->http.bind_to_any_port("127.0.0.1")) > 0
                : server_->http.bind_to_port("127.0.0.1", port);
  if (!bound)
    throw godwit::Error(godwit::ErrorCode::kUsage,
                        "port " + std::to_string(port) + " cannot be had");
  return port;
}

void Service::Serve() {
  server_->http.listen_after_bind();
}

void Service::Stop() {
  server_->http.stop();
}

}  // namespace paliad
