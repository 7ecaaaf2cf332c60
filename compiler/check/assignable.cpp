// Which types fit which places.
#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "compiler/check/check_diags.h"
#include "compiler/check/checker.h"
#include "compiler/diag/article.h"
#include "compiler/values/bounds.h"
#include "compiler/values/characters.h"
#include "compiler/values/operators.h"
#include "compiler/values/text_format.h"

namespace hlab::check {

using syntax::LiteralKind;
using enum TypeKind;

TypeId Checker::core(TypeId id) const {
  while (id.valid() && (type(id).kind == optional || type(id).kind == secret)) id = type(id).a;
  return id;
}

TypeId Checker::read(TypeId id) const {
  if (type(id).kind == lease) return type(id).a;
  if (type(id).kind == optional && type(type(id).a).kind == lease) {
    return program_.types.optional_of(type(type(id).a).a);
  }
  if (type(id).kind == map && type(type(id).a).kind == lease) {
    return program_.types.map_of(type(type(id).a).a, type(id).b);
  }
  return id;
}

std::string Checker::a_kind(KindId kind) const {
  return diag::with_article(text(program_.kinds[kind].name));
}

std::string Checker::described(TypeId id) const {
  switch (type(id).kind) {
    case absent: return "absent";
    case yaml: return "a tree";
    case list:
      return type(type(id).a).kind == absent ? "an empty list" : "a list `" + text(id) + "`";
    case reference:
    case nested: return a_kind(type(id).of);
    case optional: return described(type(id).a) + " or nothing";
    case secret:
      return (type(type(id).a).kind == string ? "a text" : described(type(id).a)) + " or a secret";
    default: return "`" + text(id) + "`";
  }
}

/// Whether values of the type can be said in a tree: no secret, reference, instance or range in them.
/// `seen` holds the records that were looked into: one that does not fit ends the search.
bool Checker::fits_tree(TypeId id, std::vector<KindId>& seen) const {
  if (!id.valid()) return true;  // the element of an empty list
  const types::Type& t = type(id);
  switch (t.kind) {
    case secret:
    case reference:
    case absent:
    case int_range: return false;
    case list: return type(t.a).kind == absent || fits_tree(t.a, seen);
    case map:
    case optional:
    case lease: return fits_tree(t.a, seen);
    case symbols:
      for (const types::Tag& tag : program_.types.tags(id)) {
        if (tag.payload.valid() && !fits_tree(tag.payload, seen)) return false;
      }
      return true;
    case nested: {
      if (!program_.kinds[t.of].record) return false;
      if (std::find(seen.begin(), seen.end(), t.of) != seen.end()) return true;
      seen.push_back(t.of);
      const auto& fields = program_.kinds[t.of].fields;
      return std::all_of(fields.begin(), fields.end(),
                         [&](const program::Field& field) { return fits_tree(field.type, seen); });
    }
    default: return true;
  }
}

bool Checker::holds_secret(TypeId id, std::vector<KindId>& seen) const {
  if (!id.valid()) return false;
  const types::Type& t = type(id);
  switch (t.kind) {
    case secret: return true;
    case list:
    case map:
    case optional:
    case lease: return holds_secret(t.a, seen);
    case symbols:
      for (const types::Tag& tag : program_.types.tags(id)) {
        if (holds_secret(tag.payload, seen)) return true;
      }
      return false;
    case reference:
    case nested: {
      if (!program_.kinds[t.of].record) return false;  // told apart by what they are
      if (std::find(seen.begin(), seen.end(), t.of) != seen.end()) return false;
      seen.push_back(t.of);
      // A record that refines this one may stand in its place.
      for (std::uint32_t i = 0; i < program_.kinds.size(); ++i) {
        if (!program_.is_kind(KindId(i), t.of)) continue;
        for (const program::Field& field : program_.kinds[KindId(i)].fields) {
          if (holds_secret(field.type, seen)) return true;
        }
      }
      return false;
    }
    default: return false;
  }
}

/// A declaration of kind `secret`, by its name.
bool Checker::names_secret(TypeId id) const {
  return type(id).kind == reference && program_.is_kind(type(id).of, program_.core_kind("secret"));
}

bool Checker::observes_secret(TypeId id) const {
  std::vector<KindId> seen;
  return holds_secret(id, seen);
}

/// What a list is compared with: `[1] == [1.0]` asks about numbers, as `1 == 1.0` does.
TypeId Checker::comparable(TypeId id) {
  const types::Type t = type(id);
  if (t.kind == integer) return simple(floating);
  if (t.kind != list || !t.a.valid()) return id;
  const TypeId element = comparable(t.a);
  return element == t.a ? id : program_.types.list_of(element);
}

/// Keys that are declarations are no texts, and those of one kind are none of another.
bool Checker::fits_keys(TypeId actual, TypeId expected) const {
  const bool declared = actual.valid() && type(actual).kind == reference;
  const bool wanted = expected.valid() && type(expected).kind == reference;
  if (declared != wanted) return false;
  return !declared || program_.is_kind(type(actual).of, type(expected).of);
}

bool Checker::fits(TypeId actual, TypeId expected) const {
  if (!expected.valid() || actual == expected) return true;
  const types::Type& a = type(actual);
  const types::Type& e = type(expected);
  if (a.kind == error || e.kind == error) return true;
  if (e.kind == optional) {
    if (a.kind == absent) return true;
    return fits(a.kind == optional ? a.a : actual, e.a);
  }
  if (a.kind == lease) return fits(a.a, expected);
  if (e.kind == secret) {
    const bool declared = a.kind == reference || (a.kind == nested && !program_.kinds[a.of].record);
    if (declared) return program_.is_kind(a.of, program_.core_kind("secret"));
    return fits(a.kind == secret ? a.a : actual, e.a);
  }
  if (e.kind == lease) return fits(actual, e.a);
  switch (e.kind) {
    case yaml: {
      std::vector<KindId> seen;
      return fits_tree(actual, seen);
    }
    case string: return a.kind == string;
    case integer: return a.kind == integer;
    case floating: return a.kind == floating || a.kind == integer;
    case list: return a.kind == list && (type(a.a).kind == absent || fits(a.a, e.a));
    case map:
      if (a.kind != map || !fits_keys(a.b, e.b)) return false;
      return !a.a.valid() || fits(a.a, e.a);
    case reference:
      return (a.kind == reference || a.kind == nested) && program_.is_kind(a.of, e.of);
    case nested: return a.kind == nested && program_.is_kind(a.of, e.of);
    case symbols: {
      if (a.kind != symbols) return false;
      for (const types::Tag& tag : program_.types.tags(actual)) {
        if (program_.types.find_tag(expected, tag.name) == nullptr) return false;
      }
      return true;
    }
    default: return a.kind == e.kind;
  }
}

namespace {

bool is_plainly_secret(const types::TypeTable& types, TypeId id) {
  const types::Type& t = types[id];
  if (t.kind == TypeKind::secret) return true;
  const bool inner = t.kind == TypeKind::list || t.kind == TypeKind::map ||
                     t.kind == TypeKind::optional;
  return inner && t.a.valid() && is_plainly_secret(types, t.a);
}

}  // namespace

void Checker::secret_in_plain(ExprId id, TypeId expected) {
  const Expr& e = ast().exprs[id];
  const bool text_of_parts = e.kind == syntax::ExprKind::interpolation;
  auto report = diags_.report(kSecretInPlain, e.span, "`" + text(expected) + "`");
  if (text_of_parts) report.here("this text holds a secret, so the whole is secret");
  const auto show = [&](ExprId part) {
    const auto& resolved = program_.resolutions[part.index];
    if (resolved.kind != program::ResolutionKind::instance) return;
    report.label(lab_.instances[InstanceId(resolved.a)].name_span, "the secret is declared here");
  };
  show(id);
  if (text_of_parts) {
    for (const ExprId part : syntax::view(ast().expr_lists, e.list)) show(part);
  }
  report.help("use a field that takes a `secret`, or hand the secret itself to the service");
}

void Checker::mismatch(ExprId id, TypeId actual, TypeId expected) {
  const Expr& e = ast().exprs[id];
  const types::Type& a = type(actual);
  const TypeKind wanted = type(core(expected).valid() ? core(expected) : expected).kind;
  if (is_plainly_secret(program_.types, actual) ||
      (names_secret(actual) && wanted != reference && wanted != nested))
    return secret_in_plain(id, expected);
  if (a.kind == optional && fits(a.a, expected)) {
    diags_.report(kMaybeAbsent, e.span, described(expected))
        .help(
            "say what holds when it is absent: `... ?? value`, or ask `if has ... then ... else ...`");
    return;
  }
  if (type(core(expected)).kind == nested && a.kind == reference &&
      program_.is_kind(a.of, type(core(expected)).of)) {
    diags_
        .report(kTypeMismatch, e.span, described(actual) + " that is declared elsewhere",
                "one of its own")
        .help(fmt::format("`{{ ... }}` makes one here. A field of type `&{}` points at one that is "
                          "declared elsewhere",
                          text(program_.kinds[type(core(expected)).of].name)));
    return;
  }
  auto report = diags_.report(kTypeMismatch, e.span, described(actual), described(expected));
  if (type(core(expected)).kind == yaml && a.kind == nested && program_.kinds[a.of].record) {
    report.help("a record with a secret, a reference or a range in it cannot be said in a tree");
  } else {
    hint(report, id, actual, expected);
  }
}

TypeId Checker::common(TypeId a, TypeId b) {
  if (!a.valid()) return b;
  if (!b.valid() || a == b) return a;
  const types::Type ta = type(a);
  const types::Type tb = type(b);
  if (ta.kind == error) return b;
  if (tb.kind == error) return a;
  if (ta.kind == absent) return program_.types.optional_of(b);
  if (tb.kind == absent) return program_.types.optional_of(a);
  if (ta.kind == optional || tb.kind == optional) {
    const TypeId inner = common(program_.types.required(a), program_.types.required(b));
    return inner.valid() ? program_.types.optional_of(inner) : TypeId();
  }
  const bool refs = (ta.kind == reference || ta.kind == nested) &&
                    (tb.kind == reference || tb.kind == nested);
  if (refs) {
    for (KindId up = ta.of; up; up = program_.kinds[up].base) {
      if (!program_.is_kind(tb.of, up)) continue;
      // Of two that are made here one is.
      if (ta.kind == nested && tb.kind == nested) return program_.types.nested_of(up);
      return program_.types.reference_to(up, ta.mode);
    }
    return {};
  }
  if (ta.kind == list && tb.kind == list) {
    const TypeId inner = common(ta.a, tb.a);
    return inner.valid() ? program_.types.list_of(program_.types.required(inner)) : TypeId();
  }
  if (ta.kind == yaml || tb.kind == yaml) return simple(yaml);
  return values::joined_type(a, b, program_.types);
}

/// What a literal says; absent for anything that has to be computed. Quantities in their smallest unit.
values::Value Checker::literal_value(ExprId id) const {
  const Expr& e = ast().exprs[id];
  const bool negative = e.kind == syntax::ExprKind::unary && e.op == syntax::Op::negate;
  const Expr& written = negative ? ast().exprs[ExprId(e.a)] : e;
  const bool number = written.kind == syntax::ExprKind::integer ||
                      written.kind == syntax::ExprKind::floating ||
                      written.kind == syntax::ExprKind::domain;
  if (!number) return values::make(values::ValueKind::absent, id);
  const syntax::Literal& literal = ast().literals[syntax::LiteralId(written.a)];
  const auto whole = static_cast<std::int64_t>(literal.low);
  switch (literal.kind) {
    case LiteralKind::integer:
      return values::make_number(values::ValueKind::integer,
                                 negative ? static_cast<std::int64_t>(0 - literal.low) : whole, id);
    case LiteralKind::floating: {
      values::Value v = values::make(values::ValueKind::floating, id);
      v.real = negative ? -std::bit_cast<double>(whole) : std::bit_cast<double>(whole);
      return v;
    }
    case LiteralKind::bytes: return values::make_number(values::ValueKind::bytes, whole, id);
    case LiteralKind::cpu: return values::make_number(values::ValueKind::cpu, whole, id);
    case LiteralKind::duration: return values::make_number(values::ValueKind::duration, whole, id);
    case LiteralKind::power: return values::make_number(values::ValueKind::power, whole, id);
    case LiteralKind::rate: return values::make_number(values::ValueKind::rate, whole, id);
    default: return values::make(values::ValueKind::absent, id);
  }
}

/// How long a text or list will be whatever is computed; none where that is not known.
std::optional<std::int64_t> Checker::literal_length(ExprId id) const {
  const Expr& e = ast().exprs[id];
  if (e.kind == syntax::ExprKind::string) return values::character_count(text(Symbol(e.a)));
  if (e.kind != syntax::ExprKind::list) return std::nullopt;
  const auto items = syntax::view(ast().expr_lists, e.list);
  const bool fixed = std::all_of(items.begin(), items.end(), [&](ExprId item) {
    return ast().exprs[item].kind == syntax::ExprKind::string ||
           !literal_value(item).is(values::ValueKind::absent);
  });
  return fixed ? std::optional<std::int64_t>(items.size()) : std::nullopt;
}

/// Literals are judged at once; computed values when they are.
void Checker::literal_fits(ExprId id, TypeId expected) {
  if (!expected.valid() || lacks_quotes(ast().exprs[id])) return;
  const types::Type& t = type(core(expected).valid() ? core(expected) : expected);
  const types::Type& wanted = t.kind == lease ? type(t.a) : t;
  auto problem = values::bounds_problem(wanted, literal_value(id));
  const bool has_length = values::has_bounds(wanted) && values::bounds_length(wanted.kind);
  const auto length = has_length ? literal_length(id) : std::nullopt;
  if (length) problem = values::length_problem(wanted, *length);
  if (problem) {
    diags_.report(kOutOfRange, ast().exprs[id].span, *problem);
    poison(id);
    return;
  }
  text_fits(id, wanted);
}

void Checker::text_fits(ExprId id, const types::Type& wanted) {
  const Expr& e = ast().exprs[id];
  if (e.kind != syntax::ExprKind::string || wanted.kind != string) return;
  const std::string_view pattern = wanted.pattern.valid() ? text(wanted.pattern) : "";
  const auto problem = values::text_problem(wanted.format, text(Symbol(e.a)), pattern);
  if (!problem) return;
  if (!values::match_pattern("", pattern).problem.empty()) return poison(id);  // told of the type
  types::Type form = wanted;  // without the ends of its length
  form.low = INT64_MIN;
  form.high = INT64_MAX;
  const std::string what = wanted.pattern.valid()
                               ? "this text does not fit"
                               : "this is no `" + text(program_.types.intern(form)) + "`";
  diags_.report(kBadText, e.span, what, *problem);
  poison(id);
}

}  // namespace hlab::check
