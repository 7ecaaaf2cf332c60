#include "compiler/driver/varied_findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "compiler/check/check_diags.h"
#include "compiler/driver/waiver_diags.h"
#include "compiler/evaluate/evaluate_diags.h"
#include "compiler/rules/kubernetes/lab_rules.h"

namespace hlab::driver {
namespace {

using syntax::Entry;
using syntax::EntryKind;

/// Says that something is there which nothing needs: a site that leaves its user out leaves it too.
bool is_about_use(const diag::Diagnostic& item) {
  const diag::DiagInfo* const about[] = {&rules::kUnusedSecret.info, &rules::kUnusedIssuer.info,
                                         &evaluate::kUnusedDefault.info, &kUnusedWaiver.info};
  return std::find(std::begin(about), std::end(about), item.info) != std::end(about);
}

/// The entries around a place, outermost first.
std::vector<syntax::EntryId> entries_around(const syntax::Ast& ast, Span at) {
  std::vector<syntax::EntryId> around;
  for (std::uint32_t i = 0; i < ast.entries.size(); ++i) {
    const syntax::EntryId id(i);
    if (contains(ast.entries[id].span, at)) around.push_back(id);
  }
  std::sort(around.begin(), around.end(), [&](syntax::EntryId a, syntax::EntryId b) {
    const Span x = ast.entries[a].span, y = ast.entries[b].span;
    return std::pair(x.begin, y.end) < std::pair(y.begin, x.end);
  });
  return around;
}

/// `service.mqtt`, of what the lab's own folder declares with that entry.
std::string declared_path(const Compilation& run, syntax::EntryId entry) {
  for (std::uint32_t i = 0; i < run.lab.instances.size(); ++i) {
    const program::InstanceId id(i);
    const program::Instance& one = run.lab.instances[id];
    if (one.entry != entry || one.owner.valid() || one.module != run.program.lab_module) continue;
    return program::instance_path(run.program, run.lab, id);
  }
  return "";
}

/// `override service.mqtt.replicas 2 -> 3` for the value that stands at `at`; none where that is in a loop, a kind, or
/// no field's whole value.
std::optional<std::string> override_for(const Compilation& run, Span at, std::string_view value) {
  const std::vector<syntax::EntryId> around = entries_around(run.ast, at);
  if (around.size() < 2) return std::nullopt;
  std::string path = declared_path(run, around.front());
  if (path.empty()) return std::nullopt;
  for (auto entry = around.begin() + 1; entry != around.end(); ++entry) {
    const Entry& e = run.ast.entries[*entry];
    if (e.kind != EntryKind::set && e.kind != EntryKind::block) return std::nullopt;
    path += fmt::format(".{}", run.sources.text(e.name_span));
  }
  const Entry& last = run.ast.entries[around.back()];
  if (!last.value.valid() || run.ast.exprs[last.value].span != at) return std::nullopt;
  return fmt::format("override {} {} -> {}", path, run.sources.text(at), value);
}

/// Its fixes would change what the lab says, where it is right.
void spare_lab(const Compilation& run, const Entry& variation, diag::Diagnostic& item) {
  const auto is_own = [&](const diag::Edit& edit) { return contains(variation.span, edit.span); };
  const auto is_of_lab = [&](const diag::Fix& fix) {
    return !std::all_of(fix.edits.begin(), fix.edits.end(), is_own);
  };
  const auto fix = std::find_if(item.fixes.begin(), item.fixes.end(), is_of_lab);
  if (fix == item.fixes.end()) return;
  const bool whole = fix->edits.size() == 1;
  const auto instead = whole ? override_for(run, fix->edits[0].span, fix->edits[0].text)
                             : std::nullopt;
  if (instead) {
    item.help += fmt::format("{}for this {} alone: `{}`", item.help.empty() ? "" : "; ",
                             variation.kind == EntryKind::site ? "site" : "test", *instead);
  }
  std::erase_if(item.fixes, is_of_lab);
}

}  // namespace

KnownFindings::KnownFindings(const diag::Diagnostics& diags) {
  for (const diag::Diagnostic* item : diags.sorted()) told_.insert(told(*item));
}

bool KnownFindings::have(const diag::Diagnostic& item) const { return told_.contains(told(item)); }

KnownFindings::Told KnownFindings::told(const diag::Diagnostic& item) {
  // Where something cannot stand is said in other words of a site.
  const bool misplaced = item.info == &check::kMisplaced.info;
  return {item.at.file.index, item.at.begin, item.at.end, item.info->code,
          misplaced ? std::string_view() : item.message};
}

syntax::EntryId variation_at(const syntax::Ast& ast, const std::vector<syntax::EntryId>& variations,
                             Span at) {
  const auto place = [](Span span) { return std::pair(span.file.index, span.begin); };
  const auto behind = std::upper_bound(
      variations.begin(), variations.end(), at,
      [&](Span x, syntax::EntryId y) { return place(x) < place(ast.entries[y].span); });
  if (behind == variations.begin()) return variations.front();
  const syntax::EntryId before = *std::prev(behind);
  return contains(ast.entries[before].span, at) ? before : variations.front();
}

void own_findings(const Compilation& base, Compilation& run,
                  const std::vector<syntax::EntryId>& variations) {
  const KnownFindings known(base.diags);
  diag::Diagnostics own;
  for (const diag::Diagnostic* found : run.diags.sorted()) {
    diag::Diagnostic item = *found;
    const Entry& entry = run.ast.entries[variation_at(run.ast, variations, item.at)];
    const bool is_known = known.have(item);
    // Whether another site needs a waiver of the lab is told with the lab.
    const bool of_lab = item.info == &kUnusedWaiver.info || !is_known;
    if (of_lab && is_about_use(item) && !contains(entry.span, item.at)) continue;
    if (!is_known) spare_lab(run, entry, item);
    own.copy(item);
  }
  run.diags = std::move(own);
}

}  // namespace hlab::driver
