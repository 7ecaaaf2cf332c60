#include "compiler/evaluate/variation.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "compiler/check/check_diags.h"
#include "compiler/check/module_names.h"
#include "compiler/check/type_of_node.h"
#include "compiler/diag/article.h"
#include "compiler/diag/suggest.h"
#include "compiler/diag/worth_naming.h"
#include "compiler/evaluate/override_path.h"
#include "compiler/evaluate/variation_diags.h"
#include "compiler/program/present_path.h"

namespace hlab::evaluate {
namespace {

using program::Lab;
using program::Program;
using syntax::Entry;

class OverrideFinder {
 public:
  OverrideFinder(Program& program, const Lab& lab, check::Checker& checker, Evaluator& evaluator,
                 diag::Diagnostics& diags)
      : program_(program),
        ast_(*program.ast),
        lab_(lab),
        checker_(checker),
        evaluator_(evaluator),
        diags_(diags) {}

  std::vector<Override> run(const std::vector<VariationEntry>& entries) {
    for (const VariationEntry& one : entries) {
      if (auto found = find(one)) found_.push_back(*found);
    }
    return std::move(found_);
  }

 private:
  std::optional<Override> find(const VariationEntry& one) {
    const Entry& e = ast_.entries[one.entry];
    const OverridePath path(program_, lab_, e);
    Symbol second;
    if (e.path.count > 1) {
      second = name_of(one, syntax::view(ast_.segments, e.path)[1]);
      if (!second.valid()) {  // told, or not to be known
        if (one.scope.untaken) check_of_kind(one, e);
        return std::nullopt;
      }
    }
    const OverridePath::Found begin = path.find(second);
    Override made{one.entry, one.context, begin.instance, begin.skip, {}, {}};
    if (!made.target.valid() || made.skip >= e.path.count) {
      // What a mistake left out may be what is meant.
      const bool may_miss = one.scope.untaken ||
                            (diags_.has_errors() && path.behind_its_module().empty());
      if (!may_miss || !may_lead_somewhere(e)) {
        no_place(e, path);
      } else if (one.scope.untaken) {
        check_of_kind(one, e);
      }
      return std::nullopt;
    }
    if (!may_be_changed(one, e, begin) || !reach_claim(one, e, made)) return std::nullopt;
    check::Scope scope = one.scope;
    scope.head = false;
    const KindId kind = made.offer.valid() ? program_.functions[made.offer].makes
                                           : lab_.instances[made.target].kind;
    const bool fits = checker_.override_entry(e, made.skip, kind, scope);
    return fits && !scope.untaken && first_of_place(e, made) ? std::optional(made) : std::nullopt;
  }

  /// Whose value it is nobody knows: it has to fit the field of the kind, where this has one.
  void check_of_kind(const VariationEntry& one, const Entry& e) {
    const auto path = syntax::view(ast_.segments, e.path);
    if (path.size() < 3 || !path[0].name.valid()) return;
    const KindId kind = program_.find_kind(program_.module_of(e.span), program_.text(path[0].name));
    if (program_.field(kind, path[2].name) == program::kNoField) return;
    check::Scope scope = one.scope;
    scope.head = false;
    checker_.override_entry(e, 2, kind, scope);
  }

  void no_place(const Entry& e, const OverridePath& path) {
    auto report = diags_.report(kNoOverridePlace, e.name_span, path.written());
    if (const auto group = lab_.find_group(program_.module_of(e.span),
                                           syntax::view(ast_.segments, e.path)[0].name)) {
      report
          .help(
              "a loop made several declarations: each is overridden by its own name, which may be computed")
          .label(lab_.groups[*group].span, "this loop");
      return;
    }
    const std::string behind = path.behind_its_module();
    if (behind.empty()) return void(report.suggest(path.nearest()));
    report.help(fmt::format("a name of another module stands behind that module's: `{}`", behind))
        .fix(fmt::format("write `{}`", behind), {{e.name_span, behind}});
  }

