#include "compiler/reach/assertions.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/check/check_diags.h"
#include "compiler/diag/worth_naming.h"
#include "compiler/reach/reach_diags.h"
#include "compiler/reach/separation.h"

namespace hlab::reach {

using program::EntryId;

std::vector<std::string> Assertions::names_of(Range path) const {
  std::vector<std::string> out;
  for (const syntax::PathName& one : syntax::view(program_.ast->path_names, path))
    out.emplace_back(program_.text(one.name));
  return out;
}

Span Assertions::span_of(Range path) const {
  const auto names = syntax::view(program_.ast->path_names, path);
  return join(names[0].span, names[names.size() - 1].span);
}

bool Assertions::report_end(const End& end, Range path) {
  if (end.found()) return true;
  const std::vector<std::string> names = names_of(path);
  const auto spans = syntax::view(program_.ast->path_names, path);
  if (end.ambiguous) {
    std::string kinds;
    for (const View& one : end.declared) {
      if (!kinds.empty()) kinds += " or ";
      kinds += fmt::format("`{}`", one.path());
    }
    diags_.report(check::kAmbiguousName, spans[0].span, names[0])
        .help(fmt::format("say {}", kinds));
    return false;
  }
  // A declaration of that name stands there, and what is wrong with it was said.
  const Symbol missing = program_.symbols->find(end.missing);
  if (end.within.empty() && missing && lab_.broken_names.contains(missing.index)) return false;
  const auto at = std::find(names.begin(), names.end(), end.missing);
  const std::size_t which = at == names.end() ? 0 : static_cast<std::size_t>(at - names.begin());
  const std::string where = end.within.empty() ? "" : fmt::format(" in `{}`", end.within);
  diags_.report(check::kUnknownName, spans[which].span, end.missing, where).suggest(end.near);
  return false;
}

void Assertions::resolve(EntryId assertion) {
  const syntax::Entry& entry = program_.ast->entries[assertion];
  const program::ModuleId module = program_.module_of(entry.span);
  Ends ends{find_end(program_, lab_, names_of(entry.base), module),
            find_end(program_, lab_, names_of(entry.refined), module)};
  const bool from = report_end(ends.from, entry.base);
  const bool to = report_end(ends.to, entry.refined);
  if (from && to) ends_.emplace(assertion.index, std::move(ends));
}

void Assertions::judge(const std::vector<EntryId>& assertions) {
  if (assertions.empty()) return;
  const ReachGraph graph = reach_graph(program_, lab_, Origins::everything);
  for (const EntryId id : assertions) {
    const auto ends = ends_.find(id.index);
    if (ends != ends_.end()) judge(graph, id, ends->second);
  }
}

namespace {

/// Of what a site or test goes without there is nothing to say.
bool is_gone(const End& end) {
  return !end.declared.empty() &&
         std::all_of(end.declared.begin(), end.declared.end(),
                     [](const View& one) { return one.lab().instances[one.id()].gone; });
}

std::string in_quotes(const std::string& name) {
  const std::size_t path = name.rfind(' ') + 1;  // behind words: `addresses of node.pi5`
  if (name == "the internet" || name.ends_with(" more")) return name;
  return name.substr(0, path) + "`" + name.substr(path) + "`";
}

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + in_quotes(name);
  return out;
}

}  // namespace

