// The order of the whole lab: `start` edges, and between them the handovers to GitOps engines.
#include <algorithm>
#include <map>

#include "compiler/graph/handover.h"

namespace hlab::graph {
namespace {

using model::View;

class Stages {
 public:
  Stages(const program::Program& program, const program::Lab& lab, const LabGraph& graph)
      : program_(program), lab_(lab), graph_(graph), handovers_(handovers(program, lab, graph)) {}

  std::vector<std::vector<InstanceId>> run() {
    link();
    settle();
    std::vector<std::vector<InstanceId>> out;
    for (const auto& [stage, ids] : of_stage()) out.push_back(ids);
    return out;
  }

 private:
  void link() {
    for (const InstanceId id : graph_.nodes) {
      const View view(program_, lab_, id);
      const bool by_hand = std::any_of(handovers_.begin(), handovers_.end(),
                                       [&](const Handover& h) { return h.is_first(view); });
      auto& needs = needs_[id];
      for (const Edge* edge : graph_.needs_of(id)) {
        if (by_hand ? holds_back(*edge) : edge->mode == EdgeMode::start) needs.push_back(edge->to);
      }
      for (const Handover& handover : handovers_) {
        if (handover.brings(view)) needs.push_back(handover.gitops.id());
        if (!(handover.gitops == view)) continue;
        needs.push_back(handover.cluster.id());
        if (handover.engine) needs.push_back(handover.engine.id());
      }
    }
  }

  /// The longest chain below each node, of what starts at all; what turns in a circle was reported, and
  /// stays last.
  void settle() {
    std::map<InstanceId, std::size_t> open;
    std::map<InstanceId, std::vector<InstanceId>> needed_by;
    std::vector<InstanceId> ready;
    for (const auto& [id, needs] : needs_) {
      open[id] = needs.size();
      for (const InstanceId need : needs) needed_by[need].push_back(id);
      if (needs.empty()) ready.push_back(id);
    }
    for (std::size_t i = 0; i < ready.size(); ++i) {
      for (const InstanceId id : needed_by[ready[i]]) {
        const bool counts = starts(View(program_, lab_, ready[i]));
        stage_[id] = std::max(stage_[id], stage_[ready[i]] + (counts ? 1 : 0));
        if (--open[id] == 0) ready.push_back(id);
      }
    }
    for (const auto& [id, left] : open) {
      if (left > 0) stage_[id] = needs_.size();
    }
  }

  [[nodiscard]] bool starts(const View& view) const {
    return view.is("node") || view.is("cluster") || view.is("service") || view.is("gitops");
  }

  /// Only what somebody starts.
  std::map<std::size_t, std::vector<InstanceId>> of_stage() {
    std::map<std::size_t, std::vector<InstanceId>> out;
    for (const InstanceId id : graph_.in_start_order()) {
      if (starts(View(program_, lab_, id))) out[stage_[id]].push_back(id);
    }
    return out;
  }

  const program::Program& program_;
  const program::Lab& lab_;
  const LabGraph& graph_;
  const std::vector<Handover> handovers_;
  std::map<InstanceId, std::vector<InstanceId>> needs_;
  std::map<InstanceId, std::size_t> stage_;
};

}  // namespace

std::vector<std::vector<InstanceId>> boot_stages(const program::Program& program,
                                                 const program::Lab& lab, const LabGraph& graph) {
  return Stages(program, lab, graph).run();
}

}  // namespace hlab::graph
