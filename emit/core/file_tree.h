// Everything a build will put on disk, held in memory first: nothing is written before all of it is
// known to be sound.
#pragma once

#include <deque>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/source/span.h"
#include "emit/core/line_origin.h"
#include "emit/core/output_path.h"

namespace hlab::emit {

/// Where the bytes of a file come from, as a whole.
enum class FileContent : std::uint8_t {
  written,    // made from the lab
  same,       // the same words in every lab
  copied,     // a file of the lab's folder, as it is
  ciphertext  // such a file, into which nobody looks
};

struct OutputFile {
  std::string path;  // relative to the output folder, `/` between parts
  std::string bytes;
  bool executable = false;  // mode 0755 instead of 0644
  std::string owner;        // the declaration it comes from, for messages and `why`
  Span at;                  // where the lab says so
  FileContent content = FileContent::written;
  std::string copied_from;   // relative to the lab's folder
  std::string_view emitter;  // its name; `EmitOutput::add` knows it
  LineSources lines;         // of a file that somebody asks about
};

struct TreeError {
  PathFault fault = PathFault::none;
  std::string path;
  std::string owner;
  std::string other_path;   // the path it clashes with
  std::string other_owner;  // and whose that is
  Span at;
  Span other_at;
};

class FileTree {
 public:
  static constexpr std::size_t kMostBytes = std::size_t{1} << 30;

  explicit FileTree(std::size_t most_bytes = kMostBytes) : most_bytes_(most_bytes) {}

  /// Takes the file, or says why its path is unfit; then the tree is unchanged.
  /// Of files in the way of one, and of those beyond the size that a tree may have, the first is told alone.
  [[nodiscard]] std::optional<TreeError> add(OutputFile file);

  [[nodiscard]] std::size_t size() const { return files_.size(); }
  /// Sorted by the bytes of the path; each folder's files stand together.
  [[nodiscard]] std::vector<const OutputFile*> sorted() const;
  [[nodiscard]] const OutputFile* find(std::string_view path) const;

 private:
  struct Taken {
    std::string path;        // as written
    std::uint32_t file = 0;  // the file, or the first file in this folder
    bool folder = false;
  };
  [[nodiscard]] TreeError clash(const OutputFile& file, std::string_view part,
                                const Taken& taken) const;
  [[nodiscard]] std::optional<TreeError> check_folders(const OutputFile& file) const;
  void claim_folders(std::string_view path, std::uint32_t file);

  std::deque<OutputFile> files_;
  std::unordered_map<std::string, Taken> taken_;  // by folded path, folders too
  std::set<std::string, std::less<>> folders_;    // known to clash with nothing
  std::set<std::string, std::less<>> told_;       // files that are folders elsewhere
  std::size_t most_bytes_;
  std::size_t bytes_ = 0;  // of all files
};

}  // namespace hlab::emit
