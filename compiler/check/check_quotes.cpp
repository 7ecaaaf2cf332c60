// Quotes where there should be none, and the other way round: the one mistake of form that can be
// mended without knowing what was meant.
#include <fmt/format.h>

#include "compiler/check/checker.h"
#include "compiler/syntax/parse.h"
#include "compiler/values/text_format.h"

namespace hlab::check {

using syntax::ExprKind;
using syntax::LiteralKind;
using enum TypeKind;

namespace {

/// What a text would be without its quotes: a literal, or a name.
struct Bare {
  ExprKind kind = ExprKind::error;
  LiteralKind literal = LiteralKind::integer;
};

Bare without_quotes(std::string_view content) {
  Bare bare;
  if (content.empty() || content.size() > 64) return bare;
  SourceMap sources;
  SymbolTable symbols;
  syntax::Ast ast;
  diag::Diagnostics diags;
  const FileId file = sources.add("text", std::string(content));
  const syntax::ExprId id = syntax::parse_expression(sources, file, symbols, ast, diags);
  if (!id.valid() || diags.has_errors()) return bare;
  const syntax::Expr& e = ast.exprs[id];
  if (e.span.begin != 0 || e.span.end != content.size()) return bare;
  bare.kind = e.kind;
  if (e.kind == ExprKind::domain) bare.literal = ast.literals[syntax::LiteralId(e.a)].kind;
  return bare;
}

bool is_of(const Bare& bare, TypeKind wanted) {
  switch (wanted) {
    case boolean: return bare.kind == ExprKind::boolean;
    case integer: return bare.kind == ExprKind::integer;
    case floating: return bare.kind == ExprKind::integer || bare.kind == ExprKind::floating;
    case ip: return bare.kind == ExprKind::domain && bare.literal == LiteralKind::ip;
    case cidr: return bare.kind == ExprKind::domain && bare.literal == LiteralKind::cidr;
    case mac: return bare.kind == ExprKind::domain && bare.literal == LiteralKind::mac;
    case bytes: return bare.kind == ExprKind::domain && bare.literal == LiteralKind::bytes;
    case cpu: return bare.kind == ExprKind::domain && bare.literal == LiteralKind::cpu;
    case duration: return bare.kind == ExprKind::domain && bare.literal == LiteralKind::duration;
    case power: return bare.kind == ExprKind::domain && bare.literal == LiteralKind::power;
    case rate: return bare.kind == ExprKind::domain && bare.literal == LiteralKind::rate;
    default: return false;
  }
}

}  // namespace

/// Whether the text, as a bare word, names something that the place takes.
bool Checker::names_something(std::string_view word, TypeId expected) const {
  const types::Type t = type(core(expected));
  const Symbol symbol = program_.symbols->find(word);
  if (!symbol) return false;
  if (t.kind == symbols) {
    const types::Tag* tag = program_.types.find_tag(core(expected), symbol);
    return tag != nullptr && !tag->payload.valid();
  }
  if (t.kind == nested) {
    const KindId kind = program_.find_kind(program_.lab_module, word);
    return kind.valid() && program_.is_kind(kind, t.of);
  }
  if (t.kind != reference) return false;
  const auto [first, last] = lab_.by_name.equal_range(symbol.index);
  return std::any_of(first, last, [&](const auto& named) {
    return program_.is_kind(lab_.instances[named.second].kind, t.of);
  });
}

void Checker::offer_quotes(diag::Report& report, const Expr& e, TypeId expected) const {
  const types::Type wanted = type(core(expected));
  const std::string_view written = sources_.text(e.span);
  if (e.kind == ExprKind::string) {
    const std::string_view content = text(Symbol(e.a));
    if (written != fmt::format("\"{}\"", content)) return;  // with escapes, or over several lines
    const Bare bare = without_quotes(content);
    const TypeKind kind = wanted.kind == lease ? type(wanted.a).kind : wanted.kind;
    const bool literal = is_of(bare, kind);
    if (literal || (bare.kind == ExprKind::name && names_something(content, expected))) {
      report.fix("take the quotes away", {{e.span, std::string(content)}});
    }
    return;
  }
  const bool literal = e.kind == ExprKind::integer || e.kind == ExprKind::floating ||
                       e.kind == ExprKind::domain || e.kind == ExprKind::boolean;
  if (!literal || wanted.kind != string) return;
  const std::string_view pattern = wanted.pattern.valid() ? text(wanted.pattern) : "";
  if (values::text_problem(wanted.format, written, pattern)) return;
  report.fix("put quotes around it", {{e.span, fmt::format("\"{}\"", written)}});
}

}  // namespace hlab::check
