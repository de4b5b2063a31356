// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <libpq-fe.h>

#include <memory>

// libpq's resources, owned.
namespace godwit::internal {

struct FreeConnectionOptions {
  void operator()(PQconninfoOption* options) const { PQconninfoFree(options); }
};
struct FinishConnection {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct Clear {
  void operator()(PGresult* result) const { PQclear(result); }
};
struct FreeCancel {
  void operator()(PGcancel* cancel) const { PQfreeCancel(cancel); }
};

using ConnectionOptions =
    std::unique_ptr<PQconninfoOption, FreeConnectionOptions>;
using ConnectionHandle = std::unique_ptr<PGconn, FinishConnection>;
using ResultHandle = std::unique_ptr<PGresult, Clear>;
using CancelHandle = std::unique_ptr<PGcancel, FreeCancel>;

}  // namespace godwit::internal
