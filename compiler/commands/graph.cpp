// `hlab graph`: what needs what, all of it or the part that is asked for.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "compiler/commands/answer_reach.h"
#include "compiler/commands/commands.h"
#include "compiler/diag/suggest.h"
#include "compiler/driver/compile.h"
#include "compiler/driver/exit_status.h"
#include "compiler/graph/graph_svg.h"
#include "compiler/graph/graph_text.h"
#include "compiler/graph/handover.h"
#include "compiler/graph/part.h"
#include "compiler/inspect/outline.h"

namespace hlab::commands {

using driver::check_lab;
using driver::Compilation;
using driver::kWrongUse;

namespace {

/// The declarations and their edges, as text that ends in a newline.
std::string graph_text(const Compilation& run, const graph::LabGraph& graph, GraphFormat format) {
  switch (format) {
    case GraphFormat::dot: return graph::to_dot(graph, run.program, run.lab);
    case GraphFormat::mermaid: return graph::to_mermaid(graph, run.program, run.lab);
    case GraphFormat::svg: return graph::to_svg(graph, run.program, run.lab);
    case GraphFormat::json: break;
  }
  return graph::to_json(graph, run.program, run.lab, run.sources);
}

using graph::InstanceId;

/// "; did you mean `...`?", or nothing.
std::string hint(std::string_view near) {
  return near.empty() ? "" : fmt::format("; did you mean `{}`?", near);
}

/// The declarations that the names mean; nothing where one means none, which is said.
std::optional<std::vector<InstanceId>> named(const Compilation& run,
                                             const std::vector<std::string>& names,
                                             Console& console) {
  std::vector<InstanceId> out;
  for (const std::string& name : names) {
    const inspect::Found found = inspect::find(run.program, run.lab, name);
    if (!found.missing.empty()) {
      console.complain(fmt::format("hlab graph: there is no `{}` in the lab{}\n",
                                   load::printable_name(found.missing), hint(found.near)));
      return std::nullopt;
    }
    for (const inspect::Selection& one : found.selections) out.push_back(one.instance.top().id());
  }
  return out;
}

std::optional<std::vector<program::KindId>> kinds_of(const Compilation& run,
                                                     const std::vector<std::string>& names,
                                                     Console& console) {
  std::vector<program::KindId> out;
  for (const std::string& name : names) {
    const std::string_view last = std::string_view(name).substr(name.rfind('.') + 1);
    std::vector<std::string_view> known;
    const std::size_t before = out.size();
    for (std::uint32_t i = 0; i < run.program.kinds.size(); ++i) {
      const program::KindId kind(i);
      known.push_back(run.program.text(run.program.kinds[kind].name));
      if (known.back() == last) out.push_back(kind);
    }
    if (out.size() > before) continue;
    console.complain(fmt::format("hlab graph: there is no kind `{}`{}\n",
                                 load::printable_name(name), hint(diag::closest(last, known))));
    return std::nullopt;
  }
  return out;
}

/// Nothing where the question names what is not there.
std::optional<graph::LabGraph> asked_for(const Compilation& run, const Options& options,
                                         Console& console) {
  const auto from = named(run, options.from, console);
  const auto to = named(run, options.to, console);
  const auto kinds = kinds_of(run, options.kinds, console);
  if (!from || !to || !kinds) return std::nullopt;
  graph::PartRequest request{*from, *to, options.edge_modes, {}};
  if (!kinds->empty()) {
    request.keeps = [&](InstanceId id) {
      return std::any_of(kinds->begin(), kinds->end(), [&](program::KindId kind) {
        return run.program.is_kind(run.lab.instances[id].kind, kind);
      });
    };
  }
  return graph::part_of(run.graph, request);
}

int print_order(const Compilation& run, GraphFormat format, Console& console) {
  if (format == GraphFormat::svg || format == GraphFormat::mermaid) {
    console.complain("hlab graph: --order is text, or JSON with --format json\n");
    return kWrongUse;
  }
  const auto stages = graph::boot_stages(run.program, run.lab, run.graph);
  console.print(format == GraphFormat::json ? graph::order_json(stages, run.program, run.lab)
                                            : graph::order_text(stages, run.program, run.lab));
  return status_of(run.diags);
}

}  // namespace

int command_graph(const Options& options, Console& console) {
  Compilation& run =
      console.keep(check_lab({.lab = options.lab, .locked = options.locked, .site = options.site}));
  show_diagnostics(run.sources, run.diags, options, console);
  if (run.diags.has_errors()) return status_of(run.diags);
  if (!options.reach.empty()) return answer_reach(run, options, console);
  if (options.order) return print_order(run, options.graph_format, console);
  const auto part = asked_for(run, options, console);
  if (!part) return kWrongUse;
  console.print(graph_text(run, *part, options.graph_format));
  return status_of(run.diags);
}

}  // namespace hlab::commands
