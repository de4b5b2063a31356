// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "godwit/error.h"

namespace godwit::command {

inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;       // it was tried and failed
inline constexpr int kRefused = 2;      // it could not be tried
inline constexpr int kCheckFailed = 3;  // a check found something

inline int ExitStatus(const Error& error) {
  return IsRefusal(error.code()) ? kRefused : kFailed;
}

}  // namespace godwit::command
