// Every .hlab file of the project.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace hlab::test {

inline std::vector<std::filesystem::path> all_sources() {
  std::vector<std::filesystem::path> found;
  const std::filesystem::path root(HLAB_SOURCE_DIR);
  for (const char* folder : {"stdlib", "examples", "bench", "tests"}) {
    if (!std::filesystem::exists(root / folder)) continue;
    for (const auto& file : std::filesystem::recursive_directory_iterator(root / folder)) {
      if (file.path().extension() == ".hlab") found.push_back(file.path());
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

inline std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace hlab::test
