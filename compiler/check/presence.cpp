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

/// The same, with the place of the variable that it begins with: another one may have the same name.
std::string Checker::scoped_path(ExprId id, const Scope& scope) const {
  const std::string path = path_text(id);
  const std::string_view root = std::string_view(path).substr(0, path.find('.'));
  for (std::size_t i = scope.locals.size(); i-- > 0;) {
    if (text(scope.locals[i].name) == root) return fmt::format("{}#{}", i, path);
  }
  return path;
}

/// `has x` holds for x, and for what x was reached through.
bool Checker::proven(ExprId id, const Scope& scope) const {
  const std::string path = scoped_path(id, scope);
  if (path.empty()) return false;
  if (set_by_declaration(id)) return true;
  return std::any_of(scope.present.begin(), scope.present.end(), [&](const std::string& known) {
    return known == path ||
           (known.size() > path.size() && known.starts_with(path) && known[path.size()] == '.');
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
