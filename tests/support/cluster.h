// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/process.h"
#include "support/server_folder.h"
#include "support/server_programs.h"

namespace godwit::test {

struct ClusterOptions {
  // Listens on 127.0.0.1 as well; there a password is asked for.
  bool tcp = false;
  // TLS on that port, with a certificate of its own (`certificate()`).
  bool tls = false;
  std::vector<std::string> settings;  // "max_connections=5"
};

// A real PostgreSQL server for tests, on a unix socket. Its files are gone at
// the end; it dies with the test, also when that is killed.
class Cluster {
 public:
  // For parameters of tests: the versions that should be tested, whether they
  // are here or not.
  static std::vector<int> Versions();
  // Why this version cannot be tested here; empty where it can. For GTEST_SKIP.
  static std::string Missing(int version);
  // Whether options.tls works here: openssl makes the certificate.
  static bool CanUseTls();
  // One server a version for this whole process, started when first asked for.
  static Cluster& Of(int version);
  // The servers of all versions that are here.
  static std::vector<Cluster*> All();
  static Cluster& Newest() { return *All().back(); }

  // A server of one's own, to be killed or set up otherwise.
  explicit Cluster(int version, const ClusterOptions& options = {});
  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;
  ~Cluster();

  int version() const { return programs_.version; }
  // "postgres://postgres@/NAME?host=…", by socket, without a password.
  std::string Dsn(std::string_view database = "postgres") const;
  // "postgres://postgres:PASSWORD@127.0.0.1:PORT/NAME", with options.tcp.
  std::string TcpDsn(std::string_view database = "postgres") const;
  // Makes a new, empty database and gives its DSN.
  // `options` as CREATE DATABASE takes them. Many threads may ask at once.
  std::string FreshDatabase(std::string_view options = {});

  int port() const { return port_; }
  static std::string_view password() { return "s3cret"; }
  // The path of its unix socket.
  std::string socket() const;
  std::string certificate() const { return folder() + "/server.crt"; }
  std::string log() const;
  // Ends the server as `kill -QUIT` does: at once, nothing is saved.
  void Kill();
  // SIGKILL for the server and each of its processes: what was in its memory,
  // commits that did not wait for the log among it, is gone.
  void KillProcesses();
  // Starts it again after one of them.
  void Start();
  // Whom its processes run as, where that is another user.
  const std::optional<User>& user() const { return user_; }

 private:
  const std::string& folder() const { return folder_->path(); }
  void MakeCertificate();
  void MakeData();
  void SetPassword();
  void WaitUntilReady();
  ProcessOptions AsServerUser() const;
  void Run(const std::vector<std::string>& arguments) const;

  ServerPrograms programs_;
  ClusterOptions options_;
  std::optional<User> user_;
  std::unique_ptr<ServerFolder> folder_;
  int port_ = 0;
  std::atomic<int> databases_ = 0;
  std::optional<Process> server_;
};

}  // namespace godwit::test
