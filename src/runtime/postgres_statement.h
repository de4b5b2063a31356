// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/postgres.h"
#include "runtime/postgres_copy.h"
#include "runtime/postgres_wire.h"

namespace godwit::internal {

// Reads a command to its end, so the connection can take the next, and then
// throws its error if it had one. `data` is for COPY … FROM stdin and may be
// null; data that the server does not ask for is an error, and so is asking for
// data not given. What `data` throws ends the COPY and is thrown.
Result ReadResult(Wire& wire, RowUse rows, const CopySource* data = nullptr);

// Where the server can be asked now; else it stays.
void DeallocateStatement(Wire& wire, const std::string& name);

std::unique_ptr<PreparedStatement> PrepareStatement(std::weak_ptr<Wire> wire,
                                                    std::string name,
                                                    std::string_view sql);

}  // namespace godwit::internal
