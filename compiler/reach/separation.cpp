#include "compiler/reach/separation.h"

#include <fmt/format.h>

#include <algorithm>

namespace hlab::reach {

Span step_at(const program::Program& program, const program::Lab& lab, const ReachGraph& graph,
             const Step& step) {
  if (step.at.valid() && !program.modules[program.module_of(step.at)].library) return step.at;
  const InstanceId id = graph.places()[step.to].id;
  if (!id.valid()) return step.at;
  return View(program, lab, id).top().declared_at();
}

namespace {

constexpr std::size_t kMostNames = 6;

bool tells(PlaceKind kind) {
  return kind == PlaceKind::internet || kind == PlaceKind::in_network ||
         kind == PlaceKind::routed || kind == PlaceKind::pods;
}

bool begins(PlaceKind kind) { return kind == PlaceKind::internet || kind == PlaceKind::in_network; }

std::vector<std::string> names(const program::Program& program, const program::Lab& lab,
                               const ReachGraph& graph, const std::vector<bool>& in,
                               bool (*wanted)(PlaceKind)) {
  std::vector<std::string> out;
  for (std::uint32_t i = 0; i < graph.places().size(); ++i) {
    const Place& place = graph.places()[i];
    if (!in[i] || !wanted(place.kind)) continue;
    const std::string name = place_name(program, lab, place);
    if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
  }
  if (out.size() > kMostNames) {
    const std::size_t more = out.size() - kMostNames;
    out.resize(kMostNames);
    out.push_back(fmt::format("{} more", more));
  }
  return out;
}

/// A network with a gateway among those places; the first one.
View with_gateway(const program::Program& program, const program::Lab& lab, const ReachGraph& graph,
                  const std::vector<bool>& in) {
  for (std::uint32_t i = 0; i < graph.places().size(); ++i) {
    const Place& place = graph.places()[i];
    if (!in[i] || place.kind != PlaceKind::in_network) continue;
    const View network(program, lab, place.id);
    if (network.has("gateway")) return network;
  }
  return {};
}

}  // namespace

Separation separation(const program::Program& program, const program::Lab& lab,
                      const ReachGraph& graph, const std::vector<std::uint32_t>& from,
                      std::uint32_t to) {
  std::vector<bool> forward = reached(graph, from);
  const std::vector<bool> back = reaching(graph, to);
  const View here = with_gateway(program, lab, graph, forward);
  for (const std::uint32_t start : from) {
    if (start != ReachGraph::kNone) forward[start] = false;
  }
  Separation out{
      names(program, lab, graph, forward, tells), names(program, lab, graph, back, begins), {}};
  const View there = with_gateway(program, lab, graph, back);
  if (here && there) {
    out.unsaid = fmt::format(
        "`{0}` and `{1}` both have a gateway: what the router does between them is not said; `reaches` of "
        "`{0}` would say that it lets them through",
        here.name(), there.name());
  }
  return out;
}

std::string mend_of(const program::Program& program, const program::Lab& lab,
                    const ReachGraph& graph, const Path& path) {
  for (const std::uint32_t number : path) {
    const Step& step = graph.steps()[number];
    const Place& from = graph.places()[step.from];
    const Place& to = graph.places()[step.to];
    const auto name = [&](const Place& place) {
      return std::string(View(program, lab, place.id).name());
    };
    if (to.kind == PlaceKind::routed && to.detail.empty())
      return fmt::format("without `{}` in `reaches` of `{}` the way is shut", name(to), name(from));
    if (to.kind == PlaceKind::routed) return "without that route the way is shut";
    if (from.kind == PlaceKind::tunnel) return "without `through` the internet has no way in";
    if (to.kind == PlaceKind::node && from.kind == PlaceKind::in_network)
      return fmt::format("in another network than `{}` it would be apart", name(from));
    const bool is_open = to.kind == PlaceKind::endpoint &&
                         View(program, lab, to.id).text("audience") == "lan";
    if (is_open && from.kind == PlaceKind::door)
      return "as `vpn` it would be reached by the private network alone";
  }
  return "";
}

}  // namespace hlab::reach
