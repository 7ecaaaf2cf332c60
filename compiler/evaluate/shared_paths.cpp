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

}  // namespace

void report_shared_paths(const Program& program, const Lab& lab, diag::Diagnostics& diags) {
  std::set<std::uint32_t> tops;  // a part of which has such a name
  for (std::uint32_t i = 0; i < lab.instances.size(); ++i) {
    const program::Instance& one = lab.instances[InstanceId(i)];
    if (is_part(one) && program.text(one.name).find('.') != std::string_view::npos)
      tops.insert(top_of(lab, InstanceId(i)).index);
  }
  if (tops.empty()) return;
  std::map<std::string, InstanceId> known;
  for (std::uint32_t i = 0; i < lab.instances.size(); ++i) {
    const InstanceId id(i);
    const program::Instance& one = lab.instances[id];
    if (!is_part(one) || !tops.contains(top_of(lab, id).index)) continue;
    const auto [first, added] = known.emplace(program::instance_path(program, lab, id), id);
    if (added) continue;
    diags.report(check::kDeclaredTwice, one.name_span, "the path", first->first)
        .label(lab.instances[first->second].name_span, "this one has it already")
        .help("a dot in a name reads like one between two names: give one of them another");
  }
}

}  // namespace hlab::evaluate
