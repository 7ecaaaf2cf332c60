// A scratch folder, trees to write into it, and what is in it afterwards.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "emit/core/write_tree.h"

namespace hlab::test {

namespace fs = std::filesystem;
using Files = std::map<std::string, std::string>;

class Scratch {
 public:
  Scratch() : path_(make()) {}
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] std::string at(const std::string& name) const { return (path_ / name).string(); }

 private:
  static fs::path make() {
    std::string name = (fs::temp_directory_path() / "hlab-tree-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no scratch folder");
    return name;
  }
  fs::path path_;
};

inline emit::FileTree tree_of(const Files& files) {
  emit::FileTree tree;
  for (const auto& [path, bytes] : files) {
    emit::OutputFile file;
    file.path = path;
    file.bytes = bytes;
    file.executable = path.ends_with(".sh");
    file.owner = "service x";
    if (tree.add(std::move(file))) {
      throw std::runtime_error("a path of the test is unfit: " + path);
    }
  }
  return tree;
}

inline emit::WriteResult write(const std::string& output, const Files& files,
                               std::vector<std::string> folders = {"apps", "infra"}) {
  const emit::FileTree tree = tree_of(files);
  return emit::write_tree({output, &tree, std::move(folders)});
}

inline void put(const std::string& path, const std::string& bytes) {
  fs::create_directories(fs::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

inline std::string get(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// All files below `folder` with their bytes; manifests only if wanted.
inline Files snapshot(const std::string& folder, bool manifests = false) {
  Files files;
  if (!fs::exists(folder)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    const std::string path = fs::relative(entry.path(), folder).string();
    if (!manifests && entry.path().filename() == ".hlab-manifest.json") continue;
    files[path] = get(entry.path().string());
  }
  return files;
}

inline std::string faults(const emit::WriteResult& result) {
  std::string text;
  for (const emit::WriteProblem& problem : result.problems) text += describe(problem) + "\n";
  return text;
}

}  // namespace hlab::test
