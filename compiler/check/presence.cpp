// What is known to be there: asked for by `has`, or written where it is declared.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/check/checker.h"

namespace hlab::check {

using program::ResolutionKind;
using syntax::Entry;
using syntax::EntryKind;
using syntax::ExprKind;

namespace {

/// Values that no absence can hide in.
bool is_literal(ExprKind kind) {
  return kind == ExprKind::boolean || kind == ExprKind::integer || kind == ExprKind::floating ||
         kind == ExprKind::string || kind == ExprKind::domain;
}

}  // namespace

/// The text of a chain of names (`a.b.c`, `.x.y`); "" for anything else.
std::string Checker::path_text(ExprId id) const {
  if (!id.valid()) return "";
  const Expr& e = ast().exprs[id];
  if (e.kind == ExprKind::name) return std::string(text(Symbol(e.a)));
  if (e.kind == ExprKind::self_field) return "." + std::string(text(Symbol(e.a)));
  if (e.kind != ExprKind::member) return "";
  const std::string object = path_text(ExprId(e.a));
  return object.empty() ? "" : object + "." + std::string(text(Symbol(e.b)));
}

/// The same with what is looked up in maps (`.m["k"].x`), and with the places of variables: another one may have the
/// same name.
std::string Checker::scoped_path(ExprId id, const Scope& scope) const {
  if (!id.valid()) return "";
  const Expr& e = ast().exprs[id];
  if (e.kind == ExprKind::name) {
    for (std::size_t i = scope.locals.size(); i-- > 0;) {
      if (scope.locals[i].name == Symbol(e.a)) return fmt::format("{}#{}", i, text(Symbol(e.a)));
    }
  }
  if (e.kind != ExprKind::member && e.kind != ExprKind::index) return path_text(id);
  const std::string object = scoped_path(ExprId(e.a), scope);
  if (object.empty()) return "";
  if (e.kind == ExprKind::member) return fmt::format("{}.{}", object, text(Symbol(e.b)));
  const Expr& key = ast().exprs[ExprId(e.b)];
  const bool literal = key.kind == ExprKind::string || key.kind == ExprKind::integer;
  const std::string asked = literal ? std::string(sources_.text(key.span))
                                    : scoped_path(ExprId(e.b), scope);
  return asked.empty() ? "" : fmt::format("{}[{}]", object, asked);
}

/// `has x` holds for x, and for what x was reached through.
bool Checker::proven(ExprId id, const Scope& scope) const {
  const std::string path = scoped_path(id, scope);
  if (path.empty()) return false;
  if (set_by_declaration(id)) return true;
  return std::any_of(scope.present.begin(), scope.present.end(), [&](const std::string& known) {
    return known == path || (known.size() > path.size() && known.starts_with(path) &&
                             (known[path.size()] == '.' || known[path.size()] == '['));
  });
}

/// `ana.email` where the declaration of `ana` itself gives a literal, and nothing in the lab can take it
/// away again.
bool Checker::set_by_declaration(ExprId id) const {
  const Expr& e = ast().exprs[id];
  if (e.kind != ExprKind::member) return false;
  const program::Resolution& object = program_.resolutions[ExprId(e.a).index];
  if (object.kind != ResolutionKind::instance || object.a == 0xffffffffu) return false;
  const syntax::EntryId declared = lab_.instances[InstanceId(object.a)].entry;
  if (!declared.valid()) return false;
  const auto body = syntax::view(ast().entry_lists, ast().entries[declared].body);
  const bool is_set = std::any_of(body.begin(), body.end(), [&](syntax::EntryId one) {
    const Entry& entry = ast().entries[one];
    return entry.kind == EntryKind::set && entry.path.count == 1 &&
           ast().segments[entry.path.begin].name == Symbol(e.b) && entry.value.valid() &&
           is_literal(ast().exprs[entry.value].kind);
  });
  return is_set && !taken_away().contains(e.b);
}

/// The names of fields that some `unset` or `override` of the program is about.
const std::unordered_set<std::uint32_t>& Checker::taken_away() const {
  if (!taken_away_) {
    taken_away_.emplace();
    for (const Entry& entry : ast().entries) {
      if (entry.kind != EntryKind::unset && entry.kind != EntryKind::override_) continue;
      if (entry.path.empty()) continue;
      const Symbol last = ast().segments[entry.path.begin + entry.path.count - 1].name;
      taken_away_->insert(last.index);
    }
  }
  return *taken_away_;
}

}  // namespace hlab::check
