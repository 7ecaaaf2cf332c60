// What a bare word means: a local, a word of the expected type, a declaration of the lab.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "compiler/check/check_diags.h"
#include "compiler/check/checker.h"
#include "compiler/check/foreign_words.h"
#include "compiler/check/module_diags.h"
#include "compiler/check/module_names.h"
#include "compiler/check/type_of_node.h"
#include "compiler/diag/article.h"
#include "compiler/diag/suggest.h"

namespace hlab::check {

using program::ResolutionKind;
using syntax::ExprKind;
using enum TypeKind;

namespace {

constexpr std::size_t kMostNamed = 4;

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

}  // namespace

TypeId Checker::name(ExprId id, const Expr& e, TypeId expected, Scope& scope) {
  const Symbol symbol(e.a);
  for (std::size_t i = scope.locals.size(); i-- > 0;) {
    if (scope.locals[i].name == symbol) {
      resolve(id, ResolutionKind::local, static_cast<std::uint32_t>(scope.locals.size() - 1 - i));
      return scope.locals[i].type;
    }
  }
  const TypeId as_word = word(id, symbol, expected, scope);
  if (as_word.valid()) return as_word;
  return instance_name(id, e, expected, scope);
}

TypeId Checker::word(ExprId id, Symbol symbol, TypeId expected, Scope& scope) {
  const TypeId wanted = core(expected);
  if (!wanted.valid()) return {};
  const types::Type t = type(wanted);
  if (t.kind == symbols) {
    const types::Tag* tag = program_.types.find_tag(wanted, symbol);
    if (tag == nullptr || tag->payload.valid()) return {};
    resolve(id, ResolutionKind::tag, symbol.index);
    return wanted;
  }
  if (t.kind == lease) {
    const bool is_auto = text(symbol) == "auto" && (t.flags & types::kLeaseAuto);
    const bool is_learned = text(symbol) == "learned" && (t.flags & types::kLeaseLearned);
    if (!is_auto && !is_learned) return {};
    resolve(id, is_auto ? ResolutionKind::lease_auto : ResolutionKind::lease_learned, 0);
    return wanted;
  }
  if (t.kind == nested) {
    const KindId kind = program_.find_kind(scope.module, text(symbol));
    if (!kind || !program_.is_kind(kind, t.of)) return {};
    resolve(id, ResolutionKind::construct, kind.index);
    return program_.types.nested_of(kind);
  }
  return {};
}

InstanceId Checker::declared_in(ModuleId home, Symbol name, KindId kind) const {
  const auto [first, last] = lab_.by_name.equal_range(name.valid() ? name.index : ~0u);
  for (auto it = first; it != last; ++it) {
    const program::Instance& instance = lab_.instances[it->second];
    const bool fits = !kind || program_.is_kind(instance.kind, kind);
    if (fits && instance.module == home) return it->second;
  }
  return {};
}

TypeId Checker::instance_name(ExprId id, const Expr& e, TypeId expected, Scope& scope) {
  const Symbol symbol(e.a);
  const TypeId found = declared_name(id, symbol, e.span, scope.module, expected, scope);
  if (found.valid()) return found;
  if (text(symbol) != "lab") return unknown_name(e, expected, scope);
  (void)asks_lab(e.span, "`lab`", scope);
  resolve(id, ResolutionKind::instance, 0xffffffffu);
  const KindId lab_kind = program_.core_kind("lab");
  return lab_kind ? program_.types.reference_to(lab_kind, syntax::EdgeMode::value) : poisoned();
}

TypeId Checker::declared_name(ExprId id, Symbol symbol, Span at, ModuleId home, TypeId expected,
                              Scope& scope) {
  const TypeId wanted = core(expected);
  KindId kind;
  if (wanted.valid() && (type(wanted).kind == reference || type(wanted).kind == nested)) {
    kind = type(wanted).of;
  }
  if (expected.valid() && type(program_.types.required(expected)).kind == secret) {
    kind = program_.core_kind("secret");
  }
  std::vector<InstanceId> all;
  std::vector<InstanceId> fitting;
  const auto [first, last] = lab_.by_name.equal_range(symbol.index);
  for (auto it = first; it != last; ++it) {
    if (lab_.instances[it->second].module != home) continue;
    all.push_back(it->second);
    if (kind && program_.is_kind(lab_.instances[it->second].kind, kind))
      fitting.push_back(it->second);
  }
  const auto& candidates = fitting.empty() ? all : fitting;
  const auto group = lab_.find_group(home, symbol);
  if (candidates.empty() && !group) return {};
  if (asks_lab(at, fmt::format("`{}`", text(symbol)), scope)) return poisoned();
  if (candidates.empty()) {
    resolve(id, ResolutionKind::group, *group);
    return program_.types.list_of(
        program_.types.reference_to(lab_.groups[*group].kind, syntax::EdgeMode::value));
  }
  if (candidates.size() > 1) {
    auto report = diags_.report(kAmbiguousName, at, text(symbol));
    for (const InstanceId one : candidates) {
      report.label(lab_.instances[one].name_span,
                   fmt::format("`{}`", program::instance_path(program_, lab_, one)));
    }
    std::string_view before = sources_.text(at);
    before.remove_suffix(text(symbol).size());
    std::string choices;
    for (const InstanceId one : candidates) {
      choices += fmt::format("{}`{}{}`", choices.empty() ? "" : " or ", before,
                             program::instance_path(program_, lab_, one));
    }
    report.help("write " + choices);
    return poisoned();
  }
  const program::Instance& instance = lab_.instances[candidates[0]];
  resolve(id, ResolutionKind::instance, candidates[0].index);
  if (program_.is_hidden(instance.entry, home, scope.module)) {
    report_hidden(program_, instance.entry, home, at, diags_);
  }
  if (kind && fitting.empty()) {
    const std::string_view is =
        text(program_.kinds[program::head_kind(program_, lab_, candidates[0])].name);
    diags_
        .report(kWrongKind, at, text(symbol),
                fmt::format("{}, and {} is needed", diag::with_article(is), a_kind(kind)))
        .label(instance.name_span, fmt::format("the {} is declared here", is));
    return poisoned();
  }
  return program_.types.reference_to(instance.kind, syntax::EdgeMode::start);
}

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
  if (lab_.broken_names.contains(symbol.index) || in_torn(symbol)) return poisoned();
  if (scope.untaken && may_be_declared(symbol)) return poisoned();
  if (scope.head && declared_anywhere(symbol)) {
    (void)asks_lab(e.span, fmt::format("`{}`", text(symbol)), scope);
    return poisoned();
  }
  const auto import = program_.modules[scope.module].imports.find(symbol.index);
  if (import != program_.modules[scope.module].imports.end()) {
    if (import->second.module) {
      diags_.report(kModuleIsNoValue, e.span, text(symbol))
          .help(fmt::format("say what of it: `{}.NAME`", text(symbol)));
    }
    return poisoned();
  }
  const TypeId wanted = core(expected);
  // The place itself is unknown, and was told: what would be one of its words cannot be said.
  if (wanted.valid() && type(wanted).kind == error) return poisoned();
  if (is_lease_word(symbol, wanted)) return lease_not_taken(e, expected);
  std::vector<std::string_view> names;
  for (const Local& local : scope.locals) names.push_back(text(local.name));
  if (wanted.valid() && type(wanted).kind == symbols) {
    for (const types::Tag& tag : program_.types.tags(wanted)) names.push_back(text(tag.name));
    const types::Tag* tag = program_.types.find_tag(wanted, symbol);
    if (tag != nullptr) {  // it wants a payload
      diags_.report(kTypeMismatch, e.span, fmt::format("`{}` alone", text(symbol)),
                    fmt::format("`{}({})`", text(symbol), text(tag->payload)));
      return poisoned();
    }
    diags_.report(kUnknownTag, e.span, text(symbol), "`" + text(wanted) + "`")
        .suggest(diag::closest(text(symbol), names));
    return poisoned();
  }
  KindId kind;
  if (wanted.valid() && type(wanted).kind == reference) kind = type(wanted).of;
  if (wanted.valid() && type(wanted).kind == nested) {
    kind = type(wanted).of;
    for (const program::Kind& k : program_.kinds) {
      if (!k.chain.empty() && program_.is_kind(k.chain.back(), kind)) names.push_back(text(k.name));
    }
  }
  const auto fits = [&](InstanceId id) {
    return !kind || program_.is_kind(lab_.instances[id].kind, kind);
  };
  for (const auto& [index, id] : lab_.by_name) {
    if (lab_.instances[id].module == scope.module && fits(id)) names.push_back(text(Symbol(index)));
  }
  for (const program::Group& group : lab_.groups) {
    if (group.module == scope.module) names.push_back(text(group.name));
  }
  std::vector<std::string> behind;  // of the modules that are imported
  for (const auto& [alias, reached] : program_.modules[scope.module].imports) {
    const auto [first, last] = lab_.by_name.equal_range(symbol.index);
    for (auto it = first; it != last; ++it) {
      if (lab_.instances[it->second].module != reached.module || !fits(it->second)) continue;
      behind.push_back(fmt::format("{}.{}", text(Symbol(alias)), text(symbol)));
    }
  }
  std::sort(behind.begin(), behind.end());
  std::sort(names.begin(), names.end());
  const std::string what = kind ? fmt::format(" ({} is needed)", a_kind(kind)) : std::string();
  auto report = diags_.report(kUnknownName, e.span, text(symbol), what);
  if (!behind.empty()) {
    report.suggest(behind[0]);
    return poisoned();
  }
  const bool names_field = scope.self && program_.field(scope.self, symbol) != program::kNoField;
  if (names_field && names.size() <= kMostNamed && sets_itself(sources_, e.span)) {
    if (!names.empty()) report.help(fmt::format("there is `{}`", fmt::join(names, "`, `")));
    return poisoned();
  }
  if (names_field) {
    report.help(fmt::format("the field of this instance is `.{}`", text(symbol)))
        .fix("with a dot", {{e.span, "." + std::string(text(symbol))}});
    return poisoned();
  }
  if (const std::string_view instead = instead_of_name(text(symbol)); !instead.empty()) {
    report.help(std::string(instead));
    return poisoned();
  }
  const diag::Near near = diag::closest(text(symbol), names);
  report.suggest(near);
  const auto found = program_.symbols->find(near);
  const InstanceId declared = declared_in(scope.module, found, KindId());
  if (declared) {
    report.label(lab_.instances[declared].name_span,
                 fmt::format("`{}` is declared here", near.name));
  } else if (near.empty() && wanted.valid() && type(wanted).kind == string) {
    report.help(fmt::format("a text is written in quotes: \"{}\"", text(symbol)));
    if (stands_alone(e.span)) {
      const std::string quoted = fmt::format("\"{}\"", text(symbol));
      report.fix("put quotes around it", {{e.span, quoted}});
    }
  } else if (near.empty() && wanted.valid() && type(wanted).kind == nested) {
    const std::string family = family_text(program_, kind);
    if (!family.empty())
      report.help(fmt::format("kinds of {}: {}", text(program_.kinds[kind].name), family));
  }
  return poisoned();
}

