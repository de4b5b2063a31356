// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace godwit::test {

// One message of PostgreSQL's protocol as it stands on the wire.
struct WireMessage {
  enum class Kind {
    kStartup,  // no type byte: StartupMessage, SSLRequest, CancelRequest
    kTyped,
    kByte,    // the one byte that answers an SSLRequest
    kOpaque,  // encrypted: as much as was there
  };
  Kind kind = Kind::kTyped;
  char type = 0;           // of a typed one; the byte itself of kByte
  std::uint32_t code = 0;  // of kStartup: the protocol or the request
  std::string bytes;

  // Behind type and length.
  std::string_view body() const;
};

inline constexpr std::uint32_t kCancelRequest = 80877102;
inline constexpr std::uint32_t kSslRequest = 80877103;
inline constexpr std::uint32_t kGssRequest = 80877104;

// Cuts one direction of a connection into messages, whatever pieces it comes
// in. https://www.postgresql.org/docs/current/protocol-message-formats.html
class WireReader {
 public:
  enum class Side { kClient, kServer };
  explicit WireReader(Side side) : in_startup_(side == Side::kClient) {}

  void Feed(std::string_view bytes);
  // The next whole message; nothing where more bytes are needed.
  std::optional<WireMessage> Next();
  // The server's next byte answers a request for encryption.
  void ExpectByte() { expects_byte_ = true; }
  // From here on nothing can be told apart.
  void TurnOpaque() { opaque_ = true; }

 private:
  std::optional<WireMessage> Take(WireMessage::Kind kind, std::size_t size);

  std::string_view rest() const {
    return std::string_view(bytes_).substr(read_);
  }

  std::string bytes_;
  std::size_t read_ = 0;
  bool in_startup_;
  bool expects_byte_ = false;
  bool opaque_ = false;
};

// An ErrorResponse with these fields.
std::string ErrorResponse(std::string_view severity, std::string_view sqlstate,
                          std::string_view message);

}  // namespace godwit::test
