#include "compiler/driver/waivers.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "compiler/driver/all_diags.h"
#include "compiler/driver/waiver_diags.h"
#include "compiler/driver/waiver_reach.h"
#include "compiler/source/span_order.h"

namespace hlab::driver {
namespace {

using diag::DiagInfo;
using diag::Diagnostic;
using syntax::Entry;
using syntax::EntryId;
using syntax::EntryKind;

struct Waiver {
  EntryId entry;
  Span covers;  // none: everything
  Span branch;  // the outermost loop or `if` around it that `covers` holds, if any
  const DiagInfo* rule = nullptr;
  bool misspelt = false;  // the rule is the one that was meant
};

class WaiverFinder {
 public:
  explicit WaiverFinder(const syntax::Ast& ast) : ast_(ast) {}

  std::vector<Waiver> run(const SourceMap& sources) {
    for (const syntax::FileRoot& file : ast_.files) {
      if (!sources.file(file.file).is_library) entries(file.body, Span(), Span());
    }
    find_values(sources);
    for (std::uint32_t i = 0; i < ast_.exprs.size(); ++i) {
      const syntax::Expr& e = ast_.exprs[syntax::ExprId(i)];
      if (!has_body(e) || sources.file(e.span.file).is_library) continue;
      const auto whole = values_.find(i);
      entries(e.list, whole == values_.end() ? e.span : whole->second, Span());
    }
    return std::move(found_);
  }

 private:
  static bool has_body(const syntax::Expr& e) {
    return e.kind == syntax::ExprKind::refine || e.kind == syntax::ExprKind::tree;
  }

  /// `web = public { ... }` is the endpoint `web`: findings about it stand at its name.
  void find_values(const SourceMap& sources) {
    using enum syntax::ExprKind;
    for (const Entry& e : ast_.entries) {
      const bool gives = e.kind == EntryKind::set || e.kind == EntryKind::override_;
      if (!gives || !e.value.valid() || sources.file(e.span.file).is_library) continue;
      syntax::ExprId value = e.value;
      while (ast_.exprs[value].kind == because || ast_.exprs[value].kind == only)
        value = syntax::ExprId(ast_.exprs[value].a);
      if (has_body(ast_.exprs[value])) values_.emplace(value.index, e.span);
    }
  }

  void entries(Range range, Span inside, Span branch) {
    for (const EntryId id : syntax::view(ast_.entry_lists, range)) {
      const Entry& e = ast_.entries[id];
      if (e.kind == EntryKind::allow) found_.push_back({id, inside, branch, nullptr});
      // What stands in a loop or an `if` of a body is about the declaration all the same.
      const bool is_inner = e.kind == EntryKind::loop || e.kind == EntryKind::branch;
      const bool stays = is_inner && inside.valid();
      const Span covers = stays ? inside : e.span;
      Span inner;
      if (stays) inner = branch.valid() ? branch : e.span;
      entries(e.body, covers, inner);
      entries(e.else_body, covers, inner);
    }
  }

