#include "emit/core/patch.h"

#include <algorithm>

#include "emit/core/document_lookup.h"
#include "emit/core/object_book.h"
#include "emit/core/value_doc.h"

namespace hlab::emit {
namespace {

using Nodes = std::vector<Node>;

void copy_scalar(Doc& out, const Node& node) {
  switch (node.kind) {
    case NodeKind::string: out.value(node.text, node.origin); return;
    case NodeKind::template_string: out.value(Template{node.text}, node.origin); return;
    case NodeKind::integer: out.value(node.integer, node.origin); return;
    case NodeKind::real: out.value(node.real, node.origin); return;
    case NodeKind::boolean: out.value(node.boolean, node.origin); return;
    default: out.null(node.origin); return;
  }
}

void open_like(Doc& out, const Node& node) {
  if (node.kind == NodeKind::map) {
    out.open_map(node.origin);
  } else {
    out.open_seq(node.origin);
  }
}

void say(Doc& out, const Node& node) {
  if (!node.comment.empty()) out.comment(node.comment);
  out.key(node.key);
}

/// The node and all in it; in a patch (`nulls` false) a null of a map says that there is nothing.
void copy(Doc& out, const Nodes& nodes, std::uint32_t at, bool nulls) {
  const Node& node = nodes[at];
  if (!node.is_container()) return copy_scalar(out, node);
  open_like(out, node);
  for (std::uint32_t child = at + 1; child < node.end; child = nodes[child].end) {
    const bool in_map = node.kind == NodeKind::map;
    if (in_map && !nulls && nodes[child].kind == NodeKind::null) continue;
    if (in_map) say(out, nodes[child]);
    copy(out, nodes, child, nulls);
  }
  out.close();
}

void merge(Doc& out, const Nodes& base, std::uint32_t at, const Nodes& change, std::uint32_t by) {
  if (base[at].kind != NodeKind::map || change[by].kind != NodeKind::map) {
    return copy(out, change, by, false);
  }
  out.open_map(base[at].origin);
  for (std::uint32_t child = at + 1; child < base[at].end; child = base[child].end) {
    const std::uint32_t other = child_of(change, by, base[child].key);
    const bool changed = other != kNoNode;
    if (changed && change[other].kind == NodeKind::null) continue;
    say(out, base[child]);
    if (changed) {
      merge(out, base, child, change, other);
    } else {
      copy(out, base, child, true);
    }
  }
  for (std::uint32_t child = by + 1; child < change[by].end; child = change[child].end) {
    const bool there = child_of(base, at, change[child].key) != kNoNode;
    if (there || change[child].kind == NodeKind::null) continue;
    say(out, change[child]);
    copy(out, change, child, false);
  }
  out.close();
}

/// A part of a JSON pointer (RFC 6901) as a key.
std::string unescaped(std::string_view part) {
  std::string out;
  for (std::size_t i = 0; i < part.size(); ++i) {
    const bool escape = part[i] == '~' && i + 1 < part.size();
    if (!escape) {
      out += part[i];
    } else {
      out += part[++i] == '1' ? '/' : '~';
    }
  }
  return out;
}

constexpr std::uint32_t kNothing = 0xffffffffu;

std::uint32_t find(const Nodes& nodes, std::uint32_t at, std::string_view pointer) {
  if (pointer.empty()) return at;
  const std::size_t slash = pointer.find('/', 1);
  const std::string_view part = pointer.substr(1, slash == pointer.npos ? slash : slash - 1);
  const std::string_view rest = slash == pointer.npos ? std::string_view() : pointer.substr(slash);
  if (!nodes[at].is_container()) return kNothing;
  std::size_t index = 0;
  for (std::uint32_t child = at + 1; child < nodes[at].end; child = nodes[child].end, ++index) {
    const bool in_map = nodes[at].kind == NodeKind::map;
    if (in_map ? nodes[child].key == unescaped(part) : std::to_string(index) == part) {
      return find(nodes, child, rest);
    }
  }
  return kNothing;
}

void copy_without(Doc& out, const Nodes& nodes, std::uint32_t at, std::uint32_t gone) {
  const Node& node = nodes[at];
  if (!node.is_container()) return copy_scalar(out, node);
  open_like(out, node);
  for (std::uint32_t child = at + 1; child < node.end; child = nodes[child].end) {
    if (child == gone) continue;
    if (node.kind == NodeKind::map) say(out, nodes[child]);
    copy_without(out, nodes, child, gone);
  }
  out.close();
}

bool same(const Nodes& a, std::uint32_t one, const Nodes& b, std::uint32_t other) {
  if (a[one].kind != b[other].kind || a[one].end - one != b[other].end - other) return false;
  switch (a[one].kind) {
    case NodeKind::map: {
      for (std::uint32_t child = one + 1; child < a[one].end; child = a[child].end) {
        const std::uint32_t twin = child_of(b, other, a[child].key);
        if (twin == kNoNode || !same(a, child, b, twin)) return false;
      }
      return true;
    }
    case NodeKind::seq: {
      const std::vector<std::uint32_t> left = items_of(a, one);
      const std::vector<std::uint32_t> right = items_of(b, other);
      return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                        [&](std::uint32_t x, std::uint32_t y) { return same(a, x, b, y); });
    }
    case NodeKind::integer: return a[one].integer == b[other].integer;
    case NodeKind::real: return a[one].real == b[other].real;
    case NodeKind::boolean: return a[one].boolean == b[other].boolean;
    case NodeKind::null: return true;
    default: return a[one].text == b[other].text;
  }
}

/// Below two maps the first place of which both say something else.
std::string contradiction(const Nodes& a, std::uint32_t one, const Nodes& b, std::uint32_t other) {
  for (std::uint32_t child = one + 1; child < a[one].end; child = a[child].end) {
    const std::uint32_t twin = child_of(b, other, a[child].key);
    if (twin == kNoNode) continue;
    const std::string key(a[child].key);
    if (a[child].kind != NodeKind::map || b[twin].kind != NodeKind::map) {
      if (same(a, child, b, twin)) continue;
      return key;
    }
    const std::string below = contradiction(a, child, b, twin);
    if (!below.empty()) return key + "." + below;
  }
  return "";
}

}  // namespace

