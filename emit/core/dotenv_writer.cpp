#include "emit/core/dotenv_writer.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/base/utf8.h"
#include "emit/core/comment.h"
#include "emit/core/flat_text.h"

namespace hlab::emit {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_name(std::string_view name) {
  return !name.empty() && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(), [](char c) { return is_letter(c) || is_digit(c); });
}

bool is_bare(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return is_letter(c) || is_digit(c) ||
           std::string_view("./:@%+,=-").find(c) != std::string_view::npos;
  });
}

enum class Quotes : std::uint8_t { none, single_quotes, double_quotes };

/// In single quotes python-dotenv makes one backslash of two.
Quotes quotes_for(std::string_view text) {
  if (is_bare(text)) return Quotes::none;
  const bool quote = text.find('\'') != std::string_view::npos;
  const bool pair = text.find("\\\\") != std::string_view::npos;
  return quote || pair ? Quotes::double_quotes : Quotes::single_quotes;
}

std::string text_problem(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    if (c.value == '\r') return "holds a carriage return, which readers change";
    const bool control = c.value < 0x20 || (c.value >= 0x7f && c.value < 0xa0);
    if (control && c.value != '\n' && c.value != '\t') return "holds a control character";
    at += c.size;
  }
  if (text.find("${") != std::string_view::npos) {
    return "holds `${`, which python-dotenv expands whatever the quotes";
  }
  if (!text.empty() && text.back() == '\\') return "ends with `\\`, which hides the closing quote";
  if (quotes_for(text) != Quotes::double_quotes) return {};
  const std::size_t at = text.find_first_of("$`");
  if (at == std::string_view::npos) return {};
  return fmt::format(
      "holds `{}` beside `'` or two backslashes, and no quotes mean the same to all readers",
      text[at]);
}

void append_value(std::string& out, std::string_view text) {
  switch (quotes_for(text)) {
    case Quotes::none: out += text; return;
    case Quotes::single_quotes: out.append("'").append(text).append("'"); return;
    case Quotes::double_quotes: break;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  out += '"';
}

std::optional<DocError> problem(const std::vector<Node>& nodes) {
  for (std::uint32_t i = 1; i < nodes[0].end; i = nodes[i].end) {
    const Node& node = nodes[i];
    if (!is_name(node.key)) {
      return unfit_node(
          nodes, i, "the name of a variable has letters, digits and `_`, and begins with no digit");
    }
    if (node.is_container()) {
      return unfit_node(
          nodes, i,
          "a variable holds a text; a list or map has to be joined to one, or be `json(...)`");
    }
    if (node.kind == NodeKind::null) return unfit_node(nodes, i, "dotenv has no null");
    if (const std::string why = text_problem(flat_text(node)); !why.empty()) {
      return unfit_node(nodes, i, "the text " + why);
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<DocError> write_dotenv(const Doc& doc, std::string_view header, std::string& out,
                                     LineMarks* lines) {
  if (auto error = check_one_map(doc, "dotenv")) return error;
  const auto& nodes = doc.nodes();
  if (auto error = problem(nodes)) return error;
  std::uint32_t line = 1;
  const auto mark = [&](std::uint32_t at) {
    if (lines != nullptr) add_mark(*lines, line, at);
  };
  const auto comment = [&](std::string_view text) {
    if (text.empty()) return;
    mark(kNoNode);
    line += static_cast<std::uint32_t>(append_comment(out, text));
  };
  comment(header);
  for (std::uint32_t i = 1; i < nodes[0].end; i = nodes[i].end) {
    comment(nodes[i].comment);
    mark(i);
    const std::string text = flat_text(nodes[i]);
    out.append(nodes[i].key).append("=");
    append_value(out, text);
    out += '\n';
    line += 1 + static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n'));
  }
  return std::nullopt;
}

}  // namespace hlab::emit
