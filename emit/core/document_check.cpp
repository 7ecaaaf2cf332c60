#include "emit/core/document_check.h"

#include <array>
#include <bit>
#include <cmath>
#include <functional>
#include <span>

#include "compiler/base/utf8.h"

namespace hlab::emit {
namespace {

using Nodes = std::vector<Node>;

constexpr std::size_t kPairwise = 8;  // maps up to this size are compared key by key

class Checker {
 public:
  explicit Checker(const Nodes& nodes) : nodes_(nodes) {}

  std::optional<DocError> run() {
    for (std::uint32_t i = 0; i < nodes_.size() && !error_; ++i) node(i);
    return std::move(error_);
  }

 private:
  void fail(DocFault fault, std::uint32_t at, std::string_view detail) {
    if (error_) return;
    error_ = DocError{fault, node_path(nodes_, at), std::string(detail), nodes_[at].origin};
  }

  void text(std::uint32_t at, std::string_view text) {
    if (is_plain_ascii(text)) return;
    if (find_invalid_utf8(text) != std::string_view::npos) fail(DocFault::not_utf8, at, {});
    if (text.find('\0') != std::string_view::npos) fail(DocFault::nul, at, {});
  }

  void node(std::uint32_t at) {
    const Node& node = nodes_[at];
    text(at, node.key);
    switch (node.kind) {
      case NodeKind::string:
      case NodeKind::template_string: text(at, node.text); break;
      case NodeKind::real:
        if (!std::isfinite(node.real)) fail(DocFault::not_a_number, at, {});
        break;
      case NodeKind::map: keys(at); break;
      default: break;
    }
  }

  void keys(std::uint32_t map) {
    std::array<std::uint32_t, kPairwise> few;
    std::size_t count = 0;
    for (std::uint32_t i = map + 1; i < nodes_[map].end; i = nodes_[i].end) {
      if (count < kPairwise) few[count] = i;
      ++count;
    }
    if (count <= kPairwise) {
      pairwise({few.data(), count});
    } else {
      by_hash(map, count);
    }
  }

  void pairwise(std::span<const std::uint32_t> children) {
    for (std::size_t b = 1; b < children.size(); ++b) {
      for (std::size_t a = 0; a < b; ++a) {
        if (nodes_[children[a]].key != nodes_[children[b]].key) continue;
        fail(DocFault::duplicate_key, children[b], nodes_[children[b]].key);
      }
    }
  }

  void by_hash(std::uint32_t map, std::size_t count) {
    slots_.assign(std::bit_ceil(count * 2), 0);
    const std::size_t mask = slots_.size() - 1;
    for (std::uint32_t child = map + 1; child < nodes_[map].end; child = nodes_[child].end) {
      const std::string_view key = nodes_[child].key;
      std::size_t at = std::hash<std::string_view>{}(key)&mask;
      for (; slots_[at] != 0; at = (at + 1) & mask) {
        if (nodes_[slots_[at]].key == key) fail(DocFault::duplicate_key, child, key);
      }
      slots_[at] = child;  // never 0: that is the document itself
    }
  }

  const Nodes& nodes_;
  std::vector<std::uint32_t> slots_;  // hash table of nodes; 0 is free
  std::optional<DocError> error_;
};

}  // namespace

std::string_view name_of(DocFault fault) {
  switch (fault) {
    case DocFault::builder: return "the document was built wrongly";
    case DocFault::duplicate_key: return "a key stands twice in one map";
    case DocFault::not_utf8: return "text is not UTF-8";
    case DocFault::nul: return "text holds a NUL byte";
    case DocFault::not_a_number: return "a number is NaN or infinite";
    case DocFault::document_count: return "the format holds exactly one document";
    case DocFault::unfit: return "the format has no form for it";
  }
  return {};
}

std::string node_path(const Nodes& nodes, std::uint32_t target) {
  std::string path;
  std::uint32_t at = 0;
  while (at < nodes.size() && nodes[at].end <= target) at = nodes[at].end;  // its document
  while (at < target) {
    const bool in_map = nodes[at].kind == NodeKind::map;
    std::uint32_t child = at + 1;
    std::size_t index = 0;
    for (; nodes[child].end <= target; child = nodes[child].end) ++index;
    if (in_map) {
      if (!path.empty()) path += '.';
      path += nodes[child].key;
    } else {
      path += '[' + std::to_string(index) + ']';
    }
    at = child;
  }
  return path;
}

DocError unfit_node(const Nodes& nodes, std::uint32_t target, std::string why) {
  return {DocFault::unfit, node_path(nodes, target), std::move(why), nodes[target].origin};
}

std::optional<DocError> check_document(const Doc& doc) {
  if (!doc.fault().empty()) {
    return DocError{DocFault::builder, {}, std::string(doc.fault()), kNoOrigin};
  }
  return Checker(doc.nodes()).run();
}

std::optional<DocError> check_one_map(const Doc& doc, std::string_view format) {
  if (auto error = check_document(doc)) return error;
  const Nodes& nodes = doc.nodes();
  if (nodes.empty() || nodes[0].end != nodes.size()) {
    return DocError{DocFault::document_count, {}, {}, kNoOrigin};
  }
  if (nodes[0].kind == NodeKind::map) return std::nullopt;
  return unfit_node(nodes, 0, "one value: " + std::string(format) + " holds named entries");
}

}  // namespace hlab::emit
