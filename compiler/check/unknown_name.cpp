// What is said of a name that nobody declares: what it could have been meant to be.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "compiler/check/check_diags.h"
#include "compiler/check/checker.h"
#include "compiler/check/few_names.h"
#include "compiler/check/foreign_words.h"
#include "compiler/check/module_diags.h"
#include "compiler/check/module_names.h"
#include "compiler/check/type_of_node.h"
#include "compiler/diag/suggest.h"
#include "compiler/diag/worth_naming.h"

namespace hlab::check {

using syntax::Entry;
using enum TypeKind;

namespace {

/// `network = network`: the field itself is no value for it.
bool sets_itself(const SourceMap& sources, Span name) {
  std::string_view before = sources.text(name.file).substr(0, name.begin);
  const auto trim = [&] { before = before.substr(0, before.find_last_not_of(" \t\n") + 1); };
  trim();
  if (!before.ends_with('=')) return false;
  before.remove_suffix(1);
  trim();
  const std::string_view word = sources.text(name);
  if (!before.ends_with(word)) return false;
  before.remove_suffix(word.size());
  return before.empty() ||
         std::string_view(" \t\n{.").find(before.back()) != std::string_view::npos;
}

/// A function that is called so; none where there is none.
program::FunctionId function_called(const program::Program& program, program::ModuleId from,
                                    Symbol name) {
  for (const program::ModuleId module : {from, program.prelude}) {
    const auto found = program.modules[module].functions.find(name.index);
    if (found != program.modules[module].functions.end()) return found->second;
  }
  return {};
}

/// `x-1`: where the minus stands, behind a variable; 0 where it stands behind none.
std::size_t minus_behind(std::string_view written, const std::vector<std::string_view>& names) {
  for (std::size_t at = written.find('-'); at != std::string_view::npos;
       at = written.find('-', at + 1)) {
    const bool is_it = std::find(names.begin(), names.end(), written.substr(0, at)) != names.end();
    if (is_it && at + 1 < written.size()) return at;
  }
  return 0;
}

/// A declaration of the module that the lab itself does not have.
const Entry* declared_elsewhere(const program::Program& program, Symbol name,
                                program::ModuleId home) {
  if (!name.valid()) return nullptr;
  for (const Entry& entry : program.ast->entries) {
    const bool same = entry.kind == syntax::EntryKind::instance && entry.name == name;
    if (same && program.module_of(entry.span) == home) return &entry;
  }
  return nullptr;
}

/// The declaration whose body says `moved from` that name; none where no one says so.
const Entry* called_now(const syntax::Ast& ast, Symbol old) {
  const auto moves = [&](syntax::EntryId id) {
    const Entry& inner = ast.entries[id];
    return inner.kind == syntax::EntryKind::moved && inner.name == old;
  };
  for (const Entry& entry : ast.entries) {
    if (entry.kind != syntax::EntryKind::instance || !entry.name.valid()) continue;
    const auto body = syntax::view(ast.entry_lists, entry.body);
    if (std::any_of(body.begin(), body.end(), moves)) return &entry;
  }
  return nullptr;
}

/// Why the lab does not have it.
std::string where_declared(const program::Program& program, const Entry& declared) {
  for (const Entry& entry : program.ast->entries) {
    const bool site = entry.kind == syntax::EntryKind::site;
    if (!site && entry.kind != syntax::EntryKind::test) continue;
    if (contains(entry.span, declared.span))
      return fmt::format("declared here, for the {} `{}` alone", site ? "site" : "test",
                         program.text(entry.name));
  }
  return "declared here, where no condition and no round leads";
}

}  // namespace

/// What the place would take.
struct Checker::Meant {
  KindId kind;                          // none where any
  std::vector<std::string_view> names;  // sorted
  std::string behind;                   // the first of what imported modules call so
};

/// Not the beginning of `a.b`, `a / b` or a call: in quotes it would still be only a part. Behind a
/// blank a word begins the next entry.
bool Checker::stands_alone(Span at) const {
  const std::string_view rest = sources_.text(at.file).substr(at.end);
  const std::size_t next = rest.find_first_not_of(" \t");
  if (next == std::string_view::npos) return true;
  const bool word = std::isalpha(static_cast<unsigned char>(rest[next])) != 0;
  return (word && next > 0) ||
         std::string_view("\r\n,]})#").find(rest[next]) != std::string_view::npos;
}

TypeId Checker::unknown_name(const Expr& e, TypeId expected, const Scope& scope) {
  const Symbol symbol(e.a);
  const TypeId wanted = core(expected);
  if (is_told_elsewhere(e, wanted, scope)) return poisoned();
  // The place itself is unknown, and was told: what would be one of its words cannot be said.
  if (wanted.valid() && type(wanted).kind == error) return poisoned();
  if (is_lease_word(symbol, wanted)) return lease_not_taken(e, expected);
  if (wanted.valid() && type(wanted).kind == symbols) {
    unknown_word(e, wanted, scope);
    return poisoned();
  }
  Meant meant;
  if (diag::worth_naming(diags_)) {
    meant = meant_by(symbol, wanted, scope);
  } else if (wanted.valid() && (type(wanted).kind == reference || type(wanted).kind == nested)) {
    meant.kind = type(wanted).of;
  }
  std::vector<std::string_view> variables;
  for (const Local& local : scope.locals) variables.push_back(text(local.name));
  auto report = diags_.report(
      kUnknownName, e.span, text(symbol),
      meant.kind ? fmt::format(" ({} is needed)", a_kind(meant.kind)) : std::string());
  if (!diag::worth_naming(diags_)) return poisoned();
  const Entry* elsewhere = declared_in(scope.module, symbol, KindId())
                               ? nullptr
                               : declared_elsewhere(program_, symbol, scope.module);
  const Entry* renamed = called_now(ast(), symbol);
  if (elsewhere != nullptr) {
    report.label(elsewhere->name_span, where_declared(program_, *elsewhere));
  } else if (renamed != nullptr) {
    report.label(renamed->name_span, "it is called so now").suggest(text(renamed->name));
  } else if (!meant.behind.empty()) {
    report.suggest(meant.behind);
  } else if (scope.self && program_.field(scope.self, symbol) != program::kNoField) {
    meant_field(report, e, meant);
  } else if (const auto function = function_called(program_, scope.module, symbol)) {
    const bool alone = program_.functions[function].parameters.empty();
    report.help(fmt::format("a function is called with parentheses: `{}({})`", text(symbol),
                            alone ? "" : "..."));
    if (alone) report.fix("call it", {{Span{e.span.file, e.span.end, e.span.end}, "()"}});
  } else if (const std::size_t minus = minus_behind(text(symbol), variables)) {
    const std::string apart = fmt::format("{} - {}", text(symbol).substr(0, minus),
                                          text(symbol).substr(minus + 1));
    report.help(fmt::format("a minus right behind a name belongs to it: `{}`", apart))
        .fix("put blanks around it", {{e.span, apart}});
  } else if (const auto instead = instead_of_name(text(symbol)); !instead.empty()) {
    report.help(std::string(instead));
  } else {
    suggest_name(report, e, expected, meant, scope);
  }
  return poisoned();
}

void Checker::breaks_name(ExprId key) {
  const auto parts = syntax::view(ast().expr_lists, ast().exprs[key].list);
  const bool text_first = !parts.empty() && ast().exprs[parts[0]].kind == syntax::ExprKind::string;
  broken_beginnings_.push_back(text_first ? text(Symbol(ast().exprs[parts[0]].a)) : "");
}

/// The declaration that has the name was told to be wrong, or one of that kind to have no name.
bool Checker::is_broken(Symbol name, KindId kind) const {
  const auto begins = [&](std::string_view known) { return text(name).starts_with(known); };
  if (lab_.broken_names.contains(name.index) ||
      std::any_of(broken_beginnings_.begin(), broken_beginnings_.end(), begins))
    return true;
  return std::any_of(nameless_.begin(), nameless_.end(), [&](KindId nameless) {
    return !kind || program_.is_kind(nameless, kind) || program_.is_kind(kind, nameless);
  });
}

/// Another message is about it, or its declaration is one that did not parse.
bool Checker::is_told_elsewhere(const Expr& e, TypeId wanted, const Scope& scope) {
  const Symbol symbol(e.a);
  const bool of_kind = wanted.valid() &&
                       (type(wanted).kind == reference || type(wanted).kind == nested);
  const bool of_self = scope.self && program_.field(scope.self, symbol) != program::kNoField;
  const bool of_any = (!wanted.valid() && !of_self) || of_kind;
  if (of_any && is_broken(symbol, of_kind ? type(wanted).of : KindId())) return true;
  if (lab_.broken_names.contains(symbol.index) || in_torn(symbol, e.span)) return true;
  if (scope.untaken && may_be_declared(symbol)) return true;
  if (scope.head && declared_anywhere(symbol)) {
    (void)asks_lab(e.span, fmt::format("`{}`", text(symbol)), scope);
    return true;
  }
  const auto& imports = program_.modules[scope.module].imports;
  const auto import = imports.find(symbol.index);
  if (import == imports.end()) return false;
  if (import->second.module) {
    diags_.report(kModuleIsNoValue, e.span, text(symbol))
        .help(fmt::format("say what of it: `{}.NAME`", text(symbol)));
  }
  return true;
}

/// Where one of several words is wanted.
void Checker::unknown_word(const Expr& e, TypeId words, const Scope& scope) {
  const Symbol symbol(e.a);
  const types::Tag* tag = program_.types.find_tag(words, symbol);
  if (tag != nullptr) {  // it wants a payload
    diags_.report(kTypeMismatch, e.span, fmt::format("`{}` alone", text(symbol)),
                  fmt::format("`{}({})`", text(symbol), text(tag->payload)));
    return;
  }
  std::vector<std::string_view> names;
  if (diag::worth_naming(diags_)) {
    for (const Local& local : scope.locals) names.push_back(text(local.name));
    for (const types::Tag& known : program_.types.tags(words)) names.push_back(text(known.name));
  }
  diags_.report(kUnknownTag, e.span, text(symbol), "`" + text(words) + "`")
      .suggest(diag::closest(text(symbol), names));
}

std::vector<std::string_view> Checker::declared_with(Symbol field, ModuleId home) const {
  std::vector<std::string_view> names;
  if (!field.valid()) return names;
  for (const auto& [index, id] : lab_.by_name) {
    const program::Instance& one = lab_.instances[id];
    if (one.module == home && program_.field(one.kind, field) != program::kNoField)
      names.push_back(text(Symbol(index)));
  }
  std::sort(names.begin(), names.end());
  return names;
}

Checker::Meant Checker::meant_by(Symbol symbol, TypeId wanted, const Scope& scope) const {
  Meant meant;
  for (const Local& local : scope.locals) meant.names.push_back(text(local.name));
  if (wanted.valid() && (type(wanted).kind == reference || type(wanted).kind == nested))
    meant.kind = type(wanted).of;
  if (wanted.valid() && type(wanted).kind == nested) {
    for (const program::Kind& k : program_.kinds) {
      if (!k.chain.empty() && program_.is_kind(k.chain.back(), meant.kind))
        meant.names.push_back(text(k.name));
    }
  }
  if (wanted.valid() && type(wanted).kind == boolean)
    meant.names.insert(meant.names.end(), {"true", "false"});
  if (wanted.valid() && type(wanted).kind == lease) {
    if ((type(wanted).flags & types::kLeaseAuto) != 0) meant.names.emplace_back("auto");
    if ((type(wanted).flags & types::kLeaseLearned) != 0) meant.names.emplace_back("learned");
  }
  const auto fits = [&](InstanceId id) {
    return !meant.kind || program_.is_kind(lab_.instances[id].kind, meant.kind);
  };
  for (const auto& [index, id] : lab_.by_name) {
    if (lab_.instances[id].module == scope.module && fits(id))
      meant.names.push_back(text(Symbol(index)));
  }
  std::vector<std::string_view> having = declared_with(read_behind_, scope.module);
  if (!diag::closest(text(symbol), having).empty()) meant.names = std::move(having);
  for (const program::Group& group : lab_.groups) {  // a list: no value where one is wanted
    if (group.module == scope.module && !meant.kind) meant.names.push_back(text(group.name));
  }
  for (const auto& [alias, reached] : program_.modules[scope.module].imports) {
    const auto [first, last] = lab_.by_name.equal_range(symbol.index);
    const bool is_there = std::any_of(first, last, [&, home = reached.module](const auto& one) {
      return lab_.instances[one.second].module == home && fits(one.second);
    });
    if (!is_there) continue;
    const std::string path = fmt::format("{}.{}", text(Symbol(alias)), text(symbol));
    if (meant.behind.empty() || path < meant.behind) meant.behind = path;
  }
  return meant;
}

/// It is a field of the instance around it.
void Checker::meant_field(diag::Report report, const Expr& e, const Meant& meant) const {
  if (sets_itself(sources_, e.span)) {  // with a dot it would need itself
    report.help(few_names(meant.names));
    return;
  }
  const std::string_view name = text(Symbol(e.a));
  // Behind the dots of a range a third one would be taken for one of theirs.
  const bool ends_range = sources_.text(e.span.file).substr(0, e.span.begin).ends_with('.');
  report.help(fmt::format("the field of this instance is `.{}`", name))
      .fix("with a dot", {{e.span, (ends_range ? " ." : ".") + std::string(name)}});
  // Or a declaration of a near name: only who wrote it knows.
  if (!diag::closest(name, meant.names).empty()) report.unsure();
}

std::vector<std::string_view> Checker::meant_names(Symbol symbol, const Scope& scope) const {
  return meant_by(symbol, TypeId(), scope).names;
}

/// The nearest name; where none is near, what the place takes.
void Checker::suggest_name(diag::Report report, const Expr& e, TypeId expected, const Meant& meant,
                           const Scope& scope) const {
  const std::string_view written = text(Symbol(e.a));
  std::vector<std::string_view> names = meant.names;
  const bool of_lab = !read_behind_.valid() ||
                      program_.field(program_.core_kind("lab"), read_behind_) != program::kNoField;
  if (!meant.kind && of_lab) names.push_back("lab");
  const diag::Near near = diag::closest(written, names);
  report.suggest(near);
  const InstanceId declared = declared_in(scope.module, program_.symbols->find(near), KindId());
  if (declared) {
    report.label(lab_.instances[declared].name_span,
                 fmt::format("`{}` is declared here", near.name));
    const TypeId it = program_.types.reference_to(lab_.instances[declared].kind,
                                                  syntax::EdgeMode::value);
    if (expected.valid() && !fits(it, expected)) report.unsure();  // a text may be meant
  }
  if (near.empty()) suggest_other(report, e, expected, meant);
}

/// No name is near: what the place takes that is no name. All of it is a guess: nobody but its writer knows what
/// the word was to mean.
void Checker::suggest_other(diag::Report report, const Expr& e, TypeId expected,
                            const Meant& meant) const {
  const std::string_view written = text(Symbol(e.a));
  const TypeId wanted = core(expected);
  if (!wanted.valid()) return;
  const KindId lab = program_.core_kind("lab");
  const std::uint32_t of_lab = program_.field(lab, Symbol(e.a));
  if (of_lab != program::kNoField && fits(core(program_.kinds[lab].fields[of_lab].type), wanted)) {
    const std::string named = fmt::format("lab.{}", written);
    report.help(fmt::format("the lab's is `{}`", named))
        .fix(fmt::format("write `{}`", named), {{e.span, named}})
        .unsure();
  } else if (meant.kind ? meant.kind == program_.core_kind("secret") : takes_secret(expected)) {
    report.help(
        fmt::format("a secret is declared at the top of a file: `secret {} {{}}`", written));
  } else if (type(wanted).kind == string) {
    const std::string quoted = fmt::format("\"{}\"", written);
    report.help("a text is written in quotes: " + quoted);
    if (stands_alone(e.span)) report.fix("put quotes around it", {{e.span, quoted}}).unsure();
  } else if (type(wanted).kind == nested) {
    const std::string family = family_text(program_, meant.kind);
    if (!family.empty())
      report.help(fmt::format("kinds of {}: {}", text(program_.kinds[meant.kind].name), family));
  }
}

/// `secret T`, however optional.
bool Checker::takes_secret(TypeId place) const {
  while (place.valid() && type(place).kind == optional) place = type(place).a;
  return place.valid() && type(place).kind == secret;
}

}  // namespace hlab::check
