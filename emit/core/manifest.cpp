#include "emit/core/manifest.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "emit/core/json_writer.h"
#include "emit/core/output_path.h"

namespace hlab::emit {
namespace {

constexpr int kVersion = 1;
using Json = nlohmann::json;

bool read_folders(const Json& json, Manifest& manifest) {
  if (!json.is_array()) return false;
  for (const Json& folder : json) {
    const auto* path = folder.get_ptr<const std::string*>();
    if (path == nullptr || check_output_path(*path) != PathFault::none) return false;
    manifest.folders.push_back(*path);
  }
  return true;
}

bool read_files(const Json& json, Manifest& manifest) {
  if (!json.is_object()) return false;
  manifest.files.reserve(json.size());
  for (const auto& [path, hex] : json.items()) {
    const auto* text = hex.get_ptr<const std::string*>();
    OwnedFile file{path, {}};
    if (text == nullptr || !from_hex(*text, file.digest)) return false;
    if (check_output_path(path) != PathFault::none) return false;
    manifest.files.push_back(std::move(file));
  }
  std::sort(manifest.files.begin(), manifest.files.end(),
            [](const OwnedFile& a, const OwnedFile& b) { return a.path < b.path; });
  return true;
}

}  // namespace

std::string write_manifest(const Manifest& manifest) {
  Doc doc;
  doc.open_map();
  doc.entry("version", kVersion);
  if (!manifest.folders.empty()) {
    doc.key("folders");
    doc.open_seq();
    for (const std::string& folder : manifest.folders) doc.item(folder);
    doc.close();
  }
  doc.key("files");
  doc.open_map();
  for (const OwnedFile& file : manifest.files) doc.entry(file.path, to_hex(file.digest));
  doc.close();
  doc.close();
  std::string text;
  // Paths of a FileTree are unique UTF-8 without NUL, so no document fault is possible.
  static_cast<void>(write_json(doc, JsonLayout::pretty, text));
  return text;
}

std::optional<Manifest> read_manifest(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object() || json.value("version", Json()) != Json(kVersion)) return std::nullopt;
  Manifest manifest;
  if (json.contains("folders") && !read_folders(json["folders"], manifest)) return std::nullopt;
  if (!json.contains("files") || !read_files(json["files"], manifest)) return std::nullopt;
  return manifest;
}

}  // namespace hlab::emit
