// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hcl/evaluator.h"
#include "hcl/type.h"

namespace godwit::hcl {

// The language's functions, a table for each field.
std::vector<Function> NumberFunctions();
std::vector<Function> TextFunctions();
std::vector<Function> RegexFunctions();
std::vector<Function> FormatFunctions();
std::vector<Function> CollectionFunctions();
std::vector<Function> SetFunctions();
std::vector<Function> ConversionFunctions();
std::vector<Function> JsonFunctions();
std::vector<Function> YamlFunctions();
std::vector<Function> UrlFunctions();
std::vector<Function> TimeFunctions();

using Arguments = std::span<const Value>;

// For the bodies of functions. All throw ValueError.
std::int64_t ToWhole(const Value& value);
const std::vector<Value>& ToElements(const Value& value);
Value ToList(const Value& value);
// As the language's JSON.
std::string ToJson(const Value& value);

}  // namespace godwit::hcl
