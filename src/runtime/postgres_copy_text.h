// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace godwit::internal {

// Whether a statement is a COPY from the client or to it: stdin or stdout, not
// a file or a program of the server, whatever these are called.
bool CopiesWithClient(std::string_view sql);

}  // namespace godwit::internal
