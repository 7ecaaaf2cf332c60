// Addresses and the like: domain literals are tokens, not strings.
#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "compiler/syntax/line_ahead.h"
#include "compiler/syntax/scanner.h"
#include "compiler/syntax/syntax_diags.h"

namespace hlab::syntax {
namespace {

bool hex(char c) { return digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

constexpr std::size_t kLongestAddress = 64;  // more than any address has

/// Of 17 digits and colons; none where these stand otherwise.
std::optional<Literal> mac(std::string_view run) {
  Literal value;
  value.kind = LiteralKind::mac;
  for (std::size_t i = 0; i < run.size(); ++i) {
    if ((i % 3 == 2) != (run[i] == ':')) return std::nullopt;
    if (i % 3 == 2) continue;
    const char c = run[i];
    value.low = (value.low << 4) |
                static_cast<std::uint64_t>(digit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
  }
  return value;
}

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
  return token(TokenType::missing, begin);  // a value that nobody knows
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
    const auto value = mac(run);
    if (!value) return false;
    at_ = end;
    out = literal(begin, *value);
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

Token Scanner::regex(std::uint32_t begin) {
  ++at_;
  const std::uint32_t start = at_;
  while (at_ < text_.size() && text_[at_] != '/' && text_[at_] != '\n')
    at_ += text_[at_] == '\\' ? 2 : 1;
  if (at_ > text_.size()) at_ = static_cast<std::uint32_t>(text_.size());
  if (peek() != '/') {
    diags_.report(kUnterminatedString, span(begin, at_))
        .help("a pattern ends with `/` on the same line");
    return token(TokenType::unexpected, begin);
  }
  const Symbol pattern = symbols_.intern(text_.substr(start, at_ - start));
  ++at_;
  Token t = token(TokenType::regex, begin);
  t.payload = pattern.index;
  return t;
}

}  // namespace hlab::syntax
