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
#include "compiler/graph/parts.h"
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

/// `service.db.volume.data`, with or without the kind in front; none where it is no part.
InstanceId part_called(const Compilation& run, std::string_view name) {
  if (std::count(name.begin(), name.end(), '.') < 1) return {};
  for (std::uint32_t i = 0; i < run.lab.instances.size(); ++i) {
    const model::View one(run.program, run.lab, InstanceId(i));
    if (!run.lab.instances[one.id()].settled || !graph::is_part(one)) continue;
    const std::string path = one.path();
    if (path == name || std::string_view(path).substr(path.find('.') + 1) == name) return one.id();
  }
  return {};
}

/// The declarations that the names mean; nothing where one means none, which is said.
std::optional<std::vector<InstanceId>> named(const Compilation& run,
                                             const std::vector<std::string>& names,
                                             Console& console) {
  std::vector<InstanceId> out;
  for (const std::string& name : names) {
    if (const InstanceId part = part_called(run, name)) {
      out.push_back(part);
      continue;
    }
    const inspect::Found found = inspect::find(run.program, run.lab, name);
    if (!found.missing.empty()) {
      console.complain(fmt::format("hlab graph: there is no `{}` in the lab{}\n",
                                   load::printable_name(found.missing), hint(found.near)));
      return std::nullopt;
    }
    for (const inspect::Selection& one : found.selections) {
      out.push_back(one.instance.top().id());
    }
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

/// What people call it; a certificate is an endpoint for which somebody signs.
constexpr std::string_view kDnsName = "dns-name";
constexpr std::string_view kCertificate = "certificate";

std::vector<std::string> core_names(std::vector<std::string> kinds) {
  for (std::string& kind : kinds) {
    if (kind == kDnsName || kind == kCertificate) kind = "endpoint";
  }
  return kinds;
}

/// Whether the question is about parts: volumes, endpoints, disks, hardware.
bool asks_for_parts(const Compilation& run, const std::vector<InstanceId>& named,
                    const std::vector<program::KindId>& kinds) {
  const auto is_part = [&](InstanceId id) {
    return graph::is_part(model::View(run.program, run.lab, id));
  };
  if (std::any_of(named.begin(), named.end(), is_part)) return true;
  for (const std::string_view part : {"volume", "endpoint", "disk", "hardware"}) {
    const program::KindId kind = run.program.core_kind(part);
    for (const program::KindId asked : kinds) {
      if (run.program.is_kind(asked, kind)) return true;
    }
  }
  return false;
}

/// Nothing where the question names what is not there.
std::optional<graph::LabGraph> asked_for(const Compilation& run, const Options& options,
                                         Console& console) {
  const auto from = named(run, options.from, console);
  const auto to = named(run, options.to, console);
  const auto kinds = kinds_of(run, core_names(options.kinds), console);
  if (!from || !to || !kinds) return std::nullopt;
  graph::PartRequest request{*from, *to, options.edge_modes, {}};
  const auto& asked = options.kinds;
  const bool signed_only = std::find(asked.begin(), asked.end(), kCertificate) != asked.end() &&
                           std::find(asked.begin(), asked.end(), kDnsName) == asked.end();
  if (!kinds->empty()) {
    request.keeps = [&](InstanceId id) {
      const model::View one(run.program, run.lab, id);
      if (signed_only && one.is("endpoint")) return static_cast<bool>(one.ref("issuer"));
      return std::any_of(kinds->begin(), kinds->end(), [&](program::KindId kind) {
        return run.program.is_kind(run.lab.instances[id].kind, kind);
      });
    };
  }
  std::vector<InstanceId> named = *from;
  named.insert(named.end(), to->begin(), to->end());
  graph::LabGraph part = asks_for_parts(run, named, *kinds)
                             ? graph::part_of(graph::link_parts(run.program, run.lab, run.graph),
                                              request)
                             : graph::part_of(run.graph, request);
  if (part.nodes.empty()) console.complain("hlab graph: nothing in the lab answers to that\n");
  return part;
}

int print_order(const Compilation& run, const Options& options, Console& console) {
  const auto stages = graph::boot_stages(run.program, run.lab, run.graph);
  console.print(options.graph_format == GraphFormat::json
                    ? graph::order_json(stages, run.program, run.lab)
                    : graph::order_text(stages, run.program, run.lab));
  return status_of(run.diags);
}

}  // namespace

int command_graph(const Options& options, Console& console) {
  const bool list = options.order || !options.reach.empty();
  if (list && options.graph_format.value_or(GraphFormat::json) != GraphFormat::json) {
    console.complain(fmt::format("hlab graph: {} gives text, or JSON with --format json\n",
                                 options.order ? "--order" : "--reach"));
    return kWrongUse;
  }
  Compilation& run =
      console.keep(check_lab({.lab = options.lab, .locked = options.locked, .site = options.site}));
  show_diagnostics(run.sources, run.diags, options, console);
  if (run.diags.has_errors()) return status_of(run.diags);
  if (!options.reach.empty()) return answer_reach(run, options, console);
  if (options.order) return print_order(run, options, console);
  const auto part = asked_for(run, options, console);
  if (!part) return kWrongUse;
  console.print(graph_text(run, *part, options.graph_format.value_or(GraphFormat::dot)));
  return status_of(run.diags);
}

}  // namespace hlab::commands
