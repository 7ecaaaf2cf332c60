#include "compiler/source/source_map.h"

#include <algorithm>

namespace hlab {

FileId SourceMap::add(std::string path, std::string text) {
  owned_.push_back(std::make_unique<std::string>(std::move(text)));
  files_.push_back({std::move(path), *owned_.back(), false});
  return FileId(static_cast<std::uint32_t>(files_.size() - 1));
}

FileId SourceMap::add_static(std::string path, std::string_view text) {
  files_.push_back({std::move(path), text, true});
  return FileId(static_cast<std::uint32_t>(files_.size() - 1));
}

std::string_view SourceMap::text(Span span) const {
  const std::string_view all = text(span.file);
  const std::size_t begin = std::min<std::size_t>(span.begin, all.size());
  const std::size_t end = std::clamp<std::size_t>(span.end, begin, all.size());
  return all.substr(begin, end - begin);
}

const std::vector<std::uint32_t>& SourceMap::line_starts(FileId file) const {
  if (line_starts_.size() < files_.size()) line_starts_.resize(files_.size());
  auto& starts = line_starts_[file.index];
  if (!starts.empty()) return starts;
  starts.push_back(0);
  const std::string_view all = text(file);
  for (std::size_t at = all.find('\n'); at != std::string_view::npos; at = all.find('\n', at + 1)) {
    starts.push_back(static_cast<std::uint32_t>(at + 1));
  }
  return starts;
}

Position SourceMap::position(FileId file, std::uint32_t offset) const {
  const auto& starts = line_starts(file);
  const std::string_view all = text(file);
  offset = std::min(offset, static_cast<std::uint32_t>(all.size()));
  const auto after = std::upper_bound(starts.begin(), starts.end(), offset);
  const auto line = static_cast<std::uint32_t>(after - starts.begin());
  const std::uint32_t line_start = starts[line - 1];
  const bool behind = counted_.file == file && counted_.line_start == line_start &&
                      counted_.offset >= line_start && counted_.offset <= offset;
  if (!behind) counted_ = {file, line_start, line_start, 1};
  for (; counted_.offset < offset; ++counted_.offset) {
    const auto byte = static_cast<unsigned char>(all[counted_.offset]);
    if ((byte & 0xc0) != 0x80) ++counted_.column;  // count lead bytes only
  }
  return {line, counted_.column, offset};
}

std::string_view SourceMap::line(FileId file, std::uint32_t number) const {
  const auto& starts = line_starts(file);
  if (number == 0 || number > starts.size()) return {};
  std::string_view rest = text(file).substr(starts[number - 1]);
  rest = rest.substr(0, rest.find('\n'));
  if (!rest.empty() && rest.back() == '\r') rest.remove_suffix(1);
  return rest;
}

}  // namespace hlab
