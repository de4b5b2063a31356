// SPDX-License-Identifier: Apache-2.0
#include "console.h"

#include "core/constraints.h"
#include "core/members.h"
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
  if (constraint == core::kSitesOwnerIdFkey ||
      constraint == core::kPaymentsUserIdFkey)
    throw Refused("there is no such user (" + constraint + ")");
  if (constraint == core::kUsersEmailKey) throw Refused("this email is taken");
  if (constraint == core::kUsersEmailCheck) throw Refused("this is no email");
  if (constraint == core::kSitesDomainKey)
    throw Refused("this domain is taken");
  if (constraint == core::kPaymentsCentsCheck)
    throw Refused("a payment is at least one cent");
  throw error;
}

template <typename Work>
std::int64_t Insert(Work&& work) {
  try {
    return work();
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
  godwit::Lease lease = pool_.Acquire();
  return Insert([&] { return core::AddUser(lease, email, display_name); });
}

std::int64_t Console::AddSite(std::int64_t owner, std::string_view domain) {
  godwit::Lease lease = pool_.Acquire();
  return Insert([&] { return core::AddSite(lease, owner, domain); });
}

std::int64_t Console::AddPayment(std::int64_t user, std::int64_t cents) {
  godwit::Lease lease = pool_.Acquire();
  return Insert([&] { return core::AddPayment(lease, user, cents); });
}

bool Console::DeleteUser(std::int64_t id) {
  godwit::Lease lease = pool_.Acquire();
  return core::DeleteUser(lease, id) > 0;
}

std::vector<User> Console::Users() {
  godwit::Lease lease = pool_.Acquire(godwit::Access::kRead);
  std::vector<User> users;
  for (const core::ListUsersRow& row : core::ListUsers(lease)) {
    users.push_back(
        {row.id, row.email, row.display_name, row.sites, row.payments});
  }
  return users;
}

}  // namespace member_console
