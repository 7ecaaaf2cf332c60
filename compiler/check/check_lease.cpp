// `auto` and `learned`: which words a place takes, and where a declared field draws from.
#include <fmt/format.h>

#include "compiler/check/checker.h"
#include "compiler/check/lease_diags.h"

namespace hlab::check {

using enum TypeKind;

namespace {

constexpr std::string_view kOwner = "owner";

}  // namespace

bool Checker::is_lease_word(Symbol word, TypeId wanted) const {
  if (text(word) != "auto" && text(word) != "learned") return false;
  if (!wanted.valid()) return false;
  switch (type(wanted).kind) {
    case lease:
    case map:
    case boolean:
    case integer:
    case floating:
    case ip:
    case cidr:
    case mac:
    case ip_range:
    case int_range:
    case bytes:
    case cpu:
    case duration:
    case power:
    case rate: return true;
    default: return false;
  }
}

TypeId Checker::lease_not_taken(const Expr& e, TypeId expected) {
  const TypeId wanted = core(expected);
  auto report = diags_.report(kLeaseNotTaken, e.span, text(Symbol(e.a)), text(wanted));
  if (type(wanted).kind == map) {
    report.help(fmt::format("its entries have names: `NAME.KEY = {}`", text(Symbol(e.a))));
  } else if (type(wanted).kind != lease) {
    report.help("hlab cannot know it: write the value");
  } else if (type(wanted).flags & types::kLeaseAuto) {
    report.help("write it, or let hlab take the next free one with `auto`")
        .fix("let hlab choose", {{e.span, "auto"}})
        .unsure();
  } else {
    report.help("write it, or `learned`");
  }
  return poisoned();
}

bool Checker::holds_lease(TypeId id) const {
  const types::Type& t = type(id);
  if (t.kind == lease) return true;
  const bool inner = t.kind == list || t.kind == map || t.kind == optional || t.kind == secret;
  return inner && t.a.valid() && holds_lease(t.a);
}

void Checker::no_pool(Span at, const std::string& why) {
  diags_.report(kLeaseWithoutPool, at, why)
      .help(
          "a field of numbers draws from a `numbers`: `Int | auto(.owner.seats)`; one of addresses has its network as key: `Map<&network, Ip | auto>`");
}

void Checker::lease_declaration(Span at, KindId kind, TypeId field) {
  const TypeId plain = core(field);
  if (!holds_lease(plain)) return;
  const types::Type& t = type(plain);
  if (t.kind == map && type(t.a).kind == lease) return lease_of_key(at, plain);
  if (t.kind != lease) return no_pool(at, "what is leased is a field, or a map by network");
  if (t.flags & types::kLeaseLearned)
    return no_pool(at, "`learned` is for addresses by network alone");
  if (type(t.a).kind != integer)
    return no_pool(at, fmt::format("`{}` would come from no pool", text(plain)));
  lease_path(at, kind, plain);
}

/// `Map<&network, Ip | auto>`: the key is the pool.
void Checker::lease_of_key(Span at, TypeId map_type) {
  const types::Type& t = type(map_type);
  const bool by_network = t.b.valid() && type(t.b).kind == reference &&
                          program_.is_kind(type(t.b).of, program_.core_kind("network"));
  const types::Type& leased = type(t.a);
  if (!by_network || type(leased.a).kind != ip || leased.tags.count != 0)
    no_pool(at, fmt::format("`{}` would come from no pool", text(map_type)));
}

/// The path from the holder to the pool, as far as it is known: the owner may be of any kind.
void Checker::lease_path(Span at, KindId kind, TypeId leased) {
  const auto path = program_.types.tags(leased);
  if (path.empty()) return no_pool(at, "`auto` does not say where its numbers come from");
  if (type(leased).flags & types::kLeaseOfLab) kind = program_.core_kind("lab");
  for (const types::Tag& step : path) {
    if (text(step.name) == kOwner && program_.field(kind, step.name) == program::kNoField) return;
    const std::uint32_t found = program_.field(kind, step.name);
    if (found == program::kNoField && program_.kinds[kind].torn) return;
    if (found == program::kNoField) {
      return no_pool(at, fmt::format("`{}` has no field `{}`", text(program_.kinds[kind].name),
                                     text(step.name)));
    }
    const types::Type& next = type(core(program_.kinds[kind].fields[found].type));
    if (next.kind == error) return;
    kind = next.kind == nested || next.kind == reference ? next.of : KindId();
    if (!kind)
      return no_pool(at, fmt::format("`{}` is neither a pool nor leads to one", text(step.name)));
  }
  const KindId numbers = program_.core_kind("numbers");
  if (program_.is_kind(kind, numbers)) return;
  no_pool(at, fmt::format("`{}` is a {}, and `numbers` is needed", text(path[path.size() - 1].name),
                          text(program_.kinds[kind].name)));
}

void Checker::lease_in_signature(const program::Function& function) {
  const syntax::Entry& entry = ast().entries[function.entry];
  const auto parameters = syntax::view(ast().parameters, entry.parameters);
  for (std::uint32_t i = 0; i < parameters.size(); ++i) {
    if (holds_lease(function.parameters[i]))
      no_pool(ast().types[parameters[i].type].span, "a parameter holds no lease");
  }
  if (function.result.valid() && entry.type.valid() && holds_lease(function.result))
    no_pool(ast().types[entry.type].span, "the result of a function holds no lease");
}

}  // namespace hlab::check
