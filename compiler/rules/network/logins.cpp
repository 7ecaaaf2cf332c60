// Nobody asks people for their name: whoever says so says why.
#include "compiler/model/reason.h"
#include "compiler/rules/network/way_rules.h"

namespace hlab::rules {

using model::View;

void check_logins(const RuleInput& input, diag::Diagnostics& diags) {
  for (const View& endpoint : input.all("endpoint")) {
    const values::Value& login = endpoint.value("login");
    if (endpoint.text("audience") != "public" || endpoint.text("login") != "none") continue;
    if (endpoint.top().flag("extern") || !model::reason_of(endpoint, login).empty()) continue;
    diags.report(kLoginWithoutReason, endpoint.set_at("login"), endpoint.path())
        .help("say why: `login = none because \"...\"`");
  }
}

}  // namespace hlab::rules
