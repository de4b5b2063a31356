// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "codegen/generated.h"

namespace godwit::codegen {

// A header and a source for every file of queries, and models.h with models.cc
// for the structs and enums that they share. The same input gives the same
// bytes.
std::vector<GeneratedFile> WriteCpp(const Input& input);

}  // namespace godwit::codegen
