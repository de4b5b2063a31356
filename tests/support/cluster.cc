// SPDX-License-Identifier: Apache-2.0
#include "support/cluster.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "godwit/connection.h"
#include "support/folder.h"
#include "support/server_folder.h"
#include "support/server_user.h"

namespace godwit::test {

namespace {

const std::vector<ServerPrograms>& Found() {
  static const std::vector<ServerPrograms> found = FindServerPrograms();
  return found;
}

ServerPrograms ProgramsOf(int version) {
  const auto found =
      std::ranges::find(Found(), version, &ServerPrograms::version);
  if (found == Found().end())
    throw std::runtime_error(Cluster::Missing(version));
  return *found;
}

int FreePort() {
  const int probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  bind(probe, reinterpret_cast<sockaddr*>(&address), length);
  getsockname(probe, reinterpret_cast<sockaddr*>(&address), &length);
  close(probe);
  return ntohs(address.sin_port);
}

// The fields of /proc/PID/stat behind the name, which may hold anything: the
// state and the parent; nothing where there is no such process.
struct ProcessState {
  char state = '\0';
  pid_t parent = 0;
};
std::optional<ProcessState> StateOf(const std::string& pid) {
  std::ifstream file("/proc/" + pid + "/stat");
  std::string text;
  if (!std::getline(file, text)) return std::nullopt;
  std::istringstream fields(text.substr(text.rfind(')') + 1));
  ProcessState found;
  fields >> found.state >> found.parent;
  return found;
}

std::vector<pid_t> ChildrenOf(pid_t parent) {
  std::vector<pid_t> children;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string name = entry.path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    const auto state = StateOf(name);
    if (state && state->parent == parent) children.push_back(std::stoi(name));
  }
  return children;
}

bool IsRunning(pid_t pid) {
  const auto state = StateOf(std::to_string(pid));
  return state && state->state != 'Z' && state->state != 'X';
}

}  // namespace

std::vector<int> Cluster::Versions() {
  std::vector<int> versions = {15, 18};
  for (const ServerPrograms& programs : Found()) {
    if (std::ranges::find(versions, programs.version) == versions.end())
      versions.push_back(programs.version);
  }
  std::ranges::sort(versions);
  return versions;
}

std::string Cluster::Missing(int version) {
  if (!GODWIT_HAS_POSTGRESQL) return "this build has no PostgreSQL engine";
  if (std::ranges::find(Found(), version, &ServerPrograms::version) !=
      Found().end())
    return {};
  return "PostgreSQL " + std::to_string(version) +
         " is not here; scripts/setup --tests fetches it";
}

bool Cluster::CanUseTls() {
  static const bool can = RunProcess({"openssl", "version"}).exit_code == 0;
  return can;
}

Cluster& Cluster::Of(int version) {
  static std::map<int, std::unique_ptr<Cluster>> clusters;
  std::unique_ptr<Cluster>& cluster = clusters[version];
  if (cluster == nullptr) cluster = std::make_unique<Cluster>(version);
  return *cluster;
}

std::vector<Cluster*> Cluster::All() {
  if (!GODWIT_HAS_POSTGRESQL) return {};
  std::vector<Cluster*> all;
  for (const ServerPrograms& programs : Found())
    all.push_back(&Of(programs.version));
  return all;
}

Cluster::Cluster(int version, const ClusterOptions& options)
    : programs_(ProgramsOf(version)),
      options_(options),
      user_(ServerUser(programs_.bin + "/postgres")),
      folder_(std::make_unique<ServerFolder>(user_)) {
  MakeData();
  port_ = options_.tcp || options_.tls ? FreePort() : 5432;
  if (options_.tls) MakeCertificate();
  Start();
  if (options_.tcp || options_.tls) SetPassword();
}

Cluster::~Cluster() {
  Kill();
}

ProcessOptions Cluster::AsServerUser() const {
  ProcessOptions options;
  options.user = user_;
  options.folder = folder();
  options.environment = {{"LC_ALL", "C"},
                         {"PGOPTIONS", std::nullopt},
                         {"LD_LIBRARY_PATH", std::nullopt}};
  return options;
}

void Cluster::Run(const std::vector<std::string>& arguments) const {
  const Outcome outcome = RunProcess(arguments, AsServerUser());
  if (outcome.exit_code != 0)
    throw std::runtime_error(arguments[0] + " failed: " + outcome.out +
                             outcome.err);
}

