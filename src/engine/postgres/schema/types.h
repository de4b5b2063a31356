// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "schema/catalog.h"

namespace godwit::engine::pg {

std::string CreateEnum(const schema::Enum& type, const std::string& name);
std::string CreateDomain(const schema::Domain& domain, const std::string& name);
std::string CreateComposite(const schema::Composite& type,
                            const std::string& name);
// As the server fills in what was not said.
schema::Identity UsualSequence(const schema::Identity& options,
                               std::string_view type);
// "AS integer INCREMENT BY 1 …", only what is not usual, or all of it.
std::string SequenceOptions(const schema::Identity& options,
                            std::string_view type);
std::string AllSequenceOptions(const schema::Identity& options);

}  // namespace godwit::engine::pg
