// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <yaml-cpp/mark.h>

#include <string>

namespace godwit::config {

// Throws Error(kConfig) at this place of the file.
[[noreturn]] void FailAt(const std::string& path, const YAML::Mark& mark,
                         std::string message, std::string help = {});

}  // namespace godwit::config