// initdb takes 0.5 s, a copy of what it made 0.05 s.
void Cluster::MakeData() {
  static std::mutex mutex;
  static std::map<int, std::unique_ptr<ServerFolder>> templates;
  const std::lock_guard lock(mutex);
  std::unique_ptr<ServerFolder>& made = templates[version()];
  if (made == nullptr) {
    made = std::make_unique<ServerFolder>(user_);
    Run({programs_.bin + "/initdb", "-D", made->path() + "/data", "-U",
         "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"});
  }
  Run({"cp", "-a", made->path() + "/data", folder() + "/data"});
  WriteFile(folder() + "/data/pg_hba.conf",
            "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n");
}

void Cluster::MakeCertificate() {
  Run({"openssl", "req", "-new", "-x509", "-nodes", "-days", "30", "-subj",
       "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
       "-out", "server.crt", "-keyout", "server.key"});
  Run({"chmod", "600", "server.key"});
}

void Cluster::Start() {
  ProcessOptions options = AsServerUser();
  options.log = folder() + "/log";
  options.death_signal = SIGQUIT;
  std::vector<std::string> arguments = {programs_.bin + "/postgres",
                                        "-D",
                                        folder() + "/data",
                                        "-k",
                                        folder(),
                                        "-p",
                                        std::to_string(port_)};
  // PostgreSQL 13 still makes md5 of a password.
  std::vector<std::string> settings = {"fsync=off", "full_page_writes=off",
                                       "shared_buffers=32MB",
                                       "password_encryption=scram-sha-256"};
  settings.push_back(options_.tcp || options_.tls ? "listen_addresses=127.0.0.1"
                                                  : "listen_addresses=");
  if (options_.tls) {
    settings.insert(settings.end(),
                    {"ssl=on", "ssl_cert_file=" + folder() + "/server.crt",
                     "ssl_key_file=" + folder() + "/server.key"});
  }
  settings.insert(settings.end(), options_.settings.begin(),
                  options_.settings.end());
  for (const std::string& setting : settings)
    arguments.insert(arguments.end(), {"-c", setting});
  server_.emplace(Process::Start(arguments, options));
  WaitUntilReady();
}

void Cluster::WaitUntilReady() {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (true) {
    try {
      Connection::Open(Dsn());
      return;
    } catch (const Error& error) {
      const bool over = std::chrono::steady_clock::now() > end;
      if (over || !server_->Running())
        throw std::runtime_error(std::string(error.what()) + "\n" + log());
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

void Cluster::SetPassword() {
  Connection connection = Connection::Open(Dsn());
  connection.Execute("ALTER ROLE postgres PASSWORD '" +
                     std::string(password()) + "'");
}

std::string Cluster::Dsn(std::string_view database) const {
  return "postgres://postgres@/" + std::string(database) + "?host=" + folder() +
         "&port=" + std::to_string(port_);
}

std::string Cluster::TcpDsn(std::string_view database) const {
  return "postgres://postgres:" + std::string(password()) +
         "@127.0.0.1:" + std::to_string(port_) + "/" + std::string(database);
}

std::string Cluster::socket() const {
  return folder() + "/.s.PGSQL." + std::to_string(port_);
}

std::string Cluster::FreshDatabase(std::string_view options) {
  const std::string name = "test_" + std::to_string(++databases_);
  Connection::Open(Dsn()).Execute("CREATE DATABASE " + name + " " +
                                  std::string(options));
  return Dsn(name);
}

std::string Cluster::log() const {
  return ReadFile(folder() + "/log");
}

void Cluster::Kill() {
  if (!server_) return;
  server_->Kill(SIGQUIT);
  if (!server_->WaitFor(std::chrono::seconds(10))) server_->Kill(SIGKILL);
  server_->Wait();
  server_.reset();
}

void Cluster::KillProcesses() {
  if (!server_) return;
  const std::vector<pid_t> children = ChildrenOf(server_->pid());
  server_->Kill(SIGKILL);
  for (const pid_t child : children) kill(child, SIGKILL);
  server_->Wait();
  // The next server refuses to start while one of them holds the memory.
  for (const pid_t child : children) {
    while (IsRunning(child))
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  server_.reset();
}

}  // namespace godwit::test