bool Patch::fits(const KnownObject& object) const {
  const std::string target = declaration.text("target");
  const std::size_t slash = target.find('/');
  if (target.substr(0, slash) != object.kind || target.substr(slash + 1) != object.name) {
    return false;
  }
  const model::View service = declaration.ref("of");
  const bool of = !service || object.owner == service || object.owner.ref("of") == service;
  return of && (!declaration.has("namespace") || declaration.text("namespace") == object.nspace);
}

Patch read_patch(const model::View& declaration) {
  Patch patch;
  patch.declaration = declaration;
  patch.remove = declaration.texts("remove");
  if (!declaration.has("change")) return patch;
  put_value(patch.change, declaration, declaration.value("change"), Amounts::kubernetes);
  return patch;
}

void merge_patch(const Doc& base, const Doc& change, Doc& out) {
  merge(out, base.nodes(), 0, change.nodes(), 0);
}

std::string contradiction(const Doc& one, const Doc& other) {
  if (one.nodes().empty() || other.nodes().empty()) return "";
  return contradiction(one.nodes(), 0, other.nodes(), 0);
}

std::string contradiction(const Doc& one, std::string_view removed) {
  const Nodes& nodes = one.nodes();
  std::string place;
  std::uint32_t at = 0;
  while (!nodes.empty() && nodes[at].kind == NodeKind::map && !removed.empty()) {
    const std::size_t end = std::min(removed.find('/', 1), removed.size());
    const std::string key = unescaped(removed.substr(1, end - 1));
    at = child_of(nodes, at, key);
    if (at == kNoNode) return "";
    place += place.empty() ? key : "." + key;
    removed.remove_prefix(end);
  }
  return nodes.empty() || nodes[at].kind == NodeKind::null ? "" : place;
}

bool remove_pointer(const Doc& base, std::string_view pointer, Doc& out) {
  const std::uint32_t gone = find(base.nodes(), 0, pointer);
  copy_without(out, base.nodes(), 0, gone);
  return gone != kNothing;
}

}  // namespace hlab::emit
