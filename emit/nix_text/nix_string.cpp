#include "emit/nix_text/nix_string.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace hlab::emit {
namespace {

constexpr std::array<std::string_view, 10> kKeywords = {"assert", "else", "if",  "in",   "inherit",
                                                        "let",    "or",   "rec", "then", "with"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_identifier(std::string_view name) {
  if (name.empty() || !(is_letter(name[0]) || name[0] == '_')) return false;
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
    return is_letter(c) || is_digit(c) || c == '_' || c == '-';
  });
  return plain && std::find(kKeywords.begin(), kKeywords.end(), name) == kKeywords.end();
}

/// One line of an indented string. A quote is spelt `''\'` where the next characters would join it
/// to something else; `more` says that a line break follows.
void append_indented_line(std::string& out, std::string_view line, bool more) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    const std::string_view rest = line.substr(i);
    if (rest.substr(0, 2) == "''") {
      out += "'''";
      ++i;
    } else if (rest[0] == '\'') {
      const bool joins = rest.size() == 1 ? !more : rest[1] == '$';
      out += joins ? "''\\'" : "'";
    } else if (rest.substr(0, 2) == "${") {
      out += "''${";
      ++i;
    } else {
      out += rest[0];
    }
  }
}

bool is_bidi_control(std::string_view at) {
  if (at.size() < 3 || at[0] != '\xE2') return false;
  return (at[1] == '\x80' && at[2] >= '\xAA' && at[2] <= '\xAE') ||
         (at[1] == '\x81' && at[2] >= '\xA6' && at[2] <= '\xA9');
}

void append_comment_line(std::string& out, std::string_view line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    const auto byte = static_cast<unsigned char>(line[i]);
    if (is_bidi_control(line.substr(i))) {
      out += '?';
      i += 2;
    } else if (byte < 0x20 || byte == 0x7F) {
      out += ' ';
    } else {
      out += line[i];
    }
  }
}

}  // namespace

bool representable_in_nix(std::string_view text) {
  return text.find('\0') == std::string_view::npos;
}

std::string nix_string_body(std::string_view text) {
  assert(representable_in_nix(text));
  std::string out;
  out.reserve(text.size() + 2);
  for (std::size_t i = 0; i < text.size(); ++i) {
    switch (text[i]) {
      case '\\': out += "\\\\"; break;
      case '"': out += "\\\""; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      case '$': {
        // At the end it may meet an interpolation, and `$${` would be none.
        const bool opens = i + 1 == text.size() || text[i + 1] == '{';
        out += opens ? "\\$" : "$";
        break;
      }
      default: out += text[i];
    }
  }
  return out;
}

std::string nix_string(std::string_view text) { return '"' + nix_string_body(text) + '"'; }

bool fits_indented_string(std::string_view text) {
  // Nix turns a raw carriage return into a line feed, and there is no way to spell it that is also
  // safe behind a quote.
  if (text.find('\n') == std::string_view::npos) return false;
  if (text.find('\r') != std::string_view::npos) return false;
  bool starts_at_margin = false;
  std::string_view last;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    last = text.substr(begin, end - begin);
    if (!last.empty() && last[0] != ' ') starts_at_margin = true;
    begin = end + 1;
  }
  // The common indentation must be ours alone, and the last line must not be one that Nix drops.
  const bool last_survives = last.empty() || last.find_first_not_of(' ') != std::string_view::npos;
  return starts_at_margin && last_survives;
}

std::string nix_indented_string(std::string_view text, int indent) {
  assert(representable_in_nix(text) && fits_indented_string(text));
  const std::string margin(static_cast<std::size_t>(indent), ' ');
  std::string out = "''\n";
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    const bool more = end != std::string_view::npos;
    const std::string_view line = text.substr(begin, more ? end - begin : end);
    if (!line.empty()) {
      out += margin + "  ";
      append_indented_line(out, line, more);
    }
    if (!more) return out + "''";
    out += '\n';
    begin = end + 1;
  }
  return out + margin + "''";
}

std::string nix_attribute(std::string_view name) {
  return is_identifier(name) ? std::string(name) : nix_string(name);
}

bool is_path_literal(std::string_view path) {
  const bool relative = path.substr(0, 2) == "./" || path.substr(0, 3) == "../";
  const bool plain = std::all_of(path.begin(), path.end(), [](char c) {
    return is_letter(c) || is_digit(c) || c == '/' || c == '.' || c == '_' || c == '-' || c == '+';
  });
  return relative && plain && path.back() != '/' && path.find("//") == std::string_view::npos;
}

std::string nix_path(std::string_view path) {
  if (is_path_literal(path)) return std::string(path);
  std::string up;
  while (path.substr(0, 3) == "../") {
    up += "../";
    path.remove_prefix(3);
  }
  if (path.substr(0, 2) == "./") path.remove_prefix(2);
  return (up.empty() ? "./." : up + ".") + " + " + nix_string('/' + std::string(path));
}

std::string nix_comment(std::string_view text, int indent) {
  std::string out;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    out.append(static_cast<std::size_t>(indent), ' ');
    out += begin == end ? "#" : "# ";
    append_comment_line(out, text.substr(begin, end - begin));
    out += '\n';
    begin = end + 1;
  }
  return out;
}

}  // namespace hlab::emit
