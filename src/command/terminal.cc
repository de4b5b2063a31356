// SPDX-License-Identifier: Apache-2.0
#include "command/terminal.h"

#include <unistd.h>

#include <cstdlib>

#include "base/text.h"

namespace godwit::command {

Terminal Terminal::Look(bool no_color) {
  const char* variable = std::getenv("NO_COLOR");
  const bool plain = no_color || (variable && *variable);
  Terminal terminal;
  terminal.is_terminal_out = isatty(STDOUT_FILENO) != 0;
  terminal.can_ask = isatty(STDIN_FILENO) != 0 && isatty(STDERR_FILENO) != 0;
  terminal.colours_out = !plain && terminal.is_terminal_out;
  terminal.colours_err = !plain && isatty(STDERR_FILENO) != 0;
  return terminal;
}

std::string Terminal::Paint(bool on, Colour colour, std::string_view text) {
  if (!on || colour == Colour::kNone) return std::string(text);
  constexpr std::string_view kCodes[] = {"", "31", "32", "33", "36", "2", "1"};
  return Cat("\x1b[", kCodes[static_cast<int>(colour)], "m", text, "\x1b[0m");
}

}  // namespace godwit::command
