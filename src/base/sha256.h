// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace godwit {

// SHA-256 as 64 hex digits in lower case.
std::string Sha256Hex(std::string_view bytes);
// SHA-384 as 96 hex digits in lower case.
std::string Sha384Hex(std::string_view bytes);

// SHA-256 of bytes that come piece by piece. What came so far can be asked for
// at any time.
class RunningSha256 {
 public:
  RunningSha256();
  ~RunningSha256();
  void Add(std::string_view bytes);
  std::string Base64() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace godwit
