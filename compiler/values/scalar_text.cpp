#include "compiler/values/scalar_text.h"

#include <array>
#include <charconv>
#include <span>

#include "compiler/values/address.h"

namespace hlab::values {
namespace {

struct Unit {
  std::int64_t size;
  std::string_view name;
};

constexpr std::int64_t kKi = 1024;
constexpr std::array kBinary{Unit{kKi * kKi * kKi * kKi, "TiB"}, Unit{kKi * kKi * kKi, "GiB"},
                             Unit{kKi * kKi, "MiB"}, Unit{kKi, "KiB"}, Unit{1, "B"}};
constexpr std::array kDecimal{Unit{1'000'000'000'000, "TB"}, Unit{1'000'000'000, "GB"},
                              Unit{1'000'000, "MB"}, Unit{1, "B"}};
constexpr std::array kKubernetes{Unit{kKi * kKi * kKi * kKi, "Ti"}, Unit{kKi * kKi * kKi, "Gi"},
                                 Unit{kKi * kKi, "Mi"}, Unit{kKi, "Ki"}, Unit{1, ""}};
constexpr std::array kKubernetesDecimal{Unit{1'000'000'000'000, "T"}, Unit{1'000'000'000, "G"},
                                        Unit{1'000'000, "M"}, Unit{1, ""}};
constexpr std::int64_t kSecond = 1000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;
constexpr std::array kTime{Unit{kDay, "d"}, Unit{kHour, "h"}, Unit{kMinute, "min"},
                           Unit{kSecond, "s"}, Unit{1, "ms"}};
constexpr std::array kPrometheusTime{Unit{kDay, "d"}, Unit{kHour, "h"}, Unit{kMinute, "m"},
                                     Unit{kSecond, "s"}, Unit{1, "ms"}};
constexpr std::array kPower{Unit{1'000'000, "kW"}, Unit{1000, "W"}, Unit{1, "mW"}};
constexpr std::array kRate{Unit{1'000'000'000, "Gbps"}, Unit{1'000'000, "Mbps"}, Unit{1000, "kbps"},
                           Unit{1, "bps"}};

/// The largest unit that leaves no rest; `zero` for nothing at all.
const Unit& largest_exact(std::int64_t amount, std::span<const Unit> units) {
  for (const Unit& unit : units) {
    if (amount % unit.size == 0) return unit;
  }
  return units.back();
}

std::string in_units(std::int64_t amount, std::span<const Unit> units, std::string_view zero) {
  if (amount == 0) return std::string(zero);
  const Unit& unit = largest_exact(amount, units);
  return std::to_string(amount / unit.size) + std::string(unit.name);
}

/// Whichever makes the smaller number.
bool is_binary(std::int64_t bytes) {
  return largest_exact(bytes, kBinary).size >= largest_exact(bytes, kDecimal).size;
}

std::string quantity_text(const Value& value) {
  switch (value.kind) {
    case ValueKind::bytes: return bytes_text(value.number);
    case ValueKind::cpu: return cpu_text(value.number);
    case ValueKind::duration: return duration_text(value.number);
    case ValueKind::power: return power_text(value.number);
    default: return rate_text(value.number);
  }
}

}  // namespace

std::string float_text(double number) {
  // Without an exponent, which the language does not read: as short as the same number can be.
  std::array<char, 1100> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number,
                                 std::chars_format::fixed)
                       .ptr;
  std::string out(digits.data(), end);
  if (out.find_first_of(".n") == std::string::npos) out += ".0";  // `n` of inf and nan
  return out;
}

std::string mac_text(std::uint64_t mac) {
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out;
  for (int shift = 40; shift >= 0; shift -= 8) {
    if (!out.empty()) out += ':';
    out += kHex[(mac >> (shift + 4)) & 15u];
    out += kHex[(mac >> shift) & 15u];
  }
  return out;
}

std::string bytes_text(std::int64_t bytes) {
  return in_units(bytes, is_binary(bytes) ? std::span<const Unit>(kBinary) : kDecimal, "0B");
}

std::string cpu_text(std::int64_t millicores) { return std::to_string(millicores) + "m"; }

std::string duration_text(std::int64_t ms) { return in_units(ms, kTime, "0s"); }

std::string power_text(std::int64_t milliwatts) { return in_units(milliwatts, kPower, "0W"); }

std::string rate_text(std::int64_t bits_per_second) {
  return in_units(bits_per_second, kRate, "0bps");
}

std::string kubernetes_bytes(std::int64_t bytes) {
  return in_units(bytes, is_binary(bytes) ? std::span<const Unit>(kKubernetes) : kKubernetesDecimal,
                  "0");
}

std::string kubernetes_cpu(std::int64_t millicores) {
  return millicores % 1000 == 0 ? std::to_string(millicores / 1000) : cpu_text(millicores);
}

std::string go_duration(std::int64_t ms) {
  if (ms == 0) return "0s";
  std::string out = ms < 0 ? "-" : "";
  const std::uint64_t left = ms < 0 ? 0 - static_cast<std::uint64_t>(ms)
                                    : static_cast<std::uint64_t>(ms);
  if (left < kSecond) return out + std::to_string(left) + "ms";
  const std::uint64_t hours = left / kHour;
  const std::uint64_t minutes = left % kHour / kMinute;
  if (hours > 0) out += std::to_string(hours) + "h";
  if (hours > 0 || minutes > 0) out += std::to_string(minutes) + "m";
  out += std::to_string(left % kMinute / kSecond);
  if (const std::uint64_t rest = left % kSecond; rest > 0) {
    std::string fraction = std::to_string(kSecond + static_cast<std::int64_t>(rest)).substr(1);
    while (fraction.back() == '0') fraction.pop_back();
    out += "." + fraction;
  }
  return out + "s";
}

std::string prometheus_duration(std::int64_t ms) { return in_units(ms, kPrometheusTime, "0s"); }

std::string systemd_duration(std::int64_t ms) { return in_units(ms, kTime, "0s"); }

std::optional<std::string> canonical_text(const Value& value, const SymbolTable& symbols) {
  switch (value.kind) {
    case ValueKind::boolean: return value.boolean ? "true" : "false";
    case ValueKind::integer: return std::to_string(value.number);
    case ValueKind::floating: return float_text(value.real);
    case ValueKind::string: return std::string(value.as_text());
    case ValueKind::ip: return ip_text(*value.address);
    case ValueKind::cidr: return cidr_text(*value.address);
    case ValueKind::ip_range: return ip_range_text(*value.address);
    case ValueKind::mac: return mac_text(value.mac);
    case ValueKind::symbol: return std::string(symbols.text(value.as_symbol()));
    case ValueKind::bytes:
    case ValueKind::cpu:
    case ValueKind::duration:
    case ValueKind::power:
    case ValueKind::rate: return quantity_text(value);
    default: return std::nullopt;
  }
}

std::string shown_text(const Value& value, const SymbolTable& symbols) {
  constexpr std::size_t kLongest = 60;
  if (value.is(ValueKind::int_range)) {
    return std::to_string(value.range->first) + ".." + std::to_string(value.range->last);
  }
  auto text = canonical_text(value, symbols);
  if (!text) return std::string(kind_name(value.kind));
  if (!value.is(ValueKind::string)) return *text;
  if (text->size() > kLongest) {
    std::size_t cut = kLongest;
    while (cut > 0 && (static_cast<unsigned char>((*text)[cut]) & 0xc0u) == 0x80u) --cut;
    text = text->substr(0, cut) + "...";
  }
  return "\"" + *text + "\"";
}

std::string_view kind_name(ValueKind kind) {
  constexpr std::array<std::string_view, 24> kNames{
      "error", "absent",   "Bool",     "Int",     "Float",         "String",
      "Ip",    "Cidr",     "Mac",      "IpRange", "IntRange",      "Bytes",
      "Cpu",   "Duration", "Power",    "Rate",    "symbol",        "symbol",
      "list",  "Map",      "instance", "secret",  "learned value", "null"};
  static_assert(kNames.size() == static_cast<std::size_t>(ValueKind::null) + 1);
  return kNames[static_cast<std::size_t>(kind)];
}

}  // namespace hlab::values
