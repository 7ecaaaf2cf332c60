#include "compiler/evaluate/left_out.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/diag/suggest.h"
#include "compiler/evaluate/evaluate_diags.h"
#include "compiler/source/span_order.h"
#include "compiler/syntax/parts.h"

namespace hlab::evaluate {

using program::Lab;
using program::Program;
using syntax::Ast;
using syntax::Expr;
using syntax::ExprId;
using syntax::ExprKind;

namespace {

/// Whether the key is written, not computed: `m.key`, `m["key"]`.
bool names_key(const Ast& ast, const Expr& e) {
  return e.kind == ExprKind::member ||
         (e.kind == ExprKind::index && ast.exprs[ExprId(e.b)].kind == ExprKind::string);
}

std::string_view key_of(const Program& program, const Expr& e) {
  if (e.kind == ExprKind::member) return program.text(Symbol(e.b));
  return program.text(Symbol(program.ast->exprs[ExprId(e.b)].a));
}

Span place_of_key(const Ast& ast, const Expr& e) {
  if (e.kind == ExprKind::index) return ast.exprs[ExprId(e.b)].span;
  return e.name_span.valid() ? e.name_span : e.span;
}

std::vector<std::string_view> keys_of(const Program& program, const Lab& lab,
                                      const values::Map& map) {
  std::vector<std::string_view> keys;
  for (const values::MapItem& item : map.items) {
    const Symbol name = item.key.is_instance ? lab.instances[program::InstanceId(item.key.id)].name
                                             : Symbol(item.key.id);
    if (name.valid()) keys.push_back(program.text(name));
  }
  return keys;
}

/// A site goes without a declaration of that name: what names it goes too, as it should.
bool is_gone(const Program& program, const Lab& lab, std::string_view key) {
  const Symbol name = program.symbols->find(key);
  if (!name.valid()) return false;
  const auto [first, last] = lab.by_name.equal_range(name.index);
  return std::any_of(first, last,
                     [&](const auto& known) { return lab.instances[known.second].gone; });
}

/// Where what is written is meant for many: kinds, functions, defaults. In order of their places, none in another.
std::vector<Span> shared_texts(const Program& program) {
  std::vector<Span> all;
  for (const syntax::Entry& e : program.ast->entries) {
    using enum syntax::EntryKind;
    if (e.kind == kind || e.kind == record || e.kind == function || e.kind == defaults)
      all.push_back(e.span);
  }
  std::sort(all.begin(), all.end(), stands_before);
  std::vector<Span> out;
  for (const Span one : all) {
    if (out.empty() || !contains(out.back(), one)) out.push_back(one);
  }
  return out;
}

}  // namespace

void NamedKeys::found(ExprId access) {
  if (access.index >= found_.size()) found_.resize(access.index + 1);
  found_[access.index] = true;
}

void NamedKeys::left_out(const Ast& ast, ExprId whole) {
  if (whole.valid()) note_causes(ast, whole, whole);
}

void NamedKeys::note_causes(const Ast& ast, ExprId part, ExprId whole) {
  const Expr& e = ast.exprs[part];
  if (missed_.contains(part.index) && names_key(ast, e)) causes_.emplace(part.index, whole);
  switch (e.kind) {
    case ExprKind::member:
    case ExprKind::index:
    case ExprKind::unary:
    case ExprKind::only:
    case ExprKind::because: return note_causes(ast, ExprId(e.a), whole);
    case ExprKind::binary:
      if (e.op == syntax::Op::coalesce) return;
      note_causes(ast, ExprId(e.a), whole);
      return note_causes(ast, ExprId(e.b), whole);
    case ExprKind::conditional:
      note_causes(ast, ExprId(e.b), whole);
      return note_causes(ast, ExprId(e.c), whole);
    case ExprKind::interpolation:
      for (const ExprId inner : syntax::view(ast.expr_lists, e.list))
        note_causes(ast, inner, whole);
      return;
    case ExprKind::call:
      // Of an operation: `x.key.upper()`. What a function makes of an absent value is its affair.
      return note_causes(ast, ExprId(e.a), whole);
    default: return;
  }
}

std::vector<Span> NamedKeys::missed_but_in(const NamedKeys& there, const Ast& ast) const {
  std::vector<Span> places;
  for (const auto& [access, whole] : causes_) {
    if (access < there.found_.size() && there.found_[access])
      places.push_back(place_of_key(ast, ast.exprs[ExprId(access)]));
  }
  return places;
}

void NamedKeys::report(const Program& program, const Lab& lab, const SourceMap& sources,
                       diag::Diagnostics& diags) const {
  const Ast& ast = *program.ast;
  std::vector<Span> shared;
  if (!causes_.empty()) shared = shared_texts(program);
  for (const auto& [access, whole] : causes_) {
    const Expr& e = ast.exprs[ExprId(access)];
    if (access < found_.size() && found_[access]) continue;
    if (sources.file(e.span.file).is_library) continue;
    const std::string_view key = key_of(program, e);
    if (is_gone(program, lab, key)) continue;
    const values::Map& map = *missed_.at(access);
    const diag::Near near = diag::closest(key, keys_of(program, lab, map));
    // What a kind says of every instance may wait for one that has the entry.
    if (near.empty() && lies_in(shared, e.span)) continue;
    const Span at = place_of_key(ast, e);
    auto report = diags.report(kNoSuchEntry, at, sources.text(ast.exprs[ExprId(e.a)].span), key);
    if (ast.exprs[whole].span != at) report.label(ast.exprs[whole].span, "this is left out");
    if (near.empty()) {
      report.help(
          "where it may be missing, `... ?? VALUE` stands for it, or the entry goes into `if has ... { }` in the "
          "braces of its map");
    } else if (e.kind == ExprKind::member) {
      report.suggest(near).unsure();  // another key may be meant: `http` is no `https`
    } else {
      report.help(fmt::format("did you mean `{}`?", near.name));
    }
  }
}

}  // namespace hlab::evaluate
