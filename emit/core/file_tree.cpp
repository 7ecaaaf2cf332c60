#include "emit/core/file_tree.h"

#include <algorithm>

namespace hlab::emit {
namespace {

std::string_view folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

}  // namespace

TreeError FileTree::clash(const OutputFile& file, std::string_view part, const Taken& taken) const {
  PathFault fault = PathFault::duplicate;
  if (taken.path != part) {
    fault = PathFault::twin;
  } else if (taken.folder || part.size() != file.path.size()) {
    fault = PathFault::file_and_folder;
  }
  const OutputFile& other = files_[taken.file];
  return {fault, file.path, file.owner, taken.path, other.owner, file.at, other.at};
}

std::optional<TreeError> FileTree::check_folders(const OutputFile& file) const {
  const std::string_view folder = folder_of(file.path);
  if (folders_.contains(folder)) return std::nullopt;
  for (std::string_view part = folder; !part.empty(); part = folder_of(part)) {
    const auto found = taken_.find(fold_case(part));
    if (found == taken_.end()) continue;
    if (found->second.folder && found->second.path == part) return std::nullopt;
    return clash(file, part, found->second);
  }
  return std::nullopt;
}

void FileTree::claim_folders(std::string_view path, std::uint32_t file) {
  for (std::string_view part = folder_of(path); !part.empty(); part = folder_of(part)) {
    if (folders_.contains(part)) return;
    folders_.emplace(part);
    taken_.emplace(fold_case(part), Taken{std::string(part), file, true});
  }
}

std::optional<TreeError> FileTree::add(OutputFile file) {
  if (const PathFault fault = check_output_path(file.path); fault != PathFault::none) {
    return TreeError{fault, file.path, file.owner, {}, {}, file.at, {}};
  }
  if (bytes_ > most_bytes_) return std::nullopt;
  bytes_ += file.bytes.size();
  if (bytes_ > most_bytes_)
    return TreeError{PathFault::too_much, file.path, file.owner, {}, {}, file.at, {}};
  if (auto error = check_folders(file)) {
    const bool in_the_way = error->fault == PathFault::file_and_folder;
    if (in_the_way && !told_.insert(error->other_path).second) return std::nullopt;
    return error;
  }
  const auto index = static_cast<std::uint32_t>(files_.size());
  const auto [place, fresh] = taken_.try_emplace(fold_case(file.path));
  if (!fresh) return clash(file, file.path, place->second);
  place->second = {file.path, index, false};
  claim_folders(file.path, index);
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
