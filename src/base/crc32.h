// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace godwit {

// CRC-32 as in IEEE 802.3 (reflected, polynomial 0xEDB88320).
std::uint32_t Crc32(std::string_view bytes);

}  // namespace godwit
