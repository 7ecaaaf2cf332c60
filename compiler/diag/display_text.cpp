#include "compiler/diag/display_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/base/utf8.h"

namespace hlab::diag {
namespace {

constexpr std::size_t kTab = 4;
constexpr std::string_view kCut = "…";

struct CodeRange {
  std::uint32_t first;
  std::uint32_t last;
};

constexpr CodeRange kZeroWidth[] = {
    {0x300, 0x36f},   {0x483, 0x489},   {0x591, 0x5bd},   {0x610, 0x61a},   {0x64b, 0x65f},
    {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}};

constexpr CodeRange kWide[] = {
    {0x1100, 0x115f},   {0x231a, 0x231b},   {0x23e9, 0x23f3},   {0x2614, 0x2615},
    {0x26a1, 0x26a1},   {0x2705, 0x2705},   {0x274c, 0x274e},   {0x2753, 0x2757},
    {0x2795, 0x2797},   {0x2b1b, 0x2b1c},   {0x2b50, 0x2b50},   {0x2e80, 0x303e},
    {0x3041, 0x33ff},   {0x3400, 0x4dbf},   {0x4e00, 0x9fff},   {0xa000, 0xa4cf},
    {0xa960, 0xa97f},   {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe30, 0xfe6f},
    {0xff00, 0xff60},   {0xffe0, 0xffe6},   {0x1f300, 0x1f64f}, {0x1f680, 0x1f6ff},
    {0x1f7e0, 0x1f7eb}, {0x1f900, 0x1f9ff}, {0x1fa70, 0x1faff}, {0x20000, 0x3fffd}};

template <std::size_t N>
bool in(const CodeRange (&ranges)[N], std::uint32_t c) {
  return std::any_of(std::begin(ranges), std::end(ranges),
                     [c](CodeRange range) { return c >= range.first && c <= range.last; });
}

bool is_hidden(std::uint32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || (c >= 0x200b && c <= 0x200f) ||
         (c >= 0x2028 && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
         is_noncharacter(c) || c >= 0xe0000;
}

/// Appends one character, escaped where needed, and returns the columns that it takes.
std::size_t append_visible(std::string& out, std::string_view raw, CodePoint c) {
  if (c.valid && c.value >= 0x20 && c.value < 0x7f) {
    out += static_cast<char>(c.value);
    return 1;
  }
  if (c.valid && !is_hidden(c.value)) {
    out += raw;
    return in(kZeroWidth, c.value) ? 0 : in(kWide, c.value) ? 2 : 1;
  }
  const std::size_t before = out.size();
  if (c.valid) {
    fmt::format_to(std::back_inserter(out), "\\u{{{:x}}}", c.value);
  } else {
    fmt::format_to(std::back_inserter(out), "\\x{:02x}", c.value);
  }
  return out.size() - before;
}

/// The nearest place at or before `at` where a character begins.
std::size_t character_start(std::string_view line, std::size_t at) {
  for (int i = 0; i < 3 && at > 0 && at < line.size(); ++i) {
    if ((static_cast<unsigned char>(line[at]) & 0xc0u) != 0x80u) break;
    --at;
  }
  return at;
}

}  // namespace

std::string visible(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    if (c.value == '\n') {
      out += '\n';
    } else {
      append_visible(out, text.substr(at, c.size), c);
    }
    at += c.size;
  }
  return out;
}

std::string with_short_words(std::string_view text) {
  constexpr std::size_t kLongest = 200, kHead = 60, kTail = 20;
  std::string out;
  while (!text.empty()) {
    std::size_t end = text.find_first_of(" \n");
    if (end == std::string_view::npos) end = text.size();
    const std::string_view word = text.substr(0, end);
    if (word.size() > kLongest) {
      out += word.substr(0, character_start(word, kHead));
      out += "…";
      out += word.substr(character_start(word, word.size() - kTail));
    } else {
      out += word;
    }
    if (end < text.size()) out += text[end++];
    text.remove_prefix(end);
  }
  return out;
}

void DisplayLine::lay_out(std::string_view line, std::size_t from, std::size_t to) {
  std::size_t column = 0;
  for (std::size_t at = from; at < to;) {
    const CodePoint c = decode_utf8(line, at);
    cells_.push_back({at, column, text_.size()});
    if (c.value == '\t') {
      const std::size_t width = kTab - column % kTab;
      text_.append(width, ' ');
      column += width;
    } else {
      column += append_visible(text_, line.substr(at, c.size), c);
    }
    at += c.size;
  }
  cells_.push_back({to, column, text_.size()});
}

void DisplayLine::cut(std::size_t focus, std::size_t max_columns, bool cut_left, bool cut_right) {
  const std::size_t total = cells_.back().column;
  if (total <= max_columns && !cut_left && !cut_right) return;
  const std::size_t at = column_of(focus);
  const std::size_t room = max_columns > 2 ? max_columns - 2 : 1;  // a mark at each end
  std::size_t first = at > room * 2 / 3 ? at - room / 2 : 0;
  if (total < first + room) first = total > room ? total - room : 0;
  const auto begins = [](const Cell& cell, std::size_t column) { return cell.column < column; };
  const auto from = std::lower_bound(cells_.begin(), cells_.end() - 1, first, begins);
  auto to = std::lower_bound(from, cells_.end() - 1, from->column + room, begins);
  if (to->column > from->column + room) --to;
  cut_left = cut_left || from != cells_.begin();
  cut_right = cut_right || to + 1 != cells_.end();
  std::string text(cut_left ? kCut : "");
  const std::size_t skipped = from->text;
  const std::size_t shift_column = from->column - (cut_left ? 1 : 0);
  text.append(text_, skipped, to->text - skipped).append(cut_right ? kCut : "");
  std::vector<Cell> cells(from, to + 1);
  for (Cell& cell : cells) cell.column -= shift_column;
  text_ = std::move(text);
  cells_ = std::move(cells);
}

DisplayLine::DisplayLine(std::string_view line, std::size_t focus, std::size_t max_columns) {
  // A line of megabytes is not laid out whole to show a hundred columns of it.
  const std::size_t reach = max_columns * 4;
  focus = std::min(focus, line.size());
  const std::size_t from = focus > reach ? character_start(line, focus - reach) : 0;
  const std::size_t to = character_start(line, std::min(line.size(), focus + reach));
  lay_out(line, from, to);
  cut(focus, max_columns, from > 0, to < line.size());
}

std::size_t DisplayLine::column_of(std::size_t byte) const {
  const auto at = std::upper_bound(
      cells_.begin(), cells_.end(), byte,
      [](std::size_t wanted, const Cell& cell) { return wanted < cell.byte; });
  return at == cells_.begin() ? cells_.front().column : (at - 1)->column;
}

DisplayLine::Columns DisplayLine::columns_of(std::size_t begin, std::size_t end) const {
  const std::size_t first = column_of(begin);
  const std::size_t last = end > begin ? column_of(end) : first;
  return {first, std::max<std::size_t>(last - first, 1)};
}

}  // namespace hlab::diag
