#include <fmt/format.h>

#include "compiler/inspect/page.h"

namespace hlab::inspect {
namespace {

constexpr std::string_view kStyle = R"(
:root { color-scheme: light dark; --line: #d5d9de; --soft: #f4f6f8; --ink: #1b1f24; --page: #ffffff; --link: #0a58b0; }
@media (prefers-color-scheme: dark) {
  :root { --line: #3a4048; --soft: #23282f; --ink: #e4e7eb; --page: #16191d; --link: #7ab4f5; }
}
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem 1rem 4rem; background: var(--page); color: var(--ink);
  font: 1rem/1.55 system-ui, sans-serif; }
a { color: var(--link); }
h1, h2, h3, h4 { line-height: 1.25; margin: 2rem 0 .6rem; }
h2 { border-bottom: 1px solid var(--line); padding-bottom: .25rem; }
code { font: .9em ui-monospace, monospace; background: var(--soft); padding: .1em .3em; border-radius: .25em; }
nav ul { columns: 14rem; padding-left: 1.2rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: .6rem 0 1rem; }
th, td { border: 1px solid var(--line); padding: .35rem .6rem; text-align: left; vertical-align: top; }
th { background: var(--soft); }
)";

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

/// Text in which what stands between two backquotes is code.
std::string marked(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t open = text.find('`');
    const std::size_t close = open == text.npos ? text.npos : text.find('`', open + 1);
    if (close == text.npos) return out + escaped(text);
    out += escaped(text.substr(0, open));
    out += "<code>" + escaped(text.substr(open + 1, close - open - 1)) + "</code>";
    text.remove_prefix(close + 1);
  }
  return out;
}

/// An empty line parts paragraphs.
std::string paragraphs(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = text.find("\n\n");
    out += "<p>" + marked(text.substr(0, end)) + "</p>\n";
    text = end == text.npos ? std::string_view() : text.substr(end + 2);
  }
  return out;
}

void put_row(std::string& out, const std::vector<std::string>& cells, std::string_view tag) {
  out += "<tr>";
  for (const std::string& text : cells) out += fmt::format("<{0}>{1}</{0}>", tag, marked(text));
  out += "</tr>\n";
}

void put_block(std::string& out, const Block& block, std::size_t number) {
  switch (block.kind) {
    case BlockKind::heading:
      out += fmt::format("<h{0} id=\"s{1}\">{2}</h{0}>\n", block.level, number, marked(block.text));
      return;
    case BlockKind::paragraph: out += paragraphs(block.text); return;
    case BlockKind::list:
      out += "<ul>\n";
      for (const auto& row : block.rows) out += "<li>" + marked(row.front()) + "</li>\n";
      out += "</ul>\n";
      return;
    case BlockKind::table:
      out += "<div class=\"wide\"><table>\n<thead>";
      put_row(out, block.head, "th");
      out += "</thead>\n<tbody>\n";
      for (const auto& row : block.rows) put_row(out, row, "td");
      out += "</tbody>\n</table></div>\n";
      return;
  }
}

}  // namespace

std::string html(const Page& page) {
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n<h1>{}</h1>\n",
      escaped(page.title), kStyle, marked(page.title));
  std::string contents;
  for (std::size_t i = 0; i < page.blocks.size(); ++i) {
    const Block& block = page.blocks[i];
    if (block.kind != BlockKind::heading || block.level != 2) continue;
    contents += fmt::format("<li><a href=\"#s{}\">{}</a></li>\n", i, marked(block.text));
  }
  if (!contents.empty())
    out += "<nav aria-label=\"Contents\">\n<ul>\n" + contents + "</ul>\n</nav>\n";
  out += "<main>\n";
  for (std::size_t i = 0; i < page.blocks.size(); ++i) put_block(out, page.blocks[i], i);
  return out + "</main>\n</body>\n</html>\n";
}

}  // namespace hlab::inspect
