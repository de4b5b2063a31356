// SPDX-License-Identifier: Apache-2.0
#include "state/catalog/narrow.h"

#include <gmock/gmock.h>

namespace godwit::state {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> Left(const Narrowing& narrowing) {
  schema::Catalog catalog;
  for (const auto& [schema, name] :
       std::vector<std::pair<std::string, std::string>>{
           {"app", "users"}, {"app", "audit_log"}, {"core", "users"}})
    catalog.tables.push_back({.name = {schema, name}});
  for (const char* schema : {"app", "core"})
    catalog.schemas.push_back({.name = schema});
  const schema::Catalog narrowed = Narrow(catalog, narrowing);
  std::vector<std::string> left;
  for (const schema::Schema& schema : narrowed.schemas)
    left.push_back(schema.name);
  for (const schema::Table& table : narrowed.tables)
    left.push_back(table.name.text());
  return left;
}

TEST(Narrow, LeavesWhatIsLookedAt) {
  EXPECT_THAT(Left({}), ElementsAre("app", "core", "app.users", "app.audit_log",
                                    "core.users"));
  EXPECT_THAT(Left({{"core"}, {}}), ElementsAre("core", "core.users"));
  EXPECT_THAT(Left({{}, {"audit_*", "core*"}}),
              ElementsAre("app", "app.users"));
  EXPECT_THAT(Left({{"app"}, {"app.u*"}}), ElementsAre("app", "app.audit_log"));
}

}  // namespace
}  // namespace godwit::state
