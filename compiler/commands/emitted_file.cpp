#include "compiler/commands/emitted_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "compiler/base/sha256.h"
#include "compiler/diag/suggest.h"
#include "compiler/load/load.h"
#include "emit/core/manifest.h"

namespace hlab::commands {
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kMostNamed = 8;

std::optional<std::string> read(const fs::path& path) {
  std::error_code failed;
  if (!fs::is_regular_file(path, failed)) return std::nullopt;
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

/// A number at the end, behind a colon; `file` loses it, and colons behind.
std::optional<std::uint32_t> number_behind(std::string& file) {
  while (file.ends_with(':')) file.pop_back();
  const std::size_t colon = file.rfind(':');
  if (colon == std::string::npos || colon == 0) return std::nullopt;
  const std::string_view digits = std::string_view(file).substr(colon + 1);
  if (digits.empty() || digits.size() > 9) return std::nullopt;
  std::uint32_t number = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + static_cast<std::uint32_t>(c - '0');
  }
  file.resize(colon);
  return number;
}

/// Folders of a tree that may keep a manifest above a file: the top, and the first two below it.
std::vector<std::string> manifest_folders(std::string_view path) {
  std::vector<std::string> out{""};
  std::size_t slash = path.find('/');
  for (int i = 0; i < 2 && slash != std::string_view::npos; ++i) {
    out.emplace_back(path.substr(0, slash));
    slash = path.find('/', slash + 1);
  }
  return out;
}

std::optional<emit::Manifest> manifest_in(const fs::path& folder) {
  const auto text = read(folder / std::string(emit::kManifestName));
  return text ? emit::read_manifest(*text) : std::nullopt;
}

bool is_tree(const fs::path& root, std::string_view path) {
  const auto folders = manifest_folders(path);
  return std::any_of(folders.begin(), folders.end(),
                     [&](const std::string& folder) { return manifest_in(root / folder); });
}

/// What the last build wrote there, as the manifests keep it.
std::optional<Digest> recorded(const fs::path& root, std::string_view path) {
  for (const std::string& folder : manifest_folders(path)) {
    const auto manifest = manifest_in(root / folder);
    if (!manifest) continue;
    const std::string_view inside = folder.empty() ? path : path.substr(folder.size() + 1);
    for (const emit::OwnedFile& file : manifest->files) {
      if (file.path == inside) return file.digest;
    }
  }
  return std::nullopt;
}

void compare(EmittedFile& found, const fs::path& root) {
  found.place = root / found.file->path;
  auto bytes = read(found.place);
  if (!bytes) {
    found.state = OnDisk::missing;
    return;
  }
  if (*bytes == found.file->bytes) {
    found.state = OnDisk::same;
    return;
  }
  const auto before = recorded(root, found.file->path);
  found.state = !before                     ? OnDisk::foreign
                : *before == sha256(*bytes) ? OnDisk::older
                                            : OnDisk::edited;
  found.bytes = std::move(*bytes);
}

std::string without_dots(const std::string& file) {
  std::string out = fs::path(file).lexically_normal().generic_string();
  while (out.starts_with("./")) out.erase(0, 2);
  return out;
}

std::string named(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < std::min(names.size(), kMostNamed); ++i)
    out += "  " + names[i] + "\n";
  if (names.size() > kMostNamed) out += fmt::format("  and {} more\n", names.size() - kMostNamed);
  return out;
}

/// Files of the tree below a folder that `asked` ends at; all below the tree's own.
std::vector<std::string> files_below(const emit::FileTree& tree, const std::string& asked) {
  std::vector<std::string> out;
  for (const emit::OutputFile* file : tree.sorted()) {
    const std::string folder = file->path.substr(0, file->path.rfind('/') + 1);
    for (std::size_t end = folder.find('/'); end != std::string::npos;
         end = folder.find('/', end + 1)) {
      if (!asked.ends_with("/" + folder.substr(0, end))) continue;
      out.push_back(file->path);
      break;
    }
  }
  if (!out.empty() || !manifest_in(asked)) return out;
  for (const emit::OutputFile* file : tree.sorted()) out.push_back(file->path);
  return out;
}

/// Whether a build wrote it that had more to write than there is now.
bool is_recorded(const std::string& asked) {
  for (std::size_t slash = asked.rfind('/'); slash != std::string::npos && slash != 0;
       slash = asked.rfind('/', slash - 1)) {
    if (recorded(asked.substr(0, slash), asked.substr(slash + 1))) return true;
  }
  return false;
}

std::vector<std::string> similar(const emit::FileTree& tree, const std::string& given) {
  std::vector<std::string> out;
  std::vector<std::string_view> paths;
  const std::string name = given.substr(given.rfind('/') + 1);
  for (const emit::OutputFile* file : tree.sorted()) {
    paths.push_back(file->path);
    if (file->path == name || file->path.ends_with("/" + name)) out.push_back(file->path);
  }
  const std::string near(std::string_view(diag::closest(given, paths)));
  const bool known = std::find(out.begin(), out.end(), near) != out.end();
  if (!near.empty() && !known) out.insert(out.begin(), near);
  return out;
}

}  // namespace

