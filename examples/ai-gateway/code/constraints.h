// Made by godwit from the schema; changes in here are lost.
#pragma once

#include <string_view>

namespace gateway::db {

// public.keys
inline constexpr std::string_view kKeysHashKey = "keys_hash_key";
inline constexpr std::string_view kKeysPkey = "keys_pkey";
inline constexpr std::string_view kKeysUserIdFkey = "keys_user_id_fkey";

// public.providers
inline constexpr std::string_view kProvidersNameKey = "providers_name_key";
inline constexpr std::string_view kProvidersPkey = "providers_pkey";

// public.requests
inline constexpr std::string_view kRequestsInputTokensCheck =
    "requests_input_tokens_check";
inline constexpr std::string_view kRequestsOutputTokensCheck =
    "requests_output_tokens_check";
inline constexpr std::string_view kRequestsPkey = "requests_pkey";
inline constexpr std::string_view kRequestsProviderIdFkey =
    "requests_provider_id_fkey";
inline constexpr std::string_view kRequestsUserIdFkey = "requests_user_id_fkey";

// public.usage
inline constexpr std::string_view kUsagePkey = "usage_pkey";
inline constexpr std::string_view kUsageUserIdFkey = "usage_user_id_fkey";

// public.users
inline constexpr std::string_view kUsersEmailKey = "users_email_key";
inline constexpr std::string_view kUsersPkey = "users_pkey";

}  // namespace gateway::db
