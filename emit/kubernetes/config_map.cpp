#include <map>

#include "compiler/base/sha256.h"
#include "emit/kubernetes/object_file.h"
#include "emit/kubernetes/storage_names.h"

namespace hlab::emit::kubernetes {

std::string config_map_name(const Workload& workload) { return workload.name + "-config"; }

std::string config_checksum(const Workload& workload) {
  std::map<std::string_view, std::string> files;
  for (const auto& [key, text] : workload.view.entries("config")) {
    files.emplace(key, workload.view.text_of(text));
  }
  if (files.empty()) return "";
  std::string all;
  for (const auto& [key, text] : files) {
    all.append(key).push_back('\0');
    all.append(text).push_back('\0');
  }
  return to_hex(sha256(all));
}

std::string secrets_checksum(const Workload& workload) {
  std::string all;
  for (const SecretUse& use : workload.secrets) {
    const auto bytes = workload.input.lab_file(use.source);
    if (!bytes) return "";
    all.append(use.secret.name()).push_back('\0');
    all.append(to_hex(sha256(*bytes))).push_back('\0');
  }
  return all.empty() ? "" : to_hex(sha256(all));
}

void emit_config_map(const Workload& workload) {
  const auto files = workload.view.entries("config");
  if (files.empty()) return;
  const ObjectHead head{"v1", "ConfigMap", config_map_name(workload), {}, {}};
  Doc doc;
  open_object(doc, workload, head);
  doc.key("data");
  doc.open_map();
  for (std::size_t i = 0; i < files.size(); ++i) {
    const auto& [key, text] = files[i];
    doc.entry(key, workload.view.text_of(text), origin_of(workload.view, "config", i));
  }
  doc.close();
  add_object(doc, workload, head, workload.view);
}

}  // namespace hlab::emit::kubernetes
