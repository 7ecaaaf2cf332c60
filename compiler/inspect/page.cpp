#include "compiler/inspect/page.h"

#include <fmt/format.h>

namespace hlab::inspect {

void Page::heading(int level, std::string text) {
  Block block;
  block.kind = BlockKind::heading;
  block.level = level;
  block.text = std::move(text);
  blocks.push_back(std::move(block));
}

void Page::paragraph(std::string text) {
  if (text.empty()) return;
  Block block;
  block.text = std::move(text);
  blocks.push_back(std::move(block));
}

void Page::list(std::vector<std::string> items) {
  if (items.empty()) return;
  Block block;
  block.kind = BlockKind::list;
  for (std::string& item : items) block.rows.push_back({std::move(item)});
  blocks.push_back(std::move(block));
}

void Page::table(std::vector<std::string> head, std::vector<std::vector<std::string>> rows) {
  if (rows.empty()) return;
  Block block;
  block.kind = BlockKind::table;
  block.head = std::move(head);
  block.rows = std::move(rows);
  blocks.push_back(std::move(block));
}

namespace {

/// A cell is one line, and `|` would end it.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

void put_row(std::string& out, const std::vector<std::string>& cells) {
  out += '|';
  for (const std::string& text : cells) out += text.empty() ? " |" : " " + cell(text) + " |";
  out += '\n';
}

void put_table(std::string& out, const Block& block) {
  put_row(out, block.head);
  out += '|';
  for (std::size_t i = 0; i < block.head.size(); ++i) out += "---|";
  out += '\n';
  for (const auto& row : block.rows) put_row(out, row);
}

}  // namespace

std::string markdown(const Page& page) {
  std::string out = fmt::format("# {}\n", page.title);
  for (const Block& block : page.blocks) {
    out += '\n';
    switch (block.kind) {
      case BlockKind::heading:
        out += fmt::format("{} {}\n", std::string(static_cast<std::size_t>(block.level), '#'),
                           block.text);
        break;
      case BlockKind::paragraph: out += block.text + "\n"; break;
      case BlockKind::list:
        for (const auto& row : block.rows) out += "- " + row.front() + "\n";
        break;
      case BlockKind::table: put_table(out, block); break;
    }
  }
  return out;
}

}  // namespace hlab::inspect
