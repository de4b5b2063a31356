// SPDX-License-Identifier: Apache-2.0
#include "entry.h"
#include "godwit/error.h"
#include "migrate/environment.h"
#include "migrate/formats/format.h"
#include "migrate/formats/goose_annotation.h"

// What reads a name or one line.
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace godwit::migrate;
  const std::string_view text = godwit::fuzz::TextOf(data, size);
  for (const Format& format : Formats()) {
    try {
      const NameVerdict verdict = format.read_name(text);
      const auto* name = std::get_if<FileName>(&verdict);
      godwit::fuzz::Require(name == nullptr || name->version >= 0,
                            "a version is not negative");
    } catch (const godwit::Error& error) {
      godwit::fuzz::Require(error.code() == godwit::ErrorCode::kUnsupported,
                            "names throw for Go files only");
    }
  }
  const Substitution result = Substitute(
      text, [](const std::string& name) { return std::optional(name); });
  godwit::fuzz::Require(result.problem.empty() || result.problem_at <= size,
                        "a problem lies in the line");
  const GooseReading reading = ReadGooseAnnotation(text);
  godwit::fuzz::Require(
      reading.problem.empty() || reading.annotation == GooseAnnotation::kNone,
      "a problem is no annotation");
  return 0;
}
