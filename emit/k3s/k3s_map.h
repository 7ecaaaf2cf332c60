// A map of config.yaml while it is put together: hlab's own keys in its order, then what the lab adds.
#pragma once

#include <string>
#include <vector>

#include "emit/core/document.h"
#include "emit/core/value_doc.h"
#include "emit/k3s/k3s_keys.h"

namespace hlab::emit {

/// A scalar of a list, with the expression that made it.
struct K3sItem {
  std::string text;
  Origin origin = kNoOrigin;
};

/// The lab's options win over computed ones; lists are joined.
class K3sMap {
 public:
  /// `field` is the option field of the cluster: `server-config` or `agent-config`.
  K3sMap(Doc& doc, const model::View& cluster, std::string_view field, bool server);

  template <class T>
  void put(KnownK3sKey key, const T& content, Origin origin = kNoOrigin) {
    if (added(key.name()) == nullptr) doc_.entry(key.name(), content, origin);
  }
  /// Nothing for an empty list.
  void put_list(KnownK3sKey key, const std::vector<K3sItem>& items);
  /// The lab's options that were not written yet; ends the map.
  void finish();

 private:
  [[nodiscard]] const values::Value* added(std::string_view key) const;

  Doc& doc_;
  model::View cluster_;
  bool server_;
  std::vector<std::pair<std::string_view, values::Value>> extra_;
  std::vector<std::string_view> joined_;
};

}  // namespace hlab::emit
