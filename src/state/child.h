// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace godwit::state {

struct User {
  uid_t uid = 0;
  gid_t gid = 0;
};

struct ChildOptions {
  std::optional<User> user;  // whom it runs as; needs root
  std::string log;           // a file for both of its outputs, appended
  std::string folder;        // where it runs
  int death_signal = 0;      // what it gets when this thread ends; 0: nothing
};

// A running program. Ends with its owner: what still runs is killed.
class Child {
 public:
  // The first argument is the program's path. Throws Error(kInternal) where no
  // process can be made; a program that cannot be run ends with status 127.
  static Child Start(const std::vector<std::string>& arguments,
                     const ChildOptions& options);
  Child(Child&& other) noexcept;
  Child& operator=(Child&& other) noexcept;
  ~Child();

  // Its status where it has ended: 128 + the signal where one ended it.
  std::optional<int> Poll();
  int Wait();
  void Signal(int signal);

 private:
  explicit Child(pid_t pid) : pid_(pid) {}
  void End() noexcept;

  pid_t pid_ = -1;  // -1: there is none, or it has ended
  int status_ = 0;
};

}  // namespace godwit::state
