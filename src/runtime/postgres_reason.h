// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <libpq-fe.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace godwit::internal {

// Throws Error(kConnectFailed): what was tried before, then what libpq says, a
// reason for each host.
[[noreturn]] void ThrowConnectFailed(std::string_view shown,
                                     std::vector<std::string> reasons,
                                     std::string_view libpq_message);

// 'host "db", port 5432: no answer within 10 s'
std::string SilentHost(PGconn* connection, std::chrono::milliseconds timeout);

}  // namespace godwit::internal
