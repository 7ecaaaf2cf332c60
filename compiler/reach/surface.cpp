#include "compiler/reach/surface.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/model/reason.h"

namespace hlab::reach {

using values::ValueKind;

namespace {

std::string login_of(const View& endpoint) {
  const values::Value& login = endpoint.value("login");
  if (login.is(ValueKind::variant)) {
    const View by = endpoint.of(login.variant->payload);
    return fmt::format("{}({})", endpoint.program().text(login.variant->tag),
                       by ? by.name() : std::string_view());
  }
  const std::string word = endpoint.text_of(login);
  return word == "unsaid" ? "" : word;
}

class Lister {
 public:
  Lister(const program::Program& program, const program::Lab& lab, const ReachGraph& graph)
      : program_(program), lab_(lab), graph_(graph) {}

  Surface of(std::uint32_t start, View network, std::string name) const {
    Surface out{network, std::move(name), {}};
    const std::vector<bool> there = reached(graph_, {start});
    for (std::uint32_t i = 0; i < graph_.places().size(); ++i) {
      if (there[i]) add(start, i, there, out);
    }
    std::stable_sort(out.openings.begin(), out.openings.end(),
                     [](const Opening& a, const Opening& b) {
                       return a.what.top().id().index < b.what.top().id().index;
                     });
    return out;
  }

 private:
  /// Whether nothing leads to the endpoint but its port of the machines, which is listed itself.
  [[nodiscard]] bool is_by_node_port(const std::vector<bool>& there, std::uint32_t at) const {
    const auto& into = graph_.into(at);
    return std::all_of(into.begin(), into.end(), [&](std::uint32_t number) {
      const std::uint32_t from = graph_.steps()[number].from;
      const Place& place = graph_.places()[from];
      return !there[from] ||
             (place.kind == PlaceKind::host_port && place.id == graph_.places()[at].id);
    });
  }

  void add(std::uint32_t start, std::uint32_t at, const std::vector<bool>& there,
           Surface& out) const {
    const Place& place = graph_.places()[at];
    const View view = place.id.valid() ? View(program_, lab_, place.id) : View();
    Opening opening{view, {}, {}, {}, {}};
    if (place.kind == PlaceKind::endpoint) {
      opening.where = view.text("url");
      opening.login = login_of(view);
      opening.reason = model::reason_of(view, view.value("login"));
      if (is_by_node_port(there, at)) return;
    } else if (place.kind == PlaceKind::host_port) {
      opening.where = place.detail;
      if (view.is("endpoint")) {
        opening.where += fmt::format(" of each machine of {}", view.top().ref("cluster").path());
        opening.login = login_of(view);
        opening.reason = model::reason_of(view, view.value("login"));
      }
    } else if (place.kind == PlaceKind::cluster) {
      opening.where = fmt::format("port {}/tcp", view.number("api-port", 6443));
    } else {
      return;
    }
    opening.path = shortest(graph_, {start}, at).value_or(Path());
    out.openings.push_back(std::move(opening));
  }

  const program::Program& program_;
  const program::Lab& lab_;
  const ReachGraph& graph_;
};

}  // namespace

std::vector<Surface> surfaces(const program::Program& program, const program::Lab& lab,
                              const ReachGraph& graph) {
  const Lister lister(program, lab, graph);
  std::vector<Surface> out;
  out.push_back(lister.of(graph.find(PlaceKind::internet), View(), "internet"));
  for (const View& network : model::all(program, lab, "network")) {
    if (network.is("pool")) continue;
    out.push_back(
        lister.of(graph.find(PlaceKind::in_network, network.id()), network, network.path()));
  }
  return out;
}

std::string way_of(const program::Program& program, const program::Lab& lab,
                   const ReachGraph& graph, const Path& path) {
  std::string out;
  for (std::size_t i = 1; i < path.size(); ++i) {
    const Place& place = graph.places()[graph.steps()[path[i]].from];
    out += fmt::format("{}{}", out.empty() ? "" : ", ", place_name(program, lab, place));
  }
  if (!out.empty() || path.empty()) return out;
  return graph.steps()[path.back()].reason;
}

}  // namespace hlab::reach
