#include "compiler/evaluate/declared_names.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/check/check_diags.h"
#include "compiler/diag/worth_naming.h"
#include "compiler/evaluate/evaluate_diags.h"
#include "compiler/values/scalar_text.h"
#include "compiler/values/text_format.h"
#include "compiler/values/text_forms.h"

namespace hlab::evaluate {

using namespace program;
using syntax::Entry;
using syntax::EntryKind;

DeclaredNames::DeclaredNames(const Program& program, Lab& lab, Evaluator& evaluator,
                             diag::Diagnostics& diags)
    : program_(program), lab_(lab), evaluator_(evaluator), diags_(diags) {
  for (const auto& [name, known] : lab.by_name)
    by_path_.emplace(path_of(head_kind(program, lab, known), Symbol(name)), known);
}

bool DeclaredNames::may_take(const NewDeclaration& wanted) {
  if (is_taken(wanted)) return false;
  if (!program_.is_kind(wanted.kind, program_.core_kind("file"))) check_label(wanted);
  return true;
}

void DeclaredNames::take(InstanceId added) {
  const Symbol name = lab_.instances[added].name;
  lab_.by_name.emplace(name.index, added);
  by_path_.emplace(path_of(head_kind(program_, lab_, added), name), added);
}

/// Paths begin with the name of the kind: of two modules' kinds that are called alike, too.
std::uint64_t DeclaredNames::path_of(KindId head, Symbol name) const {
  return std::uint64_t{program_.kinds[head].name.index} << 32 | name.index;
}

bool DeclaredNames::is_label(Symbol name) const {
  return !values::text_problem(types::TextFormat::dns_label, program_.text(name), "");
}

bool DeclaredNames::is_taken(const NewDeclaration& wanted) {
  const Entry& e = program_.ast->entries[wanted.entry];
  const KindId head = program_.kinds[wanted.kind].chain.front();
  const auto known = by_path_.find(path_of(head, wanted.name));
  if (known == by_path_.end()) return false;
  const InstanceId earlier = known->second;
  if (replaces_planned(wanted, earlier)) {
    by_path_.erase(known);
    const auto [first, last] = lab_.by_name.equal_range(wanted.name.index);
    lab_.by_name.erase(
        std::find_if(first, last, [&](const auto& one) { return one.second == earlier; }));
    return false;
  }
  const std::uint64_t place = std::uint64_t{e.name_span.file.index} << 32 | e.name_span.begin;
  const bool is_file = program_.is_kind(wanted.kind, program_.core_kind("file"));
  // A name that cannot be is told once, also where a loop makes it in each round.
  if (!is_file && !e.key.valid() && wanted.repeated && !is_label(wanted.name)) return true;
  if (told_.insert({place, wanted.name.index}).second) tell_taken(wanted, earlier);
  return true;
}

/// A site looks ahead: what the lab plans is there in it, said in full.
bool DeclaredNames::replaces_planned(const NewDeclaration& wanted, InstanceId declared) {
  const syntax::Ast& ast = *program_.ast;
  Instance& before = lab_.instances[declared];
  const bool planned = (ast.entries[wanted.entry].flags & syntax::kFlagPlanned) != 0;
  const bool in_site = wanted.variation.valid() &&
                       ast.entries[wanted.variation].kind == EntryKind::site;
  if (!in_site || planned || !before.planned || before.gone) return false;
  if (contains(ast.entries[wanted.variation].span, before.name_span)) return false;
  before.gone = true;
  return true;
}

/// Of one that each round of a loop declares anew.
void DeclaredNames::name_by_variable(diag::Report report, const Instance& first,
                                     const Entry& declared) const {
  if (!diag::worth_naming(diags_)) return;
  Symbol variable;  // of the innermost loop, or the one that the name was taken from
  for (const Entry& loop : program_.ast->entries) {
    const bool around = loop.kind == EntryKind::loop && contains(loop.span, declared.span);
    if (around && (!variable.valid() || loop.name == declared.name)) variable = loop.name;
  }
  if (!variable.valid() || first.env == nullptr) return;
  const values::Value& round = first.env->value;
  const bool instance = round.is(values::ValueKind::instance);
  if (!instance && !values::canonical_text(round, *program_.symbols)) return;
  const std::string part = fmt::format("${{{}{}}}", program_.text(variable),
                                       instance ? ".name" : "");
  const std::string name = variable == declared.name
                               ? part
                               : fmt::format("{}-{}", program_.text(declared.name), part);
  report.help(fmt::format("each round needs a name of its own, which is a text: `\"{}\"`", name))
      .fix("write it so", {{declared.name_span, fmt::format("\"{}\"", name)}})
      .unsure();
}

void DeclaredNames::tell_taken(const NewDeclaration& wanted, InstanceId earlier) {
  const syntax::Ast& ast = *program_.ast;
  const Entry& e = ast.entries[wanted.entry];
  const Span at = e.name_span;
  const KindId head = program_.kinds[wanted.kind].chain.front();
  auto report = diags_.report(check::kDeclaredTwice, at, program_.text(program_.kinds[head].name),
                              program_.text(wanted.name));
  const Instance& first = lab_.instances[earlier];
  if (first.name_span != at) report.label(first.name_span, "declared here first");
  evaluator_.trace(report, at, program_.text(wanted.name));
  evaluator_.trace_first(report, first.env);
  if (wanted.previous.valid() && ast.entries[wanted.previous].kind == EntryKind::without) {
    report.help(ast.entries[wanted.previous].name == wanted.name
                    ? "what is left out keeps its name: `override` changes its fields instead"
                    : "`without` leaves out one declaration: write it before this one too");
  }
  if (first.name_span == at && wanted.repeated && !e.key.valid())
    name_by_variable(report, first, e);
  if (first.module == wanted.module) return;
  report.note("both modules are parts of one lab, and what is generated is called by this name");
  lab_.broken_names.insert(wanted.name.index);  // its own module does not have it now
}

void DeclaredNames::check_label(const NewDeclaration& wanted) {
  const Entry& e = program_.ast->entries[wanted.entry];
  const std::string_view written = program_.text(wanted.name);
  const auto problem = values::text_problem(types::TextFormat::dns_label, written, "");
  if (!problem) return;
  const std::string fitting = values::slug_text(written);
  lab_.broken_names.insert(program_.symbols->intern(fitting).index);
  if (evaluator_.counts_again(e.name_span, kNameNotLabel.info.code, written)) return;
  auto report = diags_.report(kNameNotLabel, e.name_span, written);
  report.note(*problem);
  const std::size_t open = written.find_first_of("${");
  if (!e.key.valid() && wanted.repeated && open != std::string_view::npos) {
    report.help(fmt::format("the variable of a loop stands in `${{ }}`: \"{}${{...}}\"",
                            written.substr(0, open)));
  } else if (!fitting.empty()) {
    report.help(fmt::format("`{}` would do", fitting));
  }
  evaluator_.trace(report, e.name_span, kNameNotLabel.info.code);
}

}  // namespace hlab::evaluate
