// Numbers, quantities, addresses: domain literals are tokens, not strings.
#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "compiler/base/wide.h"
#include "compiler/diag/suggest.h"
#include "compiler/syntax/line_ahead.h"
#include "compiler/syntax/scanner.h"
#include "compiler/syntax/syntax_diags.h"

namespace hlab::syntax {
namespace {

bool hex(char c) { return digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

constexpr std::size_t kLongestAddress = 64;  // more than any address has

struct Unit {
  std::string_view name;
  LiteralKind kind;
  std::uint64_t scale;
};

constexpr std::array<Unit, 26> kUnits{{
    {"B", LiteralKind::bytes, 1},
    {"KiB", LiteralKind::bytes, 1ull << 10},
    {"MiB", LiteralKind::bytes, 1ull << 20},
    {"GiB", LiteralKind::bytes, 1ull << 30},
    {"TiB", LiteralKind::bytes, 1ull << 40},
    {"KB", LiteralKind::bytes, 1000ull},
    {"kB", LiteralKind::bytes, 1000ull},
    {"MB", LiteralKind::bytes, 1000'000ull},
    {"GB", LiteralKind::bytes, 1000'000'000ull},
    {"TB", LiteralKind::bytes, 1000'000'000'000ull},
    {"m", LiteralKind::cpu, 1},
    {"ms", LiteralKind::duration, 1},
    {"s", LiteralKind::duration, 1000},
    {"min", LiteralKind::duration, 60'000},
    {"h", LiteralKind::duration, 3'600'000},
    {"d", LiteralKind::duration, 86'400'000},
    {"w", LiteralKind::duration, 604'800'000},
    {"mW", LiteralKind::power, 1},
    {"W", LiteralKind::power, 1000},
    {"kW", LiteralKind::power, 1'000'000},
    {"bps", LiteralKind::rate, 1},
    {"kbps", LiteralKind::rate, 1000},
    {"Mbps", LiteralKind::rate, 1'000'000},
    {"Gbps", LiteralKind::rate, 1'000'000'000},
    {"Kbps", LiteralKind::rate, 1000},
    {"Tbps", LiteralKind::rate, 1'000'000'000'000ull},
}};

}  // namespace

Token Scanner::literal(std::uint32_t begin, const Literal& value) {
  TokenType type = TokenType::domain;
  if (value.kind == LiteralKind::integer) type = TokenType::integer;
  if (value.kind == LiteralKind::floating) type = TokenType::floating;
  Token t = token(type, begin);
  t.payload = ast_.literals.add(value).index;
  return t;
}

Token Scanner::bad_number(std::uint32_t begin, std::string message) {
  diags_.report(kBadNumber, span(begin, at_), message);
  return token(TokenType::unexpected, begin);
}

bool Scanner::prefix_length(Literal& value, int bits) {
  ++at_;
  int length = 0;
  while (digit(peek())) length = length < 1000 ? length * 10 + (text_[at_++] - '0') : (++at_, 1000);
  value.prefix = static_cast<std::uint8_t>(length > 255 ? 255 : length);
  value.kind = LiteralKind::cidr;
  return length <= bits;
}

Token Scanner::ipv4(std::uint32_t begin) {
  Literal value;
  value.kind = LiteralKind::ip;
  value.family = 4;
  for (int part = 0; part < 4; ++part) {
    const std::uint32_t start = at_;
    std::uint32_t octet = 0;
    while (digit(peek()))
      octet = octet < 10000 ? octet * 10 + static_cast<std::uint32_t>(text_[at_++] - '0')
                            : (++at_, octet);
    const bool zero = at_ - start > 1 && text_[start] == '0';
    if (octet > 255 || zero) {
      const std::string shown(text_.substr(start, at_ - start));
      while (digit(peek()) || (peek() == '.' && digit(peek(1)))) ++at_;
      return bad_number(
          begin,
          zero ? fmt::format("`{}` in an address has a leading zero", shown)
               : fmt::format("`{}` is no part of an IPv4 address: the parts go to 255", shown));
    }
    value.low = (value.low << 8) | octet;
    if (part < 3) ++at_;
  }
  if (peek() == '/' && digit(peek(1)) && !prefix_length(value, 32)) {
    return bad_number(begin, "the length of an IPv4 network goes from 0 to 32");
  }
  return literal(begin, value);
}

/// `::ffff:192.0.2.1`: where the IPv4 address ends that an IPv6 address ends with.
std::uint32_t Scanner::with_ipv4_tail(std::uint32_t begin, std::uint32_t end) const {
  const std::size_t colon = text_.substr(begin, end - begin).rfind(':');
  if (colon == std::string_view::npos || end >= text_.size() || text_[end] != '.') return end;
  LineAhead rest(text_, begin + static_cast<std::uint32_t>(colon) + 1);
  int parts = 0;
  while (digit(rest.peek())) {
    while (digit(rest.peek())) rest.skip();
    ++parts;
    if (rest.peek() == '.' && digit(rest.peek(1))) rest.skip();
  }
  return parts == 4 ? rest.at() : end;
}

bool Scanner::ipv6_or_mac(std::uint32_t begin, Token& out) {
  std::uint32_t end = begin;
  int colons = 0;
  bool doubled = false;
  const std::size_t limit = std::min<std::size_t>(text_.size(), begin + kLongestAddress);
  while (end < limit && (hex(text_[end]) || text_[end] == ':')) {
    if (text_[end] == ':') {
      ++colons;
      doubled = doubled || (end + 1 < text_.size() && text_[end + 1] == ':');
    }
    ++end;
  }
  end = with_ipv4_tail(begin, end);
  const std::string run(text_.substr(begin, end - begin));
  if (run.size() == 17 && colons == 5 && !doubled) {
    Literal value;
    value.kind = LiteralKind::mac;
    for (std::size_t i = 0; i < 17; ++i) {
      if ((i % 3 == 2) != (run[i] == ':')) return false;
      if (i % 3 == 2) continue;
      const char c = run[i];
      value.low = (value.low << 4) |
                  static_cast<std::uint64_t>(digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    at_ = end;
    out = literal(begin, value);
    return true;
  }
  if (!doubled && colons < 2) return false;
  at_ = end;
  const int groups = run.find('.') == std::string::npos ? 7 : 6;
  if (!doubled && colons != groups) {
    while (name_part(peek()) || peek() == ':') ++at_;
    out = bad_number(begin, fmt::format("`{}` is neither a MAC nor an IPv6 address",
                                        text_.substr(begin, at_ - begin)));
    return true;
  }
  in6_addr bits{};
  if (inet_pton(AF_INET6, run.c_str(), &bits) != 1) {
    while (hex(peek()) || peek() == ':') ++at_;
    out = bad_number(begin, fmt::format("`{}` is no IPv6 address", run));
    return true;
  }
  Literal value;
  value.kind = LiteralKind::ip;
  value.family = 6;
  for (int i = 0; i < 8; ++i) value.high = (value.high << 8) | bits.s6_addr[i];
  for (int i = 8; i < 16; ++i) value.low = (value.low << 8) | bits.s6_addr[i];
  if (peek() == '/' && digit(peek(1)) && !prefix_length(value, 128)) {
    out = bad_number(begin, "the length of an IPv6 network goes from 0 to 128");
    return true;
  }
  out = literal(begin, value);
  return true;
}

Token Scanner::number(std::uint32_t begin) {
  std::uint32_t end = begin;
  while (end < text_.size() && (digit(text_[end]) || (text_[end] == '_' && end + 1 < text_.size() &&
                                                      digit(text_[end + 1]))))
    ++end;
  // four numbers with dots are an address
  std::uint32_t probe = end;
  int dots = 0;
  while (probe + 1 < text_.size() && text_[probe] == '.' && digit(text_[probe + 1])) {
    ++dots;
    ++probe;
    while (probe < text_.size() && digit(text_[probe])) ++probe;
  }
  if (dots == 3) return ipv4(begin);
  if (dots > 1) {
    at_ = probe;
    return bad_number(begin, fmt::format("`{}` is neither a number nor an address",
                                         text_.substr(begin, probe - begin)));
  }
  at_ = dots == 1 ? probe : end;
  return quantity(begin, at_);
}

/// `4 GB`: where the unit begins that a blank parts from its number, or the end of the number.
std::uint32_t Scanner::parted_unit() const {
  LineAhead rest(text_, at_);
  if (!rest.blanks()) return at_;
  const std::uint32_t begin = rest.at();
  const std::string_view word = rest.word();
  const bool unit = std::any_of(kUnits.begin(), kUnits.end(),
                                [&](const Unit& u) { return u.name == word; });
  if (!unit) return at_;
  const bool blank = rest.blanks();
  // `n = 4  m = 5`, `n = 4 m { }`, `n = 4 h: Int`: the word begins the next entry.
  const char next = rest.peek();
  const bool entry = (next == '=' && rest.peek(1) != '=') || next == '{' || next == '"' ||
                     next == '(' || rest.colon() || (next == '+' && rest.peek(1) == '=') ||
                     (next == '.' && !blank);
  return entry ? at_ : begin;
}

Token Scanner::quantity(std::uint32_t begin, std::uint32_t digits_end) {
  std::string digits;
  for (const char c : text_.substr(begin, digits_end - begin)) {
    if (c != '_') digits += c;
  }
  const std::uint32_t unit_begin = letter(peek()) ? at_ : parted_unit();
  if (unit_begin > at_) {
    LineAhead unit(text_, unit_begin);
    unit.word();
    diags_.report(kBadNumber, span(begin, unit.at()), "a blank parts this number from its unit")
        .fix("join them", {{span(at_, unit_begin), ""}});
    at_ = unit_begin;
  }
  while (letter(peek())) ++at_;
  const std::string_view unit = text_.substr(unit_begin, at_ - unit_begin);
  const std::size_t point = digits.find('.');
  const std::string whole = digits.substr(0, point);
  const std::string fraction = point == std::string::npos ? "" : digits.substr(point + 1);
  if (whole.size() > 1 && whole[0] == '0') {
    // A torn MAC is one mistake, not one in each of its parts.
    while (peek() == ':' && digit(peek(1))) {
      ++at_;
      while (digit(peek())) ++at_;
    }
    return bad_number(begin,
                      "numbers have no leading zero; a mode or code is a text: write it in quotes");
  }
  if (unit.empty() && !fraction.empty()) {
    Literal value;
    value.kind = LiteralKind::floating;
    const double real = std::strtod(digits.c_str(), nullptr);
    if (std::isinf(real)) return bad_number(begin, "this number is past the limit of a Float");
    std::memcpy(&value.low, &real, sizeof real);
    return literal(begin, value);
  }
  Wide number = 0;
  for (const char c : whole + fraction) {
    number = number * 10 + static_cast<unsigned>(c - '0');
    if (number >> 100) break;
  }
  Literal value;
  std::uint64_t scale = 1;
  if (!unit.empty()) {
    const Unit* known = nullptr;
    std::vector<std::string_view> names;
    for (const Unit& u : kUnits) {
      names.push_back(u.name);
      if (u.name == unit) known = &u;
    }
    if (known == nullptr) {
      const diag::Near near = diag::closest(unit, names);
      while (name_part(peek()) && peek() != '-') ++at_;
      const std::string_view whole_unit = text_.substr(unit_begin, at_ - unit_begin);
      auto report = diags_.report(kUnknownUnit, span(unit_begin, at_), whole_unit, "");
      if (whole_unit == unit) report.suggest(near);
      if (near.empty() && (unit == "e" || unit == "E"))
        report.help("there are no exponents: write all the digits, `1_000_000`");
      if (near.empty() && unit[0] == 'x' && digits == "0")
        report.help("there are no hexadecimal numbers");
      return token(TokenType::unexpected, begin);
    }
    value.kind = known->kind;
    scale = known->scale;
  }
  Wide scaled = number * scale;
  for (std::size_t i = 0; i < fraction.size(); ++i) {
    if (scaled % 10 != 0)
      return bad_number(begin, "this is not a whole number of the smallest unit");
    scaled /= 10;
  }
  // The smallest Int is written with a minus, and no other number is as large.
  const bool smallest = unit.empty() && previous_ == TokenType::minus &&
                        !ends_operand(before_previous_) &&
                        scaled == static_cast<Wide>(INT64_MAX) + 1;
  if (scaled > static_cast<Wide>(INT64_MAX) && !smallest) {
    return bad_number(begin, "this number is past the limit of 64 bits");
  }
  value.low = static_cast<std::uint64_t>(scaled);
  return literal(begin, value);
}

Token Scanner::regex(std::uint32_t begin) {
  ++at_;
  const std::uint32_t start = at_;
  while (at_ < text_.size() && text_[at_] != '/' && text_[at_] != '\n')
    at_ += text_[at_] == '\\' ? 2 : 1;
  if (at_ > text_.size()) at_ = static_cast<std::uint32_t>(text_.size());
  if (peek() != '/') {
    diags_.report(kUnterminatedString, span(begin, at_));
    return token(TokenType::unexpected, begin);
  }
  const Symbol pattern = symbols_.intern(text_.substr(start, at_ - start));
  ++at_;
  Token t = token(TokenType::regex, begin);
  t.payload = pattern.index;
  return t;
}

}  // namespace hlab::syntax
