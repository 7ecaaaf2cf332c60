// `hlab graph --reach A B`: by which ways A reaches B, or what keeps them apart.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "compiler/commands/answer_reach.h"
#include "compiler/commands/commands.h"
#include "compiler/commands/field_notes.h"
#include "compiler/driver/compile.h"
#include "compiler/driver/exit_status.h"
#include "compiler/inspect/outline.h"
#include "compiler/reach/ends.h"
#include "compiler/reach/separation.h"

namespace hlab::commands {

using driver::Compilation;
using driver::kFine;
using driver::kNoWay;
using driver::kWrongUse;

namespace {

using reach::Path;
using Json = nlohmann::ordered_json;

constexpr std::size_t kMostWays = 12;

std::optional<reach::End> asked(const Compilation& run, const std::string& name, Console& console) {
  const auto names = inspect::path_names(name);
  reach::End end;
  if (names) end = reach::find_end(run.program, run.lab, *names, {});
  if (!names) end.missing = name;
  if (end.found()) reach::follow(end);
  if (end.found()) return end;
  if (end.ambiguous) {
    std::string kinds;
    for (const auto& one : end.declared) kinds += (kinds.empty() ? "" : " or ") + one.path();
    console.complain(fmt::format("hlab graph: `{}` could be {}\n", name, kinds));
    return std::nullopt;
  }
  const std::string where = end.within.empty() ? "the lab" : "`" + end.within + "`";
  const std::string hint = end.near.empty() ? "" : fmt::format("; did you mean `{}`?", end.near);
  console.complain(fmt::format("hlab graph: there is no `{}` in {}{}\n",
                               load::printable_name(end.missing), where, hint));
  return std::nullopt;
}

struct Pair {
  std::string from;
  std::string to;
  std::vector<Path> ways;
  reach::Separation between;
};

class Answer {
 public:
  Answer(const Compilation& run, const reach::ReachGraph& graph) : run_(run), graph_(graph) {}

  void add(const std::string& from, const std::vector<std::uint32_t>& starts, const std::string& to,
           std::uint32_t end) {
    Pair pair{from, to, reach::ways(graph_, starts, end), {}};
    if (pair.ways.empty())
      pair.between = reach::separation(run_.program, run_.lab, graph_, starts, end);
    reached_ = reached_ || !pair.ways.empty();
    pairs_.push_back(std::move(pair));
  }

  [[nodiscard]] bool reached() const { return reached_; }

  [[nodiscard]] std::string text() const {
    std::string out;
    for (const Pair& pair : pairs_) out += pair.ways.empty() ? apart(pair) : joined(pair);
    return out;
  }

  [[nodiscard]] std::string json() const {
    Json pairs = Json::array();
    for (const Pair& pair : pairs_) {
      Json ways = Json::array();
      for (const Path& way : pair.ways) {
        Json steps = Json::array();
        for (const std::uint32_t step : way) steps.push_back(json_step(graph_.steps()[step]));
        ways.push_back(steps);
      }
      Json one{
          {"from", pair.from}, {"to", pair.to}, {"reached", !pair.ways.empty()}, {"ways", ways}};
      if (pair.ways.empty()) {
        one["gets_to"] = pair.between.gets_to;
        one["reached_from"] = pair.between.reached_from;
      }
      pairs.push_back(one);
    }
    return Json({{"version", 1}, {"pairs", pairs}})
               .dump(2, ' ', false, Json::error_handler_t::replace) +
           "\n";
  }

 private:
  [[nodiscard]] Json json_step(const reach::Step& step) const {
    const Span at = reach::step_at(run_.program, run_.lab, graph_, step);
    return {{"from", name(step.from)},
            {"to", name(step.to)},
            {"reason", step.reason},
            {"file", at.valid() ? run_.sources.file(at.file).path : std::string()},
            {"line", at.valid() ? run_.sources.position(at.file, at.begin).line : 0}};
  }

  [[nodiscard]] std::string name(std::uint32_t place) const {
    return reach::place_name(run_.program, run_.lab, graph_.places()[place]);
  }

  [[nodiscard]] std::string joined(const Pair& pair) const {
    if (pair.ways.front().empty()) return fmt::format("{} is there itself\n", pair.from);
    const std::size_t count = pair.ways.size();
    std::string out = fmt::format("{} reaches {}{}:\n", pair.from, pair.to,
                                  count == 1 ? "" : fmt::format(", by {} ways", count));
    for (std::size_t i = 0; i < count && i < kMostWays; ++i) {
      if (i > 0) out += "\n";
      for (const std::uint32_t number : pair.ways[i]) {
        const reach::Step& step = graph_.steps()[number];
        const Span at = reach::step_at(run_.program, run_.lab, graph_, step);
        out += fmt::format("  {} -> {}\n      {}{}\n", name(step.from), name(step.to), step.reason,
                           at.valid() ? "  " + place_text(run_, at) : "");
      }
    }
    if (count > kMostWays)
      out += fmt::format("\n  and {} more; `--format json` has them all\n", count - kMostWays);
    return out;
  }

  [[nodiscard]] static std::string listed(const std::vector<std::string>& names) {
    return names.empty() ? "nowhere" : fmt::format("{}", fmt::join(names, ", "));
  }

  [[nodiscard]] static std::string apart(const Pair& pair) {
    std::string out = fmt::format("{} does not reach {}: no declaration leads there\n", pair.from,
                                  pair.to);
    out += fmt::format("  {} gets to: {}\n", pair.from, listed(pair.between.gets_to));
    out += fmt::format("  {} is reached from: {}\n", pair.to, listed(pair.between.reached_from));
    if (!pair.between.unsaid.empty()) out += fmt::format("  {}\n", pair.between.unsaid);
    return out;
  }

  const Compilation& run_;
  const reach::ReachGraph& graph_;
  std::vector<Pair> pairs_;
  bool reached_ = false;
};

}  // namespace

int answer_reach(const Compilation& run, const Options& options, Console& console) {
  const auto from = asked(run, options.reach[0], console);
  const auto to = asked(run, options.reach[1], console);
  if (!from || !to) return kWrongUse;
  const reach::ReachGraph graph = reach::reach_graph(run.program, run.lab,
                                                     reach::Origins::everything);
  const auto begin = reach::beginnings(graph, run.program, run.lab, *from);
  const auto end = reach::endings(graph, run.program, run.lab, *to);
  if (!begin.unfit.empty() || !end.unfit.empty()) {
    console.complain(
        fmt::format("hlab graph: no path {} `{}`; see `hlab explain no-end-of-a-path`\n",
                    begin.unfit.empty() ? "ends at" : "begins at",
                    begin.unfit.empty() ? end.unfit : begin.unfit));
    return kWrongUse;
  }
  Answer answer(run, graph);
  for (const auto& [from_name, starts] : begin.each) {
    for (const auto& [to_name, stops] : end.each) answer.add(from_name, starts, to_name, stops[0]);
  }
  if (begin.each.empty() || end.each.empty())
    console.complain(fmt::format("hlab graph: nothing in the lab is meant by `{}`\n",
                                 options.reach[begin.each.empty() ? 0 : 1]));
  console.print(options.graph_format == GraphFormat::json ? answer.json() : answer.text());
  return answer.reached() ? kFine : kNoWay;
}

}  // namespace hlab::commands
