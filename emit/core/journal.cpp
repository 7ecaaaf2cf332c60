#include "emit/core/journal.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "emit/core/folder_cursor.h"
#include "emit/core/json_writer.h"
#include "emit/core/output_path.h"

namespace hlab::emit {
namespace {

constexpr int kVersion = 1;
using Json = nlohmann::json;

void write_files(Doc& doc, std::string_view key, const std::vector<OwnedFile>& files) {
  doc.key(key);
  doc.open_seq();
  for (const OwnedFile& file : files) {
    doc.open_map();
    doc.entry("path", file.path);
    doc.entry("sha256", to_hex(file.digest));
    doc.close();
  }
  doc.close();
}

void write_placement(Doc& doc, const Placement& placement) {
  doc.open_map();
  doc.entry("path", placement.path);
  doc.entry("staged", placement.staged);
  if (placement.before) doc.entry("before", to_hex(*placement.before));
  if (!placement.folder) doc.entry("after", to_hex(placement.after));
  doc.close();
}

/// The manifests are the one reserved name that a build writes.
bool is_target(std::string_view path) {
  if (name_part(path) != kManifestName) return check_output_path(path) == PathFault::none;
  const std::string_view folder = folder_part(path);
  return folder.empty() || check_output_path(folder) == PathFault::none;
}

const std::string* text_of(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found == json.end() ? nullptr : found->get_ptr<const std::string*>();
}

bool read_target(const Json& json, std::string& path) {
  const std::string* text = json.is_object() ? text_of(json, "path") : nullptr;
  if (text == nullptr || !is_target(*text)) return false;
  path = *text;
  return true;
}

bool read_files(const Json& json, const char* key, std::vector<OwnedFile>& files) {
  const auto found = json.find(key);
  if (found == json.end() || !found->is_array()) return false;
  for (const Json& item : *found) {
    OwnedFile file;
    if (!read_target(item, file.path)) return false;
    const std::string* hex = text_of(item, "sha256");
    if (hex == nullptr || !from_hex(*hex, file.digest)) return false;
    files.push_back(std::move(file));
  }
  return true;
}

bool is_staged_name(std::string_view name) {
  return !name.empty() && name.find_first_not_of("0123456789") == std::string_view::npos;
}

bool read_placement(const Json& json, Placement& placement) {
  if (!read_target(json, placement.path)) return false;
  const std::string* staged = text_of(json, "staged");
  if (staged == nullptr || !is_staged_name(*staged)) return false;
  placement.staged = *staged;
  if (const std::string* before = text_of(json, "before")) {
    if (!from_hex(*before, placement.before.emplace())) return false;
  }
  const std::string* after = text_of(json, "after");
  placement.folder = after == nullptr;
  return placement.folder || from_hex(*after, placement.after);
}

}  // namespace

std::string write_journal(const Journal& journal) {
  Doc doc;
  doc.open_map();
  doc.entry("version", kVersion);
  write_files(doc, "clear-first", journal.clear_first);
  doc.key("place");
  doc.open_seq();
  for (const Placement& placement : journal.placements) write_placement(doc, placement);
  doc.close();
  write_files(doc, "remove", journal.removals);
  doc.close();
  std::string text;
  // Built from paths that were checked, so no document fault is possible.
  static_cast<void>(write_json(doc, JsonLayout::pretty, text));
  return text;
}

std::optional<Journal> read_journal(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object() || json.value("version", Json()) != Json(kVersion)) return std::nullopt;
  Journal journal;
  const auto place = json.find("place");
  if (place == json.end() || !place->is_array()) return std::nullopt;
  for (const Json& item : *place) {
    if (!read_placement(item, journal.placements.emplace_back())) return std::nullopt;
  }
  if (!read_files(json, "clear-first", journal.clear_first)) return std::nullopt;
  if (!read_files(json, "remove", journal.removals)) return std::nullopt;
  return journal;
}

}  // namespace hlab::emit
