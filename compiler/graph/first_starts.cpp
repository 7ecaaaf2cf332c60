#include "compiler/graph/first_starts.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>

namespace hlab::graph {
namespace {

using model::View;

/// What a service of a cluster without an engine is called here: it comes after what is handed over.
constexpr std::size_t kByHand = kNoHandover;

class Starts {
 public:
  Starts(const program::Program& program, const program::Lab& lab, const LabGraph& graph,
         bool pages)
      : program_(program), lab_(lab), graph_(graph), pages_(pages) {
    out_.handovers = handovers(program, lab, graph);
  }

  FirstStarts run() {
    for (const InstanceId id : graph_.nodes) learn(view(id));
    for (const InstanceId id : graph_.in_start_order()) {
      for (const Edge* edge : graph_.needs_of(id)) {
        if (counts(*edge)) need(*edge);
      }
    }
    for (std::size_t i = 0; i < out_.handovers.size(); ++i) before_handover(out_.handovers[i]);
    order();
    return std::move(out_);
  }

 private:
  /// Who is started first where nothing decides: what is handed over, then the rest.
  using Rank = std::tuple<bool, std::size_t, std::string, bool, std::uint32_t, std::string>;

  [[nodiscard]] View view(InstanceId id) const { return {program_, lab_, id}; }

  /// As what it is started: with its cluster, with its service, or as itself.
  void learn(const View& one) {
    InstanceId whole = one.id();
    std::size_t handover = kByHand;
    for (std::size_t i = 0; i < out_.handovers.size(); ++i) {
      const Handover& h = out_.handovers[i];
      if (h.brings(one)) whole = h.gitops.id();
      if (h.brings(one) || h.is_first(one) || h.gitops == one) handover = i;
    }
    if (one.is("object") && one.ref("of") && whole == one.id()) whole = one.ref("of").top().id();
    whole_[one.id().index] = whole;
    if (whole != one.id()) return;
    if (one.is("workload") && one.flag("extern")) return;  // it runs, an engine too
    const bool by_hand = one.is("workload") && one.ref("cluster");
    if (handover == kByHand && !by_hand) return;
    handover_of_[one.id().index] = handover;
    open_[one.id().index] = 0;
  }

  [[nodiscard]] InstanceId whole_of(InstanceId id) const {
    const InstanceId whole = whole_.at(id.index);
    return whole == id ? id : whole_.at(whole.index);
  }

  /// Nobody has to reach yet what is started before an engine.
  [[nodiscard]] bool counts(const Edge& edge) const {
    if (edge.mode != EdgeMode::start) return false;
    if (!pages_) return holds_back(edge);
    const View from = view(edge.from);
    const bool first = std::any_of(out_.handovers.begin(), out_.handovers.end(),
                                   [&](const Handover& h) { return h.is_first(from); });
    return !first || holds_back(edge);
  }

  /// Machines, secrets and the like are started elsewhere: what they need, whoever needs them does.
  void need(const Edge& edge) {
    const InstanceId from = whole_of(edge.from);
    const InstanceId to = whole_of(edge.to);
    std::vector<std::uint32_t> wanted{to.index};
    if (!open_.contains(to.index))
      wanted.assign(through_[to.index].begin(), through_[to.index].end());
    for (const std::uint32_t one : wanted) {
      if (!open_.contains(from.index)) {
        through_[from.index].insert(one);
      } else if (one != from.index && needs_[from.index].emplace(one, edge).second) {
        needed_by_[one].push_back(from);
        ++open_[from.index];
      }
    }
  }

  void before_handover(const Handover& handover) {
    const auto wait_for = [&](const View& service) {
      need({handover.gitops.id(), service.id(), EdgeMode::start, EdgeCause::use,
            handover.gitops.set_at("engine"), graph_.reasons->keep("it comes first")});
    };
    for (const View& service : handover.before) wait_for(service);
    if (handover.engine) wait_for(handover.engine);
  }

  [[nodiscard]] Rank rank_of(InstanceId id) const {
    const std::size_t handover = handover_of_.at(id.index);
    const View one = view(id);
    if (handover != kByHand)
      return {false, handover, "", one.is("gitops"), graph_.depth_of(id), one.path()};
    return {true,
            0,
            std::string(one.ref("cluster").name()),
            !one.is("secret-operator"),
            graph_.depth_of(id),
            one.path()};
  }

  void order() {
    std::map<Rank, InstanceId> ready;
    for (const auto& [index, open] : open_) {
      if (open == 0) ready.emplace(rank_of(InstanceId(index)), InstanceId(index));
    }
    std::set<std::uint32_t> done;
    while (!ready.empty()) {
      const InstanceId id = ready.begin()->second;
      ready.erase(ready.begin());
      done.insert(id.index);
      out_.order.push_back({view(id), handover_of_.at(id.index)});
      for (const InstanceId next : needed_by_[id.index]) {
        if (--open_[next.index] == 0) ready.emplace(rank_of(next), next);
      }
    }
    find_circle(done);
  }

  /// Whatever is left needs something that is left.
  void find_circle(const std::set<std::uint32_t>& done) {
    std::uint32_t at = 0xffffffffu;
    for (const auto& [index, open] : open_) {
      if (open > 0) at = std::min(at, index);
    }
    std::vector<Edge> path;
    std::map<std::uint32_t, std::size_t> seen;
    while (at != 0xffffffffu && seen.emplace(at, path.size()).second) {
      const auto& needs = needs_[at];
      const auto next = std::find_if(needs.begin(), needs.end(),
                                     [&](const auto& one) { return !done.contains(one.first); });
      if (next == needs.end()) return;
      path.push_back(next->second);
      at = next->first;
    }
    if (path.empty()) return;
    out_.circle.assign(path.begin() + static_cast<std::ptrdiff_t>(seen.at(at)), path.end());
  }

  const program::Program& program_;
  const program::Lab& lab_;
  const LabGraph& graph_;
  const bool pages_;  // whether the way to a page counts
  FirstStarts out_;
  std::unordered_map<std::uint32_t, InstanceId> whole_;
  std::unordered_map<std::uint32_t, std::size_t> handover_of_;  // of what is started by hand
  std::map<std::uint32_t, std::size_t> open_;                   // the same: needs that are left
  std::unordered_map<std::uint32_t, std::set<std::uint32_t>>
      through_;  // of all else: what that needs
  std::unordered_map<std::uint32_t, std::map<std::uint32_t, Edge>> needs_;
  std::unordered_map<std::uint32_t, std::vector<InstanceId>> needed_by_;
};

}  // namespace

FirstStarts first_starts(const program::Program& program, const program::Lab& lab,
                         const LabGraph& graph) {
  FirstStarts out = Starts(program, lab, graph, true).run();
  if (out.circle.empty()) return out;
  // Clusters that wait for each other's pages alone can be handed over in any order.
  return Starts(program, lab, graph, false).run();
}

}  // namespace hlab::graph
