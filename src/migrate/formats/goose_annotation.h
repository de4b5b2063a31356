// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace godwit::migrate {

enum class GooseAnnotation {
  kNone,  // a comment, even where it mentions +goose
  kUp,
  kDown,
  kStatementBegin,
  kStatementEnd,
  kNoTransaction,
  kEnvSubOn,
  kEnvSubOff,
};

// What a line comment that is alone on its line says to goose.
struct GooseReading {
  GooseAnnotation annotation = GooseAnnotation::kNone;
  std::string problem;  // it means to be one and is none
  std::string help;
};

// `line` is the whole line, with the blanks before the comment.
GooseReading ReadGooseAnnotation(std::string_view line);

}  // namespace godwit::migrate