FilePlace file_place(std::string_view text) {
  FilePlace place{std::string(text), std::nullopt};
  const auto last = number_behind(place.file);
  if (!last) return {std::string(text), std::nullopt};
  const auto before = number_behind(place.file);
  place.line = before ? before : last;
  return place;
}

std::string absolute_path(const std::string& file) {
  std::error_code failed;
  fs::path path = fs::weakly_canonical(file, failed);
  if (failed || !path.is_absolute()) path = fs::absolute(file, failed).lexically_normal();
  return path.generic_string();
}

std::optional<EmittedFile> find_emitted(const emit::FileTree& tree, const std::string& given,
                                        const std::string& asked,
                                        const std::vector<std::string>& near) {
  std::error_code failed;
  const bool exists = fs::exists(asked, failed);
  EmittedFile longest;
  for (std::size_t slash = 0; slash < asked.size(); slash = asked.find('/', slash + 1)) {
    const emit::OutputFile* file = tree.find(asked.substr(slash + 1));
    if (file == nullptr) continue;
    const fs::path root = slash == 0 ? "/" : asked.substr(0, slash);
    EmittedFile found{file, {}, OnDisk::unknown, ""};
    if (is_tree(root, file->path)) {
      compare(found, root);
      return found;
    }
    if (longest.file == nullptr) longest = found;
  }
  if (exists) return std::nullopt;  // somebody else's
  if (const emit::OutputFile* file = tree.find(without_dots(given))) {
    EmittedFile found{file, {}, OnDisk::unknown, ""};
    std::vector<fs::path> roots;
    for (const std::string& folder : near) {
      for (fs::directory_iterator it(folder, failed), end; !failed && it != end;
           it.increment(failed)) {
        if (is_tree(it->path(), file->path)) roots.push_back(it->path());
      }
    }
    if (roots.size() == 1) compare(found, roots.front());
    return found;
  }
  return longest.file == nullptr ? std::nullopt : std::optional(longest);
}

std::string explain_no_file(const emit::FileTree& tree, const std::string& given,
                            const std::string& asked) {
  const std::string shown = load::printable_name(given);
  std::error_code failed;
  const std::vector<std::string> below = files_below(tree, asked);
  if (fs::is_directory(asked, failed) || !below.empty()) {
    if (below.empty()) return fmt::format("`{}` is a folder in which hlab writes nothing\n", shown);
    return fmt::format("`{}` is a folder; say which file in it:\n", shown) + named(below);
  }
  const bool exists = fs::exists(asked, failed);
  if (asked.ends_with("/" + std::string(emit::kManifestName)))
    return fmt::format("`{}` is hlab's own record of the files that it wrote\n", shown);
  if (exists && asked.ends_with(".hlab"))
    return fmt::format(
        "`{}` is a source; of its declarations `hlab show NAME --blame` says where each value comes "
        "from\n",
        shown);
  if (exists && is_recorded(asked))
    return fmt::format(
        "an earlier build wrote `{}`; of the lab as it is now it is not made, and the next build "
        "removes it\n",
        shown);
  const std::vector<std::string> names = similar(tree, without_dots(given));
  const std::string hint = names.empty() ? ""
                                         : "hlab writes these, of a like name:\n" + named(names);
  if (exists) return fmt::format("hlab did not write `{}`\n", shown) + hint;
  return fmt::format("the lab makes no file `{}`\n", shown) + hint;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::optional<std::uint32_t> matching_line(std::string_view emitted, std::string_view disk,
                                           std::uint32_t line) {
  const auto ours = lines_of(emitted);
  const auto theirs = lines_of(disk);
  const std::size_t at = line - 1;
  if (at >= theirs.size()) return std::nullopt;
  std::size_t head = 0;
  while (head < ours.size() && head < theirs.size() && ours[head] == theirs[head]) ++head;
  if (at < head) return line;
  std::size_t tail = 0;
  while (tail + head < std::min(ours.size(), theirs.size()) &&
         ours[ours.size() - 1 - tail] == theirs[theirs.size() - 1 - tail])
    ++tail;
  if (theirs.size() - at <= tail)
    return static_cast<std::uint32_t>(ours.size() - theirs.size() + at + 1);
  // Between the two ends: the one line that reads the same, if it is one.
  std::optional<std::uint32_t> found;
  for (std::size_t i = head; i < ours.size() - tail; ++i) {
    if (ours[i] != theirs[at]) continue;
    if (found) return std::nullopt;
    found = static_cast<std::uint32_t>(i + 1);
  }
  return found;
}

}  // namespace hlab::commands
