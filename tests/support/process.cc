// SPDX-License-Identifier: Apache-2.0
#include "support/process.h"

#include <fcntl.h>
#include <grp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <thread>
#include <utility>

extern char** environ;

// Input and outputs are files in memory: nothing can block on a full pipe.
namespace godwit::test {

namespace {

constexpr int kCannotStart = 127;

int MemoryFile(const std::string& text) {
  const int file = memfd_create("godwit-test", MFD_CLOEXEC);
  if (file < 0)
    throw std::runtime_error(std::string("memfd_create: ") +
                             std::strerror(errno));
  std::size_t done = 0;
  while (done < text.size()) {
    const ssize_t wrote = write(file, text.data() + done, text.size() - done);
    if (wrote < 0)
      throw std::runtime_error(std::string("write: ") + std::strerror(errno));
    done += static_cast<std::size_t>(wrote);
  }
  lseek(file, 0, SEEK_SET);
  return file;
}

int OpenOutput(const ProcessOptions& options) {
  if (!options.log) return MemoryFile({});
  const int file =
      open(options.log->c_str(), O_CREAT | O_RDWR | O_APPEND | O_CLOEXEC, 0644);
  if (file < 0) throw std::runtime_error("cannot write " + *options.log);
  return file;
}

std::string ReadAll(int file) {
  std::string text;
  char buffer[65536];
  for (ssize_t n = 0; (n = pread(file, buffer, sizeof buffer,
                                 static_cast<off_t>(text.size()))) > 0;) {
    text.append(buffer, static_cast<std::size_t>(n));
  }
  return text;
}

std::vector<std::string> Environment(const ProcessOptions& options) {
  std::vector<std::string> out;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string name(*entry, std::strcspn(*entry, "="));
    if (!options.environment.contains(name)) out.emplace_back(*entry);
  }
  for (const auto& [name, value] : options.environment) {
    if (value) out.push_back(name + "=" + *value);
  }
  return out;
}

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

bool Become(const User& user) {
  return setgroups(0, nullptr) == 0 && setgid(user.gid) == 0 &&
         setuid(user.uid) == 0;
}

// In the child, between fork and exec: no allocation. The death signal is set
// after the user changes, which would clear it; the parent may be gone by then.
[[noreturn]] void RunChild(const ProcessOptions& options, pid_t parent,
                           const int (&files)[3], char** arguments,
                           char** environment) {
  for (int i = 0; i < 3; ++i) dup2(files[i], i);
  if (options.user && !Become(*options.user)) _exit(kCannotStart);
  prctl(PR_SET_PDEATHSIG, options.death_signal);
  if (getppid() != parent) _exit(kCannotStart);
  if (!options.folder.empty() && chdir(options.folder.c_str()) != 0)
    _exit(kCannotStart);
  execvpe(arguments[0], arguments, environment);
  _exit(kCannotStart);
}

}  // namespace

Process Process::Start(const std::vector<std::string>& arguments,
                       const ProcessOptions& options) {
  std::vector<std::string> argument_texts = arguments;
  std::vector<std::string> environment_texts = Environment(options);
  const std::vector<char*> argv = Pointers(argument_texts);
  const std::vector<char*> envp = Pointers(environment_texts);
  Process process;
  process.out_ = OpenOutput(options);
  process.err_ = OpenOutput(options);
  const int files[3] = {MemoryFile(options.input), process.out_, process.err_};
  const pid_t parent = getpid();
  process.pid_ = fork();
  if (process.pid_ == 0)
    RunChild(options, parent, files, const_cast<char**>(argv.data()),
             const_cast<char**>(envp.data()));
  close(files[0]);
  if (process.pid_ < 0)
    throw std::runtime_error(std::string("fork: ") + std::strerror(errno));
  return process;
}

Process::Process(Process&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      out_(std::exchange(other.out_, -1)),
      err_(std::exchange(other.err_, -1)),
      status_(other.status_) {}

Process::~Process() {
  if (pid_ > 0 && !status_) {
    Kill();
    Wait();
  }
  if (out_ >= 0) close(out_);
  if (err_ >= 0) close(err_);
}

std::string Process::out() const {
  return ReadAll(out_);
}
std::string Process::err() const {
  return ReadAll(err_);
}

bool Process::Running() {
  int status = 0;
  if (!status_ && waitpid(pid_, &status, WNOHANG) == pid_) status_ = status;
  return !status_;
}

void Process::Kill(int signal) {
  if (Running()) kill(pid_, signal);
}

bool Process::WaitFor(std::chrono::milliseconds time) {
  const auto end = std::chrono::steady_clock::now() + time;
  while (Running()) {
    if (std::chrono::steady_clock::now() >= end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return true;
}

Outcome Process::Wait() {
  int status = 0;
  while (!status_) {
    if (waitpid(pid_, &status, 0) == pid_)
      status_ = status;
    else if (errno != EINTR)
      throw std::runtime_error(std::string("waitpid: ") + std::strerror(errno));
  }
  Outcome outcome{0, 0, out(), err()};
  if (WIFSIGNALED(*status_)) outcome.signal = WTERMSIG(*status_);
  outcome.exit_code =
      outcome.signal != 0 ? 128 + outcome.signal : WEXITSTATUS(*status_);
  return outcome;
}

Outcome RunProcess(const std::vector<std::string>& arguments,
                   const ProcessOptions& options) {
  return Process::Start(arguments, options).Wait();
}

}  // namespace godwit::test
