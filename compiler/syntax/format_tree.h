// The words of a file as the formatter sees them: bodies, lists and arguments as groups of items,
// comments and blank lines where they stood. Nothing of the text is lost in it.
#pragma once

#include <string_view>
#include <vector>

#include "compiler/syntax/token.h"

namespace hlab::syntax {

struct FormatGroup;

/// A word, a text with all its interpolations, or a bracketed group.
struct FormatPiece {
  TokenType type = TokenType::name;
  std::string_view text;    // none for a group
  std::uint32_t group = 0;  // in FormatTree::groups; 0 for none
  bool touches = false;     // nothing stood between it and the piece before
  bool new_line = false;    // began a line inside its item
  bool angle = false;       // `<` and `>` of a `Map<...>`
  bool apart = false;       // begins a value that stands beside a path: `override a.b -1 -> 2`
  std::vector<std::string_view> above;  // comments on lines of their own, inside its item
  std::string_view comment;             // behind it, where its item goes on in the next line
};

/// An entry, an arm, an element of a list, or a comment that has its line to itself.
struct FormatItem {
  std::vector<FormatPiece> pieces;
  std::string_view comment;  // on its own line, or at the end of the item's line
  std::uint32_t assign = 0;  // index of the `=` of `path = value`; 0 for other items
  bool blank_before = false;
  bool commented = false;  // inside, so that it goes over several lines
};

struct FormatGroup {
  TokenType open = TokenType::left_brace;
  std::vector<FormatItem> items;
  std::string_view comment;  // after the opening bracket
  bool broken = false;       // has lines of its own in the source, and keeps them
  bool arms = false;         // of a `match`
  bool comprehension = false;
  bool list = false;  // `[a, b]`, where a comma may follow the last
};

struct FormatTree {
  std::vector<FormatGroup> groups;  // the first is the file itself
};

/// The file's tokens and comments as a tree; the text must parse.
FormatTree format_tree(std::string_view text);

}  // namespace hlab::syntax
