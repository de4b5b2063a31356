// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>

#include "runtime/postgres_wire.h"

namespace godwit::internal {

// Gives the data of a COPY piece by piece; an empty piece is the end.
using CopySource = std::function<std::string_view()>;

// Sends the data of a COPY … FROM stdin that the server waits for, and its end.
// Stops early when the server has found an error or a cancel was asked for; the
// caller then reads the result as ever.
void SendCopyData(Wire& wire, const CopySource& source);

// Ends a COPY from stdin that nobody has data for, or no more.
void RefuseCopyData(Wire& wire);

// Reads and drops what COPY … TO stdout sends.
void DropCopyData(Wire& wire);

}  // namespace godwit::internal
