#include "compiler/values/read_scalar.h"

#include <charconv>

#include "compiler/syntax/units.h"
#include "compiler/values/address.h"

namespace hlab::values {
namespace {

using syntax::LiteralKind;

/// The whole number that the text begins with, which is cut off; none where it begins with none.
std::optional<std::int64_t> take_number(std::string_view& text) {
  std::int64_t number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
  return number;
}

/// `4GiB`: a number and its unit right behind it.
std::optional<std::int64_t> amount(LiteralKind kind, std::string_view text) {
  const auto number = take_number(text);
  const syntax::Unit* const unit = syntax::unit_named(text);
  if (!number || *number < 0 || unit == nullptr || unit->kind != kind) return std::nullopt;
  std::int64_t whole = 0;
  if (__builtin_mul_overflow(*number, unit->scale, &whole)) return std::nullopt;
  return whole;
}

std::optional<std::int64_t> integer(std::string_view text) {
  const auto number = take_number(text);
  return text.empty() ? number : std::nullopt;
}

std::optional<std::uint64_t> mac(std::string_view text) {
  constexpr std::size_t kLength = 17;  // six times two digits, with colons between
  if (text.size() != kLength) return std::nullopt;
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < text.size(); i += 3) {
    if (i > 0 && text[i - 1] != ':') return std::nullopt;
    unsigned byte = 0;
    const char* const end = text.data() + i + 2;
    const auto read = std::from_chars(text.data() + i, end, byte, 16);
    if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
    bits = bits << 8U | byte;
  }
  return bits;
}

std::optional<Value> number_value(ValueKind kind, std::optional<std::int64_t> number,
                                  syntax::ExprId origin) {
  if (!number) return std::nullopt;
  return make_number(kind, *number, origin);
}

std::optional<Value> address_value(ValueKind kind, std::optional<Address> address,
                                   syntax::ExprId origin, Heap& heap) {
  if (!address) return std::nullopt;
  Value value = make(kind, origin);
  value.address = heap.address(*address);
  return value;
}

std::optional<Value> mac_value(std::optional<std::uint64_t> bits, syntax::ExprId origin) {
  if (!bits) return std::nullopt;
  Value value = make(ValueKind::mac, origin);
  value.mac = *bits;
  return value;
}

}  // namespace

std::optional<Value> read_scalar(ValueKind kind, std::string_view text, syntax::ExprId origin,
                                 Heap& heap) {
  switch (kind) {
    case ValueKind::integer: return number_value(kind, integer(text), origin);
    case ValueKind::bytes: return number_value(kind, amount(LiteralKind::bytes, text), origin);
    case ValueKind::duration:
      return number_value(kind, amount(LiteralKind::duration, text), origin);
    case ValueKind::ip: return address_value(kind, parse_ip(text), origin, heap);
    case ValueKind::cidr: return address_value(kind, parse_cidr(text), origin, heap);
    case ValueKind::mac: return mac_value(mac(text), origin);
    default: return std::nullopt;
  }
}

}  // namespace hlab::values
