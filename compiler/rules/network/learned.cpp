// What an output lacks until `hlab learn` has brought a fact.
#include <fmt/format.h>

#include "compiler/model/waiting.h"
#include "compiler/rules/network/network_rules.h"

namespace hlab::rules {

void check_waiting(const RuleInput& input, diag::Diagnostics& diags) {
  for (const model::WaitingField& field : model::waiting_fields(input.program, input.lab)) {
    auto report = diags.report(kWaitsForLearn, field.at, field.top.path(), field.path);
    report
        .note(fmt::format("the address of `{}` in `{}` is not known yet", field.holder.name(),
                          field.network.name()))
        .help("`tailscale status --json | hlab learn` takes note of it");
    if (field.top.is("host-service") && model::is_held_back(field.top))
      report.note(
          fmt::format("until then Ansible leaves `{}` as it is on its machines", field.top.name()));
  }
}

}  // namespace hlab::rules
