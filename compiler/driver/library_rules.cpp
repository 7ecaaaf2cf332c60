#include "compiler/driver/library_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <vector>

#include "compiler/check/check_diags.h"
#include "compiler/diag/suggest.h"
#include "compiler/driver/all_diags.h"
#include "compiler/driver/waiver_diags.h"

namespace hlab::driver {
namespace {

using syntax::Entry;
using syntax::EntryKind;
using syntax::ExprKind;

/// Of `rule NAME { ... }` in the order of the source.
void each_rule(const program::Program& program, const std::function<void(const Entry&)>& visit) {
  for (const syntax::FileRoot& root : program.ast->files) {
    for (const syntax::EntryId id : syntax::view(program.ast->entry_lists, root.body)) {
      const Entry& entry = program.ast->entries[id];
      if (entry.kind != EntryKind::instance || entry.base.count != 1) continue;
      if (program.text(program.ast->path_names[entry.base.begin].name) != "rule") continue;
      // A lab may have a kind of its own that is called so.
      const program::ModuleId module = program.module_of(entry.span);
      if (program.find_kind(module, "rule") == program.core_kind("rule")) visit(entry);
    }
  }
}

/// Where the rule says its code; else its name.
Span place_of_code(const program::Program& program, const Entry& rule) {
  for (const syntax::EntryId id : syntax::view(program.ast->entry_lists, rule.body)) {
    const Entry& field = program.ast->entries[id];
    if (field.kind != EntryKind::set || field.path.count != 1 || !field.value.valid()) continue;
    if (program.text(program.ast->segments[field.path.begin].name) == "code")
      return program.ast->exprs[field.value].span;
  }
  return rule.name_span;
}

/// Rules are plain texts, so they are read off the syntax tree without evaluating anything.
diag::DiagInfo rule_of(const program::Program& program, const Entry& rule) {
  diag::DiagInfo info;
  info.name = program.text(rule.name);
  for (const syntax::EntryId id : syntax::view(program.ast->entry_lists, rule.body)) {
    const Entry& field = program.ast->entries[id];
    if (field.kind != EntryKind::set || field.path.count != 1) continue;
    const std::string_view name = program.text(program.ast->segments[field.path.begin].name);
    const syntax::Expr& value = program.ast->exprs[field.value];
    if (value.kind != ExprKind::string && value.kind != ExprKind::name) continue;
    const std::string_view text = program.text(Symbol(value.a));
    if (name == "code") info.code = text;
    if (name == "title") info.title = text;
    if (name == "explain") info.explain = text;
    if (name == "bad") info.bad = text;
    if (name == "good") info.good = text;
    if (name == "severity" && text == "warning") info.severity = diag::Severity::warning;
  }
  return info;
}

/// `check NAME: ...`
Span name_in(const SourceMap& sources, const Entry& check, std::string_view name) {
  constexpr std::size_t kWord = std::string_view("check").size();
  const std::size_t at = sources.text(check.span).find(name, kWord);
  const auto begin = static_cast<std::uint32_t>(check.span.begin + at);
  return {check.span.file, begin, begin + static_cast<std::uint32_t>(name.size())};
}

}  // namespace

std::deque<diag::DiagInfo> library_rules(const program::Program& program) {
  std::deque<diag::DiagInfo> rules;
  each_rule(program, [&](const Entry& entry) { rules.push_back(rule_of(program, entry)); });
  return rules;
}

void report_doubled_rules(const program::Program& program, const SourceMap& sources,
                          diag::Diagnostics& diags) {
  std::vector<const Entry*> of_lab;
  each_rule(program, [&](const Entry& rule) {
    if (!sources.file(rule.span.file).is_library) of_lab.push_back(&rule);
  });
  if (of_lab.empty()) return;
  const diag::Registry of_hlab = all_diagnostics();
  std::map<std::string_view, Span> codes, names;
  const auto tell = [&](std::string_view what, std::string_view written, Span at,
                        std::map<std::string_view, Span>& known) {
    const auto [first, added] = known.emplace(written, at);
    const bool own = of_hlab.find(written) != nullptr;
    if (added && !own) return;
    auto report = diags.report(check::kDeclaredTwice, at, what, written);
    if (!added) report.label(first->second, "declared here first");
    if (own)
      report.help("hlab has it itself: choose another one; no code of hlab's begins with HL9");
  };
  for (const Entry* const entry : of_lab) {
    const diag::DiagInfo rule = rule_of(program, *entry);
    if (!rule.code.empty()) tell("rule", rule.code, place_of_code(program, *entry), codes);
    tell("rule", rule.name, entry->name_span, names);
  }
}

void report_checks_of_no_rule(const program::Program& program, const SourceMap& sources,
                              const std::deque<diag::DiagInfo>& rules, diag::Diagnostics& diags) {
  std::vector<std::string_view> names;
  for (const diag::DiagInfo& rule : rules) names.push_back(rule.name);
  for (const Entry& entry : program.ast->entries) {
    if (entry.kind != EntryKind::check || !entry.name.valid()) continue;
    const std::string_view name = program.text(entry.name);
    if (sources.file(entry.span.file).is_library ||
        std::find(names.begin(), names.end(), name) != names.end())
      continue;
    diags.report(kCheckOfNoRule, name_in(sources, entry, name), name)
        .help(fmt::format("declare it, `rule {} {{ ... }}`, or leave the name away", name))
        .suggest(diag::closest(name, names));
  }
}

}  // namespace hlab::driver
