// Manifests that the lab's folder holds already: copied as they are, their names known to the rules.
#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <set>

#include "compiler/graph/handover.h"
#include "emit/core/comment.h"
#include "emit/core/glob.h"
#include "emit/core/object_book.h"
#include "emit/core/ways_out_diags.h"
#include "emit/kubernetes/object_file.h"

namespace hlab::emit::kubernetes {
namespace {

std::string text_at(const YAML::Node& map, const char* key) {
  if (!map.IsMap()) return "";
  const YAML::Node found = map[key];
  return found && found.IsScalar() ? found.Scalar() : "";
}

/// Names of endpoints that somebody answers to, with their paths.
std::set<std::pair<std::string, std::string>> hosts_of(const EmitInput& input) {
  std::set<std::pair<std::string, std::string>> out;
  for (const View& endpoint : input.all("endpoint")) {
    if (endpoint.text("protocol") == "http")
      out.emplace(endpoint.text("fqdn"), endpoint.text("path"));
  }
  return out;
}

/// Whether something in its cluster applies the repository, and deletes what left it.
bool has_engine(const Workload& workload) {
  const std::vector<View> all = workload.input.all("gitops");
  return std::any_of(all.begin(), all.end(), [&](const View& gitops) {
    return graph::cluster_of(gitops) == workload.view.ref("cluster");
  });
}

class Copier {
 public:
  explicit Copier(const Workload& workload)
      : workload_(workload),
        pattern_(workload.view.text("from")),
        at_(workload.view.set_at("from")) {}

  void copy_all() {
    const auto files = workload_.input.lab_files ? workload_.input.lab_files(pattern_)
                                                 : std::vector<FoundFile>();
    if (files.empty()) {
      workload_.output.diags.report(kNoManifests, at_, pattern_);
      return;
    }
    for (const FoundFile& file : files) {
      if (!file.problem.empty()) {
        broken(file, file.problem);
      } else if (is_sound(file)) {
        copy(file);
      }
    }
  }

 private:
  void broken(const FoundFile& file, std::string_view why) {
    workload_.output.diags.report(kBrokenManifest, at_, file.path, why);
  }

  /// Where it goes: folders below those that the pattern names become part of the name.
  [[nodiscard]] std::string path_of(const FoundFile& file) const {
    const std::string_view root = glob_root(pattern_);
    std::string below = file.path.substr(root.empty() ? 0 : root.size() + 1);
    std::replace(below.begin(), below.end(), '/', '-');
    // Flux reads no other ending, and JSON is YAML.
    if (below.ends_with(".json") && workload_.flux.brings(workload_.view)) below += ".yaml";
    return join_path(workload_.folder, below);
  }

  bool is_sound(const FoundFile& file) {
    const auto ends = [&](std::string_view end) { return file.path.ends_with(end); };
    if (!ends(".yaml") && !ends(".yml") && !ends(".json")) {
      broken(file, "is neither `.yaml` nor `.json`");
      return false;
    }
    try {
      const std::vector<YAML::Node> documents = YAML::LoadAll(file.bytes);
      return std::all_of(documents.begin(), documents.end(), [&](const YAML::Node& document) {
        return document.IsNull() || take(file, document);
      });
    } catch (const YAML::Exception& problem) {
      broken(file, fmt::format("is no YAML: line {}: {}", problem.mark.line + 1, problem.msg));
      return false;
    }
  }

  bool take(const FoundFile& file, const YAML::Node& document) {
    if (text_at(document, "kind") == "List" && document["items"]) {
      const YAML::Node items = document["items"];
      return std::all_of(items.begin(), items.end(),
                         [&](const YAML::Node& item) { return take(file, item); });
    }
    KnownObject object;
    object.api = text_at(document, "apiVersion");
    object.kind = text_at(document, "kind");
    const YAML::Node metadata = document.IsMap() ? document["metadata"] : YAML::Node();
    if (metadata) {
      object.name = text_at(metadata, "name");
      object.nspace = text_at(metadata, "namespace");
    }
    if (object.api.empty() || object.kind.empty() || object.name.empty()) {
      broken(file, "holds a document without `apiVersion`, `kind` or `metadata.name`");
      return false;
    }
    if (object.kind == "Ingress") check_hosts(document["spec"]);
    if (object.kind == "PersistentVolumeClaim") check_kept(file, object.name, metadata);
    object.owner = workload_.view;
    object.at = at_;
    object.file = path_of(file);
    if (const View cluster = workload_.view.ref("cluster")) object.cluster = cluster.id().index;
    if (workload_.output.book != nullptr) workload_.output.book->note(std::move(object));
    return true;
  }

  void check_hosts(const YAML::Node& spec) {
    if (!spec || !spec.IsMap() || !spec["rules"]) return;
    const auto taken = hosts_of(workload_.input);
    for (const YAML::Node& rule : spec["rules"]) {
      const std::string host = text_at(rule, "host");
      if (host.empty() || !rule["http"] || !rule["http"]["paths"]) continue;
      for (const YAML::Node& path : rule["http"]["paths"]) {
        const std::string begin = text_at(path, "path");
        if (!taken.contains({host, begin.empty() ? "/" : begin})) continue;
        workload_.output.diags.report(kHostByHand, at_, "an endpoint of the lab", host + begin);
      }
    }
  }

  void check_kept(const FoundFile& file, const std::string& name, const YAML::Node& metadata) {
    const bool flux = workload_.flux.brings(workload_.view);
    if (!flux && !has_engine(workload_)) return;
    const auto& [annotation, keeps] = flux ? gitops::kFluxKeeps : kKeepAnnotation;
    const std::string said = metadata["annotations"]
                                 ? text_at(metadata["annotations"], annotation.c_str())
                                 : "";
    const bool kept = flux ? said == keeps : said.find("Prune=false") != std::string::npos;
    if (kept) return;
    workload_.output.diags.report(kUnkeptClaim, at_, name, file.path)
        .help(fmt::format("give it the annotation `{}: {}`", annotation, keeps));
  }

  void copy(const FoundFile& file) {
    OutputFile out;
    out.path = path_of(file);
    out.owner = workload_.view.path();
    out.at = at_;
    out.content = FileContent::copied;
    out.copied_from = file.path;
    if (!file.path.ends_with(".json")) {
      append_comment(out.bytes,
                     fmt::format("Copied by hlab from {} for {}. Edit that file, not this one.",
                                 file.path, out.owner));
    }
    out.bytes += file.bytes;
    if (!out.bytes.ends_with('\n')) out.bytes += '\n';
    workload_.output.add(std::move(out));
  }

  const Workload& workload_;
  const std::string pattern_;
  const Span at_;
};

}  // namespace

void emit_copied_manifests(const Workload& workload) { Copier(workload).copy_all(); }

}  // namespace hlab::emit::kubernetes