  /// Not what the variation goes without, nor what another module keeps to itself.
  bool may_be_changed(const VariationEntry& one, const Entry& e, const OverridePath::Found& made) {
    const program::Instance& target = lab_.instances[made.instance];
    const program::ModuleId from = program_.module_of(e.span);
    const auto path = syntax::view(ast_.segments, e.path);
    const auto is_told = [&](EntryId declared, program::ModuleId home, std::uint32_t segment) {
      if (!program_.is_hidden(declared, home, from)) return false;
      check::report_hidden(program_, declared, home, path[segment].span, diags_);
      return true;
    };
    if (made.kind) {
      const program::Kind& kind = program_.kinds[made.kind];
      if (is_told(kind.entry, kind.module, made.skip - 2)) return false;
    }
    if (is_told(target.entry, target.module, made.skip - 1)) return false;
    if (!target.gone) return true;
    if (!one.scope.untaken)
      diags_.report(kLeftOut, e.name_span, program::instance_path(program_, lab_, made.instance));
    return false;
  }

  /// `srv.main.database.b.size`: where the path goes on with an offer and the name of what is claimed, it ends
  /// in a field of that. False where something is missing.
  bool reach_claim(const VariationEntry& one, const Entry& e, Override& made) {
    const auto path = syntax::view(ast_.segments, e.path);
    const KindId kind = lab_.instances[made.target].kind;
    const syntax::Segment& behind = path[made.skip];
    const auto& methods = program_.kinds[kind].methods;
    const auto offer = methods.find(behind.name.valid() ? behind.name.index : ~0u);
    if (offer == methods.end() || !program_.functions[offer->second].makes.valid()) return true;
    const std::uint32_t field = program_.field(kind, behind.name);
    if (field != program::kNoField && !holds(kind, field, program_.functions[offer->second].makes))
      return true;
    if (made.skip + 2 >= path.size()) {
      if (field != program::kNoField) return true;
      diags_.report(kNoOverridePlace, e.name_span, OverridePath(program_, lab_, e).written())
          .help(fmt::format(
              "behind the offer stand the name of what is claimed and a field of it: `{}.NAME.FIELD`",
              program_.text(behind.name)));
      return false;
    }
    made.claimed = name_of(one, path[made.skip + 1]);
    made.offer = offer->second;
    made.skip += 2;
    return made.claimed.valid();
  }

  /// Whether the field is a map of what is offered: then both lie under one path.
  [[nodiscard]] bool holds(KindId kind, std::uint32_t field, KindId offered) const {
    const types::Type& type = program_.types[program_.kinds[kind].fields[field].type];
    if (type.kind != types::TypeKind::map) return false;
    const types::Type& held = program_.types[type.a];
    return held.kind == types::TypeKind::nested && held.of == offered;
  }

  /// What stands beside it in a branch that is not taken would declare it.
  [[nodiscard]] bool may_lead_somewhere(const Entry& e) const {
    const auto segments = syntax::view(ast_.segments, e.path);
    return std::any_of(segments.begin(), segments.end(), [&](const syntax::Segment& segment) {
      return segment.name.valid() && checker_.may_be_declared(segment.name);
    });
  }

  /// What a segment names, written or as a text: that is known before all values. None where it is wrong, or
  /// nothing leads to it and so nothing computes it.
  Symbol name_of(const VariationEntry& one, const syntax::Segment& segment) {
    if (!segment.key.valid()) return segment.name;
    check::Scope scope = one.scope;
    scope.head = true;
    const std::size_t errors = diags_.error_count();
    checker_.expression(segment.key, types::TypeTable::simple(types::TypeKind::string), scope);
    if (scope.untaken || diags_.error_count() != errors) return {};
    const Value name = evaluator_.value(segment.key, one.context);
    return name.is(ValueKind::string) ? program_.symbols->intern(name.as_text()) : Symbol();
  }

