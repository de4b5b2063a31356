// Made by godwit from the schema; changes in here are lost.
#pragma once

#include <string_view>

namespace member_console::billing {

// billing.accounts
inline constexpr std::string_view kAccountsOrganizationIdFkey =
    "accounts_organization_id_fkey";
inline constexpr std::string_view kAccountsPkey = "accounts_pkey";

// billing.invoices
inline constexpr std::string_view kInvoicesAccountIdFkey =
    "invoices_account_id_fkey";
inline constexpr std::string_view kInvoicesCentsCheck = "invoices_cents_check";
inline constexpr std::string_view kInvoicesPkey = "invoices_pkey";

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

// identity.accounts
inline constexpr std::string_view kAccountsLoginKey = "accounts_login_key";
inline constexpr std::string_view kAccountsUserIdFkey = "accounts_user_id_fkey";
inline constexpr std::string_view kAccountsUserIdKey = "accounts_user_id_key";

// identity.sessions
inline constexpr std::string_view kSessionsAccountIdFkey =
    "sessions_account_id_fkey";
inline constexpr std::string_view kSessionsPkey = "sessions_pkey";

// organization.members
inline constexpr std::string_view kMembersAccountIdFkey =
    "members_account_id_fkey";
inline constexpr std::string_view kMembersOrganizationIdFkey =
    "members_organization_id_fkey";
inline constexpr std::string_view kMembersPkey = "members_pkey";

// organization.organizations
inline constexpr std::string_view kOrganizationsNameKey =
    "organizations_name_key";
inline constexpr std::string_view kOrganizationsPkey = "organizations_pkey";

}  // namespace member_console::billing
