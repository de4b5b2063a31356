// SPDX-License-Identifier: Apache-2.0
#include "command/json.h"

#include <gmock/gmock.h>

namespace godwit::command {
namespace {

TEST(Json, IsOneLineInTheOrderOfWriting) {
  Json document;
  document["z"] = 1;
  document["a"] = "two\nlines";
  EXPECT_EQ(Dump(document), "{\"z\":1,\"a\":\"two\\nlines\"}");
}

TEST(Json, KeepsTextAsItIs) {
  EXPECT_EQ(Dump(Json{{"a", "grün 日本 \x7f"}}), "{\"a\":\"grün 日本 \x7f\"}");
}

TEST(Json, BytesThatAreNoUtf8AreReplaced) {
  EXPECT_EQ(Dump(Json{{"a", "x\xff\xfey"}}), "{\"a\":\"x\uFFFD\uFFFDy\"}");
  EXPECT_EQ(Dump(Json{{"a", "cut \xc3"}}), "{\"a\":\"cut \uFFFD\"}");
}

TEST(Json, VersionsStayWholeNumbers) {
  EXPECT_EQ(Dump(Json{{"v", std::int64_t{9223372036854775807}}}),
            "{\"v\":9223372036854775807}");
}

TEST(Json, AnErrorHasItsCodeAndMessageAtLeast) {
  EXPECT_EQ(Dump(ErrorValue(Error(ErrorCode::kBadFilename, "m\xff").info())),
            "{\"code\":\"bad_filename\",\"message\":\"m\uFFFD\"}");
}

}  // namespace
}  // namespace godwit::command
