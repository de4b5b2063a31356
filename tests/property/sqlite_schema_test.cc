// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

#include "schema_generator.h"
#include "schema_property.h"

namespace godwit::property {
namespace {

TEST(SqliteSchemaProperty, EveryPlanArrivesAndKeepsTheRows) {
  setenv("RC_PARAMS", "seed=1 max_success=500", 0);
  const Bench bench{
      .words = {{"integer", "text", "real"}, {"NOCASE", "RTRIM"}, true},
      .open = [] {
        return Connection::Open("sqlite::memory:", {.foreign_keys = true});
      }};
  Figures figures;
  EXPECT_TRUE(rc::check([&](const Model& a, const Model& b) {
    try {
      CheckWay(bench, a, b, figures);
    } catch (const std::exception& error) {
      RC_FAIL(error.what());
    }
  }));
  std::cout << figures.pairs << " pairs, " << figures.statements
            << " statements, " << figures.empty << " with nothing to do, "
            << figures.refused << " refused because of the rows\n";
}

}  // namespace
}  // namespace godwit::property
