#include "emit/vendored/sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/base/lock_pools.h"
#include "compiler/base/sha256.h"
#include "compiler/load/read_file.h"
#include "compiler/lock/lock.h"
#include "emit/vendored/facts.h"
#include "emit/vendored/yaml_json.h"

namespace hlab::emit {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::size_t kMostFiles = 20'000;

std::string text_at(const Json& map, const char* key) {
  const auto found = map.is_object() ? map.find(key) : map.end();
  return found != map.end() && found->is_string() ? found->get<std::string>() : "";
}

const Json& member(const Json& map, const char* key) {
  static const Json kNone;
  const auto found = map.is_object() ? map.find(key) : map.end();
  return found != map.end() ? *found : kNone;
}

bool safe_dump(const Json& json, std::string& out) {
  out = json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  return out.size() <= load::kMaxFileBytes;
}

/// `arm` has versions, and hlab's names for architectures are its own.
std::string architecture(const Json& platform) {
  const std::string arch = text_at(platform, "architecture");
  if (arch != "arm") return arch;
  const std::string variant = text_at(platform, "variant");
  return variant == "v6" || variant == "v5" ? "armv6" : "armv7";
}

class Reader {
 public:
  explicit Reader(fs::path folder) : folder_(std::move(folder)) {}

  VendorSources read() {
    std::vector<std::string> names;
    std::error_code error;
    for (fs::recursive_directory_iterator at(folder_, error), end; !error && at != end;
         at.increment(error)) {
      std::error_code ignored;
      if (at->is_regular_file(ignored) && names.size() < kMostFiles) {
        names.push_back(at->path().lexically_relative(folder_).generic_string());
      }
    }
    if (error) out_.problem = error.message();
    std::sort(names.begin(), names.end());
    for (const std::string& name : names) file(name);
    return finish();
  }

 private:
  void file(const std::string& name) {
    const fs::path path(name);
    const std::string base = path.filename().string();
    const std::string end = path.extension().string();
    if (name.find("templates/") != std::string::npos) return;  // text that Helm makes YAML of
    if (base == "Chart.yaml") return chart(name);
    if (base.starts_with("values") || base == "Chart.lock") return;
    if (end != ".yaml" && end != ".yml" && end != ".json") return;
    const auto bytes = read_bytes(name);
    if (!bytes) return;
    if (end == ".json") {
      const Json parsed = Json::parse(*bytes, nullptr, false);
      if (member(parsed, "manifests").is_array()) return index(name, parsed);
      if (text_at(parsed, "kind") == "CustomResourceDefinition") return definition(name, parsed);
      return skip(name, parsed.is_discarded() ? "is no JSON"
                                              : "is neither an image index nor a definition");
    }
    if (bytes->find("CustomResourceDefinition") == std::string::npos) return;
    for (const Json& document : documents(name, *bytes)) {
      if (text_at(document, "kind") == "CustomResourceDefinition") definition(name, document);
    }
  }

  std::optional<std::string> read_bytes(const std::string& name) {
    load::ReadResult read = load::read_regular_file(folder_ / name);
    if (read.status == load::ReadStatus::ok) return std::move(read.bytes);
    skip(name, "cannot be read");
    return std::nullopt;
  }

  std::vector<Json> documents(const std::string& name, const std::string& bytes) {
    std::vector<Json> out;
    try {
      for (const YAML::Node& node : YAML::LoadAll(bytes)) out.push_back(json_of(node));
    } catch (const YAML::Exception& problem) {
      skip(name, fmt::format("is no YAML: line {}: {}", problem.mark.line + 1, problem.msg));
    }
    return out;
  }

  void skip(const std::string& name, std::string_view why) {
    out_.skipped.push_back(fmt::format("{} {}", load::printable_name(name), why));
  }

