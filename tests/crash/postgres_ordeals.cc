// SPDX-License-Identifier: Apache-2.0
// The command behind the proxy, which kills it, kills the server, cuts the
// connection or lies at one message; and a real disk that is full.
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <thread>

#include "base/text.h"
#include "crash/ordeal.h"
#include "crash/stage.h"
#include "godwit/connection.h"
#include "support/cluster.h"
#include "support/folder.h"
#include "support/proxy.h"

namespace godwit::test {

namespace {

enum class Victim { kNone, kTool, kServer };
enum class Counted { kClient, kServer, kCommits, kAnswers };

struct Row {
  const char* what;
  Fault::Kind kind;
  Counted counted;
  Victim victim;
  const char* sqlstate = "";
};
constexpr Row kRows[] = {
    {"SIGKILL of the tool before each message that it sends",
     Fault::Kind::kCutBeforeClient, Counted::kClient, Victim::kTool},
    {"SIGKILL of the tool before each message that it gets",
     Fault::Kind::kCutBeforeServer, Counted::kServer, Victim::kTool},
    {"SIGKILL of the server before each message that it gets",
     Fault::Kind::kCutBeforeClient, Counted::kClient, Victim::kServer},
    {"SIGKILL of the server before each message that it sends",
     Fault::Kind::kCutBeforeServer, Counted::kServer, Victim::kServer},
    {"connection cut before each message to the server",
     Fault::Kind::kCutBeforeClient, Counted::kClient, Victim::kNone},
    {"connection cut before each message to the tool",
     Fault::Kind::kCutBeforeServer, Counted::kServer, Victim::kNone},
    {"each reply to a COMMIT lost", Fault::Kind::kCutAtCommit,
     Counted::kCommits, Victim::kNone},
};

// A server, and how much an undisturbed run says to it.
struct PostgresStage {
  explicit PostgresStage(int version) : cluster(version), stage("postgresql") {
    Proxy proxy({.server = cluster.socket()});
    const std::string dsn = cluster.FreshDatabase();
    // It never happens, and counts.
    proxy.Arm(Fault{.kind = Fault::Kind::kCutAtCommit, .at = 1'000'000});
    stage.Rehearse(proxy.Dsn(NameIn(dsn)));
    traffic = proxy.traffic();
    commits = proxy.counted();
    stage.Remember(dsn);
  }
  static std::string NameIn(const std::string& dsn) {
    const std::size_t at = dsn.find("@/") + 2;
    return dsn.substr(at, dsn.find('?') - at);
  }
  std::size_t Points(Counted counted) const {
    switch (counted) {
      case Counted::kClient:
        return traffic.client_messages;
      case Counted::kServer:
        return traffic.server_messages;
      case Counted::kCommits:
        return commits;
      case Counted::kAnswers:
        return traffic.round_trips;
    }
    return 0;
  }
  void Drop(const std::string& dsn) {
    Connection::Open(cluster.Dsn())
        .Execute(Cat("DROP DATABASE ", NameIn(dsn), " WITH (FORCE)"));
  }

  Cluster cluster;
  Stage stage;
  Traffic traffic;
  std::size_t commits = 0;
};

class MessageOrdeal final : public Ordeal {
 public:
  MessageOrdeal(const Row& row, std::shared_ptr<PostgresStage> stage)
      : row_(row),
        engine_(Cat("PostgreSQL ", stage->cluster.version())),
        what_(row.what),
        stage_(std::move(stage)) {}

  const std::string& engine() const override { return engine_; }
  const std::string& what() const override { return what_; }
  std::size_t points() const override { return stage_->Points(row_.counted); }
  Verdict Run(std::size_t point) override;

 private:
  Outcome Disturb(Proxy& proxy, const std::string& dsn, std::size_t point);

