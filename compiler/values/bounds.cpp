#include "compiler/values/bounds.h"

#include <fmt/format.h>

#include <bit>

#include "compiler/values/characters.h"
#include "compiler/values/comparison.h"
#include "compiler/values/scalar_text.h"

namespace hlab::values {
namespace {

using types::Type;
using types::TypeKind;

constexpr std::int64_t kNoLow = INT64_MIN;
constexpr std::int64_t kNoHigh = INT64_MAX;

std::string end_text(TypeKind kind, std::int64_t end) {
  switch (kind) {
    case TypeKind::floating: return float_text(std::bit_cast<double>(end));
    case TypeKind::bytes: return bytes_text(end);
    case TypeKind::cpu: return cpu_text(end);
    case TypeKind::duration: return duration_text(end);
    case TypeKind::power: return power_text(end);
    case TypeKind::rate: return rate_text(end);
    default: return std::to_string(end);
  }
}

bool is_outside(const Type& type, std::int64_t number) {
  return number < type.low || number > type.high;
}

bool is_outside(const Type& type, double number) {
  return (type.low != kNoLow && number < std::bit_cast<double>(type.low)) ||
         (type.high != kNoHigh && number > std::bit_cast<double>(type.high));
}

std::string outside_text(const Type& type, const std::string& number) {
  if (type.low == kNoLow)
    return fmt::format("{} is more than {}", number, end_text(type.kind, type.high));
  if (type.high == kNoHigh)
    return fmt::format("{} is less than {}", number, end_text(type.kind, type.low));
  return fmt::format("{} is outside {}", number, bounds_text(type));
}

std::string allowed_lengths(const Type& type) {
  if (type.high == kNoHigh) return fmt::format("at least {}", type.low);
  if (type.low <= 0) return fmt::format("at most {}", type.high);
  if (type.low == type.high) return fmt::format("exactly {}", type.low);
  return fmt::format("{} to {}", type.low, type.high);
}

std::string counted(TypeKind kind, std::int64_t length) {
  const std::string_view one = length == 1 ? "" : "s";
  if (kind == TypeKind::string) return fmt::format("this text has {} character{}", length, one);
  if (kind == TypeKind::list) return fmt::format("this list has {} element{}", length, one);
  return fmt::format("this map has {} {}", length, length == 1 ? "entry" : "entries");
}

bool fits_kind(TypeKind type, ValueKind value) {
  switch (type) {
    case TypeKind::bytes: return value == ValueKind::bytes;
    case TypeKind::cpu: return value == ValueKind::cpu;
    case TypeKind::duration: return value == ValueKind::duration;
    case TypeKind::power: return value == ValueKind::power;
    case TypeKind::rate: return value == ValueKind::rate;
    default: return type == TypeKind::integer && value == ValueKind::integer;
  }
}

std::optional<std::string> float_problem(const Type& type, const Value& value) {
  if (!is_number(value.kind)) return std::nullopt;
  const double real = value.is(ValueKind::integer) ? static_cast<double>(value.number) : value.real;
  if (!is_outside(type, real)) return std::nullopt;
  return outside_text(
      type, value.is(ValueKind::integer) ? std::to_string(value.number) : float_text(real));
}

}  // namespace

bool bounds_length(TypeKind kind) {
  return kind == TypeKind::string || kind == TypeKind::list || kind == TypeKind::map;
}

bool takes_bounds(TypeKind kind) {
  const bool quantity = kind >= TypeKind::bytes && kind <= TypeKind::rate;
  return quantity || kind == TypeKind::integer || kind == TypeKind::floating || bounds_length(kind);
}

bool ends_before(const Type& type) {
  if (type.kind != TypeKind::floating) return type.high < type.low;
  return std::bit_cast<double>(type.high) < std::bit_cast<double>(type.low);
}

bool has_bounds(const Type& type) { return type.low != kNoLow || type.high != kNoHigh; }

std::string bounds_text(const Type& type) {
  if (!has_bounds(type)) return "";
  const std::string low = type.low == kNoLow ? "" : end_text(type.kind, type.low);
  return low + ".." + (type.high == kNoHigh ? "" : end_text(type.kind, type.high));
}

std::optional<std::string> length_problem(const Type& type, std::int64_t length) {
  if (!is_outside(type, length)) return std::nullopt;
  return fmt::format("{}, and {} {} wanted", counted(type.kind, length), allowed_lengths(type),
                     type.high == 1 || (type.high == kNoHigh && type.low == 1) ? "is" : "are");
}

std::optional<std::string> bounds_problem(const Type& type, const Value& value) {
  if (!has_bounds(type)) return std::nullopt;
  switch (type.kind) {
    case TypeKind::floating: return float_problem(type, value);
    case TypeKind::string:
      if (!value.is(ValueKind::string)) return std::nullopt;
      return length_problem(type, character_count(value.as_text()));
    case TypeKind::list:
      if (!value.is(ValueKind::list)) return std::nullopt;
      return length_problem(type, static_cast<std::int64_t>(value.list->items.size()));
    case TypeKind::map:
      if (!value.is(ValueKind::map)) return std::nullopt;
      return length_problem(type, static_cast<std::int64_t>(value.map->items.size()));
    default: break;
  }
  if (!fits_kind(type.kind, value.kind) || !is_outside(type, value.number)) return std::nullopt;
  return outside_text(type, end_text(type.kind, value.number));
}

std::int64_t float_bound(double end) {
  return std::bit_cast<std::int64_t>(
      end == 0.0 ? 0.0 : end);  // the bits of -0.0 mean that there is no end
}

}  // namespace hlab::values
