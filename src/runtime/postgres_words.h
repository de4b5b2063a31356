// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace godwit::internal {

// As much of the server's lexer as tells words from what stands in quotes and
// comments. The one of `sql` is above this module.
class Words {
 public:
  explicit Words(std::string_view sql) : rest_(sql) {}

  // The next word, or one byte or one quoted thing; empty at the end. Comments
  // are skipped.
  std::string_view Next();

 private:
  bool SkipComment();
  std::size_t Quoted(char quote) const;
  std::size_t DollarQuoted() const;

  std::string_view rest_;
  std::string_view last_;
};

}  // namespace godwit::internal
