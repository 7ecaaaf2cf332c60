#include "compiler/values/scalar_text.h"
#include "emit/kubernetes/object_file.h"

namespace hlab::emit::kubernetes {
namespace {

std::string_view access_mode(std::string_view mode) {
  if (mode == "many-nodes") return "ReadWriteMany";
  return mode == "read-only" ? "ReadOnlyMany" : "ReadWriteOnce";
}

void emit_claim(const Workload& workload, const View& volume) {
  ObjectHead head{"v1", "PersistentVolumeClaim", volume.text("claim"), {}, {}};
  head.origin = origin_of(volume, "claim");
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

void emit_volume_claims(const Workload& workload) {
  for (const auto& [key, volume] : workload.view.held("volume")) {
    if (volume.text("claimed-by") == "hlab") emit_claim(workload, volume);
  }
}

}  // namespace hlab::emit::kubernetes