/// Heads are settled before the lab is known. Of a function it is remembered, for those who call it in one.
bool Checker::asks_lab(Span at, std::string_view what, const Scope& scope) {
  if (!functions_running_.empty()) {
    asking_.try_emplace(functions_running_.back(), at);
  } else if (scope.head) {
    (void)head_needs_constant(at, what);
  }
  return scope.head;
}

diag::Report Checker::head_needs_constant(Span at, std::string_view what) {
  return diags_.report(kHeadNeedsConstant, at, what)
      .help(
          "heads are made of literals, ranges, lists and functions of these; inside a value, `[... for x in ...]` may ask");
}

/// Half-typed text declares nothing, but what it was to declare is not told to be missing.
bool Checker::in_torn(Symbol name) const {
  if (!torn_words_) {
    torn_words_.emplace();
    for (const syntax::Entry& entry : ast().entries) {
      if (entry.kind == syntax::EntryKind::error && entry.span.valid()) add_words(entry.span);
    }
  }
  return torn_words_->contains(name.index);
}

void Checker::add_words(Span torn) const {
  const std::string_view written = sources_.text(torn);
  const auto in_word = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
  };
  for (std::size_t at = 0; at < written.size(); ++at) {
    const std::size_t begin = at;
    while (at < written.size() && in_word(written[at])) ++at;
    const Symbol word = program_.symbols->find(written.substr(begin, at - begin));
    if (word) torn_words_->insert(word.index);
  }
}

