// SPDX-License-Identifier: Apache-2.0
#include "state/child.h"

#include <fcntl.h>
#include <grp.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include "base/text.h"
#include "godwit/error.h"

namespace godwit::state {

namespace {

constexpr int kCannotRun = 127;

// Between fork and exec: only functions that a signal handler may call
// (signal-safety(7)); another thread may hold any lock.
struct Prepared {
  std::vector<char*> arguments;
  const char* folder;
  const char* log;
  std::optional<User> user;
  int death_signal;
  pid_t parent;
};

// The death signal is lost with a change of the user, and fires when the
// forking thread ends, which may have been before it was set.
void BecomeUser(const Prepared& prepared) {
  if (prepared.user) {
    const bool changed = setgroups(0, nullptr) == 0 &&
                         setgid(prepared.user->gid) == 0 &&
                         setuid(prepared.user->uid) == 0;
    if (!changed) _exit(kCannotRun);
  }
  if (prepared.death_signal == 0) return;
  prctl(PR_SET_PDEATHSIG, prepared.death_signal);
  if (getppid() != prepared.parent) _exit(kCannotRun);
}

[[noreturn]] void Run(const Prepared& prepared) {
  setpgid(0, 0);  // Ctrl-C at the terminal is for the parent
  BecomeUser(prepared);
  const int input = open("/dev/null", O_RDONLY);
  const int output = open(prepared.log, O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (input < 0 || output < 0 || chdir(prepared.folder) != 0) _exit(kCannotRun);
  dup2(input, 0);
  dup2(output, 1);
  dup2(output, 2);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  execv(prepared.arguments[0], prepared.arguments.data());
  _exit(kCannotRun);
}

int StatusOf(int raw) {
  return WIFSIGNALED(raw) ? 128 + WTERMSIG(raw) : WEXITSTATUS(raw);
}

}  // namespace

Child Child::Start(const std::vector<std::string>& arguments,
                   const ChildOptions& options) {
  Prepared prepared{{},
                    options.folder.empty() ? "." : options.folder.c_str(),
                    options.log.empty() ? "/dev/null" : options.log.c_str(),
                    options.user,
                    options.death_signal,
                    getpid()};
  for (const std::string& argument : arguments)
    prepared.arguments.push_back(const_cast<char*>(argument.c_str()));
  prepared.arguments.push_back(nullptr);
  const pid_t pid = fork();
  if (pid == 0) Run(prepared);
  if (pid < 0)
    throw Error(ErrorCode::kInternal,
                Cat("no process can be made: ", std::strerror(errno)));
  return Child(pid);
}

Child::Child(Child&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)), status_(other.status_) {}

Child& Child::operator=(Child&& other) noexcept {
  if (this == &other) return *this;
  End();
  pid_ = std::exchange(other.pid_, -1);
  status_ = other.status_;
  return *this;
}

Child::~Child() {
  End();
}

void Child::End() noexcept {
  if (pid_ < 0) return;
  kill(pid_, SIGKILL);
  Wait();
}

std::optional<int> Child::Poll() {
  if (pid_ < 0) return status_;
  int raw = 0;
  if (waitpid(pid_, &raw, WNOHANG) != pid_) return std::nullopt;
  pid_ = -1;
  status_ = StatusOf(raw);
  return status_;
}

int Child::Wait() {
  int raw = 0;
  while (pid_ >= 0 && waitpid(pid_, &raw, 0) != pid_) {
    if (errno != EINTR) break;
  }
  if (pid_ >= 0) status_ = StatusOf(raw);
  pid_ = -1;
  return status_;
}

void Child::Signal(int signal) {
  if (pid_ >= 0) kill(pid_, signal);
}

}  // namespace godwit::state
