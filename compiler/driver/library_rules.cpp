#include "compiler/driver/library_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "compiler/diag/suggest.h"
#include "compiler/driver/waiver_diags.h"

namespace hlab::driver {
namespace {

using syntax::Entry;
using syntax::EntryKind;
using syntax::ExprKind;

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
  for (const syntax::FileRoot& root : program.ast->files) {
    for (const syntax::EntryId id : syntax::view(program.ast->entry_lists, root.body)) {
      const Entry& entry = program.ast->entries[id];
      if (entry.kind != EntryKind::instance || entry.base.count != 1) continue;
      if (program.text(program.ast->path_names[entry.base.begin].name) != "rule") continue;
      rules.push_back(rule_of(program, entry));
    }
  }
  return rules;
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
