#include "compiler/evaluate/variation.h"
#include "compiler/diag/article.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "compiler/check/check_diags.h"
#include "compiler/check/type_of_node.h"
#include "compiler/diag/suggest.h"
#include "compiler/diag/worth_naming.h"
#include "compiler/evaluate/variation_diags.h"

namespace hlab::evaluate {
namespace {

using program::Lab;
using program::Program;
using syntax::Entry;

/// Whether the instance may be called so: by the kind that its path begins with, or one that it is of.
bool is_called(const Program& program, const Lab& lab, InstanceId id, std::string_view kind,
               program::ModuleId from) {
  const program::KindId head = program::head_kind(program, lab, id);
  return program.text(program.kinds[head].name) == kind ||
         program.is_kind(lab.instances[id].kind, program.find_kind(from, kind));
}

/// The top-level instance of that kind and name.
InstanceId find_instance(const Program& program, const Lab& lab, std::string_view kind, Symbol name,
                         program::ModuleId from) {
  const auto [first, last] = lab.by_name.equal_range(name.index);
  for (auto it = first; it != last; ++it) {
    if (is_called(program, lab, it->second, kind, from)) return it->second;
  }
  return {};
}

/// The only instance of that name, whatever its kind.
InstanceId find_alone(const Lab& lab, Symbol name) {
  const auto [first, last] = lab.by_name.equal_range(name.index);
  return first != last && std::next(first) == last ? first->second : InstanceId();
}

InstanceId the_lab(const Program& program, const Lab& lab) {
  for (std::uint32_t i = 0; i < lab.instances.size(); ++i) {
    const InstanceId id(i);
    const bool top = !lab.instances[id].owner.valid();
    if (top && program.is_kind(lab.instances[id].kind, program.core_kind("lab"))) return id;
  }
  return {};
}

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
    Override made{one.entry, one.context, {}, 0};
    Symbol name;
    if (e.path.count > 1) {
      const syntax::Segment& behind = syntax::view(ast_.segments, e.path)[1];
      name = behind.key.valid() ? computed_name(one, behind.key) : behind.name;
      if (!name.valid()) return std::nullopt;  // told, or not to be known
    }
    locate(e, name, made);
    if (!made.target.valid() || made.skip >= e.path.count) {
      if (one.scope.untaken && may_lead_somewhere(e)) return std::nullopt;
      diags_.report(kNoOverridePlace, e.name_span, written(e)).suggest(nearest(e));
      return std::nullopt;
    }
    if (lab_.instances[made.target].gone) {
      if (one.scope.untaken) return std::nullopt;
      diags_.report(kLeftOut, e.name_span, program::instance_path(program_, lab_, made.target));
      return std::nullopt;
    }
    check::Scope scope = one.scope;
    scope.head = false;
    const bool fits = checker_.override_entry(e, made.skip, lab_.instances[made.target].kind,
                                              scope);
    return fits && !scope.untaken && first_of_place(e, made) ? std::optional(made) : std::nullopt;
  }

  /// What stands beside it in a branch that is not taken would declare it.
  [[nodiscard]] bool may_lead_somewhere(const Entry& e) const {
    const auto segments = syntax::view(ast_.segments, e.path);
    return std::any_of(segments.begin(), segments.end(), [&](const syntax::Segment& segment) {
      return segment.name.valid() && checker_.may_be_declared(segment.name);
    });
  }

  /// The name behind a kind, where it is a text: it is known before all values. None where it is wrong, or
  /// nothing leads to it and so nothing computes it.
  Symbol computed_name(const VariationEntry& one, syntax::ExprId text) {
    check::Scope scope = one.scope;
    scope.head = true;
    const std::size_t errors = diags_.error_count();
    checker_.expression(text, types::TypeTable::simple(types::TypeKind::string), scope);
    if (scope.untaken || diags_.error_count() != errors) return {};
    const Value name = evaluator_.value(text, one.context);
    return name.is(ValueKind::string) ? program_.symbols->intern(name.as_text()) : Symbol();
  }

  void locate(const Entry& e, Symbol name, Override& made) const {
    const auto segments = syntax::view(ast_.segments, e.path);
    if (!segments[0].name.valid()) return;
    const std::string_view first = program_.text(segments[0].name);
    if (name.valid()) {
      made.target = find_instance(program_, lab_, first, name, program_.module_of(e.span));
      made.skip = 2;
    }
    if (!made.target.valid()) locate_behind_module(e, made);
    if (!made.target.valid()) locate_in_module(e, made);
    if (made.target.valid()) return;
    made.target = first == "lab" ? the_lab(program_, lab_) : find_alone(lab_, segments[0].name);
    made.skip = 1;
  }

