#include "compiler/driver/lab_files.h"

#include <algorithm>

#include "compiler/load/read_file.h"
#include "emit/core/glob.h"

namespace hlab::driver {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 10'000;

std::vector<std::string> names_below(const fs::path& root, std::string_view pattern) {
  std::vector<std::string> names;
  const fs::path start = root / emit::glob_root(pattern);
  std::error_code error;
  for (fs::recursive_directory_iterator at(start, error), end; !error && at != end;
       at.increment(error)) {
    std::error_code ignored;
    if (at->path().filename().string().starts_with('.')) {
      at.disable_recursion_pending();
      continue;
    }
    const std::string name = at->path().lexically_relative(root).generic_string();
    if (at->is_directory(ignored) || !emit::glob_matches(pattern, name)) continue;
    if (names.size() < kMostFiles) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string_view problem_of(load::ReadStatus status) {
  switch (status) {
    case load::ReadStatus::outside: return "leads out of the lab's folder";
    case load::ReadStatus::too_large: return "is too large";
    case load::ReadStatus::not_a_file: return "is no plain file";
    default: return "cannot be read";
  }
}

}  // namespace

std::vector<emit::FoundFile> lab_files(const fs::path& root, std::string_view pattern) {
  std::vector<emit::FoundFile> out;
  const bool leads_out = pattern.starts_with('/') || pattern.starts_with("../") ||
                         pattern.find("/../") != std::string_view::npos;
  if (leads_out) return out;
  for (const std::string& name : names_below(root, pattern)) {
    load::ReadResult read = load::read_lab_file(root, name);
    if (read.status == load::ReadStatus::ok) {
      out.push_back({name, std::move(read.bytes), ""});
    } else {
      out.push_back({name, "", std::string(problem_of(read.status))});
    }
  }
  return out;
}

std::function<std::optional<std::string>(std::string_view)> lab_file_reader(
    const std::filesystem::path& root) {
  return [root](std::string_view relative) -> std::optional<std::string> {
    load::ReadResult read = load::read_lab_file(root, relative);
    if (read.status != load::ReadStatus::ok) return std::nullopt;
    return std::move(read.bytes);
  };
}

}  // namespace hlab::driver
