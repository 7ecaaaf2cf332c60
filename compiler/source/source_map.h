// Owns the text of every file of a run, and turns byte offsets into lines and columns on demand.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/source/span.h"

namespace hlab {

struct SourceFile {
  std::string path;       // as shown: relative to the lab's folder; "std/..." for the library
  std::string_view text;  // UTF-8 without BOM
  bool is_library = false;
};

class SourceMap {
 public:
  SourceMap() = default;
  SourceMap(const SourceMap&) = delete;
  SourceMap& operator=(const SourceMap&) = delete;

  FileId add(std::string path, std::string text);
  /// Text whose bytes outlive the map (the embedded library).
  FileId add_static(std::string path, std::string_view text);

  [[nodiscard]] const SourceFile& file(FileId id) const { return files_[id.index]; }
  [[nodiscard]] std::string_view text(FileId id) const { return files_[id.index].text; }
  [[nodiscard]] std::string_view text(Span span) const;
  [[nodiscard]] std::size_t size() const { return files_.size(); }
  [[nodiscard]] Position position(FileId file, std::uint32_t offset) const;
  /// The text of a line (from 1) without its line ending.
  [[nodiscard]] std::string_view line(FileId file, std::uint32_t number) const;

 private:
  [[nodiscard]] const std::vector<std::uint32_t>& line_starts(FileId file) const;

  std::vector<SourceFile> files_;
  std::vector<std::unique_ptr<std::string>> owned_;
  mutable std::vector<std::vector<std::uint32_t>> line_starts_;  // filled when first asked for
  /// The place that was asked for last: one behind it in a long line is not counted from the line's begin.
  struct Counted {
    FileId file;
    std::uint32_t line_start = 0;
    std::uint32_t offset = 0;
    std::uint32_t column = 1;
  };
  mutable Counted counted_;
};

}  // namespace hlab