  /// `office.shelf.low.width`: the kind stands behind a module.
  void locate_behind_module(const Entry& e, Override& made) const {
    const auto segments = syntax::view(ast_.segments, e.path);
    if (segments.size() < 3 || !segments[1].name.valid() || !segments[2].name.valid()) return;
    const std::string kind = fmt::format("{}.{}", program_.text(segments[0].name),
                                         program_.text(segments[1].name));
    const program::ModuleId from = program_.module_of(e.span);
    if (!program_.find_kind(from, kind)) return;
    made.target = find_instance(program_, lab_, kind, segments[2].name, from);
    made.skip = 3;
  }

  /// `office.low.width`: as expressions name it.
  void locate_in_module(const Entry& e, Override& made) const {
    const auto segments = syntax::view(ast_.segments, e.path);
    if (segments.size() < 2 || !segments[1].name.valid()) return;
    const auto& imports = program_.modules[program_.module_of(e.span)].imports;
    const auto found = imports.find(segments[0].name.index);
    if (found == imports.end() || !found->second.module) return;
    InstanceId only;
    const auto [first, last] = lab_.by_name.equal_range(segments[1].name.index);
    for (auto it = first; it != last; ++it) {
      const program::Instance& there = lab_.instances[it->second];
      if (there.module != found->second.module) continue;
      if (program_.is_hidden(there.entry, there.module, program_.module_of(e.span))) continue;
      if (only.valid()) return;  // of two kinds: the kind has to be said
      only = it->second;
    }
    made.target = only;
    made.skip = 2;
  }

  bool first_of_place(const Entry& e, const Override& made) {
    std::string place = std::to_string(made.target.index);
    for (std::uint32_t i = made.skip; i < e.path.count; ++i) {
      const syntax::Segment& segment = ast_.segments[e.path.begin + i];
      if (!segment.name.valid()) return true;  // computed: the values may differ
      place += fmt::format(".{}", segment.name.index);
    }
    const auto [known, added] = places_.emplace(place, e.name_span);
    if (!added)
      diags_.report(kOverrideTwice, e.name_span, written(e)).label(known->second, "first here");
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
    diags_.report(kOverrideTwice, e.name_span, written(e))
        .label(other, std::string(what))
        .help("say it all in the value of the whole");
    return true;
  }

  std::string written(const Entry& e) const {
    std::string path;
    for (const syntax::Segment& segment : syntax::view(ast_.segments, e.path)) {
      if (!path.empty()) path += '.';
      path += segment.name.valid() ? program_.text(segment.name) : "\"...\"";
    }
    return path;
  }

  /// The path with its declaration's name mended, or "".
  std::string nearest(const Entry& e) const {
    if (!diag::worth_naming(diags_)) return "";
    std::vector<std::string_view> names;
    for (const auto& [index, id] : lab_.by_name) names.push_back(program_.text(Symbol(index)));
    std::string path = written(e);
    for (const syntax::Segment& segment : syntax::view(ast_.segments, e.path)) {
      if (!segment.name.valid() || lab_.by_name.contains(segment.name.index)) continue;
      const std::string_view near = diag::closest(program_.text(segment.name), names);
      const std::size_t at = near.empty() ? std::string::npos
                                          : path.find(program_.text(segment.name));
      if (at == std::string::npos) continue;
      return path.replace(at, program_.text(segment.name).size(), near);
    }
    return "";
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

}  // namespace

void leave_out(const Program& program, Lab& lab, const check::Checker& checker,
               const std::vector<VariationEntry>& withouts, diag::Diagnostics& diags) {
  for (const VariationEntry& one : withouts) {
    const Entry& e = program.ast->entries[one.entry];
    const program::ModuleId from = program.module_of(e.span);
    if (e.base.count > 1 && !check::find_kind(program, from, e.base, diags)) continue;
    const std::string kind = check::dotted(program, e.base);
    const InstanceId found = find_instance(program, lab, kind, e.name, from);
    if (one.scope.untaken && (found.valid() || checker.may_be_declared(e.name))) continue;
    if (found.valid()) {
      lab.instances[found].gone = true;
      lab.instances[found].planned = true;  // not emitted, not in `all`, no lease
      if (program.is_kind(lab.instances[found].kind, program.core_kind("lab")))
        diags.report(check::kMisplaced, e.name_span, "the lab itself", "behind `without`")
            .help("a site is one of this lab, which goes without some of its declarations");
      continue;
    }
    std::vector<std::string_view> names;
    for (const auto& [index, id] : lab.by_name) {
      if (!diag::worth_naming(diags)) break;
      if (is_called(program, lab, id, kind, from)) names.push_back(program.text(Symbol(index)));
    }
    diags
        .report(check::kUnknownName, e.name_span, program.text(e.name),
                fmt::format(" ({} is needed)", diag::with_article(kind)))
        .suggest(diag::closest(program.text(e.name), names));
  }
}

std::vector<Override> find_overrides(Program& program, const Lab& lab, check::Checker& checker,
                                     Evaluator& evaluator,
                                     const std::vector<VariationEntry>& entries,
                                     diag::Diagnostics& diags) {
  return OverrideFinder(program, lab, checker, evaluator, diags).run(entries);
}

}  // namespace hlab::evaluate
