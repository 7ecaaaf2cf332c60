#include "compiler/input/core_schema.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace hlab::input {
namespace {

template <std::size_t N>
bool is_one_of(std::string_view text, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

constexpr std::array<std::string_view, 5> kNull{"", "~", "null", "Null", "NULL"};
constexpr std::array<std::string_view, 3> kTrue{"true", "True", "TRUE"};
constexpr std::array<std::string_view, 3> kFalse{"false", "False", "FALSE"};
constexpr std::array<std::string_view, 3> kInfinite{".inf", ".Inf", ".INF"};
constexpr std::array<std::string_view, 3> kNoNumber{".nan", ".NaN", ".NAN"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

Scalar number(std::string_view digits, int base) {
  Scalar found{ScalarKind::integer};
  const char* end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, found.integer, base);
  if (read.ec == std::errc::result_out_of_range) return {ScalarKind::beyond};
  const bool whole = read.ec == std::errc() && read.ptr == end && digits.front() != '-';
  return whole ? found : Scalar{};
}

/// [-+]?[0-9]+
bool is_decimal(std::string_view body) {
  return !body.empty() && skip_digits(body, 0) == body.size();
}

/// ( \.[0-9]+ | [0-9]+(\.[0-9]*)? )([eE][-+]?[0-9]+)?
bool is_real(std::string_view body) {
  std::size_t at = skip_digits(body, 0);
  const bool whole = at > 0;
  if (at < body.size() && body[at] == '.') {
    const std::size_t end = skip_digits(body, at + 1);
    if (!whole && end == at + 1) return false;
    at = end;
  } else if (!whole) {
    return false;
  }
  if (at == body.size()) return true;
  if (body[at] != 'e' && body[at] != 'E') return false;
  ++at;
  if (at < body.size() && (body[at] == '-' || body[at] == '+')) ++at;
  return at < body.size() && skip_digits(body, at) == body.size();
}

Scalar real(std::string_view body, bool negative) {
  Scalar found{ScalarKind::real};
  const auto read = std::from_chars(body.data(), body.data() + body.size(), found.real);
  // Too small for a double is zero to every reader; too large is nothing.
  if (read.ec == std::errc::result_out_of_range) {
    const std::size_t exponent = body.find_first_of("eE");
    const bool small = exponent != std::string_view::npos && body[exponent + 1] == '-';
    if (!small) return {ScalarKind::beyond};
    found.real = 0;
  }
  if (negative && found.real != 0) found.real = -found.real;
  return found;
}

}  // namespace

Scalar core_scalar(std::string_view text) {
  if (is_one_of(text, kNull)) return {ScalarKind::null};
  if (is_one_of(text, kTrue)) return {ScalarKind::boolean, true};
  if (is_one_of(text, kFalse)) return {ScalarKind::boolean, false};
  if (is_one_of(text, kNoNumber)) return {ScalarKind::not_finite};
  if (text.starts_with("0o") && text.size() > 2) return number(text.substr(2), 8);
  if (text.starts_with("0x") && text.size() > 2) return number(text.substr(2), 16);
  const bool sign = text.front() == '-' || text.front() == '+';
  const std::string_view body = text.substr(sign ? 1 : 0);
  if (is_one_of(body, kInfinite)) return {ScalarKind::not_finite};
  if (is_decimal(body)) {
    if (text.front() != '-') return number(body, 10);
    Scalar found{ScalarKind::integer};
    const auto read = std::from_chars(text.data(), text.data() + text.size(), found.integer);
    return read.ec == std::errc() ? found : Scalar{ScalarKind::beyond};
  }
  return is_real(body) ? real(body, text.front() == '-') : Scalar{};
}

}  // namespace hlab::input
