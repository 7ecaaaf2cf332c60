// SHA-256 (FIPS 180-4), with the processor's instructions for it where there are some.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace hlab {

using Digest = std::array<std::uint8_t, 32>;

Digest sha256(std::string_view bytes);
/// The one-block-at-a-time version for any processor; tests compare the two.
Digest sha256_portable(std::string_view bytes);

std::string to_hex(const Digest& digest);
/// False unless `hex` is 64 lower-case hexadecimal digits.
bool from_hex(std::string_view hex, Digest& digest);

}  // namespace hlab
