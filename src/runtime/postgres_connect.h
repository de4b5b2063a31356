// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "runtime/dsn.h"
#include "runtime/postgres_handles.h"

namespace godwit::internal {

// Connects, each host within the timeout. Throws Error(kConnectFailed) naming
// every host that was tried, its port and the reason; Error(kInterrupted) when
// options.stop is requested.
ConnectionHandle Connect(const Dsn& dsn, const ConnectOptions& options);

// Has libpq loaded, where a program loads it when it is needed. Throws
// Error(kUnsupported) where it is missing.
void LoadClient();

}  // namespace godwit::internal
