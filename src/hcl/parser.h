// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "hcl/syntax.h"

namespace godwit::hcl {

// The file's tree, and all that is wrong with it: behind an error the next
// attribute or block is read.
Document Parse(std::shared_ptr<const Source> source);
Document Parse(std::string name, std::string text);

}  // namespace godwit::hcl
