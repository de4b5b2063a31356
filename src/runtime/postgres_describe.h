// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "runtime/postgres.h"
#include "runtime/postgres_wire.h"

namespace godwit::internal {

// Parse and Describe of each statement, with a Sync behind each, so that the
// error of one is its own.
// Prepares one under the name, which may be empty, and describes it.
StatementDescription DescribePrepared(Wire& wire, const std::string& name,
                                      const std::string& statement);

std::vector<StatementDescription> DescribeStatements(
    Wire& wire, std::span<const std::string> statements);

}  // namespace godwit::internal
