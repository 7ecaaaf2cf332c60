#include "compiler/load/load.h"

#include <algorithm>
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
                                      const LoadLimits& limits) {
  std::vector<std::string> names;
  std::error_code error;
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
  if (error) {
    diags.report(kUnreadable, {}, printable_name(folder.string()), error.message());
    return {};
  }
  if (names.empty()) {
    diags.report(kNoLabFiles, {}, printable_name(folder.string()))
        .help(
            "give the folder of your lab, as in `hlab check my-lab`, or write a first `.hlab` file");
  }
  std::sort(names.begin(), names.end());
  return names;
}

void read_source(LoadedLab& lab, std::string name, diag::Diagnostics& diags,
                 const LoadLimits& limits) {
  const std::string shown = printable_name(name);
  if (shown != name) {
    diags.report(kFileName, {}, shown).help("rename the file");
    return;
  }
  ReadResult read = read_lab_file(lab.root, name, limits.max_file_bytes);
  report_read_failure(read, shown, diags, limits.max_file_bytes);
  if (read.status == ReadStatus::ok) lab.files.push_back({std::move(name), std::move(read.bytes)});
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
    for (std::string& name : source_names(place, diags, limits)) {
      read_source(lab, std::move(name), diags, limits);
    }
  } else if (status.type() == fs::file_type::regular && place.extension() == kExtension) {
    lab.root = place.has_parent_path() ? place.parent_path() : fs::path(".");
    read_source(lab, place.filename().string(), diags, limits);
  } else {
    diags.report(kNotALab, {}, shown).help("give the folder that holds the `.hlab` files");
  }
  return lab;
}

}  // namespace hlab::load
