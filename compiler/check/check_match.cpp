// `match` and `is`: what a value turns out to be.
#include <fmt/format.h>

#include <unordered_map>
#include <unordered_set>

#include "compiler/check/arm_order.h"
#include "compiler/check/check_diags.h"
#include "compiler/check/checker.h"
#include "compiler/diag/suggest.h"
#include "compiler/diag/worth_naming.h"

namespace hlab::check {

using syntax::ExprKind;
using enum TypeKind;

/// What the arms of one `match` have taken so far.
struct Checker::Arms {
  ExprId subject;
  TypeId of;  // what the subject is where it is there
  bool all = false;
  bool told = false;                                        // an arm is of another type
  std::size_t unknown = 0;                                  // arms of words that the union has not
  bool answers[2] = {false, false};                         // of a Bool
  std::unordered_set<std::uint32_t> tags;                   // Symbols
  std::unordered_map<std::uint32_t, std::uint32_t> places;  // by Symbol: of the tags of the subject

  /// As the table finds it, and once for all arms.
  const types::Tag* find(const types::TypeTable& types, Symbol name) {
    const auto known = types.tags(of);
    if (places.empty()) {
      for (std::uint32_t i = 0; i < known.size(); ++i) places.emplace(known[i].name.index, i);
    }
    const auto found = places.find(name.index);
    return found == places.end() ? nullptr : &known[found->second];
  }
};

TypeId Checker::match(const Expr& e, TypeId expected, Scope& scope) {
  const TypeId subject = expression(ExprId(e.a), TypeId(), scope);
  Arms arms;
  arms.subject = ExprId(e.a);
  arms.of = program_.types.required(subject);
  if (type(arms.of).kind == secret) {
    diags_.report(kSecretObserved, e.span, "`match`");
    arms.of = poisoned();
  }
  TypeId result;
  ArmOrder order(diags_);
  for (const syntax::Arm& arm : syntax::view(ast().arms, e.list)) {
    const bool rest = !arm.tag.valid() && !arm.literal.valid();
    const std::string_view what = rest              ? "_"
                                  : arm.tag.valid() ? text(arm.tag)
                                                    : sources_.text(ast().exprs[arm.literal].span);
    order.see(arm.span, what, arms.all, rest);
    const std::size_t locals = scope.locals.size();
    const std::size_t present = scope.present.size();
    pattern(arm, subject, arms, scope);
    const TypeId t = expression(arm.value, expected, scope);
    scope.locals.resize(locals);
    scope.present.resize(present);
    const TypeId joined = common(result, t);
    if (!joined.valid() && !expected.valid()) {
      diags_.report(kTypeMismatch, ast().exprs[arm.value].span, described(t), described(result));
    }
    result = joined.valid() ? joined : result;
  }
  if (!arms.all && !arms.told) tell_missing(e.span, arms);
  if (!result.valid()) return poisoned();
  const bool open = type(subject).kind == optional && !scope.in_check &&
                    !proven(ExprId(e.a), scope);
  return open ? program_.types.optional_of(result) : result;  // absent where the subject is
}

/// Adds what the arm takes, and to the scope what is known behind it.
void Checker::pattern(const syntax::Arm& arm, TypeId subject, Arms& arms, Scope& scope) {
  const types::Type t = type(arms.of);
  if (arm.literal.valid()) {
    expression(arm.literal, arms.of, scope);
    const Expr& literal = ast().exprs[arm.literal];
    arms.told = arms.told || t.kind == symbols;  // its words have no quotes
    if (literal.kind != ExprKind::boolean) return;
    prove(arms.subject, literal.a != 0, scope);
    arms.answers[literal.a != 0 ? 1 : 0] = true;
    arms.all = arms.all || (arms.answers[0] && arms.answers[1]);
  } else if (!arm.tag.valid()) {
    arms.all = true;
  } else if (t.kind == symbols) {
    const types::Tag* tag = arms.find(program_.types, arm.tag);
    if (tag == nullptr) {
      unknown_tag(arm.tag_span, arm.tag, arms.of, true);
      ++arms.unknown;
    }
    arms.tags.insert(arm.tag.index);
    if (arm.binding.valid() && tag != nullptr && !tag->payload.valid())
      carries_nothing(arm.tag_span, arm.tag);
    if (arm.binding.valid()) {
      scope.locals.push_back(
          {arm.binding, tag && tag->payload.valid() ? tag->payload : poisoned()});
    }
  } else if (t.kind == reference || t.kind == nested) {
    arms.all = kind_arm(arm, t.of, scope) || arms.all;
  } else {
    if (t.kind != error) diags_.report(kUselessIs, arm.span, described(subject));
    if (arm.binding.valid()) scope.locals.push_back({arm.binding, poisoned()});
  }
}

void Checker::tell_missing(Span match, const Arms& arms) {
  if (type(arms.of).kind == error) return;
  if (type(arms.of).kind != symbols) {
    diags_.report(kMatchMissing, match, "every other value").help("add `_ => ...`");
    return;
  }
  std::string missing;
  std::size_t count = 0;
  for (const types::Tag& tag : program_.types.tags(arms.of)) {
    if (arms.tags.contains(tag.name.index)) continue;
    ++count;
    missing += fmt::format("{}`{}`", missing.empty() ? "" : ", ", text(tag.name));
  }
  if (count <= arms.unknown) return;  // what is missing is what the wrong words were meant to be
  diags_.report(kMatchMissing, match, missing)
      .help("add an arm for each, or `_ => ...` for all the others");
}

/// What other languages call the arm of all that is left.
static bool means_others(std::string_view word) {
  return word == "other" || word == "others" || word == "otherwise" || word == "default" ||
         word == "any" || word == "rest";
}

void Checker::unknown_tag(Span at, Symbol name, TypeId words, bool arm) {
  std::vector<std::string_view> names;
  if (diag::worth_naming(diags_)) {
    for (const types::Tag& known : program_.types.tags(words)) names.push_back(text(known.name));
  }
  const auto near = diag::closest(text(name), names);
  auto report = diags_.report(kUnknownTag, at, text(name), "`" + text(words) + "`");
  if (near.empty() && arm && means_others(text(name))) {
    report.help("all the others are `_`").fix("write it so", {{at, "_"}});
  } else {
    report.suggest(near);
  }
}

void Checker::carries_nothing(Span at, Symbol word) {
  diags_.report(kBadArguments, at, text(word), ": it carries nothing that a name could stand for")
      .help(fmt::format("write `{}` alone", text(word)));
}

KindId Checker::kind_asked(Symbol name, Span at, const Scope& scope) {
  const KindId kind = program_.find_kind(scope.module, text(name));
  if (kind) {
    tell_hidden(kind, at, scope);
  } else {
    unknown_kind(at, name, scope.module);
  }
  return kind;
}

bool Checker::kind_arm(const syntax::Arm& arm, KindId subject, Scope& scope) {
  const KindId kind = kind_asked(arm.tag, arm.tag_span, scope);
  if (arm.binding.valid()) {
    scope.locals.push_back(
        {arm.binding,
         kind ? program_.types.reference_to(kind, syntax::EdgeMode::value) : poisoned()});
  }
  return !kind || program_.is_kind(subject, kind);
}

TypeId Checker::is(ExprId id, const Expr& e, Scope& scope) {
  const TypeId t = program_.types.required(expression(ExprId(e.a), TypeId(), scope));
  const Symbol tag_name(e.b);
  const Symbol binding(e.c);
  TypeId bound = poisoned();
  if (type(t).kind == symbols) {
    const types::Tag* tag = program_.types.find_tag(t, tag_name);
    if (tag == nullptr) {
      unknown_tag(e.name_span, tag_name, t);
    } else if (tag->payload.valid()) {
      bound = tag->payload;
    } else if (binding.valid()) {
      carries_nothing(e.name_span, tag_name);
    }
    resolve(id, program::ResolutionKind::tag, tag_name.index);
  } else if (type(t).kind == reference || type(t).kind == nested) {
    const KindId kind = kind_asked(tag_name, e.name_span, scope);
    if (kind) {
      bound = program_.types.reference_to(kind, syntax::EdgeMode::value);
      resolve(id, program::ResolutionKind::construct, kind.index);
    }
  } else if (type(t).kind == secret) {
    diags_.report(kSecretObserved, e.span, "`is`");
  } else if (type(t).kind != error) {
    diags_.report(kUselessIs, e.span, described(t)).help("values are compared with `==`");
  }
  if (binding.valid()) scope.locals.push_back({binding, bound});
  return simple(boolean);
}

}  // namespace hlab::check
