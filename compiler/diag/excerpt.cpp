#include "compiler/diag/excerpt.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/diag/display_text.h"

namespace hlab::diag {
namespace {

constexpr std::size_t kNarrowest = 20;

std::string_view escape_of(Ink ink) {
  switch (ink) {
    case Ink::plain: return "";
    case Ink::bold: return "\x1b[1m";
    case Ink::error: return "\x1b[1;31m";
    case Ink::warning: return "\x1b[1;33m";
    case Ink::frame: return "\x1b[1;34m";
    case Ink::label: return "\x1b[34m";
    case Ink::mend: return "\x1b[32m";
  }
  return {};
}

}  // namespace

void Excerpt::paint(Ink ink, std::string_view text) {
  const std::string_view escape = color_ ? escape_of(ink) : std::string_view{};
  out_.append(escape).append(text).append(escape.empty() ? "" : "\x1b[0m");
}

std::size_t Excerpt::room() const {
  const std::size_t frame = digits_ + 4;
  return width_ > frame + kNarrowest ? width_ - frame : kNarrowest;
}

void Excerpt::gutter(std::string_view number) {
  paint(Ink::frame, fmt::format(" {:>{}} |", number, digits_));
}

void Excerpt::arrow(std::string_view place) {
  out_.append(digits_ + 1, ' ');
  paint(Ink::frame, "-->");
  out_.append(" ").append(visible(place)).append("\n");
}

void Excerpt::rule() {
  gutter("");
  out_ += '\n';
}

void Excerpt::gap() {
  paint(Ink::frame, " ...");
  out_ += '\n';
}

void Excerpt::mark_row(const DisplayLine& shown, const Mark& mark) {
  const DisplayLine::Columns columns = shown.columns_of(mark.begin, mark.end);
  gutter("");
  out_.append(columns.begin + 1, ' ');
  std::string text(columns.count, mark.sign);
  const std::string words = visible(with_short_words(mark.text));
  const std::size_t first = words.find('\n');
  if (!words.empty()) text += ' ' + words.substr(0, first);
  paint(mark.ink, text);
  out_ += '\n';
  // Further lines of the explanation stand below its first.
  for (std::size_t at = first; at != std::string::npos;) {
    const std::size_t next = words.find('\n', at + 1);
    gutter("");
    out_.append(columns.begin + columns.count + 2, ' ');
    paint(mark.ink, words.substr(at + 1, next == std::string::npos ? next : next - at - 1));
    out_ += '\n';
    at = next;
  }
}

void Excerpt::source_line(std::uint32_t number, std::string_view line,
                          const std::vector<Mark>& marks) {
  const DisplayLine shown(line, marks.empty() ? 0 : marks.front().begin, room());
  gutter(std::to_string(number));
  if (!shown.text().empty()) out_.append(" ").append(shown.text());
  out_ += '\n';
  for (const Mark& mark : marks) mark_row(shown, mark);
}

void Excerpt::remark(Ink ink, std::string_view word, std::string_view text) {
  out_ += ' ';
  paint(ink, fmt::format("{}:", word));
  const std::string shown = visible(text);
  std::size_t at = 0;
  while (at != std::string::npos) {
    const std::size_t end = shown.find('\n', at);
    out_ += at == 0 ? std::string(1, ' ') : std::string(word.size() + 3, ' ');
    out_.append(shown, at, end == std::string::npos ? end : end - at);
    out_ += '\n';
    at = end == std::string::npos ? end : end + 1;
  }
}

}  // namespace hlab::diag
