// What would be made without end: kinds that hold themselves, records and claims that make the next.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/evaluate/evaluate_diags.h"
#include "compiler/evaluate/evaluator.h"
#include "compiler/program/owners.h"

namespace hlab::evaluate {

using namespace program;

namespace {

constexpr std::size_t kMostDeclarations = 1'000'000;
constexpr std::uint16_t kMostClaims = 10'000;  // each of which the one before makes
// Records may make records of fewer and fewer; without end are those of many more steps than anybody
// writes, and sooner those that make several of themselves.
constexpr std::uint16_t kMostWithin = 1000;
constexpr std::uint16_t kFewWithin = 8;
constexpr std::size_t kManyInstances = 200'000;

}  // namespace

std::uint16_t Evaluator::within(InstanceId id) const {
  for (; id.valid() && !within_.empty(); id = lab_.instances[id].owner) {
    const auto known = within_.find(id.index);
    if (known != within_.end()) return known->second;
  }
  return 0;
}

/// What a kind and its defaults give is the same for each of its instances: one inside the other never ends.
bool Evaluator::holds_itself(InstanceId id) {
  const Instance& made = lab_.instances[id];
  const std::pair layers(made.kind, made.module);
  if (std::find(laying_out_.begin(), laying_out_.end(), layers) == laying_out_.end()) return false;
  const InstanceId top = program::outermost(lab_, id);
  Span held;
  const std::uint32_t field = program_.field(lab_.instances[made.owner].kind, made.owner_field);
  const EntryId by = field == kNoField ? EntryId() : lab_.slot(made.owner, field).set_by;
  if (by.valid()) held = ast().entries[by].name_span;
  contains_itself(made.kind, lab_.instances[top].name_span, held, "it holds one here");
  return true;
}

bool Evaluator::makes_itself(ExprId id) {
  if (running_.empty()) return false;
  const InstanceId around = running_.back().instance;
  const std::uint16_t depth = within(around);
  const bool many = depth >= kFewWithin && lab_.instances.size() >= kManyInstances;
  if (depth < kMostWithin && !many) return false;
  const InstanceId top = program::outermost(lab_, around);
  contains_itself(KindId(program_.resolutions[id.index].a), lab_.instances[top].name_span,
                  ast().exprs[id].span, "each makes one here");
  return true;
}

void Evaluator::contains_itself(KindId kind, Span named, Span held, std::string_view how) {
  has_broken_bodies = true;  // nobody misses what is not made
  if (!endless_.insert(kind.index).second) return;
  const std::string_view name = text(program_.kinds[kind].name);
  auto report = diags_.report(kKindContainsItself, held.valid() ? held : named, name);
  if (held.valid()) report.here(std::string(how));
  if (held.valid() && named.valid() && named != held) report.label(named, "in this one");
  report.help(fmt::format(
      "a default is what all of them have: let each that has one say so, or refer to one: `&{}`",
      name));
}

bool Evaluator::claims_without_end(ExprId call, InstanceId claimer) {
  const bool many = lab_.instances.size() >= kMostDeclarations;
  if (within(claimer) < kMostClaims && !many) return false;
  has_broken_bodies = true;
  const Span at = ast().exprs[call].span;
  if (!told_depth_ && many) diags_.report(kTooManyDeclarations, at, "this is one too many");
  if (!told_depth_ && !many)
    trace(diags_.report(kTooDeep, at, "10,000 others"), at, "")
        .here("what is made here claims again");
  told_depth_ = true;
  return true;
}

}  // namespace hlab::evaluate
