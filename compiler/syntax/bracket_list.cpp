#include "compiler/syntax/bracket_list.h"

#include <algorithm>

#include "compiler/syntax/line_ahead.h"

namespace hlab::syntax {
namespace {

/// Takes one element: a text, or signs up to a blank, a comma or the end, with whole parentheses.
bool take_element(LineAhead& rest) {
  const std::uint32_t begin = rest.at();
  int open = 0;
  while (!rest.ended()) {
    if (rest.text()) continue;
    const char c = rest.peek();
    if (std::string_view("={}[\"").find(c) != std::string_view::npos && open == 0) return false;
    if (open == 0 && std::string_view(" \t,)]").find(c) != std::string_view::npos) break;
    if (c == '(') ++open;
    if (c == ')') --open;
    rest.skip();
  }
  return open == 0 && rest.at() > begin;
}

/// Where an entry may begin: at the end of the line or body, or with a word.
bool ends_elements(LineAhead rest, bool blank) {
  return rest.ended() || rest.peek() == '}' || (blank && name_start(rest.peek()));
}

/// Where the elements behind a comma end, with the `]` that closes them; none where they are an entry, or
/// what no list holds.
std::optional<std::uint32_t> elements_end(std::string_view text, std::uint32_t begin) {
  LineAhead rest(text, begin);
  while (true) {
    rest.blanks();
    const LineAhead element = rest;
    if (!take_element(rest)) return std::nullopt;
    const std::uint32_t end = rest.at();
    const bool blank = rest.blanks();
    LineAhead named = element;
    const bool path = named.path() > 0;
    if (path && named.colon()) return std::nullopt;  // `mtu: 1400`
    if (path && named.at() == end && (rest.peek() == '=' || rest.peek() == '{'))
      return std::nullopt;  // `dns = 9.9.9.9, mtu = 1400`: the comma stands between two entries
    if (rest.peek() == ']') return rest.at() + 1;
    if (rest.peek() != ',') return ends_elements(rest, blank) ? std::optional(end) : std::nullopt;
    const std::uint32_t comma = rest.at() + 1;
    rest.skip();
    rest.blanks();
    if (rest.ended() || rest.peek() == '}') return comma;
  }
}

}  // namespace

std::optional<BracketList> bracket_list(std::string_view text, const Expr& first, Span sign) {
  const Span whole = first.span;
  if (text.substr(whole.begin, sign.begin - whole.begin).find('\n') != std::string_view::npos)
    return std::nullopt;
  const auto at = [&](std::uint32_t begin, std::uint32_t end) {
    return Span{whole.file, begin, end};
  };
  BracketList out;
  std::uint32_t end = sign.end;
  const bool closed = text[sign.begin] == ']';
  if (!closed) {
    const auto elements = elements_end(text, sign.end);
    if (!elements) return std::nullopt;
    end = *elements;
  }
  const bool ends = closed || text[end - 1] == ']';
  if (first.kind == ExprKind::list && closed) {
    out.edits = {{sign, ""}};
  } else if (first.kind == ExprKind::list) {  // its bracket stands too early
    const std::string_view inside = text.substr(whole.begin, whole.end - 1 - whole.begin);
    const std::size_t last = inside.find_last_not_of(" \t");
    const bool follows = inside[last] != ',' && inside[last] != '[';
    out.edits = {{at(whole.end - 1, follows ? whole.end : sign.end), ""},
                 {at(end, end), ends ? "" : "]"}};
  } else {
    out.edits = {{at(whole.begin, whole.begin), "["}};
    if (!ends) out.edits.push_back({at(end, end), "]"});
    const ExprKind kind = first.kind;
    out.certain = kind == ExprKind::string || kind == ExprKind::interpolation ||
                  kind == ExprKind::domain || kind == ExprKind::integer ||
                  kind == ExprKind::floating || kind == ExprKind::boolean;
  }
  std::uint32_t done = whole.begin;
  for (const diag::Edit& edit : out.edits) {  // in the order of the text
    out.mended += text.substr(done, edit.span.begin - done);
    out.mended += edit.text;
    done = edit.span.end;
  }
  out.mended += text.substr(done, std::max(done, end) - done);
  return out;
}

}  // namespace hlab::syntax
