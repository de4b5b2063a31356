// SPDX-License-Identifier: Apache-2.0
#include "support/wire_message.h"

namespace godwit::test {

namespace {

constexpr std::size_t kLengthSize = 4;

std::uint32_t ReadInt32(std::string_view bytes) {
  std::uint32_t value = 0;
  for (const char byte : bytes.substr(0, kLengthSize))
    value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

std::string Int32(std::size_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8)
    bytes += static_cast<char>(value >> shift & 0xff);
  return bytes;
}

bool AsksForEncryption(std::uint32_t code) {
  return code == kSslRequest || code == kGssRequest;
}

}  // namespace

std::string_view WireMessage::body() const {
  const std::size_t head = kind == Kind::kTyped     ? 1 + kLengthSize
                           : kind == Kind::kStartup ? kLengthSize
                                                    : 0;
  return std::string_view(bytes).substr(head);
}

void WireReader::Feed(std::string_view bytes) {
  bytes_.erase(0, read_);
  read_ = 0;
  bytes_ += bytes;
}

std::optional<WireMessage> WireReader::Take(WireMessage::Kind kind,
                                            std::size_t size) {
  if (rest().size() < size) return std::nullopt;
  WireMessage message;
  message.kind = kind;
  message.bytes = rest().substr(0, size);
  read_ += size;
  return message;
}

std::optional<WireMessage> WireReader::Next() {
  using Kind = WireMessage::Kind;
  if (rest().empty()) return std::nullopt;
  if (opaque_) return Take(Kind::kOpaque, rest().size());
  if (expects_byte_) {
    expects_byte_ = false;
    auto message = Take(Kind::kByte, 1);
    message->type = message->bytes[0];
    return message;
  }
  const std::size_t head = in_startup_ ? 0 : 1;
  if (rest().size() < head + kLengthSize) return std::nullopt;
  const std::size_t size = head + ReadInt32(rest().substr(head));
  auto message = Take(in_startup_ ? Kind::kStartup : Kind::kTyped, size);
  if (!message) return std::nullopt;
  if (in_startup_) {
    message->code = ReadInt32(message->body());
    in_startup_ = AsksForEncryption(message->code);
  } else {
    message->type = message->bytes[0];
  }
  return message;
}

std::string ErrorResponse(std::string_view severity, std::string_view sqlstate,
                          std::string_view message) {
  std::string fields;
  const auto add = [&](char field, std::string_view value) {
    fields += field;
    fields += value;
    fields += '\0';
  };
  add('S', severity);
  add('V', severity);
  add('C', sqlstate);
  add('M', message);
  fields += '\0';
  return 'E' + Int32(kLengthSize + fields.size()) + fields;
}

}  // namespace godwit::test
