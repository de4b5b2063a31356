// SPDX-License-Identifier: Apache-2.0
#include "support/wire_message.h"

#include <gmock/gmock.h>

namespace godwit::test {
namespace {

using std::string_literals::operator""s;
using Kind = WireMessage::Kind;

const std::string kSslRequestBytes = "\0\0\0\x08\x04\xd2\x16\x2f"s;
const std::string kStartupBytes = "\0\0\0\x11\0\3\0\0user\0me\0\0"s;
const std::string kQueryBytes = "Q\0\0\0\x0eSELECT 1;\0"s;
const std::string kReadyBytes = "Z\0\0\0\5I"s;

TEST(WireReader, PutsMessagesTogetherFromSingleBytes) {
  WireReader reader(WireReader::Side::kClient);
  std::vector<std::string> messages;
  for (const char byte : kSslRequestBytes + kStartupBytes + kQueryBytes) {
    reader.Feed({&byte, 1});
    while (auto message = reader.Next()) messages.push_back(message->bytes);
  }
  EXPECT_THAT(messages, testing::ElementsAre(kSslRequestBytes, kStartupBytes,
                                             kQueryBytes));
}

TEST(WireReader, TellsMessagesApartThatCameTogether) {
  WireReader reader(WireReader::Side::kClient);
  reader.Feed(kSslRequestBytes + kStartupBytes + kQueryBytes);
  EXPECT_EQ(reader.Next()->code, kSslRequest);
  const auto startup = reader.Next();
  EXPECT_EQ(startup->kind, Kind::kStartup);
  EXPECT_EQ(startup->code, 3u << 16);
  const auto query = reader.Next();
  EXPECT_EQ(query->type, 'Q');
  EXPECT_EQ(query->body(), "SELECT 1;\0"s);
  EXPECT_FALSE(reader.Next());
}

TEST(WireReader, TheAnswerToARequestForEncryptionIsOneByte) {
  WireReader reader(WireReader::Side::kServer);
  reader.ExpectByte();
  reader.Feed("N" + kReadyBytes);
  EXPECT_EQ(reader.Next()->kind, Kind::kByte);
  EXPECT_EQ(reader.Next()->type, 'Z');
}

TEST(WireReader, WhatIsEncryptedPassesWhole) {
  WireReader reader(WireReader::Side::kServer);
  reader.TurnOpaque();
  reader.Feed("\x16\3\3");
  EXPECT_EQ(reader.Next()->kind, Kind::kOpaque);
  EXPECT_FALSE(reader.Next());
}

TEST(ErrorResponse, IsAMessageOfItsOwnLength) {
  WireReader reader(WireReader::Side::kServer);
  reader.Feed(ErrorResponse("ERROR", "40001", "no") + kReadyBytes);
  const auto error = reader.Next();
  EXPECT_EQ(error->type, 'E');
  EXPECT_EQ(error->body(), "SERROR\0VERROR\0C40001\0Mno\0\0"s);
  EXPECT_EQ(reader.Next()->type, 'Z');
}

}  // namespace
}  // namespace godwit::test
