#include "compiler/values/address.h"

#include <array>
#include <charconv>

namespace hlab::values {
namespace {

constexpr int kGroups = 8;
using Groups = std::array<std::uint16_t, kGroups>;

AddressBits joined(std::uint64_t high, std::uint64_t low) {
  return (static_cast<AddressBits>(high) << 64) | low;
}

AddressBits family_mask(std::uint8_t family) {
  return family == 4 ? AddressBits{0xffffffffu} : ~AddressBits{0};
}

std::string v4_text(std::uint32_t bits) {
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) {
    if (!out.empty()) out += '.';
    out += std::to_string((bits >> shift) & 0xffu);
  }
  return out;
}

struct ZeroRun {
  int begin = -1;
  int size = 0;
};

/// RFC 5952: the longest run of at least two zero groups is left out, the first one of equals.
ZeroRun longest_zeros(const Groups& groups) {
  ZeroRun best;
  for (int at = 0; at < kGroups;) {
    int end = at;
    while (end < kGroups && groups[static_cast<std::size_t>(end)] == 0) ++end;
    if (end - at > best.size) best = {at, end - at};
    at = end + 1;
  }
  return best.size >= 2 ? best : ZeroRun{};
}

void append_hex(std::string& out, std::uint16_t group) {
  std::array<char, 4> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), group, 16).ptr;
  out.append(digits.data(), end);
}

std::string v6_text(AddressBits bits) {
  Groups groups{};
  for (int i = 0; i < kGroups; ++i) {
    groups[static_cast<std::size_t>(i)] = static_cast<std::uint16_t>(bits >> (112 - 16 * i));
  }
  const ZeroRun zeros = longest_zeros(groups);
  std::string out;
  for (int i = 0; i < kGroups; ++i) {
    if (i == zeros.begin) {
      out += "::";
      i += zeros.size - 1;
      continue;
    }
    if (!out.empty() && out.back() != ':') out += ':';
    append_hex(out, groups[static_cast<std::size_t>(i)]);
  }
  return out;
}

std::optional<std::uint32_t> small_number(std::string_view text, std::uint32_t most) {
  if (text.empty() || text.size() > 3 || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value > most) return std::nullopt;
  return value;
}

std::optional<std::uint32_t> parse_v4(std::string_view text) {
  std::uint32_t bits = 0;
  for (int part = 0; part < 4; ++part) {
    const std::size_t dot = text.find('.');
    if ((dot == std::string_view::npos) != (part == 3)) return std::nullopt;
    const auto octet = small_number(text.substr(0, dot), 255);
    if (!octet) return std::nullopt;
    bits = (bits << 8) | *octet;
    if (part < 3) text.remove_prefix(dot + 1);
  }
  return bits;
}

struct HexGroups {
  AddressBits bits = 0;
  int count = 0;
};

/// `a:b:c`, whose last group may be a dotted quad. Empty text has no groups.
std::optional<HexGroups> parse_groups(std::string_view text, bool may_end_in_v4) {
  HexGroups out;
  while (!text.empty()) {
    const std::size_t colon = text.find(':');
    const std::string_view part = text.substr(0, colon);
    const bool last = colon == std::string_view::npos;
    if (last && may_end_in_v4 && part.find('.') != std::string_view::npos) {
      const auto tail = parse_v4(part);
      if (!tail || out.count > 6) return std::nullopt;
      return HexGroups{(out.bits << 32) | *tail, out.count + 2};
    }
    std::uint16_t group = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), group, 16);
    if (part.size() > 4 || error != std::errc{} || end != part.data() + part.size()) {
      return std::nullopt;
    }
    if (++out.count > kGroups) return std::nullopt;
    out.bits = (out.bits << 16) | group;
    if (last) break;
    text.remove_prefix(colon + 1);
    if (text.empty()) return std::nullopt;
  }
  return out;
}