  Row row_;
  std::string engine_;
  std::string what_;
  std::shared_ptr<PostgresStage> stage_;
};

Outcome MessageOrdeal::Disturb(Proxy& proxy, const std::string& dsn,
                               std::size_t point) {
  std::atomic<pid_t> tool = 0;
  Fault fault{.kind = row_.kind, .at = point, .sqlstate = row_.sqlstate};
  if (row_.victim == Victim::kTool) {
    fault.then = [&tool] {
      while (tool == 0) std::this_thread::yield();
      kill(tool, SIGKILL);
    };
  }
  if (row_.victim == Victim::kServer)
    fault.then = [this] { stage_->cluster.KillProcesses(); };
  proxy.Arm(fault);
  Process process =
      stage_->stage.StartUp(proxy.Dsn(PostgresStage::NameIn(dsn)));
  tool = process.pid();
  const Outcome outcome = process.Wait();
  const bool restart = proxy.fired() && row_.victim == Victim::kServer;
  if (restart) stage_->cluster.Start();
  return outcome;
}

Verdict MessageOrdeal::Run(std::size_t point) {
  const std::string dsn = stage_->cluster.FreshDatabase();
  Proxy proxy({.server = stage_->cluster.socket()});
  const Outcome first = Disturb(proxy, dsn, point);
  Verdict verdict;
  verdict.happened = proxy.fired();
  const bool killed = row_.victim == Victim::kTool;
  const bool ended_well = killed && verdict.happened ? first.signal == SIGKILL
                                                     : first.exit_code <= 1;
  if (!ended_well) {
    verdict.wrong = Cat("exit ", first.exit_code, ": ", first.out, first.err);
    return verdict;
  }
  verdict.wrong = stage_->stage.WhatIsHalfDone(dsn);
  if (!verdict.wrong.empty()) return verdict;
  const Aftermath after = stage_->stage.RunAgain(dsn);
  verdict.runs = after.runs;
  verdict.asked = after.asked;
  verdict.wrong = after.wrong;
  if (verdict.wrong.empty()) stage_->Drop(dsn);
  return verdict;
}

// A small file system of its own, on which databases lie.
class SmallDisk {
 public:
  explicit SmallDisk(Cluster& cluster) : path_(folder_ / "disk") {
    mkdir(path_.c_str(), 0700);
    chmod(folder_.path().c_str(), 0755);
    if (mount("tmpfs", path_.c_str(), "tmpfs", 0, "size=48m") != 0) return;
    mounted_ = true;
    const std::string space = path_ + "/space";
    mkdir(space.c_str(), 0700);
    if (cluster.user()) {
      chmod(path_.c_str(), 0755);
      if (chown(space.c_str(), cluster.user()->uid, cluster.user()->gid) != 0)
        return;
    }
    Connection::Open(cluster.Dsn())
        .Execute(Cat("CREATE TABLESPACE small LOCATION '", space, "'"));
    ready_ = true;
  }
  ~SmallDisk() {
    if (mounted_) umount2(path_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool ready() const { return ready_; }
  // Leaves so many bytes free.
  void Fill(std::uint64_t leave) const {
    struct statvfs disk {};
    statvfs(path_.c_str(), &disk);
    const std::uint64_t free = disk.f_bavail * disk.f_bsize;
    const int file =
        open((path_ + "/filler").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    if (free > leave)
      posix_fallocate(file, 0, static_cast<off_t>(free - leave));
    close(file);
  }
  void Free() const { unlink((path_ + "/filler").c_str()); }
  std::uint64_t used() const {
    struct statvfs disk {};
    statvfs(path_.c_str(), &disk);
    return (disk.f_blocks - disk.f_bavail) * disk.f_bsize;
  }

 private:
  TempFolder folder_;
  std::string path_;
  bool mounted_ = false;
  bool ready_ = false;
};

// The disk of the database has room for so many pages and no more.
class FullDiskOrdeal final : public Ordeal {
 public:
  explicit FullDiskOrdeal(int version)
      : engine_(Cat("PostgreSQL ", version)),
        cluster_(std::make_unique<Cluster>(version)),
        disk_(*cluster_),
        stage_("postgresql") {
    if (!disk_.ready()) return;
    const std::string dsn = cluster_->FreshDatabase("TABLESPACE small");
    const std::uint64_t before = disk_.used();
    stage_.Rehearse(dsn);
    stage_.Remember(dsn);
    points_ = (disk_.used() - before) / kPage + 1;
    Drop(dsn);
  }
  ~FullDiskOrdeal() override { cluster_.reset(); }

  const std::string& engine() const override { return engine_; }
  const std::string& what() const override { return what_; }
  std::size_t points() const override { return points_; }
  std::string why_not() const override {
    return points_ > 0 ? "" : "a small file system cannot be mounted here";
  }
  Verdict Run(std::size_t point) override;

 private:
  static constexpr std::uint64_t kPage = 8192;

  void Drop(const std::string& dsn) {
    Connection admin = Connection::Open(cluster_->Dsn());
    admin.Execute(
        Cat("DROP DATABASE ", PostgresStage::NameIn(dsn), " WITH (FORCE)"));
    admin.Execute("CHECKPOINT");
  }

  std::string engine_;
  std::string what_ = "the disk has room for so many pages of 8 KiB";
  std::unique_ptr<Cluster> cluster_;
  SmallDisk disk_;
  Stage stage_;
  std::size_t points_ = 0;
};

Verdict FullDiskOrdeal::Run(std::size_t point) {
  const std::string dsn = cluster_->FreshDatabase("TABLESPACE small");
  disk_.Fill((point - 1) * kPage);
  const Outcome first = stage_.StartUp(dsn).Wait();
  disk_.Free();
  Verdict verdict;
  verdict.happened = first.exit_code != 0;
  // Even logging in may need a page.
  if (first.exit_code > 1) {
    verdict.wrong = Cat("exit ", first.exit_code, ": ", first.out, first.err);
    return verdict;
  }
  verdict.wrong = stage_.WhatIsHalfDone(dsn);
  if (!verdict.wrong.empty()) return verdict;
  const Aftermath after = stage_.RunAgain(dsn);
  verdict.runs = after.runs;
  verdict.asked = after.asked;
  verdict.wrong = after.wrong;
  Drop(dsn);
  return verdict;
}

}  // namespace

std::vector<std::unique_ptr<Ordeal>> PostgresOrdeals(int server) {
  const auto stage = std::make_shared<PostgresStage>(server);
  std::vector<std::unique_ptr<Ordeal>> ordeals;
  for (const Row& row : kRows)
    ordeals.push_back(std::make_unique<MessageOrdeal>(row, stage));
  ordeals.push_back(std::make_unique<FullDiskOrdeal>(server));
  return ordeals;
}

}  // namespace godwit::test
