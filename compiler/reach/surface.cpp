#include "compiler/reach/surface.h"

#include <fmt/format.h>

#include <algorithm>

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

/// `login = none because "..."`.
std::string reason_of(const View& endpoint) {
  const values::Value& login = endpoint.value("login");
  const auto& exprs = endpoint.program().ast->exprs;
  if (!login.origin.valid()) return "";
  const syntax::Expr& written = exprs[login.origin];
  const bool has_reason = written.kind == syntax::ExprKind::because;
  return has_reason ? std::string(endpoint.program().text(Symbol(written.b))) : "";
}

class Lister {
 public:
  Lister(const program::Program& program, const program::Lab& lab, const ReachGraph& graph)
      : program_(program), lab_(lab), graph_(graph) {}

  Surface of(std::uint32_t start, View network, std::string name) const {
    Surface out{network, std::move(name), {}};
    const std::vector<bool> there = reached(graph_, {start});
    for (std::uint32_t i = 0; i < graph_.places().size(); ++i) {
      if (there[i]) add(start, i, out);
    }
    std::stable_sort(out.openings.begin(), out.openings.end(),
                     [](const Opening& a, const Opening& b) {
                       return a.what.top().id().index < b.what.top().id().index;
                     });
    return out;
  }

 private:
  void add(std::uint32_t start, std::uint32_t at, Surface& out) const {
    const Place& place = graph_.places()[at];
    const View view = place.id.valid() ? View(program_, lab_, place.id) : View();
    Opening opening{view, {}, {}, {}, {}};
    if (place.kind == PlaceKind::endpoint) {
      opening.where = view.text("url");
      opening.login = login_of(view);
      opening.reason = reason_of(view);
    } else if (place.kind == PlaceKind::host_port) {
      opening.where = place.detail;
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
