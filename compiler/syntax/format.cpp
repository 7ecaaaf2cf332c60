#include "compiler/syntax/format.h"

#include <algorithm>
#include <cctype>
#include <utility>
#include <vector>

#include "compiler/syntax/format_layout.h"
#include "compiler/syntax/format_tree.h"
#include "compiler/syntax/parse.h"
#include "compiler/syntax/scanner.h"

namespace hlab::syntax {
namespace {

constexpr int kTurns = 4;

bool opens(TokenType t) {
  return t == TokenType::left_brace || t == TokenType::block_open || t == TokenType::left_bracket ||
         t == TokenType::left_paren;
}
bool closes(TokenType t) {
  return t == TokenType::right_brace || t == TokenType::right_bracket ||
         t == TokenType::right_paren;
}

/// All that a text says, without its layout.
struct Words {
  std::vector<std::pair<TokenType, std::string>> tokens;
  std::vector<std::string> comments;
  friend bool operator==(const Words&, const Words&) = default;
};

std::string words_of(const Token& t, std::string_view text, const SymbolTable& symbols) {
  using enum TokenType;
  const bool text_part = t.type == string || t.type == string_begin || t.type == string_middle ||
                         t.type == string_end;
  return std::string(text_part ? symbols.text(t.symbol()) : text.substr(t.begin, t.end - t.begin));
}

/// Commas between the arms of a `match`: on lines of their own these need none.
class ArmCommas {
 public:
  bool is_one(TokenType t) {
    if (opens(t)) in_arms_.push_back(false);
    if (closes(t) && !in_arms_.empty()) in_arms_.pop_back();
    if (t == TokenType::fat_arrow && !in_arms_.empty()) in_arms_.back() = true;
    return t == TokenType::comma && !in_arms_.empty() && in_arms_.back();
  }

