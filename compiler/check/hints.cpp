// What was probably meant where a value of another type stands: quotes too many or too few, a unit that
// is missing, brackets around one element.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "compiler/check/check_diags.h"
#include "compiler/check/checker.h"
#include "compiler/check/entry_hints.h"
#include "compiler/syntax/parse.h"
#include "compiler/values/builtins.h"
#include "compiler/values/text_format.h"

namespace hlab::check {

using syntax::ExprKind;
using syntax::LiteralKind;
using enum TypeKind;

namespace {

TypeKind type_of(LiteralKind kind) {
  switch (kind) {
    case LiteralKind::integer: return integer;
    case LiteralKind::floating: return floating;
    case LiteralKind::ip: return ip;
    case LiteralKind::cidr: return cidr;
    case LiteralKind::mac: return mac;
    case LiteralKind::bytes: return bytes;
    case LiteralKind::cpu: return cpu;
    case LiteralKind::duration: return duration;
    case LiteralKind::power: return power;
    case LiteralKind::rate: return rate;
  }
  return error;
}

std::string_view example_of(TypeKind kind) {
  switch (kind) {
    case bytes: return "512MiB";
    case cpu: return "500m";
    case duration: return "30s";
    case power: return "65W";
    case rate: return "1Gbps";
    default: return "";
  }
}

bool has_text(TypeKind kind) {
  return kind == boolean || kind == integer || kind == floating || kind == ip || kind == cidr ||
         kind == mac || kind == symbols || (kind >= bytes && kind <= rate);
}

}  // namespace

/// The operation by which a tree's value becomes one of that type; "" where there is none.
static std::string_view read_as(TypeKind kind) {
  switch (kind) {
    case boolean: return ".bool()";
    case integer: return ".int()";
    case floating: return ".float()";
    case string: return ".text()";
    case list: return ".list()";
    case map: return ".map()";
    case ip: return ".ip()";
    case cidr: return ".cidr()";
    case mac: return ".mac()";
    case bytes: return ".bytes()";
    case duration: return ".duration()";
    default: return "";
  }
}

/// What a text is read as by an operation of that name: trees have the same ones.
static bool is_read_from_text(TypeKind kind) {
  return kind == ip || kind == cidr || kind == mac || kind == bytes || kind == duration ||
         kind == integer;
}

/// A text that is computed, where an address or an amount is wanted.
static void read_text(diag::Report& report, Span at, std::string_view written, TypeKind kind) {
  constexpr std::string_view kText = ".text()";
  const std::string_view read = read_as(kind);
  if (written.ends_with(kText)) {
    const auto begin = static_cast<std::uint32_t>(at.end - kText.size());
    report.help(fmt::format("what the tree holds there is read as one by `{}`", read))
        .fix("read it", {{Span{at.file, begin, at.end}, std::string(read)}})
        .unsure();
    return;
  }
  report.help(fmt::format("`{}` of a text is what it says, or absent where that is none",
                          read.substr(0, read.find('('))));
}

std::string Checker::tree_help(TypeKind wanted) {
  const std::string_view read = read_as(wanted);
  return read.empty() ? "" : fmt::format("what the tree holds there is read as one by `{}`", read);
}

/// `"1500"` where an Int is wanted, `"lan"` where a network is.
bool Checker::means_without_quotes(const Expr& e, TypeId wanted) const {
  return e.kind == ExprKind::string && means(text(Symbol(e.a)), wanted, e.span);
}

/// Whether it is a value of that type, written so.
bool Checker::means(std::string_view written, TypeId wanted, Span at) const {
  const Symbol word = program_.symbols->find(written);
  const types::Type& t = type(wanted);
  if (t.kind == boolean) return written == "true" || written == "false";
  if (t.kind == symbols) {
    const types::Tag* tag = word ? program_.types.find_tag(wanted, word) : nullptr;
    return tag != nullptr && !tag->payload.valid();
  }
  if (t.kind == reference) {
    const program::ModuleId home = program_.module_of(at);
    const auto [first, last] = lab_.by_name.equal_range(word.index);
    return std::any_of(first, last, [&](const auto& named) {
      const program::Instance& one = lab_.instances[named.second];
      return one.module == home && program_.is_kind(one.kind, t.of);
    });
  }
  if (t.kind == nested) {
    const KindId kind = program_.find_kind(program_.lab_module, written);
    return kind.valid() && program_.is_kind(kind, t.of);
  }
  const auto literal = syntax::literal_in(written);
  return literal &&
         (type_of(*literal) == t.kind || (t.kind == floating && *literal == LiteralKind::integer));
}

/// `4 GB`: the word that stands behind a number and a blank.
std::string Checker::unit_behind(Span number) const {
  const std::string_view text = sources_.file(number.file).text;
  std::size_t at = number.end;
  while (at < text.size() && text[at] == ' ') ++at;
  std::size_t end = at;
  while (end < text.size() && std::isalpha(static_cast<unsigned char>(text[end])) != 0) ++end;
  if (at == number.end || end == at || end - at > 4) return "";
  const std::string unit(text.substr(at, end - at));
  return syntax::literal_in("1" + unit) ? unit : "";
}

/// `service["web"]`
bool Checker::is_lookup(ExprId id) const {
  return ast().exprs[id].kind == ExprKind::index &&
         program_.resolutions[id.index].kind == program::ResolutionKind::lookup;
}

/// How the kind is written there; "" where it cannot be named.
std::string Checker::kind_seen(KindId kind, ModuleId from) const {
  const program::Kind& named = program_.kinds[kind];
  return program_.is_hidden(named.entry, named.module, from)
             ? ""
             : program::seen_name(program_, named.module, named.name, from);
}

/// `.m.keys` is the entry of that name, where the operation was meant; nullptr where there is none.
const values::Builtin* Checker::operation_of_key(ExprId id) const {
  const program::Resolution& how = program_.resolutions[id.index];
  if (how.kind != program::ResolutionKind::map_key) return nullptr;
  const values::Builtin* found = values::find_builtin(map, text(Symbol(how.a)));
  return found != nullptr && found->min_args == 0 ? found : nullptr;
}

void Checker::hint(diag::Report report, ExprId id, TypeId actual, TypeId expected) const {
  const Expr& e = ast().exprs[id];
  const TypeId wanted = core(expected).valid() ? core(expected) : expected;
  const TypeKind kind = type(wanted).kind == lease ? type(type(wanted).a).kind : type(wanted).kind;
  const TypeKind given = type(core(actual)).kind;
  const auto written = sources_.text(e.span);
  const bool literal = e.kind == ExprKind::integer || e.kind == ExprKind::floating ||
                       e.kind == ExprKind::domain || e.kind == ExprKind::boolean;
  const auto rewrite = [&](std::string help, std::string text) {
    report.help(std::move(help)).fix("write it so", {{e.span, std::move(text)}});
  };
  if (const auto* operation = operation_of_key(id); operation != nullptr) {
    report.help(fmt::format("the operation of a map is called: `.{}()`", operation->name))
        .fix("call it", {{Span{e.span.file, e.span.end, e.span.end}, "()"}})
        .unsure();
  } else if (means_without_quotes(e, type(wanted).kind == lease ? type(wanted).a : wanted)) {
    rewrite("without quotes it is one", std::string(text(Symbol(e.a))));
  } else if (kind == string && has_text(given)) {
    rewrite("as a text",
            literal ? fmt::format("\"{}\"", written) : fmt::format("\"${{{}}}\"", written));
    const types::Type& form = type(wanted);
    const std::string_view pattern = form.pattern.valid() ? text(form.pattern) : "";
    if (!literal || values::text_problem(form.format, written, pattern)) report.unsure();
  } else if (kind == map && given != map && given != absent && written.find('\n') == written.npos) {
    const TypeId key = core(type(wanted).b);
    if (key.valid() && type(key).kind == reference) {
      key_by_declaration(report, sources_, e, text(program_.kinds[type(key).of].name),
                         declared_of(type(key).of, program_.module_of(e.span)));
    } else {
      name_entries(report, sources_, ast(), e);
    }
  } else if (given == string && e.kind == ExprKind::interpolation && (kind == ip || kind == cidr)) {
    report.help(kind == ip
                    ? "an address is computed from its network: `lan.cidr.host(20 + i)`"
                    : "a network is computed from a larger one: `10.20.0.0/16.subnet(24, i)`");
  } else if (given == integer && !example_of(kind).empty()) {
    const std::string unit = unit_behind(e.span);
    report.help(
        unit.empty()
            ? fmt::format("a number of what? Write the unit: `{}`", example_of(kind))
            : fmt::format("the unit stands right behind the number: `{}{}`", written, unit));
  } else if (given == cpu && kind == duration && literal) {
    rewrite("minutes are `min`", std::string(written) + "in");
    report.unsure();
  } else if (given == ip && kind == cidr) {
    report.help(fmt::format("a network says how long its prefix is: `{}/24`",
                            literal ? written : "192.168.1.0"));
  } else if (given == string && e.kind != ExprKind::string && is_read_from_text(kind)) {
    read_text(report, e.span, written, kind);
  } else if (kind == list && given != yaml && fits(actual, type(wanted).a)) {
    rewrite("a list stands in brackets", fmt::format("[{}]", written));
  } else if (given == int_range && kind != int_range) {
    report.help(fmt::format("a list of what it holds is `[...{}]`", written));
  } else if (given == yaml && !tree_help(kind).empty()) {
    report.help(tree_help(kind));
    if (e.kind == ExprKind::call || e.kind == ExprKind::member || e.kind == ExprKind::index ||
        e.kind == ExprKind::name)
      report
          .fix("read it", {{Span{e.span.file, e.span.end, e.span.end}, std::string(read_as(kind))}})
          .unsure();
  } else if (given == map && kind == list) {
    report.help("`.keys()` and `.values()` make a list of it");
  } else if (kind == reference && given == reference && is_lookup(id) &&
             program_.is_kind(type(wanted).of, type(core(actual)).of)) {
    // Which one it is shows only when the name is computed.
    const std::string seen = kind_seen(type(wanted).of, program_.module_of(e.span));
    if (seen.empty()) return;
    report.help(fmt::format("what is looked up has the kind that one asks for: `{}[...]`", seen))
        .fix("look for one", {{ast().exprs[ExprId(e.a)].span, seen}});
    report.unsure();
  }
}

}  // namespace hlab::check
