#include "compiler/reach/paths.h"

#include <algorithm>

namespace hlab::reach {

namespace {

/// The step by which a search came to each place.
struct Search {
  std::vector<std::uint32_t> by;
  std::vector<bool> seen;
};

Search search(const ReachGraph& graph, const std::vector<std::uint32_t>& from, bool forward) {
  const std::size_t count = graph.places().size();
  Search out{std::vector<std::uint32_t>(count, ReachGraph::kNone), std::vector<bool>(count)};
  std::vector<std::uint32_t> line;
  for (const std::uint32_t start : from) {
    if (start == ReachGraph::kNone || out.seen[start]) continue;
    out.seen[start] = true;
    line.push_back(start);
  }
  for (std::size_t at = 0; at < line.size(); ++at) {
    const std::uint32_t here = line[at];
    for (const std::uint32_t number : forward ? graph.out_of(here) : graph.into(here)) {
      const Step& step = graph.steps()[number];
      const std::uint32_t next = forward ? step.to : step.from;
      if (out.seen[next]) continue;
      out.seen[next] = true;
      out.by[next] = number;
      line.push_back(next);
    }
  }
  return out;
}

Path trace(const ReachGraph& graph, const Search& from, std::uint32_t to) {
  Path path;
  for (std::uint32_t at = to; from.by[at] != ReachGraph::kNone;) {
    path.push_back(from.by[at]);
    at = graph.steps()[from.by[at]].from;
  }
  std::reverse(path.begin(), path.end());
  return path;
}

/// Whether a place on the way leads to the end by a step of its own: then that is another way.
bool has_shortcut(const ReachGraph& graph, const Path& path, std::uint32_t to) {
  const auto leads_there = [&](std::uint32_t place) {
    const auto& out = graph.out_of(place);
    return place == to || std::any_of(out.begin(), out.end(), [&](std::uint32_t number) {
             return graph.steps()[number].to == to;
           });
  };
  return std::any_of(path.begin(), path.end(),
                     [&](std::uint32_t number) { return leads_there(graph.steps()[number].from); });
}

}  // namespace

std::optional<Path> shortest(const ReachGraph& graph, const std::vector<std::uint32_t>& from,
                             std::uint32_t to) {
  if (to == ReachGraph::kNone) return std::nullopt;
  const Search found = search(graph, from, true);
  if (!found.seen[to]) return std::nullopt;
  return trace(graph, found, to);
}

std::vector<Path> ways(const ReachGraph& graph, const std::vector<std::uint32_t>& from,
                       std::uint32_t to) {
  std::vector<Path> out;
  if (to == ReachGraph::kNone) return out;
  const Search found = search(graph, from, true);
  if (std::find(from.begin(), from.end(), to) != from.end()) return {Path()};
  for (const std::uint32_t last : graph.into(to)) {
    const std::uint32_t before = graph.steps()[last].from;
    if (!found.seen[before]) continue;
    Path path = trace(graph, found, before);
    if (has_shortcut(graph, path, to)) continue;
    path.push_back(last);
    out.push_back(std::move(path));
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Path& a, const Path& b) { return a.size() < b.size(); });
  return out;
}

std::vector<bool> reached(const ReachGraph& graph, const std::vector<std::uint32_t>& from) {
  return search(graph, from, true).seen;
}

std::vector<bool> reaching(const ReachGraph& graph, std::uint32_t to) {
  return search(graph, {to}, false).seen;
}

}  // namespace hlab::reach
