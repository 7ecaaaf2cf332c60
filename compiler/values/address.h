// Arithmetic on addresses, networks and ranges. IPv4 uses the low 32 bits of 128, so one set of
// functions serves both families.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "compiler/values/value.h"

namespace hlab::values {

__extension__ typedef unsigned __int128 AddressBits;

/// 32 or 128.
[[nodiscard]] int address_width(const Address& address);
[[nodiscard]] AddressBits address_bits(const Address& address);
[[nodiscard]] Address address_of(std::uint8_t family, AddressBits bits);
[[nodiscard]] Address network_of(std::uint8_t family, AddressBits bits, std::uint8_t prefix);
[[nodiscard]] Address range_of(std::uint8_t family, AddressBits first, AddressBits last);

/// Ones where the network's part of an address stands.
[[nodiscard]] AddressBits network_mask(const Address& network);
[[nodiscard]] AddressBits network_first(const Address& network);
[[nodiscard]] AddressBits network_last(const Address& network);
[[nodiscard]] AddressBits range_last(const Address& range);

[[nodiscard]] bool network_has(const Address& network, const Address& ip);
[[nodiscard]] bool network_covers(const Address& outer, const Address& inner);
[[nodiscard]] bool range_has(const Address& range, const Address& ip);

/// `ip` moved by `offset`; none where that leaves the family.
[[nodiscard]] std::optional<Address> moved_address(const Address& ip, std::int64_t offset);

/// Dotted quad, or RFC 5952 for IPv6.
[[nodiscard]] std::string ip_text(std::uint8_t family, AddressBits bits);
[[nodiscard]] std::string ip_text(const Address& ip);
[[nodiscard]] std::string cidr_text(const Address& network);
[[nodiscard]] std::string ip_range_text(const Address& range);

[[nodiscard]] std::optional<Address> parse_ip(std::string_view text);
[[nodiscard]] std::optional<Address> parse_cidr(std::string_view text);

}  // namespace hlab::values
