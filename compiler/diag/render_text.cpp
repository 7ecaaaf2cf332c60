#include "compiler/diag/render_text.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "compiler/diag/display_text.h"
#include "compiler/diag/excerpt.h"
#include "compiler/diag/fix_preview.h"
#include "compiler/diag/fold_repeats.h"
#include "compiler/diag/join_places.h"

namespace hlab::diag {
namespace {

constexpr std::size_t kDefaultWidth = 120;
constexpr std::size_t kPreviewLines = 8;

std::string place(const SourceMap& sources, FileId file, std::uint32_t line, std::uint32_t column) {
  return fmt::format("{}:{}:{}", shown_path(sources.file(file)), line, column);
}

class TextRenderer {
 public:
  TextRenderer(const SourceMap& sources, const Diagnostic& item, const RenderOptions& options,
               std::string& out)
      : sources_(sources),
        item_(item),
        excerpt_(out, options.color, options.width == 0 ? kDefaultWidth : options.width, digits()),
        out_(out) {}

  void run() {
    header();
    places();
    for (const std::string& note : item_.notes) excerpt_.remark(Ink::frame, "note", note);
    mends();
    out_ += '\n';
  }

 private:
  [[nodiscard]] Ink ink() const {
    return item_.severity == Severity::error ? Ink::error : Ink::warning;
  }

  void header() {
    const std::string_view word = item_.severity == Severity::error ? "error" : "warning";
    excerpt_.paint(ink(), fmt::format("{}[{}]", word, item_.info->code));
    excerpt_.paint(Ink::bold, ": " + visible(with_short_words(item_.message)));
    out_ += '\n';
  }

  /// Line numbers of all blocks stand in one column.
  [[nodiscard]] std::size_t digits() const {
    std::uint32_t last = 1;
    const auto see = [&](Span span) {
      if (span.valid()) last = std::max(last, sources_.position(span.file, span.begin).line);
    };
    see(item_.at);
    for (const Label& label : item_.labels) see(label.span);
    for (const Fix& fix : item_.fixes) {
      for (const FixPreview& shown : preview(sources_, fix)) {
        for (const PreviewLine& line : shown.lines) last = std::max(last, line.number);
      }
    }
    return std::to_string(last).size();
  }

  [[nodiscard]] Mark mark_of(Span span, char sign, Ink color, std::string_view text) const {
    const Position at = sources_.position(span.file, span.begin);
    const std::string_view before = sources_.text({span.file, 0, at.offset});
    const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
    const std::size_t length = sources_.line(span.file, at.line).size();
    Mark mark{at.line, at.offset - line_start, span.end - line_start, sign, color, text};
    mark.begin = std::min(mark.begin, length);
    mark.end = std::clamp(mark.end, mark.begin, length);  // of several lines, the first
    return mark;
  }

  void places() {
    std::vector<FileId> files;
    std::map<FileId, std::vector<Mark>> marks;
    const auto add = [&](Span span, char sign, Ink color, std::string_view text) {
      if (!span.valid()) return;
      auto& list = marks[span.file];
      if (list.empty()) files.push_back(span.file);
      list.push_back(mark_of(span, sign, color, text));
    };
    add(item_.at, '^', ink(), item_.here);
    for (const Label& label : item_.labels) add(label.span, '-', Ink::label, label.message);
    for (const FileId file : files) {
      if (file != files.front()) excerpt_.rule();
      block(file, std::move(marks[file]));
    }
    if (!files.empty() && has_remarks()) excerpt_.rule();
  }

  [[nodiscard]] bool has_remarks() const {
    return !item_.notes.empty() || !item_.help.empty() || !item_.fixes.empty();
  }

  void block(FileId file, std::vector<Mark> marks) {
    const Mark first = marks.front();  // the primary one, where it lies in this file
    const std::string_view head = sources_.line(file, first.line).substr(0, first.begin);
    const auto column = static_cast<std::uint32_t>(
        std::count_if(head.begin(), head.end(),
                      [](char c) { return (static_cast<unsigned char>(c) & 0xc0u) != 0x80u; }));
    excerpt_.arrow(place(sources_, file, first.line, column + 1));
    excerpt_.rule();
    std::stable_sort(marks.begin(), marks.end(),
                     [](const Mark& a, const Mark& b) { return a.line < b.line; });
    std::uint32_t last = 0;
    for (auto at = marks.begin(); at != marks.end();) {
      const auto next = std::find_if(at, marks.end(),
                                     [&](const Mark& mark) { return mark.line != at->line; });
      if (last != 0 && at->line == last + 2) {
        excerpt_.source_line(last + 1, sources_.line(file, last + 1), {});
      } else if (last != 0 && at->line > last + 2) {
        excerpt_.gap();
      }
      excerpt_.source_line(at->line, sources_.line(file, at->line), {at, next});
      last = at->line;
      at = next;
    }
  }

  void mends() {
    if (!item_.help.empty()) excerpt_.remark(Ink::mend, "help", item_.help);
    for (std::size_t i = 0; i < item_.fixes.size(); ++i) {
      const Fix& fix = item_.fixes[i];
      // The help text introduces the first fix.
      if (i != 0 || item_.help.empty()) excerpt_.remark(Ink::mend, "help", fix.message);
      for (const FixPreview& shown : preview(sources_, fix)) show(shown);
    }
  }

  void show(const FixPreview& shown) {
    if (shown.lines.empty()) return;
    if (shown.file != item_.at.file) {
      excerpt_.arrow(place(sources_, shown.file, shown.line, shown.column));
    }
    excerpt_.rule();
    const std::size_t count = std::min(shown.lines.size(), kPreviewLines);
    for (std::size_t i = 0; i < count; ++i) {
      const PreviewLine& line = shown.lines[i];
      std::vector<Mark> marks;
      if (line.begin < line.end) {
        marks.push_back({line.number, line.begin, line.end, '+', Ink::mend, {}});
      }
      excerpt_.source_line(line.number, line.text, marks);
    }
    if (count < shown.lines.size()) excerpt_.gap();
  }

  const SourceMap& sources_;
  const Diagnostic& item_;
  Excerpt excerpt_;
  std::string& out_;
};

}  // namespace

std::string shown_path(const SourceFile& file) {
  const bool prefixed = !file.is_library || file.path.starts_with("std/");
  return prefixed ? file.path : "std/" + file.path;
}

std::string render_text(const SourceMap& sources, const Diagnostic& diagnostic,
                        const RenderOptions& options) {
  std::string out;
  TextRenderer(sources, diagnostic, options, out).run();
  return out;
}

std::string render_text(const SourceMap& sources, const Diagnostics& diagnostics,
                        const RenderOptions& options) {
  std::string out;
  const Joined joined = join_places(diagnostics.sorted());
  for (const Diagnostic* item : fold_repeats(joined.items).items) {
    TextRenderer(sources, *item, options, out).run();
  }
  return out;
}

}  // namespace hlab::diag
