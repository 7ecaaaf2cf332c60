#include "emit/core/document.h"

#include <utility>

namespace hlab::emit {

void Doc::clear() {
  nodes_.clear();
  open_.clear();
  arena_.clear();
  key_ = comment_ = fault_ = {};
  has_key_ = false;
}

void Doc::key(std::string_view name) {
  if (open_.empty() || nodes_[open_.back()].kind != NodeKind::map) fault_ = "a key outside a map";
  if (has_key_) fault_ = "a key without a value";
  key_ = arena_.store(name);
  has_key_ = true;
}

Node& Doc::add(NodeKind kind, Origin origin) {
  const bool in_map = !open_.empty() && nodes_[open_.back()].kind == NodeKind::map;
  if (in_map && !has_key_) fault_ = "a value without a key in a map";
  has_key_ = false;
  Node& node = nodes_.emplace_back();
  node.key = std::exchange(key_, {});
  node.comment = std::exchange(comment_, {});
  node.end = static_cast<std::uint32_t>(nodes_.size());
  node.origin = origin;
  node.kind = kind;
  return node;
}

void Doc::open(NodeKind kind, Origin origin) {
  add(kind, origin);
  if (open_.size() >= kMaxDepth) fault_ = "nested too deep";
  open_.push_back(static_cast<std::uint32_t>(nodes_.size() - 1));
}

void Doc::close() {
  if (open_.empty()) {
    fault_ = "a close without an open";
    return;
  }
  if (has_key_) fault_ = "a key without a value";
  nodes_[open_.back()].end = static_cast<std::uint32_t>(nodes_.size());
  open_.pop_back();
}

std::string_view Doc::fault() const {
  if (!fault_.empty()) return fault_;
  return open_.empty() ? std::string_view{} : "a container left open";
}

}  // namespace hlab::emit
