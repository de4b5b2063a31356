// Made by godwit from queries/members.sql; changes in here are lost.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "godwit/executor.h"
#include "godwit/time.h"
#include "models.h"

namespace member_console::core {

std::int64_t AddUser(godwit::Executor db,
                     std::string_view email,
                     std::string_view display_name);

std::int64_t AddSite(godwit::Executor db,
                     std::int64_t owner_id,
                     std::string_view domain);

std::int64_t AddPayment(godwit::Executor db,
                        std::int64_t user_id,
                        std::int64_t cents);

std::int64_t DeleteUser(godwit::Executor db, std::int64_t id);

struct ListUsersRow {
  std::int64_t id = 0;
  std::string email;
  std::string display_name;
  std::int64_t sites = 0;
  std::int64_t payments = 0;
  bool operator==(const ListUsersRow&) const = default;
};

std::vector<ListUsersRow> ListUsers(godwit::Executor db);

// The newest first.
std::vector<Payment> PaymentsOf(godwit::Executor db,
                                std::int64_t user_id,
                                std::int64_t most);

}  // namespace member_console::core
