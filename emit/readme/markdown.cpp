#include "emit/readme/markdown.h"

namespace hlab::emit {
namespace {

constexpr std::string_view kSpecial = "\\`*_[]#|~";

std::string line_of(const std::vector<std::string>& cells) {
  std::string line = "|";
  for (const std::string& cell : cells) line += " " + cell + " |";
  return line;
}

}  // namespace

std::string markdown_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '&') {
      out += "&amp;";
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += ' ';
    } else {
      if (kSpecial.find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  }
  return out;
}

std::string markdown_code(std::string_view text) {
  for (const char c : text) {
    if (c == '`' || c == '|' || static_cast<unsigned char>(c) < 0x20) return markdown_text(text);
  }
  return text.empty() ? std::string() : "`" + std::string(text) + "`";
}

std::string markdown_codes(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : ", ") + markdown_code(text);
  return out;
}

MarkdownTable::MarkdownTable(std::vector<std::string> heads) {
  lines_.push_back(line_of(heads));
  lines_.push_back(line_of(std::vector<std::string>(heads.size(), "---")));
}

void MarkdownTable::row(const std::vector<std::string>& cells) {
  lines_.push_back(line_of(cells));
  ++rows_;
}

std::string MarkdownTable::text(std::string_view indent) const {
  std::string out;
  for (const std::string& line : lines_) out += std::string(indent) + line + "\n";
  return out;
}

}  // namespace hlab::emit
