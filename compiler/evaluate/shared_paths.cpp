#include "compiler/evaluate/shared_paths.h"

#include <fmt/format.h>

#include <map>
#include <set>
#include <string>

#include "compiler/check/check_diags.h"
#include "compiler/program/owners.h"

namespace hlab::evaluate {

using program::InstanceId;
using program::Lab;
using program::Program;

namespace {

bool is_part(const program::Instance& instance) {
  return instance.settled && instance.owner.valid() && instance.name.valid();
}

/// What a bundle holds is called by its path, as another one may be by its name: `b-web`.
void report_shared_names(const Program& program, const Lab& lab, diag::Diagnostics& diags) {
  const auto counts = [](const program::Instance& one) {
    return one.settled && one.alone && !one.planned;
  };
  const auto key = [&](InstanceId id) {
    return std::pair(head_kind(program, lab, id).index, lab.instances[id].called.index);
  };
  std::map<std::pair<std::uint32_t, std::uint32_t>, InstanceId> known;
  for (std::uint32_t i = 0; i < lab.instances.size(); ++i) {
    const InstanceId id(i);
    const program::Instance& one = lab.instances[id];
    if (counts(one) && one.owner.valid()) known.emplace(key(id), id);
  }
  if (known.empty()) return;
  for (std::uint32_t i = 0; i < lab.instances.size(); ++i) {
    const InstanceId id(i);
    const program::Instance& one = lab.instances[id];
    if (!counts(one)) continue;
    const auto found = known.find(key(id));
    if (found == known.end() || found->second == id) continue;
    const program::Instance& held = lab.instances[found->second];
    diags
        .report(check::kDeclaredTwice, held.name_span,
                program.text(program.kinds[head_kind(program, lab, id)].name),
                program.text(one.called))
        .label(one.name_span, "this one has the name already")
        .note(fmt::format("`{}` is called so outside of the lab",
                          program::instance_path(program, lab, found->second)))
        .help("give one of them another name");
  }
}

}  // namespace

void report_shared_paths(const Program& program, const Lab& lab, diag::Diagnostics& diags) {
  report_shared_names(program, lab, diags);
  std::set<std::uint32_t> tops;  // a part of which has such a name
  for (std::uint32_t i = 0; i < lab.instances.size(); ++i) {
    const program::Instance& one = lab.instances[InstanceId(i)];
    if (is_part(one) && program.text(one.name).find('.') != std::string_view::npos)
      tops.insert(outermost(lab, InstanceId(i)).index);
  }
  if (tops.empty()) return;
  std::map<std::string, InstanceId> known;
  for (std::uint32_t i = 0; i < lab.instances.size(); ++i) {
    const InstanceId id(i);
    const program::Instance& one = lab.instances[id];
    if (!is_part(one) || !tops.contains(outermost(lab, id).index)) continue;
    const auto [first, added] = known.emplace(program::instance_path(program, lab, id), id);
    if (added) continue;
    diags.report(check::kDeclaredTwice, one.name_span, "the path", first->first)
        .label(lab.instances[first->second].name_span, "this one has it already")
        .help("a dot in a name reads like one between two names: give one of them another");
  }
}

}  // namespace hlab::evaluate
