// Numbers, with units and without.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <optional>

#include "compiler/base/wide.h"
#include "compiler/diag/suggest.h"
#include "compiler/syntax/line_ahead.h"
#include "compiler/syntax/scanner.h"
#include "compiler/syntax/syntax_diags.h"
#include "compiler/syntax/units.h"

namespace hlab::syntax {
namespace {

bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// What others call a unit; certain where no other could be meant.
struct OtherUnit {
  std::string_view written, unit;
  bool certain;
};

constexpr std::array<OtherUnit, 25> kOtherUnits{{
    {"sec", "s", true},       {"secs", "s", true},   {"second", "s", true},
    {"seconds", "s", true},   {"mins", "min", true}, {"minute", "min", true},
    {"minutes", "min", true}, {"hr", "h", true},     {"hrs", "h", true},
    {"hour", "h", true},      {"hours", "h", true},  {"day", "d", true},
    {"days", "d", true},      {"week", "w", true},   {"weeks", "w", true},
    {"g", "GB", false},       {"G", "GB", false},    {"M", "MB", false},
    {"k", "kB", false},       {"K", "KB", false},    {"T", "TB", false},
    {"Ki", "KiB", true},      {"Mi", "MiB", true},   {"Gi", "GiB", true},
    {"Ti", "TiB", true},
}};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// The unit that was meant: by another name, by its letters in another case, or the nearest.
diag::Near meant_unit(std::string_view written) {
  for (const OtherUnit& other : kOtherUnits) {
    if (other.written == written) return {other.unit, other.certain};
  }
  std::vector<std::string_view> names;
  for (const Unit& unit : kUnits) {
    const bool same = std::equal(unit.name.begin(), unit.name.end(), written.begin(), written.end(),
                                 [](char a, char b) { return lower(a) == lower(b); });
    // `Gb` may be bits, and `MW` is no `mW`.
    const bool certain = written.size() > 1 && !written.ends_with('b') &&
                         (written[0] == unit.name[0] || lower(written[0]) != 'm');
    if (same) return {unit.name, certain};
    names.push_back(unit.name);
  }
  return {diag::closest(written, names).name, false};  // of units few letters tell many sizes apart
}

/// What to write for a unit that is larger or smaller than all of its kind; "" where it is none.
std::string_view of_no_size(std::string_view unit) {
  if (unit == "PiB" || unit == "Pi" || unit == "EiB" || unit == "Ei")
    return "the largest unit of Bytes is `TiB`: 1 PiB is `1024TiB`";
  if (unit == "PB" || unit == "P" || unit == "EB")
    return "the largest unit of Bytes is `TB`: 1 PB is `1000TB`";
  if (unit == "us" || unit == "ns") return "the smallest unit of a Duration is `ms`";
  if (unit == "MW") return "the largest unit of Power is `kW`: 1 MW is `1000kW`";
  if (unit == "kWh" || unit == "Wh") return "what is drawn at a time is said in `W` or `kW`";
  if (unit == "mo" || unit == "month" || unit == "months" || unit == "y" || unit == "yr" ||
      unit == "year" || unit == "years")
    return "the largest unit of a Duration is `w`: write it in days, `30d`";
  return "";
}

constexpr Wide kMost = static_cast<Wide>(INT64_MAX);

/// A decimal number: `digits` without its point, of which `places` stand behind it.
struct Decimal {
  Wide digits = 0;
  std::size_t places = 0;
};

/// None where there are more digits than any number needs.
std::optional<Decimal> decimal(std::string_view written) {
  if (const std::size_t point = written.find('.'); point != std::string_view::npos)
    written = written.substr(0, std::max(point, written.find_last_not_of('0') + 1));
  Decimal out;
  bool behind = false;
  for (const char c : written) {
    if (c == '.') {
      behind = true;
      continue;
    }
    if (out.digits >> 100) return std::nullopt;
    out.digits = out.digits * 10 + static_cast<unsigned>(c - '0');
    if (behind) ++out.places;
  }
  return out;
}

/// Exact: the tens of the places are taken out of both factors before they meet.
struct Scaled {
  bool whole = true;  // of the smallest unit
  Wide value = 0;     // past kMost where it would be larger than 64 bits
};

Scaled scaled(Decimal number, std::uint64_t scale) {
  for (; number.places > 0; --number.places) {
    for (const unsigned part : {2U, 5U}) {
      if (scale % part == 0) {
        scale /= part;
      } else if (number.digits % part == 0) {
        number.digits /= part;
      } else {
        return {false, 0};
      }
    }
  }
  return {true, number.digits > kMost ? number.digits : number.digits * scale};
}

}  // namespace

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
    const bool dot = probe < text_.size() && text_[probe] == '.' &&
                     (probe + 1 == text_.size() || text_[probe + 1] != '.');
    at_ = dot ? probe + 1 : probe;
    return bad_number(begin, fmt::format("`{}` is neither a number nor an address",
                                         text_.substr(begin, at_ - begin)));
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
  if (unit_named(word) == nullptr) return at_;
  if (begin > at_ + 1 && in_body()) return at_;  // two blanks apart: the next entry
  const bool blank = rest.blanks();
  // `n = 4  m = 5`, `n = 4 m { }`, `n = 4 h: Int`: the word begins the next entry.
  const char next = rest.peek();
  const bool entry = (next == '=' && rest.peek(1) != '=') || next == '{' || next == '"' ||
                     next == '(' || rest.colon() || (next == '+' && rest.peek(1) == '=') ||
                     (next == '.' && !blank);
  return entry ? at_ : begin;
}