void Assertions::judge(const ReachGraph& graph, EntryId id, Ends ends) {
  const syntax::Entry& entry = program_.ast->entries[id];
  if (is_gone(ends.from) || is_gone(ends.to)) return;
  follow(ends.from);
  follow(ends.to);
  const bool from = report_end(ends.from, entry.base);
  if (!report_end(ends.to, entry.refined) || !from) return;
  const Places begin = beginnings(graph, program_, lab_, ends.from);
  const Places end = endings(graph, program_, lab_, ends.to);
  if (!begin.unfit.empty()) {
    diags_.report(kNoEnd, span_of(entry.base), "begins at", begin.unfit)
        .help(
            "it begins at a network, machine, cluster, service or person, or `internet`, `lan`, `vpn`");
  }
  if (!end.unfit.empty()) {
    diags_.report(kNoEnd, span_of(entry.refined), "ends at", end.unfit)
        .help(
            "it ends at a network, machine, cluster, service, endpoint or storage, or at `internet`");
  }
  if (!begin.unfit.empty() || !end.unfit.empty()) return;

  const bool forbidden = (entry.flags & syntax::kFlagNegated) != 0;
  if (!forbidden && (begin.each.empty() || end.each.empty())) {
    return report_missing(graph, entry, fmt::format("{}", fmt::join(names_of(entry.base), ".")),
                          fmt::format("{}", fmt::join(names_of(entry.refined), ".")), {},
                          ReachGraph::kNone, 0);
  }
  std::size_t wrong = 0;
  std::pair<std::size_t, std::size_t> first;
  for (std::size_t a = 0; a < begin.each.size(); ++a) {
    const std::vector<bool> there = reached(graph, begin.each[a].second);
    for (std::size_t b = 0; b < end.each.size(); ++b) {
      if (begin.each[a].first == end.each[b].first) continue;  // is there itself
      const std::uint32_t place = end.each[b].second.front();
      const bool is_there = place != ReachGraph::kNone && there[place];
      if (is_there == forbidden && wrong++ == 0) first = {a, b};
    }
  }
  if (wrong == 0) return;
  const auto& [from_name, starts] = begin.each[first.first];
  const auto& [to_name, stops] = end.each[first.second];
  if (forbidden) {
    report_found(graph, entry, from_name, to_name,
                 shortest(graph, starts, stops.front()).value_or(Path()), wrong - 1);
  } else {
    report_missing(graph, entry, from_name, to_name, starts, stops.front(), wrong - 1);
  }
}

void Assertions::report_found(const ReachGraph& graph, const syntax::Entry& entry,
                              const std::string& from, const std::string& to, const Path& path,
                              std::size_t more) {
  auto report = diags_.report(kPathFound, entry.span, in_quotes(from), in_quotes(to));
  std::size_t number = 0;
  for (const std::uint32_t at : path) {
    const Step& step = graph.steps()[at];
    const std::string text = fmt::format(
        "{}. {} -> {}: {}", ++number, place_name(program_, lab_, graph.places()[step.from]),
        place_name(program_, lab_, graph.places()[step.to]), step.reason);
    const Span span = step_at(program_, lab_, graph, step);
    if (span.valid()) {
      report.label(span, text);
    } else {
      report.note(text);
    }
  }
  if (entry.alias.valid()) report.note(fmt::format("because {}", program_.text(entry.alias)));
  if (more != 0) report.note(fmt::format("{} more that it forbids", more));
  const std::string mend = mend_of(program_, lab_, graph, path);
  if (!mend.empty()) report.help(mend);
}

void Assertions::report_missing(const ReachGraph& graph, const syntax::Entry& entry,
                                const std::string& from, const std::string& to,
                                const std::vector<std::uint32_t>& starts, std::uint32_t end,
                                std::size_t more) {
  auto report = diags_.report(kPathMissing, entry.span, in_quotes(from), in_quotes(to));
  if (entry.alias.valid()) report.note(fmt::format("because {}", program_.text(entry.alias)));
  if (starts.empty()) {
    report.note("there is nothing in the lab that one of these means");
    return;
  }
  if (!diag::worth_naming(diags_)) return;  // each goes through all places
  const Separation between = separation(program_, lab_, graph, starts, end);
  report.note(between.gets_to.empty()
                  ? fmt::format("{} gets nowhere else", in_quotes(from))
                  : fmt::format("{} gets to {}", in_quotes(from), listed(between.gets_to)));
  report.note(
      between.reached_from.empty()
          ? fmt::format("{} is reached from no network", in_quotes(to))
          : fmt::format("{} is reached from {}", in_quotes(to), listed(between.reached_from)));
  if (more != 0) report.note(fmt::format("{} more are missing", more));
  if (!between.unsaid.empty()) report.help(between.unsaid);
}

}  // namespace hlab::reach