  const syntax::Ast& ast_;
  std::vector<Waiver> found_;
  std::unordered_map<std::uint32_t, Span> values_;  // of the entry that a value is the whole of
};

/// What the lab declares itself is a rule about the lab, whatever its code.
bool waivable(const DiagInfo& rule, const diag::Registry& of_hlab) {
  return of_hlab.find(rule.code) != &rule || rule.severity == diag::Severity::warning ||
         rule.code.starts_with("HL4");
}

bool is_of_outputs(const DiagInfo& rule) {
  return rule.code.starts_with("HL6") || rule.code.starts_with("HL8");
}

/// Which waivers take a finding away, found by what they cover: bodies, one in the other, or everything.
class Covering {
 public:
  explicit Covering(const std::vector<Waiver>& waivers) : waivers_(waivers) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < waivers.size(); ++i) {
      if (waivers[i].rule != nullptr) order.push_back(i);
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return key(waivers[a]) < key(waivers[b]);
    });
    std::vector<std::size_t> open;  // bodies around the next one, the innermost last
    for (const std::size_t i : order) {
      if (bodies_.empty() || key(waivers[bodies_.back().waivers.front()]) != key(waivers[i])) {
        while (!open.empty() && !around(bodies_[open.back()], waivers[i])) open.pop_back();
        bodies_.push_back({waivers[i].covers, waivers[i].rule->code, {}, false, {}});
        if (!open.empty()) bodies_.back().outer = open.back();
        open.push_back(bodies_.size() - 1);
      }
      bodies_.back().waivers.push_back(i);
    }
  }

  /// Whether one covers the finding; all that do are used then.
  bool take(const Diagnostic& found) {
    bool taken = at(found.info->code, Span());
    taken = at(found.info->code, found.at) || taken;
    for (const diag::Label& label : found.labels) taken = at(found.info->code, label.span) || taken;
    return taken;
  }

  [[nodiscard]] std::vector<bool> used() const {
    std::vector<bool> used(waivers_.size(), false);
    for (const Body& body : bodies_) {
      for (const std::size_t waiver : body.waivers) used[waiver] = used[waiver] || body.used;
    }
    return used;
  }

 private:
  /// A body with a rule; all waivers of that rule that stand in it.
  struct Body {
    Span covers;
    std::string_view code;
    std::vector<std::size_t> waivers;
    bool used = false;
    std::optional<std::size_t> outer;
  };

  /// What lies around comes before what lies in it.
  using Key = std::tuple<std::string_view, std::uint32_t, std::uint32_t, std::int64_t>;
  static Key key_of(std::string_view code, Span at) {
    return {code, at.file.index, at.begin, -std::int64_t{at.end}};
  }
  static Key key(const Waiver& waiver) { return key_of(waiver.rule->code, waiver.covers); }
  static bool around(const Body& outer, const Waiver& inner) {
    return outer.code == inner.rule->code && outer.covers.valid() &&
           contains(outer.covers, inner.covers);
  }

  /// Marks all bodies around a place; the invalid one is that of waivers of everything.
  bool at(std::string_view code, Span place) {
    const auto behind = std::upper_bound(
        bodies_.begin(), bodies_.end(), key_of(code, place),
        [](const Key& asked, const Body& body) { return asked < key_of(body.code, body.covers); });
    std::optional<std::size_t> body;
    if (behind != bodies_.begin()) body = static_cast<std::size_t>(behind - bodies_.begin()) - 1;
    bool found = false;
    for (; body; body = bodies_[*body].outer) {
      Body& one = bodies_[*body];
      const bool whole = !place.valid() && !one.covers.valid();
      if (one.code != code || !(whole || contains(one.covers, place))) continue;
      one.used = true;
      found = true;
    }
    return found;
  }

  const std::vector<Waiver>& waivers_;
  std::vector<Body> bodies_;  // sorted
};

