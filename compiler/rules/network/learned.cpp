// What an output lacks until `hlab learn` has brought a fact.
#include <fmt/format.h>

#include "compiler/model/waiting.h"
#include "compiler/rules/network/network_rules.h"

namespace hlab::rules {

void check_waiting(const RuleInput& input, diag::Diagnostics& diags) {
  for (const model::WaitingField& field : model::waiting_fields(input.program, input.lab)) {
    if (waits_in_vain(field.network)) continue;  // which is told at the machine
    auto report = diags.report(kWaitsForLearn, field.at, field.top.path(), field.path);
    report
        .note(fmt::format("the address of `{}` in `{}` is not known yet", field.holder.name(),
                          field.network.name()))
        .help("`tailscale status --json | hlab learn` takes note of it");
    if (const auto object = model::held_back_object(field))
      report.note(fmt::format(
          "until then the whole of `{}` is left out of the tree; what a cluster has of it goes",
          *object));
    if (field.top.is("host-service") && model::is_held_back(field.top))
      report.note(
          fmt::format("until then Ansible leaves `{}` as it is on its machines", field.top.name()));
  }
}

}  // namespace hlab::rules
