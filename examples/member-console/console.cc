// SPDX-License-Identifier: Apache-2.0
#include "console.h"

#include "member_console/audit/migrations.h"
#include "member_console/billing/migrations.h"
#include "member_console/cooperative/migrations.h"
#include "member_console/db/migrations.h"
#include "member_console/entitlements/migrations.h"
#include "member_console/fedwiki/migrations.h"
#include "member_console/identity/migrations.h"
#include "member_console/integration/migrations.h"
#include "member_console/organization/migrations.h"
#include "member_console/stripe/migrations.h"

namespace member_console {

namespace {

// The constraint that a statement has violated, told to the one who typed it.
[[noreturn]] void Refuse(const godwit::Error& error) {
  const std::string& constraint = error.constraint();
  if (constraint == "sites_owner_id_fkey" ||
      constraint == "payments_user_id_fkey")
    throw Refused("there is no such user (" + constraint + ")");
  if (constraint == "users_email_key") throw Refused("this email is taken");
  if (constraint == "users_email_check") throw Refused("this is no email");
  if (constraint == "sites_domain_key") throw Refused("this domain is taken");
  if (constraint == "payments_cents_check")
    throw Refused("a payment is at least one cent");
  throw error;
}

template <typename... T>
std::int64_t Insert(godwit::Pool& pool, std::string_view sql,
                    const T&... values) {
  try {
    return pool.Acquire()
        ->Execute(sql, values...)
        .template Get<std::int64_t>(0, 0);
  } catch (const godwit::Error& error) {
    Refuse(error);
  }
}

}  // namespace

// Append only: the position in this list gives a module its versions.
const godwit::Modules& AllModules() {
  static const godwit::Modules modules = {
      {"db", db::Migrations()},
      {"identity", identity::Migrations()},
      {"organization", organization::Migrations()},
      {"billing", billing::Migrations()},
      {"entitlements", entitlements::Migrations()},
      {"cooperative", cooperative::Migrations()},
      {"audit", audit::Migrations()},
      {"integration", integration::Migrations()},
      {"fedwiki", fedwiki::Migrations()},
      {"stripe", stripe::Migrations()},
  };
  return modules;
}

godwit::MigrateCommand Migrations(std::string dsn) {
  return {.program = "member-console migrate",
          .dsn = std::move(dsn),
          .migrations = AllModules()};
}

Console Console::Start(const std::string& dsn, godwit::Logger logger) {
  godwit::MigrateCommand migrations = Migrations(dsn);
  migrations.options.logger = logger;
  godwit::Migrate(migrations);
  return Console(godwit::Pool(
      dsn, {.search_path = {"core", "identity", "organization", "billing",
                            "entitlements", "cooperative", "audit",
                            "integration", "fedwiki", "stripe", "public"},
            .statement_timeout = std::chrono::seconds(10),
            .application_name = "member-console",
            .logger = std::move(logger)}));
}

std::int64_t Console::AddUser(std::string_view email,
                              std::string_view display_name) {
  return Insert(
      pool_,
      "INSERT INTO users (email, display_name) VALUES ($1, $2) RETURNING id",
      email, display_name);
}

std::int64_t Console::AddSite(std::int64_t owner, std::string_view domain) {
  return Insert(pool_,
                "INSERT INTO fedwiki.sites (owner_id, domain) VALUES ($1, $2) "
                "RETURNING id",
                owner, domain);
}

std::int64_t Console::AddPayment(std::int64_t user, std::int64_t cents) {
  return Insert(
      pool_,
      "INSERT INTO payments (user_id, cents) VALUES ($1, $2) RETURNING id",
      user, cents);
}

bool Console::DeleteUser(std::int64_t id) {
  return pool_.Acquire()
             ->Execute("DELETE FROM users WHERE id = $1", id)
             .changed() > 0;
}

std::vector<User> Console::Users() {
  const godwit::Lease lease = pool_.Acquire(godwit::Access::kRead);
  const godwit::Result rows = lease->Execute(R"(
SELECT u.id, u.email, u.display_name,
       (SELECT count(*) FROM fedwiki.sites s WHERE s.owner_id = u.id),
       (SELECT count(*) FROM payments p WHERE p.user_id = u.id)
FROM users u ORDER BY u.id)");
  std::vector<User> users;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    users.push_back({rows.Get<std::int64_t>(i, 0), rows.Get<std::string>(i, 1),
                     rows.Get<std::string>(i, 2), rows.Get<std::int64_t>(i, 3),
                     rows.Get<std::int64_t>(i, 4)});
  }
  return users;
}

}  // namespace member_console
