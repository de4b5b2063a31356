// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>

#include "support/folder.h"
#include "support/process.h"

namespace godwit::test {

// What running to the end came to, after a run that was disturbed.
struct Aftermath {
  int runs = 0;       // until one ended with success
  int asked = 0;      // how often the operator had to look
  std::string wrong;  // empty: schema and rows are those of an undisturbed run
};

// The command, a folder of migrations, and what they come to when nothing
// disturbs them.
class Stage {
 public:
  // `folder` is one of tests/crash/migrations; without the files whose names
  // hold `without`, where that is given.
  explicit Stage(std::string_view folder, std::string_view without = {});

  const std::string& folder() const { return folder_; }
  using Variables = std::map<std::string, std::optional<std::string>>;
  // Starts `godwit migrate up` on a database.
  Process StartUp(const std::string& dsn,
                  const Variables& environment = {}) const;
  // Runs it on a fresh database without disturbance.
  void Rehearse(const std::string& dsn, const Variables& environment = {});
  // Keeps what it has made there: what every other run is compared with.
  void Remember(const std::string& dsn);

  // What holds at any moment, whoever was killed: a version that is recorded
  // has run, one that has run in a transaction is recorded. Empty where it
  // does.
  std::string WhatIsHalfDone(const std::string& dsn) const;
  // Runs again until it is done, as an operator would, and compares.
  Aftermath RunAgain(const std::string& dsn,
                     const Variables& environment = {}) const;

 private:
  bool Resolve(const std::string& dsn, std::int64_t version) const;
  std::string Compare(const std::string& dsn) const;

  TempFolder own_;
  std::string folder_;
  std::string expected_;
};

}  // namespace godwit::test
