// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <godwit/migrate_command.h>
#include <godwit/pool.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace member_console {

struct User {
  std::int64_t id = 0;
  std::string email;
  std::string display_name;
  std::int64_t sites = 0;
  std::int64_t payments = 0;
};

// What a user of the program did wrong, in the program's own words.
class Refused : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The migrations of the ten modules, as one sequence.
const godwit::Modules& AllModules();

// How they run: once for the program's start, and the same for its command
// `migrate`.
godwit::MigrateCommand Migrations(std::string dsn);

// Members of a cooperative, their sites and what they have paid, in one
// PostgreSQL database.
class Console {
 public:
  // Brings the schema up to date, then opens the pool; every connection of it
  // has core and the modules' schemas on its search path. Throws godwit::Error,
  // and then nothing is left open.
  static Console Start(const std::string& dsn, godwit::Logger logger = {});

  // Each gives the new row's id; throws Refused naming what is wrong.
  std::int64_t AddUser(std::string_view email, std::string_view display_name);
  std::int64_t AddSite(std::int64_t owner, std::string_view domain);
  std::int64_t AddPayment(std::int64_t user, std::int64_t cents);
  // With all sites and payments. False where there is no such user.
  bool DeleteUser(std::int64_t id);
  std::vector<User> Users();

  godwit::Pool& pool() { return pool_; }

 private:
  explicit Console(godwit::Pool pool) : pool_(std::move(pool)) {}

  godwit::Pool pool_;
};

}  // namespace member_console
