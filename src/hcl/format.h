// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "hcl/source.h"

namespace godwit::hcl {

// The text in the canonical layout: indented, `=` and comments behind values in
// columns, one blank between words. Comments, blank lines and what stands in
// quotes and heredocs stay. The source has no syntax error.
std::string Format(const Source& source);

}  // namespace godwit::hcl
