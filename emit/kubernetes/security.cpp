// What a pod and its containers may do. A known user that is not root gets the full restricted
// profile; an image that begins as root keeps what it needs to become somebody else.
#include "emit/kubernetes/pod.h"

namespace hlab::emit::kubernetes {
namespace {

void put_default_profile(Doc& doc) {
  doc.key("seccompProfile");
  doc.open_map();
  doc.entry("type", "RuntimeDefault");
  doc.close();
}

void drop_capabilities(Doc& doc) {
  doc.key("capabilities");
  doc.open_map();
  doc.key("drop");
  doc.open_seq();
  doc.item("ALL");
  doc.close();
  doc.close();
}

}  // namespace

void put_pod_security(Doc& doc, const View& container) {
  const bool has_user = container.has("user");
  if (!has_user && (container.flag("host-network") || container.flag("privileged"))) return;
  doc.key("securityContext");
  doc.open_map(has_user ? origin_of(container, "user") : kNoOrigin);
  if (has_user) {
    const std::int64_t user = container.number("user");
    const Origin origin = origin_of(container, "user");
    doc.entry("runAsNonRoot", true);
    doc.entry("runAsUser", user, origin);
    doc.entry("runAsGroup", user, origin);
    doc.entry("fsGroup", user, origin);
    doc.entry("fsGroupChangePolicy", "OnRootMismatch");
  }
  put_default_profile(doc);
  doc.close();
}

void put_container_security(Doc& doc, const View& container) {
  const bool privileged = container.flag("privileged");
  const bool restricted = container.has("user") && !privileged;
  const bool read_only = container.flag("read-only");
  const bool contained = !privileged && (restricted || !container.flag("escalation", true));
  if (!privileged && !contained && !read_only) return;
  doc.key("securityContext");
  doc.open_map();
  if (privileged) doc.entry("privileged", true, origin_of(container, "privileged"));
  if (contained) doc.entry("allowPrivilegeEscalation", false);
  if (restricted) drop_capabilities(doc);
  if (read_only) {
    doc.entry("readOnlyRootFilesystem", true, origin_of(container, "read-only"));
  }
  doc.close();
}

}  // namespace hlab::emit::kubernetes
