#include "emit/core/folder_cursor.h"

#include <cerrno>

namespace hlab::emit {

std::string_view folder_part(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
}

std::string_view name_part(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

bool is_below(std::string_view path, std::string_view folder) {
  if (folder.empty()) return true;
  return path.size() > folder.size() && path[folder.size()] == '/' && path.starts_with(folder);
}

void FolderCursor::reset() {
  levels_.clear();
  path_.clear();
  stopped_at_.clear();
  stopped_with_ = 0;
}

OwnedFd FolderCursor::step(int folder, const std::string& name) {
  OwnedFd fd = open_folder(ops_, folder, name.c_str());
  if (fd.get() != -ENOENT || missing_ == Missing::fail) return fd;
  const int made = ops_.make_folder(folder, name.c_str(), 0755);
  if (made < 0 && made != -EEXIST) return {ops_, made};  // another thread may have been first
  return open_folder(ops_, folder, name.c_str());
}

int FolderCursor::enter(std::string_view path) {
  if (stopped_with_ != 0 && (path == stopped_at_ || is_below(path, stopped_at_))) {
    return stopped_with_;
  }
  while (!levels_.empty() && path != path_ && !is_below(path, path_)) {
    levels_.pop_back();
    path_.resize(levels_.empty() ? 0 : levels_.back().path_size);
  }
  while (path.size() > path_.size()) {
    const std::size_t begin = path_.empty() ? 0 : path_.size() + 1;
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const int folder = levels_.empty() ? root_ : levels_.back().fd.get();
    OwnedFd fd = step(folder, std::string(path.substr(begin, end - begin)));
    if (!fd.ok()) {
      stopped_at_ = path.substr(0, end);
      stopped_with_ = fd.get();
      return stopped_with_;
    }
    path_ = path.substr(0, end);
    levels_.push_back({end, std::move(fd)});
  }
  return levels_.empty() ? root_ : levels_.back().fd.get();
}

}  // namespace hlab::emit
