// SPDX-License-Identifier: Apache-2.0
#include "config/yaml_error.h"

#include "godwit/error.h"

namespace godwit::config {

void FailAt(const std::string& path, const YAML::Mark& mark,
            std::string message, std::string help) {
  ErrorInfo info =
      Error(ErrorCode::kConfig, std::move(message), std::move(help)).info();
  info.where = {path, mark.line + 1, mark.column + 1, {}};
  throw Error(std::move(info));
}

}  // namespace godwit::config
