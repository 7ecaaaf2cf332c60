#include "compiler/diag/fix_preview.h"

#include <algorithm>

namespace hlab::diag {
namespace {

struct Stretch {
  std::size_t begin;
  std::size_t end;
};

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         (static_cast<unsigned char>(c) & 0x80u) != 0;
}

/// The part of `after` that really differs from `before`, widened to whole words.
Stretch changed_part(std::string_view before, std::string_view after) {
  const auto front = std::mismatch(before.begin(), before.end(), after.begin(), after.end());
  auto begin = static_cast<std::size_t>(front.second - after.begin());
  const std::size_t limit = std::min(before.size(), after.size()) - begin;
  std::size_t tail = 0;
  while (tail < limit && before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) ++tail;
  std::size_t end = after.size() - tail;
  while (begin > 0 && begin < after.size() && is_word(after[begin]) && is_word(after[begin - 1])) {
    --begin;
  }
  while (end < after.size() && end > 0 && is_word(after[end]) && is_word(after[end - 1])) ++end;
  return {begin, end};
}

std::vector<const Edit*> edits_of(const Fix& fix, FileId file) {
  std::vector<const Edit*> edits;
  for (const Edit& edit : fix.edits) {
    if (edit.span.file == file) edits.push_back(&edit);
  }
  std::stable_sort(edits.begin(), edits.end(),
                   [](const Edit* a, const Edit* b) { return a->span.begin < b->span.begin; });
  return edits;
}

bool fit(const std::vector<const Edit*>& edits, std::size_t size) {
  std::uint32_t last = 0;
  for (const Edit* edit : edits) {
    if (edit->span.begin < last || edit->span.end < edit->span.begin || edit->span.end > size) {
      return false;
    }
    last = edit->span.end;
  }
  return true;
}

/// Cuts the mended region into lines and keeps those that a stretch touches.
void keep_changed(const std::string& region, const std::vector<Stretch>& changed,
                  std::uint32_t number, std::vector<PreviewLine>& lines) {
  for (std::size_t at = 0; at <= region.size(); ++number) {
    const std::size_t end = std::min(region.find('\n', at), region.size());
    for (const Stretch& part : changed) {
      // A line break at either end of what is new belongs to the neighbouring line.
      const bool only_before = part.end == at && part.begin < at;
      const bool only_after = part.begin == end && part.end > end;
      const bool touches = part.begin <= end && part.end >= at && !only_before && !only_after;
      if (!touches) continue;
      PreviewLine line{number, region.substr(at, end - at), 0, 0};
      if (!line.text.empty() && line.text.back() == '\r') line.text.pop_back();
      line.begin = std::min(std::max(part.begin, at) - at, line.text.size());
      line.end = std::min(std::min(part.end, end) - at, line.text.size());
      lines.push_back(std::move(line));
      break;
    }
    at = end + 1;
  }
}

FixPreview preview_file(const SourceMap& sources, FileId file,
                        const std::vector<const Edit*>& edits) {
  const std::string_view text = sources.text(file);
  const Position first = sources.position(file, edits.front()->span.begin);
  // The region begins with the line of the first edit; npos + 1 is 0.
  std::size_t at = text.substr(0, edits.front()->span.begin).rfind('\n') + 1;
  std::string region;
  std::vector<Stretch> changed;
  for (const Edit* edit : edits) {
    region += text.substr(at, edit->span.begin - at);
    const Stretch part = changed_part(sources.text(edit->span), edit->text);
    changed.push_back({region.size() + part.begin, region.size() + part.end});
    region += edit->text;
    at = edit->span.end;
  }
  const std::size_t end = std::min(text.find('\n', at), text.size());
  region += text.substr(at, end - at);
  FixPreview preview{file, first.line, first.column, {}};
  keep_changed(region, changed, first.line, preview.lines);
  return preview;
}

}  // namespace

std::vector<FixPreview> preview(const SourceMap& sources, const Fix& fix) {
  std::vector<FixPreview> previews;
  for (const Edit& edit : fix.edits) {
    const FileId file = edit.span.file;
    const bool done = std::any_of(previews.begin(), previews.end(),
                                  [&](const FixPreview& p) { return p.file == file; });
    if (done || !file.valid()) continue;
    const auto edits = edits_of(fix, file);
    if (fit(edits, sources.text(file).size())) {
      previews.push_back(preview_file(sources, file, edits));
    }
  }
  return previews;
}

}  // namespace hlab::diag