std::optional<AddressBits> parse_v6(std::string_view text) {
  const std::size_t gap = text.find("::");
  if (gap == std::string_view::npos) {
    const auto all = parse_groups(text, true);
    if (!all || all->count != kGroups) return std::nullopt;
    return all->bits;
  }
  const auto head = parse_groups(text.substr(0, gap), false);
  const auto tail = parse_groups(text.substr(gap + 2), true);
  if (!head || !tail || head->count + tail->count >= kGroups) return std::nullopt;
  if (head->count == 0) return tail->bits;
  return (head->bits << (16 * (kGroups - head->count))) | tail->bits;
}

}  // namespace

int address_width(const Address& address) { return address.family == 4 ? 32 : 128; }

AddressBits address_bits(const Address& address) { return joined(address.high, address.low); }

Address address_of(std::uint8_t family, AddressBits bits) {
  Address out;
  out.family = family;
  out.high = static_cast<std::uint64_t>(bits >> 64);
  out.low = static_cast<std::uint64_t>(bits);
  return out;
}

Address network_of(std::uint8_t family, AddressBits bits, std::uint8_t prefix) {
  Address out = address_of(family, bits);
  out.prefix = prefix;
  return out;
}

Address range_of(std::uint8_t family, AddressBits first, AddressBits last) {
  Address out = address_of(family, first);
  out.last_high = static_cast<std::uint64_t>(last >> 64);
  out.last_low = static_cast<std::uint64_t>(last);
  return out;
}

AddressBits network_mask(const Address& network) {
  const int host_bits = address_width(network) - network.prefix;
  // A shift by the full width is undefined, and ::/0 needs it.
  const AddressBits hosts = host_bits >= 128 ? ~AddressBits{0} : (AddressBits{1} << host_bits) - 1;
  return family_mask(network.family) & ~hosts;
}

AddressBits network_first(const Address& network) {
  return address_bits(network) & network_mask(network);
}

AddressBits network_last(const Address& network) {
  return network_first(network) | (family_mask(network.family) & ~network_mask(network));
}

AddressBits range_last(const Address& range) { return joined(range.last_high, range.last_low); }

bool network_has(const Address& network, const Address& ip) {
  return network.family == ip.family &&
         (address_bits(ip) & network_mask(network)) == network_first(network);
}

bool network_covers(const Address& outer, const Address& inner) {
  return inner.prefix >= outer.prefix && network_has(outer, inner);
}

bool range_has(const Address& range, const Address& ip) {
  return range.family == ip.family && address_bits(ip) >= address_bits(range) &&
         address_bits(ip) <= range_last(range);
}

std::optional<Address> moved_address(const Address& ip, std::int64_t offset) {
  const AddressBits start = address_bits(ip);
  const AddressBits most = family_mask(ip.family);
  // Negated in unsigned arithmetic: -INT64_MIN does not exist.
  const auto distance = offset < 0 ? 0 - static_cast<std::uint64_t>(offset)
                                   : static_cast<std::uint64_t>(offset);
  if (offset < 0 ? distance > start : distance > most - start) return std::nullopt;
  return address_of(ip.family, offset < 0 ? start - distance : start + distance);
}

std::string ip_text(std::uint8_t family, AddressBits bits) {
  return family == 4 ? v4_text(static_cast<std::uint32_t>(bits)) : v6_text(bits);
}

std::string ip_text(const Address& ip) { return ip_text(ip.family, address_bits(ip)); }

std::string cidr_text(const Address& network) {
  return ip_text(network) + "/" + std::to_string(network.prefix);
}

std::string ip_range_text(const Address& range) {
  return ip_text(range) + ".." + ip_text(range.family, range_last(range));
}

std::optional<Address> parse_ip(std::string_view text) {
  if (text.find(':') == std::string_view::npos) {
    const auto bits = parse_v4(text);
    if (!bits) return std::nullopt;
    return address_of(4, *bits);
  }
  const auto bits = parse_v6(text);
  if (!bits) return std::nullopt;
  return address_of(6, *bits);
}

std::optional<Address> parse_cidr(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  auto address = parse_ip(text.substr(0, slash));
  if (!address) return std::nullopt;
  const auto prefix = small_number(text.substr(slash + 1),
                                   static_cast<std::uint32_t>(address_width(*address)));
  if (!prefix) return std::nullopt;
  address->prefix = static_cast<std::uint8_t>(*prefix);
  return address;
}

}  // namespace hlab::values
