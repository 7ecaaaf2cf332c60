#include "compiler/graph/graph_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace hlab::graph {
namespace {

std::string_view mode_name(EdgeMode mode) {
  if (mode == EdgeMode::start) return "start";
  return mode == EdgeMode::run ? "run" : "value";
}

/// In quotes, with what would end them escaped.
std::string dot_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

std::size_t position(const LabGraph& graph, InstanceId id) {
  return static_cast<std::size_t>(std::lower_bound(graph.nodes.begin(), graph.nodes.end(), id) -
                                  graph.nodes.begin());
}

}  // namespace

std::string to_dot(const LabGraph& graph, const program::Program& program,
                   const program::Lab& lab) {
  const auto name = [&](InstanceId id) {
    return dot_text(program::instance_path(program, lab, id));
  };
  std::string out = "digraph lab {\n  rankdir = LR;\n  node [shape = box];\n";
  for (const InstanceId id : graph.nodes) out += fmt::format("  {};\n", name(id));
  for (const Edge& edge : graph.edges) {
    const std::string_view style = edge.mode == EdgeMode::start ? "solid"
                                   : edge.mode == EdgeMode::run ? "dashed"
                                                                : "dotted";
    out += fmt::format("  {} -> {} [style = {}];\n", name(edge.from), name(edge.to), style);
  }
  return out + "}\n";
}

std::string to_mermaid(const LabGraph& graph, const program::Program& program,
                       const program::Lab& lab) {
  std::string out = "flowchart LR\n";
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    std::string label = program::instance_path(program, lab, graph.nodes[i]);
    for (std::size_t at = 0; (at = label.find('"', at)) != std::string::npos;)
      label.replace(at, 1, "#quot;");
    out += fmt::format("  n{}[\"{}\"]\n", i, label);
  }
  for (const Edge& edge : graph.edges) {
    const std::string_view arrow = edge.mode == EdgeMode::start ? "-->" : "-.->";
    out += fmt::format("  n{} {} n{}\n", position(graph, edge.from), arrow,
                       position(graph, edge.to));
  }
  return out;
}

std::string to_json(const LabGraph& graph, const program::Program& program, const program::Lab& lab,
                    const SourceMap& sources) {
  using nlohmann::ordered_json;
  const auto name = [&](InstanceId id) { return program::instance_path(program, lab, id); };
  ordered_json nodes = ordered_json::array();
  for (const InstanceId id : graph.nodes) {
    nodes.push_back(
        {{"id", name(id)},
         {"kind", std::string(program.text(program.kinds[lab.instances[id].kind].name))}});
  }
  ordered_json edges = ordered_json::array();
  for (const Edge& edge : graph.edges) {
    const bool placed = edge.at.valid();
    edges.push_back({{"from", name(edge.from)},
                     {"to", name(edge.to)},
                     {"mode", std::string(mode_name(edge.mode))},
                     {"reason", *edge.reason},
                     {"file", placed ? sources.file(edge.at.file).path : std::string()},
                     {"line", placed ? sources.position(edge.at.file, edge.at.begin).line : 0}});
  }
  ordered_json whole{{"version", 1}, {"nodes", nodes}, {"edges", edges}};
  return whole.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

std::string order_text(const std::vector<std::vector<InstanceId>>& stages,
                       const program::Program& program, const program::Lab& lab) {
  const std::size_t width = std::to_string(stages.size()).size();
  std::string out;
  for (std::size_t i = 0; i < stages.size(); ++i) {
    for (const InstanceId id : stages[i]) {
      const std::string number = id == stages[i].front() ? std::to_string(i + 1) : "";
      out += fmt::format("{:>{}}  {}\n", number, width, program::instance_path(program, lab, id));
    }
  }
  return out;
}

std::string order_json(const std::vector<std::vector<InstanceId>>& stages,
                       const program::Program& program, const program::Lab& lab) {
  using nlohmann::ordered_json;
  ordered_json start = ordered_json::array();
  for (const std::vector<InstanceId>& stage : stages) {
    ordered_json names = ordered_json::array();
    for (const InstanceId id : stage) names.push_back(program::instance_path(program, lab, id));
    start.push_back(std::move(names));
  }
  ordered_json stop = ordered_json::array();
  for (std::size_t i = start.size(); i-- > 0;) stop.push_back(start[i]);
  ordered_json whole{{"version", 1}, {"start", start}, {"stop", stop}};
  return whole.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace hlab::graph
