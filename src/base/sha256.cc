// SPDX-License-Identifier: Apache-2.0
#include "base/sha256.h"

#include <nettle/sha2.h>

#include <array>
#include <span>

namespace godwit {

namespace {

using Sha256Digest = std::array<std::uint8_t, SHA256_DIGEST_SIZE>;

std::string Hex(std::span<const std::uint8_t> digest) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex(2 * digest.size(), '0');
  char* at = hex.data();
  for (const std::uint8_t byte : digest) {
    *at++ = kDigits[byte >> 4];
    *at++ = kDigits[byte & 15];
  }
  return hex;
}

std::string Base64Text(std::span<const std::uint8_t> digest) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < digest.size(); i += 3) {
    const std::size_t left = digest.size() - i;
    const unsigned three = (digest[i] << 16u) |
                           (left > 1 ? digest[i + 1] << 8u : 0u) |
                           (left > 2 ? digest[i + 2] : 0u);
    text += kDigits[(three >> 18u) & 63u];
    text += kDigits[(three >> 12u) & 63u];
    text += left > 1 ? kDigits[(three >> 6u) & 63u] : '=';
    text += left > 2 ? kDigits[three & 63u] : '=';
  }
  return text;
}

const std::uint8_t* Data(std::string_view bytes) {
  return reinterpret_cast<const std::uint8_t*>(bytes.data());
}

}  // namespace

std::string Sha256Hex(std::string_view bytes) {
  sha256_ctx context;
  sha256_init(&context);
  sha256_update(&context, bytes.size(), Data(bytes));
  Sha256Digest digest;
  sha256_digest(&context, digest.size(), digest.data());
  return Hex(digest);
}

std::string Sha384Hex(std::string_view bytes) {
  sha384_ctx context;
  sha384_init(&context);
  sha384_update(&context, bytes.size(), Data(bytes));
  std::array<std::uint8_t, SHA384_DIGEST_SIZE> digest;
  sha384_digest(&context, digest.size(), digest.data());
  return Hex(digest);
}

struct RunningSha256::State {
  sha256_ctx context;
};

RunningSha256::RunningSha256() : state_(std::make_unique<State>()) {
  sha256_init(&state_->context);
}
RunningSha256::~RunningSha256() = default;

void RunningSha256::Add(std::string_view bytes) {
  sha256_update(&state_->context, bytes.size(), Data(bytes));
}

std::string RunningSha256::Base64() const {
  sha256_ctx so_far = state_->context;
  Sha256Digest digest;
  sha256_digest(&so_far, digest.size(), digest.data());
  return Base64Text(digest);
}

}  // namespace godwit
