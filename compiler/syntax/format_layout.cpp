#include "compiler/syntax/format_layout.h"

#include <algorithm>
#include <optional>

#include "compiler/syntax/format_spacing.h"

namespace hlab::syntax {
namespace {

constexpr std::size_t kWidth = 100;
constexpr std::size_t kIndent = 2;
constexpr std::size_t kLongPath = 32;  // does not move the `=` of its neighbours

/// Code points: what a reader sees as columns.
std::size_t width(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

bool is_brace(TokenType t) { return t == TokenType::left_brace || t == TokenType::block_open; }
std::string_view opening(TokenType t) {
  return is_brace(t) ? "{" : (t == TokenType::left_bracket ? "[" : "(");
}
std::string_view closing(TokenType t) {
  return is_brace(t) ? "}" : (t == TokenType::left_bracket ? "]" : ")");
}

class Layout {
 public:
  explicit Layout(const FormatTree& tree) : tree_(tree) {}

  std::string file() {
    std::string out;
    items(tree_.groups[0], 0, out);
    return out;
  }

 private:
  /// On one line, or nothing where the source wants lines of its own.
  [[nodiscard]] std::optional<std::string> flat(const FormatItem& item) const {
    if (!item.comment.empty()) return std::nullopt;
    return flat_pieces(item);
  }

  [[nodiscard]] std::optional<std::string> flat_pieces(const FormatItem& item) const {
    if (item.commented) return std::nullopt;
    std::string out;
    for (std::size_t i = 0; i < item.pieces.size(); ++i) {
      const FormatPiece& p = item.pieces[i];
      if (spaced(item, i)) out += ' ';
      if (p.group == 0) {
        if (p.text.find('\n') != std::string_view::npos) return std::nullopt;
        out += p.text;
        continue;
      }
      const auto inner = flat_group(tree_.groups[p.group]);
      if (!inner) return std::nullopt;
      out += *inner;
    }
    return out;
  }

  [[nodiscard]] std::optional<std::string> flat_group(const FormatGroup& group) const {
    if (group.broken || !group.comment.empty()) return std::nullopt;
    std::string out;
    for (std::size_t i = 0; i < group.items.size(); ++i) {
      const auto text = flat(group.items[i]);
      if (!text) return std::nullopt;
      if (i > 0)
        out += group.comprehension || group.arms ? " " : (is_brace(group.open) ? "  " : ", ");
      out += *text;
    }
    const bool padded = is_brace(group.open) && !out.empty();
    return std::string(opening(group.open)) + (padded ? " " : "") + out + (padded ? " " : "") +
           std::string(closing(group.open));
  }

  [[nodiscard]] static bool spaced(const FormatItem& item, std::size_t i) {
    if (i == 0) return false;
    const FormatPiece* before = i > 1 ? &item.pieces[i - 2] : nullptr;
    const FormatPiece* after = i + 1 < item.pieces.size() ? &item.pieces[i + 1] : nullptr;
    return space_between(before, item.pieces[i - 1], item.pieces[i], after);
  }

  /// An item laid out: `text` begins without its indentation, further lines bring theirs.
  struct Laid {
    std::string text;
    bool one_line = true;
  };

  /// `free`: in parentheses or a list, where a line may end anywhere.
  [[nodiscard]] Laid lay(const FormatItem& item, std::size_t indent, bool free) const {
    auto line = flat_pieces(item);
    if (line && indent + width(*line) <= kWidth) return {std::move(*line), true};
    Laid laid{line ? shortened(item, indent, free) : broken(item, indent), true};
    laid.one_line = laid.text.find('\n') == std::string::npos;
    return laid;
  }

  /// Groups that have lines of their own in the source keep them.
  [[nodiscard]] std::string broken(const FormatItem& item, std::size_t indent) const {
    std::vector<bool> breaks(item.pieces.size(), false);
    for (std::size_t i = 0; i < item.pieces.size(); ++i) {
      const std::uint32_t group = item.pieces[i].group;
      breaks[i] = group != 0 && !flat_group(tree_.groups[group]);
    }
    std::string text = with_breaks(item, indent, breaks, Lines::joined);
    if (!item.commented || fits(text, indent)) return text;
    return with_breaks(item, indent, breaks, Lines::as_written);
  }

  /// An item that is merely too long is broken where its source was, else after its commas, else before
  /// each `else` or at `and` and `or`, else at `+` and `??`, else in the last group that makes it fit.
  [[nodiscard]] std::string shortened(const FormatItem& item, std::size_t indent, bool free) const {
    std::vector<bool> breaks(item.pieces.size(), false);
    // A condition between `if` and `then` stays in one piece.
    const bool chooses = std::any_of(item.pieces.begin(), item.pieces.end(), is_then);
    std::vector<Lines> ways{Lines::as_written, Lines::after_commas};
    if (free && chooses) ways.push_back(Lines::before_else);
    if (!chooses) {
      ways.push_back(free ? Lines::before_or : Lines::after_or);
      ways.push_back(free ? Lines::before_logic : Lines::after_logic);
      ways.push_back(Lines::after_sums);
    }
    for (const Lines lines : ways) {
      std::string text = with_breaks(item, indent, breaks, lines);
      if (fits(text, indent)) return text;
    }
    const std::size_t if_ = place_of(item, TokenType::if_);
    const std::size_t then = place_of(item, TokenType::then);
    if (auto text = in_a_group(item, indent, then, item.pieces.size())) return *text;
    if (auto text = in_a_group(item, indent, 0, if_)) return *text;
    if (chooses && !free && std::count_if(item.pieces.begin(), item.pieces.end(), is_then) == 1) {
      std::string text = with_breaks(item, indent, breaks, Lines::after_then);
      if (fits(text, indent)) return text;
    }
    if (auto text = in_a_group(item, indent, if_, then)) return *text;
    if (free && chooses) return with_breaks(item, indent, breaks, Lines::before_else);
    const bool written = std::any_of(item.pieces.begin(), item.pieces.end(),
                                     [](const FormatPiece& p) { return p.new_line; });
    return with_breaks(item, indent, breaks, written ? Lines::as_written : Lines::after_commas);
  }

  static bool is_then(const FormatPiece& p) { return p.type == TokenType::then; }

  /// Of the first piece of that type; 0 where there is none.
  static std::size_t place_of(const FormatItem& item, TokenType type) {
    const auto found = std::find_if(item.pieces.begin(), item.pieces.end(),
                                    [&](const FormatPiece& p) { return p.type == type; });
    return found == item.pieces.end() ? 0 : static_cast<std::size_t>(found - item.pieces.begin());
  }

  /// With one group broken, the last of these pieces that helps.
  [[nodiscard]] std::optional<std::string> in_a_group(const FormatItem& item, std::size_t indent,
                                                      std::size_t first, std::size_t last) const {
    std::vector<bool> breaks(item.pieces.size(), false);
    for (std::size_t i = last; i-- > first;) {
      const FormatPiece& p = item.pieces[i];
      if (p.group == 0 || !may_break(tree_.groups[p.group])) continue;
      breaks[i] = true;
      std::string text = with_breaks(item, indent, breaks, Lines::joined);
      if (is_brace(p.type) || ends_fit(text, indent)) return text;
      breaks[i] = false;
    }
    return std::nullopt;
  }

  /// An index or the type of a list gains nothing by lines of its own.
  static bool may_break(const FormatGroup& group) {
    if (group.items.empty()) return false;
    return group.open != TokenType::left_bracket || group.list || group.comprehension;
  }

  static bool fits(std::string_view text, std::size_t indent) {
    for (std::size_t at = indent;; at = 0) {
      const std::size_t end = text.find('\n');
      if (at + width(text.substr(0, end)) > kWidth) return false;
      if (end == std::string_view::npos) return true;
      text.remove_prefix(end + 1);
    }
  }

  /// The lines that hold an item's own words, before and after what was broken.
  static bool ends_fit(std::string_view text, std::size_t indent) {
    return indent + width(text.substr(0, text.find('\n'))) <= kWidth &&
           width(text.substr(text.rfind('\n') + 1)) <= kWidth;
  }

  /// Where an item outside its groups goes on on a new line.
  enum class Lines {
    joined,
    as_written,
    after_commas,
    before_else,
    before_or,
    before_logic,
    after_or,
    after_logic,
    after_sums,
    after_then
  };

  static bool joins_conditions(TokenType t) { return t == TokenType::and_ || t == TokenType::or_; }

  static bool joins_values(TokenType t) { return t == TokenType::plus || t == TokenType::coalesce; }

  static bool ends_line(const FormatItem& item, std::size_t i, Lines lines) {
    if (i == 0 || lines == Lines::joined) return false;
    const TokenType before = item.pieces[i - 1].type;
    const TokenType here = item.pieces[i].type;
    switch (lines) {
      case Lines::as_written: return item.pieces[i].new_line;
      case Lines::after_commas: return before == TokenType::comma;
      case Lines::before_else: return here == TokenType::else_;
      case Lines::before_or: return here == TokenType::or_;
      case Lines::before_logic: return joins_conditions(here);
      case Lines::after_or: return before == TokenType::comma || before == TokenType::or_;
      case Lines::after_logic: return before == TokenType::comma || joins_conditions(before);
      case Lines::after_sums: return before == TokenType::comma || joins_values(before);
      case Lines::after_then: return before == TokenType::then;
      default: return false;
    }
  }

  [[nodiscard]] std::string with_breaks(const FormatItem& item, std::size_t indent,
                                        const std::vector<bool>& breaks, Lines lines) const {
    std::string out;
    std::size_t here = indent;  // of the line
    for (std::size_t i = 0; i < item.pieces.size(); ++i) {
      const FormatPiece& p = item.pieces[i];
      if (follows_comment(item, i)) {
        const bool goes_on = p.type == TokenType::else_ && is_brace(item.pieces[i - 1].type);
        here = goes_on ? indent : indent + kIndent;
        comments_before(item, i, here, out);
      } else if (ends_line(item, i, lines)) {
        out += '\n';
        out.append(indent + kIndent, ' ');
      } else if (spaced(item, i)) {
        out += ' ';
      }
      if (p.group == 0) {
        out += text_block(p.text, here);
      } else if (breaks[i]) {
        group(tree_.groups[p.group], here, out);
      } else {
        out += flat_group(tree_.groups[p.group]).value_or("");
      }
    }
    return out;
  }

  static bool follows_comment(const FormatItem& item, std::size_t i) {
    return i > 0 && (!item.pieces[i - 1].comment.empty() || !item.pieces[i].above.empty());
  }

  /// What stands behind the piece before, and on lines of their own; then the line of this one begins.
  static void comments_before(const FormatItem& item, std::size_t i, std::size_t indent,
                              std::string& out) {
    const std::string_view behind = item.pieces[i - 1].comment;
    if (!behind.empty()) out.append(" ").append(behind);
    for (const std::string_view line : item.pieces[i].above)
      out.append("\n").append(indent, ' ').append(line);
    out.append("\n").append(indent, ' ');
  }

  /// A `"""` text moves as a whole, so that what it says stays the same.
  [[nodiscard]] static std::string text_block(std::string_view text, std::size_t indent) {
    const std::size_t first = text.find('\n');
    if (first == std::string_view::npos || !text.starts_with("\"\"\"")) return std::string(text);
    if (text.find("\"\"\"", 3) != text.size() - 3 || text.find('\t') != std::string_view::npos) {
      return std::string(text);
    }
    std::vector<std::string_view> lines;
    for (std::string_view rest = text.substr(first + 1);;) {
      const std::size_t end = rest.find('\n');
      std::string_view line = rest.substr(0, end);
      if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
      lines.push_back(line);
      if (end == std::string_view::npos) break;
      rest.remove_prefix(end + 1);
    }
    std::size_t least = std::string_view::npos;
    for (const std::string_view line : lines) {
      const std::size_t blanks = line.find_first_not_of(' ');
      if (blanks != std::string_view::npos) least = std::min(least, blanks);
    }
    std::string out("\"\"\"");
    for (const std::string_view line : lines) {
      out += '\n';
      if (line.size() > least) out.append(indent + kIndent, ' ').append(line.substr(least));
    }
    return out;
  }

  /// `json([`, `f({`: the only item brings the brackets whose lines are indented.
  [[nodiscard]] bool hugs(const FormatGroup& group) const {
    if (group.open != TokenType::left_paren || group.items.size() != 1) return false;
    if (!group.comment.empty()) return false;
    const FormatItem& item = group.items[0];
    if (!item.comment.empty() || item.pieces.empty() || item.commented) return false;
    const std::uint32_t last = item.pieces.back().group;
    return last != 0 && !tree_.groups[last].items.empty();
  }

  void group(const FormatGroup& group, std::size_t indent, std::string& out) const {
    out += opening(group.open);
    if (hugs(group)) {
      const FormatItem& item = group.items[0];
      std::vector<bool> breaks(item.pieces.size(), false);
      for (std::size_t i = 0; i < item.pieces.size(); ++i) {
        const std::uint32_t inner = item.pieces[i].group;
        breaks[i] = inner != 0 && !flat_group(tree_.groups[inner]);
      }
      breaks.back() = true;
      out += with_breaks(item, indent, breaks, Lines::joined);
      out += closing(group.open);
      return;
    }
    if (!group.comment.empty()) out.append(" ").append(group.comment);
    if (group.items.empty() && group.comment.empty()) {
      out += closing(group.open);
      return;
    }
    out += '\n';
    items(group, indent + kIndent, out);
    out.append(indent, ' ');
    out += closing(group.open);
  }

  /// An arm that had others behind it on its line.
  static bool ends_with_comma(const FormatItem& item) {
    return item.pieces.back().type == TokenType::comma;
  }

  static FormatItem without_comma(FormatItem item) {
    item.pieces.pop_back();
    return item;
  }

  /// One item a line, `=` and comments of neighbours in columns.
  void items(const FormatGroup& group, std::size_t indent, std::string& out) const {
    std::vector<Laid> laid;
    laid.reserve(group.items.size());
    for (const FormatItem& item : group.items) {
      laid.push_back(item.pieces.empty()     ? Laid{std::string(item.comment), true}
                     : ends_with_comma(item) ? lay(without_comma(item), indent, false)
                                             : lay(item, indent, !is_brace(group.open)));
    }
    align_assignments(group, laid);
    add_commas(group, laid);
    add_comments(group, laid);
    for (std::size_t i = 0; i < laid.size(); ++i) {
      if (group.items[i].blank_before && i > 0) out += '\n';
      out.append(indent, ' ').append(laid[i].text).append("\n");
    }
  }

  [[nodiscard]] static std::size_t assign_column(const FormatItem& item) {
    std::size_t column = 0;
    for (std::size_t i = 0; i < item.assign; ++i) {
      column += width(item.pieces[i].text) + (spaced(item, i) ? 1 : 0);
    }
    return column;
  }

  static void align_assignments(const FormatGroup& group, std::vector<Laid>& laid) {
    const auto joins = [&](std::size_t i) {
      return group.items[i].assign != 0 && laid[i].one_line;
    };
    for (std::size_t i = 0; i < laid.size();) {
      if (!joins(i)) {
        ++i;
        continue;
      }
      std::size_t end = i + 1;
      while (end < laid.size() && joins(end) && !group.items[end].blank_before) ++end;
      std::size_t column = 0;
      for (std::size_t k = i; k < end; ++k) {
        const std::size_t here = assign_column(group.items[k]);
        if (here <= kLongPath) column = std::max(column, here);
      }
      for (; i < end; ++i) {
        const std::size_t here = assign_column(group.items[i]);
        std::size_t bytes = 0;
        for (std::size_t seen = 0; seen <= here && bytes < laid[i].text.size(); ++bytes) {
          if ((static_cast<unsigned char>(laid[i].text[bytes]) & 0xc0) != 0x80) ++seen;
        }
        if (here < column) laid[i].text.insert(bytes > 0 ? bytes - 1 : 0, column - here, ' ');
      }
    }
  }

  static void add_commas(const FormatGroup& group, std::vector<Laid>& laid) {
    if (is_brace(group.open) || group.comprehension) return;
    std::size_t last = laid.size();
    while (last > 0 && group.items[last - 1].pieces.empty()) --last;
    for (std::size_t i = 0; i < last; ++i) {
      const bool needed = group.list || i + 1 < last;
      if (needed && !group.items[i].pieces.empty()) laid[i].text += ',';
    }
  }

  static void add_comments(const FormatGroup& group, std::vector<Laid>& laid) {
    const auto joins = [&](std::size_t i) {
      const FormatItem& item = group.items[i];
      return !item.pieces.empty() && !item.comment.empty() && laid[i].one_line;
    };
    for (std::size_t i = 0; i < laid.size();) {
      std::size_t end = i + 1;
      if (!joins(i)) {
        const FormatItem& item = group.items[i];
        if (!item.pieces.empty() && !item.comment.empty()) {
          laid[i].text.append(" ").append(item.comment);
        }
        i = end;
        continue;
      }
      while (end < laid.size() && joins(end) && !group.items[end].blank_before) ++end;
      std::size_t column = 0;
      for (std::size_t k = i; k < end; ++k) column = std::max(column, width(laid[k].text));
      for (; i < end; ++i) {
        laid[i].text.append(column + 1 - width(laid[i].text), ' ').append(group.items[i].comment);
      }
    }
  }

  const FormatTree& tree_;
};

}  // namespace

std::string format_layout(const FormatTree& tree) { return Layout(tree).file(); }

}  // namespace hlab::syntax
