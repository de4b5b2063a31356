// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/postgres.h"
#include "runtime/postgres_wire.h"

namespace godwit::internal {

// Reads a command to its end, so the connection can take the next, and then
// throws its error if it had one. `copy_data` is for COPY … FROM stdin; data
// that the server does not ask for is an error, and so is asking for data not
// given.
Result ReadResult(Wire& wire, RowUse rows,
                  std::optional<std::string_view> copy_data = {});

std::unique_ptr<PreparedStatement> PrepareStatement(std::weak_ptr<Wire> wire,
                                                    std::string name,
                                                    std::string_view sql);

}  // namespace godwit::internal
