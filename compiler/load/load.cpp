#include "compiler/load/load.h"

#include <algorithm>
#include <optional>
#include <system_error>

#include "compiler/load/load_diags.h"

namespace hlab::load {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kExtension = ".hlab";

/// Hidden files are editors' own: swap files, locks that are dangling links.
bool is_source_name(const std::string& name) {
  return name.size() > kExtension.size() && name.front() != '.' && name.ends_with(kExtension);
}

/// The names of the folder's source files, sorted; too many are cut off and reported.
std::vector<std::string> source_names(const fs::path& folder, diag::Diagnostics& diags,
                                      const LoadLimits& limits, std::error_code& error) {
  std::vector<std::string> names;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    std::string name = at->path().filename().string();
    std::error_code ignored;
    if (!is_source_name(name) || at->is_directory(ignored)) continue;
    if (names.size() == limits.max_files) {
      diags.report(kTooManyFiles, {}, printable_name(folder.string()), limits.max_files);
      return {};
    }
    names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end());
  return names;
}

void read_source(const fs::path& root, std::vector<LoadedFile>& files, std::string name,
                 diag::Diagnostics& diags, const LoadLimits& limits) {
  const std::string shown = printable_name(name);
  if (shown != name) {
    diags.report(kFileName, {}, shown).help("rename the file");
    return;
  }
  ReadResult read = read_lab_file(root, name, limits.max_file_bytes);
  report_read_failure(read, shown, diags, limits.max_file_bytes);
  if (read.status == ReadStatus::ok) files.push_back({std::move(name), std::move(read.bytes)});
}

void read_own_folder(LoadedLab& lab, const fs::path& place, diag::Diagnostics& diags,
                     const LoadLimits& limits) {
  std::error_code error;
  const std::size_t before = diags.error_count();
  std::vector<std::string> names = source_names(place, diags, limits, error);
  if (error) {
    diags.report(kUnreadable, {}, printable_name(place.string()), error.message());
  } else if (names.empty() && diags.error_count() == before) {
    diags.report(kNoLabFiles, {}, printable_name(place.string()))
        .help(
            "give the folder of your lab, as in `hlab check my-lab`, or write a first `.hlab` file");
  }
  for (std::string& name : names) read_source(lab.root, lab.files, std::move(name), diags, limits);
}

/// Where `path` lies, links resolved, relative to `root`; none where it lies outside.
std::optional<std::string> place_below(const fs::path& root, const fs::path& path,
                                       std::error_code& error) {
  const fs::path real_root = fs::canonical(root, error);
  if (error) return std::nullopt;
  const fs::path real = fs::canonical(path, error);
  if (error) return std::nullopt;
  if (real == real_root) return "";
  const auto [r, p] = std::mismatch(real_root.begin(), real_root.end(), real.begin(), real.end());
  if (r != real_root.end()) return std::nullopt;
  return real.lexically_relative(real_root).generic_string();
}

}  // namespace

void report_read_failure(const ReadResult& result, std::string_view path, diag::Diagnostics& diags,
                         std::size_t max_bytes, Span at) {
  switch (result.status) {
    case ReadStatus::ok: return;
    case ReadStatus::outside:
      diags.report(kOutsideLab, at, path).help("copy the file into the lab's folder");
      return;
    case ReadStatus::not_a_file: diags.report(kNotAFile, at, path); return;
    case ReadStatus::too_large: diags.report(kFileTooLarge, at, path, max_bytes >> 20u); return;
    case ReadStatus::missing:
    case ReadStatus::unreadable: diags.report(kUnreadable, at, path, result.reason); return;
  }
}

LoadedFolder find_folder(const fs::path& root, std::string_view relative) {
  LoadedFolder folder;
  std::error_code error;
  const fs::path given = root / fs::path(relative);
  const auto place = place_below(root, given, error);
  if (error) {
    const bool missing = error == std::errc::no_such_file_or_directory ||
                         error == std::errc::not_a_directory ||
                         error == std::errc::filename_too_long;
    folder.status = missing ? FolderStatus::missing : FolderStatus::unreadable;
    folder.reason = error.message();
  } else if (!place) {
    folder.status = FolderStatus::outside;
  } else if (!fs::is_directory(given, error)) {
    folder.status = FolderStatus::not_a_folder;
  } else {
    folder.place = *place;
  }
  return folder;
}

void read_folder(const fs::path& root, LoadedFolder& folder, diag::Diagnostics& diags,
                 const LoadLimits& limits) {
  std::error_code error;
  const std::size_t before = diags.error_count();
  for (std::string& name : source_names(root / folder.place, diags, limits, error)) {
    read_source(root, folder.files, folder.place + "/" + name, diags, limits);
  }
  if (error) {
    folder.status = FolderStatus::unreadable;
    folder.reason = error.message();
  } else if (folder.files.empty() && diags.error_count() == before) {
    folder.status = FolderStatus::empty;
  }
}

LoadedLab load_lab(std::string_view given, diag::Diagnostics& diags, const LoadLimits& limits) {
  const fs::path place(given.empty() ? std::string_view(".") : given);
  const std::string shown = printable_name(place.string());
  LoadedLab lab;
  std::error_code error;
  const fs::file_status status = fs::status(place, error);
  if (status.type() == fs::file_type::not_found) {
    diags.report(kNoSuchLab, {}, shown);
  } else if (status.type() == fs::file_type::none) {
    diags.report(kUnreadable, {}, shown, error.message());
  } else if (status.type() == fs::file_type::directory) {
    lab.root = place;
    lab.whole = true;
    read_own_folder(lab, place, diags, limits);
  } else if (status.type() == fs::file_type::regular && place.extension() == kExtension) {
    lab.root = place.has_parent_path() ? place.parent_path() : fs::path(".");
    read_source(lab.root, lab.files, place.filename().string(), diags, limits);
  } else {
    diags.report(kNotALab, {}, shown).help("give the folder that holds the `.hlab` files");
  }
  return lab;
}

}  // namespace hlab::load
