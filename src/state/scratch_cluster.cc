// SPDX-License-Identifier: Apache-2.0
#include "state/scratch_cluster.h"

#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "base/file.h"
#include "base/sha256.h"
#include "base/text.h"
#include "godwit/connection.h"

namespace godwit::state {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::string_view kHelp =
    "name a database that may be emptied with --dev DSN instead";

// Where what initdb made is kept for the next time; empty: nowhere.
std::string CacheFolder() {
  if (geteuid() == 0) return "/var/cache/godwit";
  const char* cache = std::getenv("XDG_CACHE_HOME");
  if (cache != nullptr && *cache == '/') return Cat(cache, "/godwit");
  const char* home = std::getenv("HOME");
  return home != nullptr && *home == '/' ? Cat(home, "/.cache/godwit") : "";
}

std::string LastLines(const std::string& log) {
  std::error_code error;
  if (!fs::exists(log, error)) return "";
  const std::string text = ReadFile(log);
  std::string_view rest = Trim(text);
  const std::size_t last = rest.rfind('\n');
  return std::string(last == rest.npos ? rest : rest.substr(last + 1));
}

}  // namespace

ScratchCluster ScratchCluster::Start(int version) {
  ScratchCluster cluster(ChooseServerPrograms(version));
  cluster.MakeData();
  cluster.StartServer();
  cluster.WaitUntilReady();
  return cluster;
}

ScratchCluster::ScratchCluster(ServerPrograms programs)
    : programs_(std::move(programs)),
      user_(ServerUser(programs_)),
      folder_(std::make_unique<ScratchFolder>(user_)) {}

// Nothing of it is kept, so nothing need be saved.
ScratchCluster::~ScratchCluster() {
  if (!server_) return;
  server_->Signal(SIGQUIT);
  const Clock::time_point end = Clock::now() + std::chrono::seconds(5);
  while (!server_->Poll() && Clock::now() < end)
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
}

ChildOptions ScratchCluster::Options() const {
  return {user_, folder_->path() + "/log", folder_->path(), SIGKILL};
}

int ScratchCluster::RunProgram(
    const std::vector<std::string>& arguments) const {
  return Child::Start(arguments, Options()).Wait();
}

void ScratchCluster::Fail(std::string_view what) const {
  const std::string said = LastLines(folder_->path() + "/log");
  throw Error(ErrorCode::kUnsupported,
              Cat("the scratch server of PostgreSQL ", programs_.version, " (",
                  programs_.bin, ") ", what, said.empty() ? "" : ": ", said),
              std::string(kHelp));
}

// The build is part of the name: another one's files may not fit.
std::string ScratchCluster::CachedData() const {
  const std::string cache = CacheFolder();
  if (cache.empty()) return "";
  const std::string who = user_ ? Cat(user_->uid) : Cat(geteuid());
  const std::string build = Cat(programs_.bin, '\n', programs_.build);
  return Cat(cache, "/initdb-", programs_.version, '-', who, '-',
             Sha256Hex(build).substr(0, 16));
}

// Under another name first: nobody finds half of it. What cannot be kept is
// made again the next time.
void ScratchCluster::KeepData() const {
  const std::string kept = CachedData();
  if (kept.empty()) return;
  std::error_code error;
  const fs::path folder = fs::path(kept).parent_path();
  fs::create_directories(folder, error);
  if (error) return;
  const std::string half = Cat(kept, ".", getpid());
  ChildOptions options;
  options.folder = folder_->path();
  const int status =
      Child::Start({"/bin/cp", "-a", Data(), half}, options).Wait();
  if (status == 0) fs::rename(half, kept, error);
  if (status != 0 || error) fs::remove_all(half, error);
}

void ScratchCluster::MakeData() {
  std::error_code ignored;
  const std::string kept = CachedData();
  if (fs::exists(kept + "/PG_VERSION", ignored) &&
      RunProgram({"/bin/cp", "-a", kept, Data()}) == 0)
    return;
  fs::remove_all(Data(), ignored);
  const int status =
      RunProgram({programs_.bin + "/initdb", "-D", Data(), "-U", "postgres",
                  "-A", "trust", "-E", "UTF8", "--locale=C", "-N"});
  if (status == 127 && LastLines(folder_->path() + "/log").empty())
    Fail("cannot be run by the user that it must run as");
  if (status != 0) Fail("cannot be set up");
  KeepData();
}

void ScratchCluster::StartServer() {
  std::vector<std::string> arguments = {programs_.bin + "/postgres", "-D",
                                        Data(), "-k", folder_->path()};
  for (const char* setting :
       {"listen_addresses=", "port=5432", "fsync=off", "full_page_writes=off",
        "synchronous_commit=off", "autovacuum=off", "shared_buffers=32MB",
        "max_connections=20", "max_locks_per_transaction=4096",
        "max_wal_senders=0", "wal_level=minimal", "jit=off"}) {
    arguments.insert(arguments.end(), {"-c", setting});
  }
  ChildOptions options = Options();
  options.death_signal = SIGQUIT;
  server_ = Child::Start(arguments, options);
}

void ScratchCluster::WaitUntilReady() {
  const Clock::time_point end = Clock::now() + std::chrono::seconds(60);
  const std::string socket = folder_->path() + "/.s.PGSQL.5432";
  while (Clock::now() < end) {
    if (server_->Poll()) Fail("has ended");
    std::error_code error;
    if (fs::exists(socket, error)) {
      try {
        Connection::Open(Dsn());
        return;
      } catch (const Error&) {  // it is starting up
      }
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  Fail("does not answer");
}

std::string ScratchCluster::Dsn(std::string_view database) const {
  return Cat("postgres://postgres@/", database, "?host=", folder_->path(),
             "&port=5432");
}

std::string ScratchCluster::NewDatabase() {
  const std::string name = Cat("scratch_", ++databases_);
  Connection::Open(Dsn()).Execute(
      Cat("CREATE DATABASE ", name, " TEMPLATE template0"));
  return Dsn(name);
}

}  // namespace godwit::state
