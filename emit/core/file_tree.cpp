#include "emit/core/file_tree.h"

#include <algorithm>

namespace hlab::emit {
namespace {

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

}  // namespace

std::optional<TreeError> FileTree::clash(const OutputFile& file, std::string_view part,
                                         bool folder) const {
  const auto found = taken_.find(fold_case(part));
  if (found == taken_.end()) return std::nullopt;
  const Taken& taken = found->second;
  PathFault fault = PathFault::none;
  if (taken.path != part) {
    fault = PathFault::twin;
  } else if (taken.folder != folder) {
    fault = PathFault::file_and_folder;
  } else if (!folder) {
    fault = PathFault::duplicate;
  }
  if (fault == PathFault::none) return std::nullopt;
  return TreeError{fault, file.path, file.owner, taken.path, files_[taken.file].owner};
}

std::optional<TreeError> FileTree::check(const OutputFile& file) const {
  if (const PathFault fault = check_output_path(file.path); fault != PathFault::none) {
    return TreeError{fault, file.path, file.owner, {}, {}};
  }
  if (auto error = clash(file, file.path, false)) return error;
  const std::string folder(folder_of(file.path));
  if (folders_.contains(folder)) return std::nullopt;
  for (std::string_view part = folder; !part.empty(); part = folder_of(part)) {
    if (auto error = clash(file, part, true)) return error;
  }
  return std::nullopt;
}

void FileTree::claim_folders(std::string_view path, std::uint32_t file) {
  for (std::string_view part = folder_of(path); !part.empty(); part = folder_of(part)) {
    if (!folders_.emplace(part).second) return;
    taken_.emplace(fold_case(part), Taken{std::string(part), file, true});
  }
}

std::optional<TreeError> FileTree::add(OutputFile file) {
  if (auto error = check(file)) return error;
  const auto index = static_cast<std::uint32_t>(files_.size());
  taken_.emplace(fold_case(file.path), Taken{file.path, index, false});
  claim_folders(file.path, index);
  byte_count_ += file.bytes.size();
  files_.push_back(std::move(file));
  return std::nullopt;
}

std::vector<const OutputFile*> FileTree::sorted() const {
  std::vector<const OutputFile*> order;
  order.reserve(files_.size());
  for (const OutputFile& file : files_) order.push_back(&file);
  std::sort(order.begin(), order.end(),
            [](const OutputFile* a, const OutputFile* b) { return a->path < b->path; });
  return order;
}

const OutputFile* FileTree::find(std::string_view path) const {
  const auto found = taken_.find(fold_case(path));
  if (found == taken_.end() || found->second.folder || found->second.path != path) return nullptr;
  return &files_[found->second.file];
}

}  // namespace hlab::emit
