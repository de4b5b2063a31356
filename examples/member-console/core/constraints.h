// Made by godwit from the schema; changes in here are lost.
#pragma once

#include <string_view>

namespace member_console::core {

// core.payments
inline constexpr std::string_view kPaymentsCentsCheck = "payments_cents_check";
inline constexpr std::string_view kPaymentsPkey = "payments_pkey";
inline constexpr std::string_view kPaymentsUserIdFkey = "payments_user_id_fkey";

// core.users
inline constexpr std::string_view kUsersEmailCheck = "users_email_check";
inline constexpr std::string_view kUsersEmailKey = "users_email_key";
inline constexpr std::string_view kUsersPkey = "users_pkey";

// fedwiki.sites
inline constexpr std::string_view kSitesDomainKey = "sites_domain_key";
inline constexpr std::string_view kSitesOwnerIdFkey = "sites_owner_id_fkey";
inline constexpr std::string_view kSitesPkey = "sites_pkey";

}  // namespace member_console::core
