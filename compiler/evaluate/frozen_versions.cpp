// Versions that no person wrote: the library says a default, `hlab.lock` keeps the one of the day on
// which the service was first built, and `hlab update` moves it. A newer library changes no image or
// chart by itself.
#include "compiler/base/lock_pools.h"
#include "compiler/evaluate/evaluator.h"
#include "compiler/program/owners.h"
#include "compiler/values/text_format.h"

namespace hlab::evaluate {

using namespace program;
using types::TypeKind;

/// The library's own literal in a field `version` of a service or of a part of one. What it computes
/// follows from something else, and what the lab wrote is the lab's.
bool Evaluator::is_frozen(InstanceId instance, std::uint32_t index) const {
  const Field& field = program_.kinds[lab_.instances[instance].kind].fields[index];
  if (text(field.name) != "version") return false;
  const Slot& slot = lab_.slot(instance, index);
  if (!slot.value.valid() || ast().exprs[slot.value].kind != syntax::ExprKind::string) return false;
  if (!sources_.file(ast().exprs[slot.value].span.file).is_library) return false;
  const InstanceId top = program::top_of(lab_, instance);
  return program_.is_kind(lab_.instances[top].kind, program_.core_kind("service"));
}

Value Evaluator::frozen(InstanceId instance, std::uint32_t index, Value current) {
  if (lab_.instances[instance].planned || !current.is(ValueKind::string)) return current;
  if (!is_frozen(instance, index)) return current;
  const std::pair<std::string, std::string> key{std::string(kVersionPool), path(instance)};
  library_versions[key.second] = std::string(current.as_text());
  const auto known = known_leases.find(key);
  if (known != known_leases.end() && known->second != current.as_text()) {
    const types::Type& wanted =
        type(core(program_.kinds[lab_.instances[instance].kind].fields[index].type));
    const bool fits = wanted.kind == TypeKind::string &&
                      !values::text_problem(wanted.format, known->second,
                                            wanted.pattern.valid() ? text(wanted.pattern) : "");
    if (fits) current = values::make_text(heap_.text(known->second), current.origin);
  }
  used_leases[key] = std::string(current.as_text());
  return current;
}

}  // namespace hlab::evaluate
