// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "command/terminal.h"
#include "godwit/error.h"

namespace godwit::command {

// The error as people read it: message, place with excerpt and caret, what the
// database said, the state things are in, the next step. Ends with a line end.
std::string ShowError(std::string_view program, const ErrorInfo& info,
                      const Terminal& terminal);

// {"error":{…}}, one line.
std::string ErrorJson(const ErrorInfo& info);

}  // namespace godwit::command
