// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/text.h"

namespace godwit::codegen {

// Text line by line, indented.
class Writer {
 public:
  template <typename... T>
  void Line(const T&... pieces) {
    const std::string line = Cat(pieces...);
    if (!line.empty()) text_.append(indent_, ' ').append(line);
    text_ += '\n';
  }
  void Blank() { text_ += '\n'; }
  void Indent(std::size_t by = 2) { indent_ += by; }
  void Outdent(std::size_t by = 2) { indent_ -= by; }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
  std::size_t indent_ = 0;
};

}  // namespace godwit::codegen
