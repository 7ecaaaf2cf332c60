#include "compiler/values/scalar_text.h"
#include "emit/kubernetes/object_file.h"
#include "emit/kubernetes/storage_names.h"

namespace hlab::emit::kubernetes {
namespace {

std::string_view access_mode(std::string_view mode) {
  if (mode == "many-nodes") return "ReadWriteMany";
  return mode == "read-only" ? "ReadOnlyMany" : "ReadWriteOnce";
}

void emit_claim(const Workload& workload, std::string_view key, const View& volume) {
  ObjectHead head{"v1", "PersistentVolumeClaim", claim_name(workload, key, volume), {}, {}};
  head.origin = volume.has("claim") ? origin_of(volume, "claim") : origin_of_name(volume);
  for (const auto& [name, value] : volume.entries("labels")) {
    head.labels.emplace(name, volume.text_of(value));
  }
  Doc doc;
  open_object(doc, workload, head);
  doc.key("spec");
  doc.open_map();
  doc.key("accessModes");
  doc.open_seq();
  doc.item(access_mode(volume.text("mode")), origin_of(volume, "mode"));
  doc.close();
  doc.entry("storageClassName", volume.text("storage-class"), origin_of(volume, "storage-class"));
  doc.key("resources");
  doc.open_map();
  doc.key("requests");
  doc.open_map();
  doc.entry("storage", values::kubernetes_bytes(volume.number("size")), origin_of(volume, "size"));
  doc.close();
  doc.close();
  doc.close();
  add_object(doc, workload, head, volume);
}

}  // namespace

std::string claim_name(const Workload& workload, std::string_view key, const View& volume) {
  if (volume.has("claim")) return volume.text("claim");
  return workload.name + "-" + std::string(key);
}

void emit_volume_claims(const Workload& workload) {
  for (const auto& [key, volume] : workload.view.held("volume")) {
    if (volume.text("claimed-by") == "hlab") emit_claim(workload, key, volume);
  }
}

}  // namespace hlab::emit::kubernetes
