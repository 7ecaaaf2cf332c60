#include "emit/core/line_origin.h"

namespace hlab::emit {
namespace {

/// What stands above each node, found in one pass.
class Parents {
 public:
  explicit Parents(const std::vector<Node>& nodes) : nodes_(nodes), places_(nodes.size()) {
    for (std::uint32_t i = 0; i < nodes.size(); ++i) {
      if (!nodes[i].is_container()) continue;
      std::uint32_t index = 0;
      for (std::uint32_t child = i + 1; child < nodes[i].end; child = nodes[child].end)
        places_[child] = {i, index++};
    }
  }

  [[nodiscard]] std::vector<Origin> origins(std::uint32_t node) const {
    std::vector<Origin> out;
    for (; node != kNoNode; node = places_[node].parent) {
      if (is_known(nodes_[node].origin)) out.push_back(nodes_[node].origin);
    }
    return out;
  }

  [[nodiscard]] std::string path(std::uint32_t node) const {
    std::vector<std::uint32_t> way;
    for (; places_[node].parent != kNoNode; node = places_[node].parent) way.push_back(node);
    std::string out;
    for (auto at = way.rbegin(); at != way.rend(); ++at) {
      if (nodes_[places_[*at].parent].kind == NodeKind::seq) {
        out += '[' + std::to_string(places_[*at].index) + ']';
      } else {
        if (!out.empty()) out += '.';
        out += nodes_[*at].key;
      }
    }
    return out;
  }

 private:
  struct Place {
    std::uint32_t parent = kNoNode;
    std::uint32_t index = 0;
  };
  const std::vector<Node>& nodes_;
  std::vector<Place> places_;
};

}  // namespace

/// Not inline: writers that nobody asks only look whether somebody does.
void add_mark(LineMarks& marks, std::uint32_t line, std::uint32_t node) {
  marks.push_back({line, node});
}

LineSources line_sources(const Doc& doc, const LineMarks& marks) {
  const std::vector<Node>& nodes = doc.nodes();
  const Parents parents(nodes);
  LineSources out;
  for (const LineMark& mark : marks) {
    LineSource source;
    source.line = mark.line;
    if (mark.node != kNoNode) {
      const Node& node = nodes[mark.node];
      const bool block = node.is_container() && node.end != mark.node + 1;
      source.kind = block ? LineSource::Kind::block : LineSource::Kind::value;
      source.path = parents.path(mark.node);
      source.origins = parents.origins(mark.node);
      source.own = is_known(node.origin);
    }
    out.push_back(std::move(source));
  }
  return out;
}

}  // namespace hlab::emit
