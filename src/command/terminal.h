// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace godwit::command {

enum class Colour { kNone, kRed, kGreen, kYellow, kCyan, kDim, kBold };

// Whether a stream may be coloured: a terminal, and neither --no-color nor
// NO_COLOR says no.
struct Terminal {
  bool colours_out = false;
  bool colours_err = false;
  bool is_terminal_out = false;
  bool can_ask = false;  // somebody reads what is asked, and can answer

  static Terminal Look(bool no_color);
  std::string Out(Colour colour, std::string_view text) const {
    return Paint(colours_out, colour, text);
  }
  std::string Err(Colour colour, std::string_view text) const {
    return Paint(colours_err, colour, text);
  }

 private:
  static std::string Paint(bool on, Colour colour, std::string_view text);
};

}  // namespace godwit::command
