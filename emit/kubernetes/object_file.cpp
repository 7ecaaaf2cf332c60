#include "emit/kubernetes/object_file.h"

#include <algorithm>

#include "emit/core/yaml_file.h"

namespace hlab::emit::kubernetes {
namespace {

bool fits_file_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
}

/// Names of objects may hold what a file name may not on every system (`system:node`).
std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (!fits_file_name(c)) c = '-';
  }
  return out;
}

}  // namespace

const std::pair<const std::string, std::string> kKeepAnnotation{"argocd.argoproj.io/sync-options",
                                                                "Delete=false,Prune=false"};

void let_go_on(Texts& annotations, const Workload& workload, const View& giver) {
  for (const graph::Edge* edge : workload.input.graph.needs_of(workload.service.id())) {
    const bool later = edge->to == giver.top().id() && edge->mode == graph::EdgeMode::run &&
                       edge->cause == graph::EdgeCause::exposure;
    if (later) annotations.emplace("argocd.argoproj.io/ignore-healthcheck", "true");
  }
}

void put_texts(Doc& doc, std::string_view key, const Texts& texts, Origin origin) {
  if (texts.empty()) return;
  doc.key(key);
  doc.open_map(origin);
  for (const auto& [name, text] : texts) doc.entry(name, text);
  doc.close();
}

void put_labels(Doc& doc, const Workload& workload, const Texts& more) {
  const Texts ours{{"app.kubernetes.io/name", workload.name},
                   {"app.kubernetes.io/part-of", std::string(workload.lab.name())}};
  doc.key("labels");
  doc.open_map();
  for (const auto& [name, text] : ours) {
    doc.entry(name, text,
              origin_of_name(name.ends_with("/name") ? workload.service : workload.lab));
  }
  for (const auto& [name, text] : more) {
    if (!ours.contains(name)) doc.entry(name, text);
  }
  doc.close();
}

void open_object(Doc& doc, const Workload& workload, const ObjectHead& head) {
  doc.open_map();
  doc.entry("apiVersion", head.api_version);
  doc.entry("kind", head.kind);
  doc.key("metadata");
  doc.open_map();
  doc.entry("name", head.name,
            is_known(head.origin) ? head.origin : origin_of_name(workload.service));
  doc.entry("namespace", workload.nspace, origin_of(workload.view, "namespace"));
  put_labels(doc, workload, head.labels);
  put_annotations(doc, workload, head);
  doc.close();
}

void put_annotations(Doc& doc, const Workload& workload, const ObjectHead& head) {
  Texts annotations = head.annotations;
  if (head.kind == "PersistentVolumeClaim") annotations.insert(kKeepAnnotation);
  if (workload.flux.brings(workload.service)) {
    put_texts(doc, "annotations", gitops::flux_annotations(annotations));
    return;
  }
  const std::string_view group = head.api_version.substr(0, head.api_version.find('/'));
  const std::vector<std::string> own = workload.service.texts("apis");
  if (std::find(own.begin(), own.end(), group) != own.end())
    annotations.emplace("argocd.argoproj.io/sync-wave", "1");
  put_texts(doc, "annotations", annotations);
}

void add_object(Doc& doc, const Workload& workload, const ObjectHead& head,
                const View& declaration) {
  doc.close();
  const std::string file = object_file_name(head.kind, head.name, workload.name);
  std::string folder = workload.folder;
  if (workload.flux.brings(workload.service)) {
    folder = workload.flux.folder_of(layout_of(workload.input), workload.service, head.api_version);
  }
  add_yaml(workload.input, workload.output, join_path(folder, file), doc, declaration);
}

std::string object_file_name(std::string_view kind, std::string_view name,
                             std::string_view service) {
  std::string out = lower(kind);
  if (name != service) {
    const std::string prefix = std::string(service) + "-";
    const bool ours = name.starts_with(prefix) && name.size() > prefix.size();
    out += "-" + lower(ours ? name.substr(prefix.size()) : name);
  }
  return out + ".yaml";
}

}  // namespace hlab::emit::kubernetes
