// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "state/hcl/values.h"

namespace godwit::state {

// Whether the block has the labels that its rule asks for; tells where not.
bool CheckLabels(DocumentState& state, const hcl::BlockSyntax& block,
                 const schema::BlockRule& rule, int file);

// An object's block as a declaration, checked against its rule.
schema::Declaration ReadEntry(DocumentState& state, const hcl::Scope& scope,
                              const Entry& entry, const Instance& instance);

}  // namespace godwit::state
