// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace godwit::test {

// What came of one point.
struct Verdict {
  bool happened = false;  // the run had come that far
  int runs = 0;           // again, until one ended with success
  int asked = 0;          // how often the operator had to look
  std::string wrong;      // empty: nothing
};

// One way of going wrong on one engine: the run of all migrations is disturbed
// at one of many points, and run again to the end. Each is used by one thread.
class Ordeal {
 public:
  virtual ~Ordeal() = default;
  // "SQLite", "PostgreSQL 15"
  virtual const std::string& engine() const = 0;
  // "SIGKILL of the tool before a write"
  virtual const std::string& what() const = 0;
  // How many points an undisturbed run has; 0 where it cannot be tried here,
  // and why_not() says why.
  virtual std::size_t points() const = 0;
  virtual std::string why_not() const { return ""; }
  // From 1.
  virtual Verdict Run(std::size_t point) = 0;
};

// Those of one engine; `server` is PostgreSQL's version.
std::vector<std::unique_ptr<Ordeal>> SqliteOrdeals();
std::vector<std::unique_ptr<Ordeal>> PostgresOrdeals(int server);

}  // namespace godwit::test
