// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

#include "schema_generator.h"
#include "schema_property.h"
#include "support/cluster.h"

namespace godwit::property {
namespace {

// A few databases that are emptied again and again: new ones take longer.
class Databases {
 public:
  explicit Databases(test::Cluster& cluster) {
    for (std::string& dsn : dsns_) dsn = cluster.FreshDatabase();
  }
  Connection Next() {
    Connection connection = Connection::Open(dsns_[next_++ % std::size(dsns_)]);
    connection.Execute("SET client_min_messages = error");
    connection.Execute("DROP SCHEMA public CASCADE");
    connection.Execute("CREATE SCHEMA public");
    return connection;
  }

 private:
  std::string dsns_[4];
  std::size_t next_ = 0;
};

// It finds what does not hold yet; by hand, with
// --gtest_also_run_disabled_tests.
TEST(PostgresSchemaProperty, DISABLED_EveryPlanArrivesAndKeepsTheRows) {
  setenv("RC_PARAMS", "seed=1 max_success=60", 0);
  for (test::Cluster* cluster : test::Cluster::All()) {
    Databases databases(*cluster);
    const Bench bench{
        .words = {{"integer", "text", "real"}, {"\"C\"", "\"POSIX\""}, false},
        .open = [&] { return databases.Next(); }};
    Figures figures;
    EXPECT_TRUE(rc::check([&](const Model& a, const Model& b) {
      try {
        CheckWay(bench, a, b, figures);
      } catch (const std::exception& error) {
        RC_FAIL(error.what());
      }
    }));
    std::cout << "PostgreSQL " << cluster->version() << ": " << figures.pairs
              << " pairs, " << figures.statements << " statements, "
              << figures.empty << " with nothing to do, " << figures.refused
              << " refused because of the rows\n";
  }
}

}  // namespace
}  // namespace godwit::property