Token Scanner::quantity(std::uint32_t begin, std::uint32_t digits_end) {
  std::string digits(text_.substr(begin, digits_end - begin));
  std::erase(digits, '_');
  const std::uint32_t unit_begin = join_unit(begin);
  while (letter(peek())) ++at_;
  const std::string_view unit = text_.substr(unit_begin, at_ - unit_begin);
  if (digits.size() > 1 && digits[0] == '0' && digits[1] != '.') return leading_zero(begin);
  if (unit.empty() && digits.find('.') != std::string::npos) return real(begin, digits);
  Literal value;
  const Unit* const known = unit_named(unit);
  if (!unit.empty() && known == nullptr) return unknown_unit(begin, unit_begin, digits);
  if (known != nullptr && digit(peek())) {  // 1h30min
    while (name_part(peek())) ++at_;
    return bad_number(begin, "a number has one unit; parts are added: `1h + 30min`");
  }
  if (known != nullptr) value.kind = known->kind;
  const auto number = decimal(digits);
  const Scaled found = number ? scaled(*number, known != nullptr ? known->scale : 1)
                              : Scaled{true, kMost + 2};
  if (!found.whole) return bad_number(begin, "this is not a whole number of the smallest unit");
  // The smallest Int is written with a minus, and no other number is as large.
  const bool negative = unit.empty() && previous_ == TokenType::minus &&
                        !ends_operand(before_previous_);
  if (found.value > kMost + (negative ? 1 : 0))
    return bad_number(begin, "this number is past the limit of 64 bits");
  value.low = static_cast<std::uint64_t>(found.value);
  return literal(begin, value);
}

/// Where the unit begins; a blank before it is told, and passed over.
std::uint32_t Scanner::join_unit(std::uint32_t begin) {
  if (letter(peek())) return at_;
  const std::uint32_t unit_begin = parted_unit();
  if (unit_begin == at_) return at_;
  LineAhead unit(text_, unit_begin);
  unit.word();
  diags_.report(kBadNumber, span(begin, unit.at()), "a blank parts this number from its unit")
      .fix("join them", {{span(at_, unit_begin), ""}});
  at_ = unit_begin;
  return unit_begin;
}

Token Scanner::leading_zero(std::uint32_t begin) {
  // A torn MAC is one mistake, not one in each of its parts.
  while (peek() == ':' && digit(peek(1))) {
    ++at_;
    while (digit(peek())) ++at_;
  }
  const bool cut = peek() == ':' && (at_ + 1 >= text_.size() || peek(1) == '\n' || peek(1) == '\r');
  if (cut) ++at_;
  return bad_number(begin,
                    "numbers have no leading zero; a mode or code is a text: write it in quotes");
}

Token Scanner::real(std::uint32_t begin, const std::string& digits) {
  Literal value;
  value.kind = LiteralKind::floating;
  const double number = std::strtod(digits.c_str(), nullptr);
  if (std::isinf(number)) return bad_number(begin, "this number is past the limit of a Float");
  std::memcpy(&value.low, &number, sizeof number);
  return literal(begin, value);
}

Token Scanner::unknown_unit(std::uint32_t begin, std::uint32_t unit_begin,
                            std::string_view digits) {
  const std::string_view letters = text_.substr(unit_begin, at_ - unit_begin);
  const diag::Near near = meant_unit(letters);
  while (name_part(peek()) && peek() != '-') ++at_;
  const std::string_view whole = text_.substr(unit_begin, at_ - unit_begin);
  auto report = diags_.report(kUnknownUnit, span(unit_begin, at_), whole, "");
  if (const std::string_view other = of_no_size(letters); !other.empty()) {
    report.help(std::string(other));
  } else if (whole == letters) {
    report.suggest(near);
  }
  if (near.empty() && (letters == "e" || letters == "E"))
    report.help("there are no exponents: write all the digits, `1_000_000`");
  if (near.empty() && letters[0] == 'x' && digits == "0")
    report.help("there are no hexadecimal numbers");
  return token(TokenType::missing, begin);  // a value that nobody knows
}

}  // namespace hlab::syntax