/// Heads are read before all declarations are known: whether the name is that of one.
bool Checker::declared_anywhere(Symbol name) const { return declared_names().contains(name.index); }

bool Checker::may_be_declared(Symbol name) const {
  return declared_anywhere(name) || computes_names_;
}

const std::unordered_set<std::uint32_t>& Checker::declared_names() const {
  if (declared_names_) return *declared_names_;
  declared_names_.emplace();
  for (const syntax::Entry& entry : ast().entries) {
    if (entry.kind == syntax::EntryKind::loop && entry.alias) {
      declared_names_->insert(entry.alias.index);
    }
    if (entry.kind != syntax::EntryKind::instance) continue;
    if (entry.name) declared_names_->insert(entry.name.index);
    computes_names_ = computes_names_ || entry.key.valid();
  }
  return *declared_names_;
}

void Checker::unknown_kind(Span at, Symbol name, ModuleId module) {
  report_unknown_kind(program_, module, text(name), at, diags_);
}

TypeId Checker::self_field(ExprId id, const Expr& e, Scope& scope) {
  const Symbol symbol(e.a);
  if (!scope.self) {
    diags_.report(kNoSelf, e.span, text(symbol))
        .help(fmt::format("say whose it is, as in `lab.{}`; a function takes it as a parameter",
                          text(symbol)));
    return poisoned();
  }
  (void)asks_lab(e.span, fmt::format("`.{}`", text(symbol)), scope);
  return kind_member(id, e, scope.self, scope);
}

}  // namespace hlab::check
