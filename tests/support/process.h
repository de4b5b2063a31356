// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <chrono>
#include <csignal>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace godwit::test {

struct User {
  uid_t uid = 0;
  gid_t gid = 0;
};

struct ProcessOptions {
  std::string input;
  // Added to this process's own; nothing unsets a variable.
  std::map<std::string, std::optional<std::string>> environment;
  std::string folder;              // where it runs; empty: here
  std::optional<User> user;        // whom it runs as
  std::optional<std::string> log;  // a file for both outputs
  int death_signal = SIGKILL;      // what it gets when this process dies
};

struct Outcome {
  int exit_code = 0;  // 128 + signal where one ended it
  int signal = 0;
  std::string out;
  std::string err;
};

// A running program. It dies with the one that started it; the destructor
// kills.
class Process {
 public:
  static Process Start(const std::vector<std::string>& arguments,
                       const ProcessOptions& options = {});
  Process(Process&& other) noexcept;
  Process& operator=(Process&&) = delete;
  ~Process();

  pid_t pid() const { return pid_; }
  // What it wrote until now.
  std::string out() const;
  std::string err() const;
  bool Running();
  void Kill(int signal = SIGKILL);
  Outcome Wait();
  // Waits until it ends or the time is over; whether it ended.
  bool WaitFor(std::chrono::milliseconds time);

 private:
  Process() = default;

  pid_t pid_ = -1;
  int out_ = -1;
  int err_ = -1;
  std::optional<int> status_;
};

// The first argument is the program, found on PATH.
Outcome RunProcess(const std::vector<std::string>& arguments,
                   const ProcessOptions& options = {});

}  // namespace godwit::test