  bool first_of_place(const Entry& e, const Override& made) {
    std::string place = std::to_string(made.target.index);
    if (made.offer.valid())
      place += fmt::format(".{}.{}", program_.functions[made.offer].name.index, made.claimed.index);
    program::PresentPath present(program_, made.offer.valid() ? program_.functions[made.offer].makes
                                                              : lab_.instances[made.target].kind);
    for (std::uint32_t i = made.skip; i < e.path.count; ++i) {
      const syntax::Segment& segment = ast_.segments[e.path.begin + i];
      if (!segment.name.valid()) return true;  // computed: the values may differ
      place += fmt::format(".{}", present.step(segment.name).index);
    }
    const auto [known, added] = places_.emplace(place, e.name_span);
    if (!added)
      diags_.report(kOverrideTwice, e.name_span, OverridePath(program_, lab_, e).written())
          .label(known->second, "first here");
    return added && !beside_part(e, place);
  }

  /// Of a whole and a part of it one would be lost.
  bool beside_part(const Entry& e, const std::string& place) {
    for (std::size_t dot = place.find('.'); dot != std::string::npos;
         dot = place.find('.', dot + 1)) {
      const auto whole = places_.find(place.substr(0, dot));
      if (whole != places_.end())
        return tell_parted(e, whole->second, "the whole is replaced here");
    }
    const auto part = places_.lower_bound(place + '.');
    const bool is_there = part != places_.end() && part->first.starts_with(place + '.');
    return is_there && tell_parted(e, part->second, "a part of it is replaced here");
  }

  bool tell_parted(const Entry& e, Span other, std::string_view what) {
    diags_.report(kOverrideTwice, e.name_span, OverridePath(program_, lab_, e).written())
        .label(other, std::string(what))
        .help("say it all in the value of the whole");
    return true;
  }

  Program& program_;
  const syntax::Ast& ast_;
  const Lab& lab_;
  check::Checker& checker_;
  Evaluator& evaluator_;
  diag::Diagnostics& diags_;
  std::vector<Override> found_;
  std::map<std::string, Span> places_;
};

/// `without` a name that nothing of the kind has.
void nobody_called(const Program& program, const Lab& lab, const Entry& e, KindId kind,
                   diag::Diagnostics& diags) {
  std::vector<std::string_view> names;
  for (const auto& [index, id] : lab.by_name) {
    if (!diag::worth_naming(diags)) break;
    if (program.is_kind(lab.instances[id].kind, kind)) names.push_back(program.text(Symbol(index)));
  }
  std::sort(names.begin(), names.end());
  const std::string wanted = diag::with_article(check::dotted(program, e.base));
  diags
      .report(check::kUnknownName, e.name_span, program.text(e.name),
              fmt::format(" ({} is needed)", wanted))
      .suggest(diag::closest(program.text(e.name), names));
}

}  // namespace

void leave_out(const Program& program, Lab& lab, const check::Checker& checker,
               const std::vector<VariationEntry>& withouts, diag::Diagnostics& diags) {
  for (const VariationEntry& one : withouts) {
    const Entry& e = program.ast->entries[one.entry];
    const program::ModuleId from = program.module_of(e.span);
    const KindId kind = check::find_kind(program, from, e.base, diags);
    if (!kind) continue;
    const InstanceId found = find_declared(program, lab, kind, e.name);
    if (one.scope.untaken && found.valid()) continue;
    const bool may_miss = one.scope.untaken || diags.has_errors();
    if (!found.valid() && may_miss && checker.may_be_declared(e.name)) continue;
    if (!found.valid()) {
      nobody_called(program, lab, e, kind, diags);
      continue;
    }
    program::Instance& left = lab.instances[found];
    if (program.is_hidden(left.entry, left.module, from))
      check::report_hidden(program, left.entry, left.module, e.name_span, diags);
    left.gone = true;
    left.planned = true;  // not emitted, not in `all`, no lease
    if (program.is_kind(left.kind, program.core_kind("lab")))
      diags.report(check::kMisplaced, e.name_span, "the lab itself", "behind `without`")
          .help("a site is one of this lab, which goes without some of its declarations");
  }
}

std::vector<Override> find_overrides(Program& program, const Lab& lab, check::Checker& checker,
                                     Evaluator& evaluator,
                                     const std::vector<VariationEntry>& entries,
                                     diag::Diagnostics& diags) {
  return OverrideFinder(program, lab, checker, evaluator, diags).run(entries);
}

}  // namespace hlab::evaluate
