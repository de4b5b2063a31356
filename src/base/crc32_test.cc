// SPDX-License-Identifier: Apache-2.0
#include "base/crc32.h"

#include <gmock/gmock.h>

#include <string>

namespace godwit {
namespace {

TEST(Crc32, AgreesWithTheStandardsCheckValue) {
  EXPECT_EQ(Crc32(""), 0u);
  EXPECT_EQ(Crc32("123456789"), 0xcbf43926u);
  EXPECT_EQ(Crc32("a"), 0xe8b7be43u);
  EXPECT_EQ(Crc32("goose"), 4097083626u);
}

TEST(Crc32, TakesEveryByte) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  EXPECT_EQ(Crc32(bytes), 0x29058c73u);
  EXPECT_EQ(Crc32(std::string("public\0schema_migrations\0/app", 29)),
            0x3c9f0065u);
}

}  // namespace
}  // namespace godwit
