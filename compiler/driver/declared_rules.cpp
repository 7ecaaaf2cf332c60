#include "compiler/driver/declared_rules.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <unordered_map>
#include <vector>

#include "compiler/check/check_diags.h"
#include "compiler/diag/suggest.h"
#include "compiler/driver/all_diags.h"
#include "compiler/driver/waiver_diags.h"

namespace hlab::driver {
namespace {

using syntax::Entry;
using syntax::EntryId;
using syntax::EntryKind;
using syntax::ExprKind;

/// A lab may have a kind of its own that is called so.
bool is_rule(const program::Program& program, const Entry& entry) {
  if (entry.kind != EntryKind::instance || entry.base.count != 1) return false;
  if (program.text(program.ast->path_names[entry.base.begin].name) != "rule") return false;
  const program::ModuleId module = program.module_of(entry.span);
  return program.find_kind(module, "rule") == program.core_kind("rule");
}

/// Of `rule NAME { ... }` in the order of the source. `may_miss`: in a loop or a branch, so that there may be none.
using VisitRule = std::function<void(EntryId rule, bool may_miss)>;

void each_rule(const program::Program& program, Range entries, bool may_miss,
               const VisitRule& visit) {
  for (const EntryId id : syntax::view(program.ast->entry_lists, entries)) {
    const Entry& entry = program.ast->entries[id];
    if (is_rule(program, entry)) visit(id, may_miss);
    if (entry.kind != EntryKind::loop && entry.kind != EntryKind::branch) continue;
    each_rule(program, entry.body, true, visit);
    each_rule(program, entry.else_body, true, visit);
  }
}

void each_rule(const program::Program& program, const VisitRule& visit) {
  for (const syntax::FileRoot& root : program.ast->files)
    each_rule(program, root.body, false, visit);
}

/// Where the rule says its code; else its name.
Span place_of_code(const program::Program& program, const Entry& rule) {
  for (const EntryId id : syntax::view(program.ast->entry_lists, rule.body)) {
    const Entry& field = program.ast->entries[id];
    if (field.kind != EntryKind::set || field.path.count != 1 || !field.value.valid()) continue;
    if (program.text(program.ast->segments[field.path.begin].name) == "code")
      return program.ast->exprs[field.value].span;
  }
  return rule.name_span;
}

void set_part(diag::DiagInfo& info, std::string_view field, std::string_view text) {
  if (field == "code") info.code = text;
  if (field == "title") info.title = text;
  if (field == "explain") info.explain = text;
  if (field == "bad") info.bad = text;
  if (field == "good") info.good = text;
  if (field == "severity" && text == "warning") info.severity = diag::Severity::warning;
}

/// Plain texts are read off the syntax tree without evaluating anything.
diag::DiagInfo rule_of(const program::Program& program, const Entry& rule) {
  diag::DiagInfo info;
  if (rule.name.valid()) info.name = program.text(rule.name);  // else it is computed
  for (const EntryId id : syntax::view(program.ast->entry_lists, rule.body)) {
    const Entry& field = program.ast->entries[id];
    if (field.kind != EntryKind::set || field.path.count != 1) continue;
    const syntax::Expr& value = program.ast->exprs[field.value];
    if (value.kind != ExprKind::string && value.kind != ExprKind::name) continue;
    set_part(info, program.text(program.ast->segments[field.path.begin].name),
             program.text(Symbol(value.a)));
  }
  return info;
}

/// What the fields of the rule have come to.
void set_computed(const program::Program& program, const program::Instance& rule,
                  diag::DiagInfo& info) {
  const auto& fields = program.kinds[rule.kind].fields;
  info.name = program.text(rule.name);
  for (std::uint32_t i = 0; i < rule.slot_count; ++i) {
    const program::Slot& slot = rule.slots[i];
    if (slot.state != program::SlotState::done) continue;
    const std::string_view field = program.text(fields[i].name);
    if (slot.result.is(values::ValueKind::string)) set_part(info, field, slot.result.as_text());
    if (slot.result.is(values::ValueKind::symbol))
      set_part(info, field, program.text(slot.result.as_symbol()));
  }
}

struct Declared {
  EntryId entry;
  diag::DiagInfo info;
};

std::vector<Declared> rules_in(const program::Program& program, const program::Lab& lab) {
  std::unordered_map<std::uint32_t, std::vector<const program::Instance*>> made;  // by EntryId
  const program::KindId kind = program.core_kind("rule");
  for (const program::Instance& one : lab.instances) {
    if (one.kind == kind && one.entry.valid() && one.slots != nullptr)
      made[one.entry.index].push_back(&one);
  }
  std::vector<Declared> rules;
  each_rule(program, [&](EntryId id, bool may_miss) {
    const diag::DiagInfo written = rule_of(program, program.ast->entries[id]);
    const auto found = made.find(id.index);
    if (found == made.end() && !may_miss) rules.push_back({id, written});
    if (found == made.end()) return;
    for (const program::Instance* const one : found->second) {
      rules.push_back({id, written});
      set_computed(program, *one, rules.back().info);
    }
  });
  return rules;
}

/// `check NAME: ...`
Span name_in(const SourceMap& sources, const Entry& check, std::string_view name) {
  constexpr std::size_t kWord = std::string_view("check").size();
  const std::size_t at = sources.text(check.span).find(name, kWord);
  const auto begin = static_cast<std::uint32_t>(check.span.begin + at);
  return {check.span.file, begin, begin + static_cast<std::uint32_t>(name.size())};
}

}  // namespace

std::deque<diag::DiagInfo> declared_rules(const program::Program& program,
                                          const program::Lab& lab) {
  std::deque<diag::DiagInfo> rules;
  for (const Declared& one : rules_in(program, lab)) rules.push_back(one.info);
  return rules;
}

void report_doubled_rules(const program::Program& program, const program::Lab& lab,
                          const SourceMap& sources, diag::Diagnostics& diags) {
  std::vector<Declared> of_lab = rules_in(program, lab);
  std::erase_if(of_lab, [&](const Declared& one) {
    return sources.file(program.ast->entries[one.entry].span.file).is_library;
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
  for (const Declared& one : of_lab) {
    const Entry& entry = program.ast->entries[one.entry];
    if (!one.info.code.empty()) tell("rule", one.info.code, place_of_code(program, entry), codes);
    tell("rule", one.info.name, entry.name_span, names);
  }
}

void report_checks_of_no_rule(const program::Program& program, const SourceMap& sources,
                              const std::deque<diag::DiagInfo>& rules, diag::Diagnostics& diags) {
  std::vector<std::string_view> names;
  names.reserve(rules.size());
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

bool has_broken_rule(const program::Program& program, const diag::Diagnostics& diags) {
  bool found = false;
  const auto errors = diags.sorted();
  each_rule(program, [&](EntryId rule, bool) {
    const Span whole = program.ast->entries[rule].span;
    found = found || std::any_of(errors.begin(), errors.end(), [&](const diag::Diagnostic* one) {
              return one->severity == diag::Severity::error && contains(whole, one->at);
            });
  });
  return found;
}

}  // namespace hlab::driver
