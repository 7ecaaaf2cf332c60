// A text whose quotes were forgotten. Where it can be nothing else the scanner has told it, and the type of the
// place says whether quotes are the mend. Else it reads as an expression: `Europe/Oslo` divides, `home.example.org` asks
// for a member. Where a text is wanted and it begins with nothing that is there, it is told as one text.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/check/check_diags.h"
#include "compiler/check/checker.h"
#include "compiler/check/foreign_words.h"
#include "compiler/diag/suggest.h"
#include "compiler/syntax/line_ahead.h"
#include "compiler/syntax/syntax_diags.h"
#include "compiler/values/bounds.h"
#include "compiler/values/characters.h"
#include "compiler/values/text_format.h"

namespace hlab::check {

using syntax::ExprKind;
using enum TypeKind;

namespace {

bool is_word_sign(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.' || c == '/';
}

std::vector<std::string_view> field_names(const program::Program& program, KindId kind) {
  std::vector<std::string_view> names{"name", "path", "owner-name", "kind-name"};
  for (const program::Field& field : program.kinds[kind].fields)
    names.push_back(program.text(field.name));
  return names;
}

}  // namespace

/// Whether the first word leads to nothing that the rest could be asked of.
bool Checker::begins_bare_text(const Expr& first, Symbol member, bool divided,
                               const Scope& scope) const {
  const Symbol symbol(first.a);
  const std::string_view name = text(symbol);
  const auto is_it = [&](const Local& local) { return local.name == symbol; };
  if (scope.self && program_.field(scope.self, symbol) != program::kNoField) return false;
  if (!instead_of_name(name).empty()) return false;  // `self.x`
  if (name == "lab" || std::any_of(scope.locals.begin(), scope.locals.end(), is_it)) return false;
  if (program_.modules[scope.module].imports.contains(symbol.index)) return false;
  if (program_.find_kind(scope.module, name) || lab_.find_group(scope.module, symbol)) return false;
  if (program_.module_of_path(scope.module, name).module) return false;
  if (in_torn(symbol, first.span) || is_broken(symbol, KindId())) return false;
  const auto candidates = named(symbol, scope.module, KindId());
  if (divided) return candidates.empty();
  const auto has_member = [&](InstanceId one) {
    const KindId kind = lab_.instances[one].kind;
    return program_.field(kind, member) != program::kNoField ||
           program_.kinds[kind].methods.contains(member.index) || text(member) == "name" ||
           text(member) == "path" || text(member) == "owner-name" || text(member) == "kind-name";
  };
  if (std::any_of(candidates.begin(), candidates.end(), has_member)) return false;
  if (candidates.size() == 1)
    return diag::closest(text(member), field_names(program_, lab_.instances[candidates[0]].kind))
        .empty();
  std::vector<std::string_view> names = meant_names(symbol, scope);
  names.push_back("lab");
  return !candidates.empty() || diag::closest(name, names).empty();
}

bool Checker::bare_text(ExprId id, TypeId expected, const Scope& scope) {
  const auto divides = [](const Expr& e) {
    return e.kind == ExprKind::binary && e.op == syntax::Op::divide;
  };
  const Expr& whole = ast().exprs[id];
  if (whole.kind != ExprKind::member && !divides(whole)) return false;
  const TypeId wanted = core(expected);
  if (!wanted.valid() || type(wanted).kind != string || scope.head || scope.untaken) return false;
  const std::string_view written = sources_.text(whole.span);
  if (!std::all_of(written.begin(), written.end(), is_word_sign)) return false;
  bool divided = false;
  Symbol member;
  const Expr* first = &whole;
  for (; first->kind == ExprKind::member || divides(*first);
       first = &ast().exprs[ExprId(first->a)]) {
    divided = divided || divides(*first);
    if (first->kind == ExprKind::member) member = Symbol(first->b);
  }
  // `one.foo` may as well be a field that is misspelt; `home.example.org` is none.
  const bool one_member = !divided && ast().exprs[ExprId(whole.a)].kind == ExprKind::name;
  if (first->kind != ExprKind::name ||
      (one_member && named(Symbol(first->a), scope.module, KindId()).size() == 1)) {
    return false;
  }
  if (!begins_bare_text(*first, member, divided, scope)) return false;
  const std::string quoted = fmt::format("\"{}\"", written);
  auto report = diags_.report(kUnknownName, whole.span, written, "");
  report.help("a text is written in quotes: " + quoted);
  if (stands_alone(whole.span)) report.fix("put quotes around it", {{whole.span, quoted}});
  const bool is_secret = type(program_.types.required(expected)).kind == secret;
  if (stands_alone(whole.span) && (!divided || is_secret)) report.unsure();
  return true;
}

/// The scanner has told it. A text that does not end has no entry.
bool Checker::lacks_quotes(const Expr& e) const {
  return e.kind == ExprKind::string && !sources_.text(e.span).ends_with('"');
}

TypeId Checker::text_without_quotes(ExprId id, TypeId expected) {
  bare_texts_.push_back({id, expected});
  poison(id);
  return fits(simple(string), expected) ? simple(string) : poisoned();
}

void Checker::judge_bare_texts() {
  for (const BareText& bare : bare_texts_) judge(bare);
  bare_texts_.clear();
}

/// What is wrong with the text in quotes; "" where it fits.
std::string Checker::why_no_text(const Expr& e, TypeId expected) const {
  const types::Type& wanted = type(core(expected));
  if (wanted.kind != string) return "";
  const std::string_view written = text(Symbol(e.a));
  if (values::has_bounds(wanted)) {
    if (const auto problem = values::length_problem(wanted, values::character_count(written)))
      return *problem;
  }
  const std::string_view pattern = wanted.pattern.valid() ? text(wanted.pattern) : "";
  return values::text_problem(wanted.format, written, pattern).value_or("");
}

/// The mend is certain where the text fits; where no text does, it is no text.
void Checker::judge(const BareText& bare) {
  const Expr& e = ast().exprs[bare.id];
  bool told = false;
  diags_.remove_if([&](const diag::Diagnostic& found) {
    const bool it = found.info == &syntax::kBareText.info && found.at == e.span;
    told = told || it;
    return it;
  });
  if (!told) return;  // judged already: the body stands in several places
  const std::string_view written = sources_.text(e.span);
  if (fits(simple(string), bare.expected)) {
    auto report = diags_.report(syntax::kBareText, e.span, written);
    if (written.find_first_of("\"\\") != std::string_view::npos) return;
    report.fix("put quotes around it", {{e.span, fmt::format("\"{}\"", written)}});
    const std::string problem = bare.expected.valid() ? why_no_text(e, bare.expected) : "";
    if (!problem.empty()) report.note(problem);
    const bool known = bare.expected.valid() && type(bare.expected).kind != error;
    const bool plain = written.find_first_of(syntax::kSignsOfLists) == std::string_view::npos;
    if (!problem.empty() || !plain || !known || takes_secret(bare.expected)) report.unsure();
    return;
  }
  auto report = diags_.report(kTypeMismatch, e.span, "a text without quotes",
                              described(bare.expected));
  const TypeId inner = core(bare.expected);
  const TypeId wanted = type(inner).kind == lease ? type(inner).a : inner;
  const bool sign = std::string_view("@:/").find(written.front()) != std::string_view::npos;
  if (sign && means(written.substr(1), wanted, e.span)) {
    report.help(fmt::format("without `{}` it is one", written.front()))
        .fix("take it away", {{e.span, std::string(written.substr(1))}});
    return;
  }
  const std::size_t blank = written.find(' ');
  if (blank == std::string_view::npos) return;
  const std::string_view first = written.substr(0, blank);
  const std::string_view rest = written.substr(written.find_first_not_of(' ', blank));
  const Symbol word = program_.symbols->find(first);
  const types::Tag* tag = type(wanted).kind == symbols && word
                              ? program_.types.find_tag(wanted, word)
                              : nullptr;
  if (tag != nullptr && tag->payload.valid()) {  // `backup nightly`
    report.help(fmt::format("what it carries stands in parentheses: `{}({})`", first, rest));
  } else if (program_.find_kind(program_.module_of(e.span), first) &&
             means(rest, wanted, e.span)) {  // `network = network lan`
    report.help("the name alone is the value")
        .fix(fmt::format("write `{}`", rest), {{e.span, std::string(rest)}});
  }
}

}  // namespace hlab::check
