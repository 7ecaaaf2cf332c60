// A page of reference, before it is Markdown or HTML: headings, paragraphs, lists and tables of texts in
// which only `code` in backquotes is marked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hlab::inspect {

enum class BlockKind : std::uint8_t { heading, paragraph, list, table };

struct Block {
  BlockKind kind = BlockKind::paragraph;
  int level = 1;                               // heading
  std::string text;                            // heading, paragraph
  std::vector<std::string> head;               // table
  std::vector<std::vector<std::string>> rows;  // table; list: one text a row
};

struct Page {
  std::string title;
  std::vector<Block> blocks;

  void heading(int level, std::string text);
  /// Nothing where the text is empty.
  void paragraph(std::string text);
  void list(std::vector<std::string> items);
  void table(std::vector<std::string> head, std::vector<std::vector<std::string>> rows);
};

[[nodiscard]] std::string markdown(const Page& page);

/// One file that needs no other: no script, no font, no picture from elsewhere; light and dark.
[[nodiscard]] std::string html(const Page& page);

}  // namespace hlab::inspect
