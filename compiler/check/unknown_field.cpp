// A field that a kind does not have: which one was meant, or which kind.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/check/check_diags.h"
#include "compiler/check/checker.h"
#include "compiler/diag/article.h"
#include "compiler/diag/suggest.h"
#include "compiler/diag/worth_naming.h"

namespace hlab::check {

using syntax::Expr;
using syntax::ExprKind;
using syntax::Segment;
using enum TypeKind;

namespace {

bool is_visible(const program::Program& program, const program::Kind& other, KindId from) {
  return other.module == program.prelude || other.module == program.kinds[from].module ||
         other.module == program.lab_module;
}

/// A kind of a near name that has the field; empty where there is none.
std::string_view near_kind_with(const program::Program& program, KindId kind, Symbol name) {
  std::vector<std::string_view> names;
  for (std::uint32_t i = 0; i < program.kinds.size(); ++i) {
    const program::Kind& other = program.kinds[KindId(i)];
    if (KindId(i) != kind && is_visible(program, other, kind) &&
        program.field(KindId(i), name) != program::kNoField)
      names.push_back(program.text(other.name));
  }
  return diag::closest(program.text(program.kinds[kind].name), names);
}

/// The one kind that refines it and adds the field; none where several do by themselves.
KindId refinement_with(const program::Program& program, KindId kind, Symbol name) {
  KindId found;
  for (std::uint32_t i = 0; i < program.kinds.size(); ++i) {
    const KindId other(i);
    const program::Kind& refined = program.kinds[other];
    if (other == kind || !refined.base || !is_visible(program, refined, kind)) continue;
    if (!program.is_kind(other, kind) || program.field(other, name) == program::kNoField) continue;
    if (program.field(refined.base, name) != program::kNoField) continue;  // it has it from there
    if (found) return {};
    found = other;
  }
  return found;
}

}  // namespace

void Checker::unknown_field(Span at, KindId kind, Symbol name) {
  if (program_.kinds[kind].torn || lacks_by_torn(kind, name)) return;
  const bool sets = setting_ != nullptr;
  if (sets && meant_.of == kind && program_.field(meant_.refined, name) != program::kNoField)
    return;
  const bool worth_naming = diag::worth_naming(diags_);
  auto report = diags_.report(kUnknownField, at,
                              "`" + std::string(text(program_.kinds[kind].name)) + "`", text(name));
  if (!worth_naming || misses_blanks(report, at, kind, name)) return;
  if (!sets && program_.kinds[kind].methods.contains(name.index)) {
    report.help(fmt::format("it is called: `{}(...)`", text(name)));
  } else if (!suggest_field(report, at, kind, name) && !suggest_kind(report, kind, name)) {
    const bool owner = !sets && text(name) == "owner";
    report.help(
        owner
            ? "what holds it may be of any kind: `.owner-name` is its name, `service[x.owner-name]` the service of that name"
            : fields_text(kind));
  }
}

/// `.size-1`, where there is a `size` to subtract from.
bool Checker::misses_blanks(diag::Report& report, Span at, KindId kind, Symbol name) const {
  const std::string_view written = text(name);
  const std::size_t minus = written.rfind('-');
  if (setting_ != nullptr || minus == std::string_view::npos) return false;
  const std::uint32_t before = program_.field(kind,
                                              program_.symbols->find(written.substr(0, minus)));
  if (before == program::kNoField) return false;
  const TypeKind of = type(core(program_.kinds[kind].fields[before].type)).kind;
  if (of != integer && of != floating && (of < bytes || of > rate)) return false;
  const std::string apart = fmt::format("{} - {}", written.substr(0, minus),
                                        written.substr(minus + 1));
  report.help(fmt::format("a minus right behind a name belongs to it: `{}`", apart))
      .fix("put blanks around it", {{at, apart}});
  return true;
}

/// Another kind that has the field: one that refines this one, or of a near name.
bool Checker::suggest_kind(diag::Report& report, KindId kind, Symbol name) {
  if (setting_ != nullptr && meant_.of == kind) return false;  // said already
  const KindId refined = refinement_with(program_, kind, name);
  const std::string_view own = text(program_.kinds[kind].name);
  if (refined) {
    const std::string_view other = text(program_.kinds[refined].name);
    if (setting_ != nullptr) {
      meant_ = {kind, refined};
      report.help(fmt::format("{} has it: `{} NAME: {} {{ ... }}`",
                              diag::with_article(fmt::format("`{}`", other)), own, other));
    } else {
      report.help(fmt::format("{} has it: where `x is {}(y)` holds, `y.{}` is there",
                              diag::with_article(fmt::format("`{}`", other)), other, text(name)));
    }
    return true;
  }
  const std::string_view near = near_kind_with(program_, kind, name);
  if (near.empty()) return false;
  report.help(fmt::format("`{}` has it: did you mean that kind?", near));
  return true;
}

/// The fields of a kind where they are few, else where to read of them.
std::string Checker::fields_text(KindId kind) const {
  constexpr std::size_t kMost = 8;
  const program::Kind& k = program_.kinds[kind];
  const std::string place = program_.modules[k.module].library && k.module != program_.prelude
                                ? fmt::format("{}.", text(program_.modules[k.module].path))
                                : "";
  std::string list;
  for (const program::Field& field : k.fields) {
    list += fmt::format("{}`{}`", list.empty() ? "" : ", ", text(field.name));
  }
  if (k.fields.size() <= kMost) return list.empty() ? "it has no fields" : "its fields are " + list;
  return fmt::format("`hlab doc {}{}` lists its fields", place, text(k.name));
}

/// The type of what the rest of a path sets in a field; none where that leads nowhere.
TypeId Checker::behind(TypeId field, Span segment) const {
  if (setting_ == nullptr) return field;
  const auto path = syntax::view(ast().segments, setting_->path);
  std::size_t next = 0;
  while (next < path.size() && path[next].span != segment) ++next;
  TypeId place = field;
  for (++next; next < path.size(); ++next) {
    const types::Type& t = type(core(place));
    if (t.kind == error || t.kind == yaml) return simple(error);
    if (t.kind == map) {
      place = t.a;
    } else if (t.kind == nested) {
      const std::uint32_t inner = path[next].name.valid() ? program_.field(t.of, path[next].name)
                                                          : program::kNoField;
      if (inner == program::kNoField) return {};
      place = program_.kinds[t.of].fields[inner].type;
    } else {
      return {};
    }
  }
  return place;
}

/// Whether what the entry being looked at sets would fit a field of that type, as far as that shows.
bool Checker::may_take(TypeId field) const {
  if (setting_ == nullptr || !setting_->value.valid()) return true;
  const Expr& value = ast().exprs[setting_->value];
  const types::Type& wanted = type(core(field));
  if (!is_plain(setting_->value))
    return value.kind == ExprKind::name || value.kind == ExprKind::member ? wanted.kind != nested
                                                                          : true;
  if (wanted.kind == error) return true;
  const TypeId given = value.kind == ExprKind::interpolation ? simple(string) : plain_type(value);
  return fits(given, field);
}

/// A field of a part that is called so, or the nearest one that takes the value; else one that differs by
/// a slip of letters. False where there is none.
bool Checker::suggest_field(diag::Report& report, Span at, KindId kind, Symbol name) {
  std::vector<std::string_view> takers;
  std::vector<std::string_view> others;
  for (const program::Field& field : program_.kinds[kind].fields) {
    const TypeId place = behind(field.type, at);
    (place.valid() && may_take(place) ? takers : others).push_back(text(field.name));
    const types::Type& part = type(core(field.type));
    if (part.kind != nested || setting_ == nullptr) continue;
    const std::uint32_t inner = program_.field(part.of, name);
    if (inner == program::kNoField) continue;
    const TypeId inner_place = behind(program_.kinds[part.of].fields[inner].type, at);
    if (!inner_place.valid() || !may_take(inner_place)) continue;
    const std::string path = fmt::format("{}.{}", text(field.name), text(name));
    report.help(fmt::format("it is a field of `{}`: `{} = ...`", text(field.name), path))
        .fix("write it so", {{at, path}})
        .unsure();
    return true;
  }
  if (const diag::Near near = diag::closest(text(name), takers); !near.empty()) {
    report.suggest(near);
    return true;
  }
  const diag::Near slip = diag::closest(text(name), others);
  if (slip.empty() || !slip.certain) return false;
  report.help(fmt::format("did you mean `{}`? It takes another value", slip.name));
  return true;
}

}  // namespace hlab::check