  void chart(const std::string& path) {
    const auto bytes = read_bytes(path);
    if (!bytes) return;
    const auto read = documents(path, *bytes);
    const Json head = read.empty() ? Json() : read.front();
    const std::string name = text_at(head, "name");
    const std::string version = text_at(head, "version");
    if (name.empty() || version.empty()) return skip(path, "says no name or no version");
    const std::string beside =
        (fs::path(path).parent_path() / "values.schema.json").generic_string();
    std::error_code ignored;
    if (!fs::exists(folder_ / beside, ignored)) {
      return skip(path, "is a chart without values.schema.json: its values cannot be checked");
    }
    const auto schema = read_bytes(beside);
    if (!schema) return;
    const Json parsed = Json::parse(*schema, nullptr, false);
    std::string text;
    if (!parsed.is_object()) return skip(beside, "is no JSON Schema");
    if (!safe_dump(parsed, text)) return skip(beside, "is too large");
    keep_file(path, kChartPool, chart_key(name, version), chart_file(name, version), text);
  }

  void definition(const std::string& path, const Json& crd) {
    const Json& spec = member(crd, "spec");
    const std::string group = text_at(spec, "group");
    const std::string kind = text_at(member(spec, "names"), "kind");
    if (group.empty() || kind.empty() || !member(spec, "versions").is_array()) {
      return skip(path, "holds a definition without group, kind or versions");
    }
    for (const Json& version : spec["versions"]) {
      const std::string api = group + "/" + text_at(version, "name");
      const Json& schema = member(member(version, "schema"), "openAPIV3Schema");
      if (!schema.is_object()) continue;
      std::string text;
      if (!safe_dump({{"scope", text_at(spec, "scope")}, {"schema", schema}}, text)) continue;
      keep_file(path, kCrdPool, crd_key(api, kind), crd_file(api, kind), text);
    }
  }

  /// Named by its annotation, else by its path: `images/docker.io/library/nginx:1.29.1.json`.
  void index(const std::string& path, const Json& read) {
    std::string name = text_at(member(read, "annotations"), "org.opencontainers.image.ref.name");
    if (name.find('/') == std::string::npos) {
      name = path.substr(0, path.size() - std::string_view(".json").size());
      if (name.starts_with("images/")) name.erase(0, std::string_view("images/").size());
    }
    const std::size_t slash = name.rfind('/');
    if (slash == std::string::npos || name.find_first_of(":@", slash) == std::string::npos) {
      return skip(path,
                  "is an image index, and neither its name nor its path says which image: call it "
                  "`docker.io/library/nginx:1.29.1.json`");
    }
    std::set<std::string> platforms;
    for (const Json& manifest : read["manifests"]) {
      const Json& platform = member(manifest, "platform");
      if (text_at(platform, "os") == "linux") platforms.insert(architecture(platform));
    }
    platforms.erase("unknown");
    if (platforms.empty()) return skip(path, "is an image index that names no platform");
    keep(path,
         {std::string(kImagePool), name, fmt::format("{}", fmt::join(platforms, ",")), "", ""});
  }

  void keep_file(const std::string& path, std::string_view pool, std::string key, std::string file,
                 std::string bytes) {
    std::string digest = "sha256:" + to_hex(sha256(bytes));
    keep(path,
         {std::string(pool), std::move(key), std::move(digest), std::move(file), std::move(bytes)});
  }

  void keep(const std::string& path, VendorSources::Fact fact) {
    if (!lock::is_lease_part(fact.key) || !lock::is_lease_part(fact.value)) {
      return skip(path, "has a name that hlab.lock cannot hold");
    }
    facts_.insert_or_assign({fact.pool, fact.key}, std::move(fact));
  }

  VendorSources finish() {
    for (auto& [key, fact] : facts_) out_.facts.push_back(std::move(fact));
    return std::move(out_);
  }

  fs::path folder_;
  VendorSources out_;
  std::map<std::pair<std::string, std::string>, VendorSources::Fact> facts_;
};

}  // namespace

VendorSources read_vendor_sources(const fs::path& folder) { return Reader(folder).read(); }

}  // namespace hlab::emit
