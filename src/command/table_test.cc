// SPDX-License-Identifier: Apache-2.0
#include "command/table.h"

#include <gmock/gmock.h>

namespace godwit::command {
namespace {

TEST(Table, ColumnsAreAsWideAsTheirWidestCell) {
  Table table({"version", "state", "name"});
  table.Add({{"1"}, {"interrupted"}, {"a"}});
  table.Add({{"20240101000000"}, {"x"}, {"b"}});
  EXPECT_EQ(table.Show({}),
            "version         state        name\n"
            "1               interrupted  a\n"
            "20240101000000  x            b\n");
}

TEST(Table, CountsCodePointsAndNoBytes) {
  Table table({"name", "x"});
  table.Add({{"größe"}, {"1"}});
  table.Add({{"plain"}, {"2"}});
  EXPECT_EQ(table.Show({}), "name   x\ngröße  1\nplain  2\n");
}

TEST(Table, ColoursDoNotMoveColumns) {
  Table table({"a", "b"});
  table.Add({{"1", Colour::kGreen}, {"2"}});
  EXPECT_EQ(table.Show({.colours_out = true}),
            "\x1b[1ma\x1b[0m  \x1b[1mb\x1b[0m\n\x1b[32m1\x1b[0m  2\n");
}

TEST(Table, WithoutRowsIsItsHeading) {
  EXPECT_EQ(Table({"a", "bc"}).Show({}), "a  bc\n");
}

}  // namespace
}  // namespace godwit::command