/// The entry with its line, where nothing else stands on that.
Span with_line(const SourceMap& sources, Span entry) {
  const std::string_view text = sources.text(entry.file);
  std::size_t begin = entry.begin, end = entry.end;
  while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t')) --begin;
  while (end < text.size() && (text[end] == ' ' || text[end] == '\t' || text[end] == '\r')) ++end;
  const bool alone = (begin == 0 || text[begin - 1] == '\n') &&
                     (end == text.size() || text[end] == '\n');
  if (!alone) return entry;
  if (end < text.size()) ++end;
  return {entry.file, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

/// Finds the rules that are named; reports names of none once, and takes the nearest for what was meant.
void find_rules(std::vector<Waiver>& waivers, Compilation& run, bool report) {
  const diag::Registry of_hlab = all_diagnostics();
  const diag::Registry registry = with_declared(of_hlab, run);
  for (Waiver& waiver : waivers) {
    const Entry& e = run.ast.entries[waiver.entry];
    const std::string_view named = run.program.text(e.name);
    const DiagInfo* rule = registry.find(named);
    if (rule == nullptr) {
      const diag::Near near = near_rule(registry, named);
      if (report) run.diags.report(kUnknownWaiver, e.name_span, named).suggest(near);
      rule = near.empty() ? nullptr : registry.find(near.name);
      waiver.misspelt = true;
      if (rule != nullptr && waivable(*rule, of_hlab)) waiver.rule = rule;
    } else if (!waivable(*rule, of_hlab)) {
      if (report)
        run.diags.report(kNotWaivable, e.name_span, rule->code, rule->title)
            .help("that is to be mended; `allow` is for rules of the lab and for warnings");
    } else {
      waiver.rule = rule;
    }
  }
}

/// What stands where no condition or round leads to says nothing of the declaration: it is about what stands there.
/// Where conditions may be broken themselves, they are not computed again.
void narrow_untaken(std::vector<Waiver>& waivers, const Compilation& run,
                    const WaiverReach& reach) {
  const auto found = run.diags.sorted();
  const bool is_sound = std::all_of(found.begin(), found.end(), [](const Diagnostic* one) {
    return one->severity == diag::Severity::warning || one->info->code.starts_with("HL4") ||
           one->info->code.starts_with("HL9");
  });
  if (!is_sound) return;
  for (Waiver& waiver : waivers) {
    if (waiver.branch.valid() && waiver.rule != nullptr && reach.of(waiver.entry) == Reach::never)
      waiver.covers = waiver.branch;
  }
}

/// Sites and tests, in the order of their places: their waivers are judged where they are computed.
std::vector<Span> variations_of(const syntax::Ast& ast) {
  std::vector<Span> spans;
  for (const Entry& e : ast.entries) {
    if (e.kind == EntryKind::site || e.kind == EntryKind::test) spans.push_back(e.span);
  }
  std::sort(spans.begin(), spans.end(), stands_before);
  return spans;
}

/// An `allow` in a kind or a `default` is about what stands there: its reader may take it for one of every instance.
/// With the declarations of these, in the order of the source.
std::vector<std::pair<Span, const Waiver*>> shallow_waivers(const Compilation& run,
                                                            const WaiverReach& reach,
                                                            const std::vector<Waiver>& waivers) {
  std::vector<std::pair<Span, const Waiver*>> out;
  for (const Waiver& one : waivers) {
    const EntryId declaration = reach.declaration_at(one.covers);
    if (one.rule == nullptr || !declaration.valid()) continue;
    const Entry& e = run.ast.entries[declaration];
    const bool is_shared = e.kind == EntryKind::defaults || e.kind == EntryKind::kind;
    if (!is_shared || e.span != one.covers) continue;
    for (const program::InstanceId id : reach.live(declaration)) {
      const EntryId declared = run.lab.instances[id].entry;
      if (declared.valid()) out.emplace_back(run.ast.entries[declared].span, &one);
    }
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return stands_before(a.first, b.first); });
  return out;
}

/// Says of what was found in an instance why the `allow` of its kind or `default` does not waive it.
void explain_shallow(Compilation& run, const WaiverReach& reach, const std::vector<Waiver>& waivers,
                     Stage stage) {
  const auto shallow = shallow_waivers(run, reach, waivers);
  if (shallow.empty()) return;
  const auto meant = [&](const Diagnostic& found) -> const Waiver* {
    auto behind = std::upper_bound(
        shallow.begin(), shallow.end(), found.at,
        [](Span at, const auto& one) { return stands_before(at, one.first); });
    for (; behind != shallow.begin() && contains(std::prev(behind)->first, found.at); --behind) {
      const Waiver* const one = std::prev(behind)->second;
      const bool is_of_stage = (stage == Stage::built) == is_of_outputs(*one->rule);
      if (is_of_stage && one->rule->code == found.info->code) return one;
    }
    return nullptr;
  };
  std::vector<Diagnostic> explained;
  run.diags.remove_if([&](const Diagnostic& found) {
    const bool is_meant = meant(found) != nullptr;
    if (is_meant) explained.push_back(found);
    return is_meant;
  });
  for (const Diagnostic& found : explained) {
    // A note: by a label there it would be waived when the outputs are looked at.
    const Entry& e = run.ast.entries[reach.declaration_at(meant(found)->covers)];
    run.diags.copy(found).note(fmt::format(
        "the `allow` in `{} {}` is about what stands there alone: an instance has one of its own",
        e.kind == EntryKind::kind ? "kind" : "default", run.program.text(e.name)));
  }
}

/// What is planned, or stands in a branch that is not taken, may need its waiver once it is there.
void report_unused(Compilation& run, const WaiverReach& reach, const std::vector<Waiver>& waivers,
                   const std::vector<bool>& used, Stage stage) {
  const std::vector<Span> elsewhere = run.varied ? std::vector<Span>() : variations_of(run.ast);
  for (std::size_t i = 0; i < waivers.size(); ++i) {
    const Waiver& waiver = waivers[i];
    if (used[i] || waiver.rule == nullptr || waiver.misspelt) continue;
    if ((stage == Stage::built) != is_of_outputs(*waiver.rule)) continue;
    const Entry& entry = run.ast.entries[waiver.entry];
    if (lies_in(elsewhere, entry.span)) continue;
    const Reach reached = reach.of(waiver.entry);
    if (reached == Reach::never || reached == Reach::not_there) continue;
    auto report = run.diags.report(kUnusedWaiver, entry.name_span, waiver.rule->code,
                                   waiver.rule->name);
    report.fix("take it away", {{with_line(run.sources, entry.span), ""}});
    if (reached == Reach::sometimes) report.unsure();
  }
}

}  // namespace

void apply_waivers(Compilation& run, Stage stage) {
  std::vector<Waiver> waivers = WaiverFinder(run.ast).run(run.sources);
  if (waivers.empty()) {
    run.waivers_judged = !run.diags.has_errors();
    return;
  }
  find_rules(waivers, run, stage == Stage::checked);
  const WaiverReach reach(run);
  narrow_untaken(waivers, run, reach);
  Covering covering(waivers);
  run.diags.remove_if([&](const Diagnostic& found) { return covering.take(found); });
  const std::vector<bool> used = covering.used();
  for (std::size_t i = 0; i < waivers.size(); ++i) {
    if (used[i] && !waivers[i].misspelt)
      run.used_waivers.push_back(run.ast.entries[waivers[i].entry].name_span);
  }
  explain_shallow(run, reach, waivers, stage);
  if (run.diags.has_errors()) return;  // what was not reached cannot be missed
  run.waivers_judged = true;
  report_unused(run, reach, waivers, used, stage);
}

}  // namespace hlab::driver
