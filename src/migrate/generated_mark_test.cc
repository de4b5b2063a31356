// SPDX-License-Identifier: Apache-2.0
#include "migrate/generated_mark.h"

#include <gtest/gtest.h>

namespace godwit::migrate {
namespace {

TEST(GeneratedMark, TellsAnEditedFileFromOneThatIsAsItWasWritten) {
  const std::string written =
      WithGeneratedMark("-- +goose Up\nCREATE TABLE t (id int);\n");
  EXPECT_EQ(ReadGeneratedMark(written), GeneratedMark::kIntact);

  std::string edited = written;
  edited.replace(edited.find("int)"), 3, "text");
  EXPECT_EQ(ReadGeneratedMark(edited), GeneratedMark::kEdited);

  EXPECT_EQ(ReadGeneratedMark("-- +goose Up\n"), GeneratedMark::kNone);
  EXPECT_EQ(ReadGeneratedMark(written.substr(0, 80)), GeneratedMark::kEdited);
}

TEST(GeneratedMark, DoesNotCountLineEnds) {
  std::string text = WithGeneratedMark("a\nb\n");
  for (std::size_t at = text.find('\n'); at != text.npos;
       at = text.find('\n', at + 2))
    text.insert(at, 1, '\r');
  EXPECT_EQ(ReadGeneratedMark(text), GeneratedMark::kIntact);
}

}  // namespace
}  // namespace godwit::migrate