 private:
  std::vector<bool> in_arms_;  // of each open bracket
};

Words words(std::string_view text) {
  SourceMap sources;
  SymbolTable symbols;
  Ast ast;
  diag::Diagnostics diags;
  std::vector<Comment> comments;
  const FileId file = sources.add_static("", text);
  Scanner scanner(text, file, symbols, ast, diags, {}, &comments);
  Words all;
  ArmCommas arm_commas;
  while (true) {
    const Token t = scanner.next();
    if (t.type == TokenType::newline || arm_commas.is_one(t.type)) continue;
    const bool closes = t.type == TokenType::right_bracket || t.type == TokenType::right_paren;
    if (closes && !all.tokens.empty() && all.tokens.back().first == TokenType::comma)
      all.tokens.pop_back();
    if (t.type == TokenType::end) break;
    all.tokens.emplace_back(t.type, words_of(t, text, symbols));
  }
  for (const Comment& c : comments) all.comments.emplace_back(sources.text(c.span));
  for (std::string& c : all.comments) c.erase(c.find_last_not_of(" \t") + 1);
  std::sort(all.comments.begin(), all.comments.end());  // one may change sides with a comma
  return all;
}

bool parses(std::string_view text) {
  SourceMap sources;
  SymbolTable symbols;
  Ast ast;
  diag::Diagnostics diags;
  parse(sources, sources.add_static("", text), symbols, ast, diags);
  return !diags.has_errors();
}

/// Where lines begin whose indentation is ours to choose, and how deep they stand.
struct LineDepths {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> depths;  // offset of the first word, depth
};

LineDepths line_depths(std::string_view text) {
  SourceMap sources;
  SymbolTable symbols;
  Ast ast;
  diag::Diagnostics diags;
  std::vector<Comment> comments;
  Scanner scanner(text, sources.add_static("", text), symbols, ast, diags, {}, &comments);
  LineDepths found;
  std::size_t seen = 0;
  std::uint32_t inside = 0;  // depth for a comment that stands after the last token
  std::vector<bool> bodies;  // of each open bracket: whether line ends count in it
  TokenType previous = TokenType::newline;
  while (true) {
    const Token t = scanner.next();
    for (; seen < comments.size() && comments[seen].span.begin < t.begin; ++seen) {
      if (comments[seen].own_line) found.depths.emplace_back(comments[seen].span.begin, inside);
    }
    if (t.type == TokenType::end) break;
    const bool goes_on = previous != TokenType::newline && !opens(previous) && !closes(t.type) &&
                         (bodies.empty() || bodies.back());
    previous = t.type;
    if (t.type == TokenType::newline) continue;
    const bool continues_text = t.type == TokenType::string_middle ||
                                t.type == TokenType::string_end;
    if (t.line_start && !continues_text) {
      found.depths.emplace_back(t.begin, t.depth + (goes_on ? 1u : 0u));
    }
    if (opens(t.type))
      bodies.push_back(t.type == TokenType::left_brace || t.type == TokenType::block_open);
    bodies.resize(std::min<std::size_t>(bodies.size(), t.depth + (opens(t.type) ? 1u : 0u)));
    inside = t.depth + (opens(t.type) ? 1u : 0u);
  }
  for (; seen < comments.size(); ++seen) {
    if (comments[seen].own_line) found.depths.emplace_back(comments[seen].span.begin, inside);
  }
  std::sort(found.depths.begin(), found.depths.end());
  return found;
}

/// The text with its lines moved to the depth of their brackets, and nothing else changed.
std::string indented(std::string_view text) {
  std::string out;
  std::uint32_t done = 0;
  for (const auto& [at, depth] : line_depths(text).depths) {
    std::uint32_t line = at;
    while (line > done && (text[line - 1] == ' ' || text[line - 1] == '\t')) --line;
    if (line != 0 && text[line - 1] != '\n') continue;
    out += text.substr(done, line - done);
    out.append(2u * depth, ' ');
    done = at;
  }
  out += text.substr(done);
  return out;
}

/// From one word at the beginning of a line, outside of all brackets, to the next: what may stand on its own.
std::vector<std::string_view> parts_of(std::string_view text) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  for (const auto& [at, depth] : line_depths(text).depths) {
    if (depth != 0 || std::isalpha(static_cast<unsigned char>(text[at])) == 0) continue;
    const std::size_t line = text.rfind('\n', at);
    if (line == std::string_view::npos || line + 1 <= begin) continue;
    parts.push_back(text.substr(begin, line + 1 - begin));
    begin = line + 1;
  }
  parts.push_back(text.substr(begin));
  return parts;
}

/// The declarations around a broken one are laid out as ever.
std::string sound_parts(std::string_view text) {
  std::string out;
  for (const std::string_view part : parts_of(text)) {
    const bool blank = part.find_first_not_of(" \t\r\n") == std::string_view::npos;
    if (blank || !parses(part)) {
      out += part;
      continue;
    }
    // Empty lines between declarations belong to no part.
    const std::size_t end = part.find_last_not_of(" \t\r\n") + 1;
    std::string laid = format(part.substr(0, end));
    while (!laid.empty() && laid.back() == '\n') laid.pop_back();
    out += laid + std::string(part.substr(end));
  }
  return out;
}

/// What does not parse: its sound parts laid out, the rest indented; untouched where blanks change what
/// the broken text says.
std::string broken(std::string_view text) {
  // With line ends of two bytes the parts would get others than the rest.
  const bool two_bytes = text.find('\r') != std::string_view::npos;
  const auto laid = [&](std::string_view from) {
    return two_bytes ? indented(from) : indented(sound_parts(from));
  };
  const auto settled = [&](const std::string& out) {
    return !parses(out) && laid(out) == out && words(out) == words(text);
  };
  for (const std::string& out : {laid(text), indented(text)}) {
    if (settled(out)) return out;
  }
  return std::string(text);
}

}  // namespace

std::string format(std::string_view text) {
  if (!parses(text)) return broken(text);
  std::string laid = format_layout(format_tree(text));
  for (int turn = 0; turn < kTurns; ++turn) {  // a group that was broken may break its neighbours
    std::string next = format_layout(format_tree(laid));
    const bool settled = next == laid;
    laid = std::move(next);
    if (settled) return parses(laid) && words(laid) == words(text) ? laid : std::string(text);
  }
  return std::string(text);
}

}  // namespace hlab::syntax
