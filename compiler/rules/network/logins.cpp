// Nobody asks people for their name: whoever says so says why, and who is said to ask is on the way.
#include <fmt/format.h>

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

namespace {

/// Who asks before a request comes through, as the endpoint says; none where its own service does, or nobody.
View guard_of(const View& endpoint) {
  const values::Value& login = endpoint.value("login");
  if (!login.is(values::ValueKind::variant)) return {};
  if (endpoint.program().text(login.variant->tag) != "forward") return {};
  return endpoint.of(login.variant->payload);
}

/// The way that leads past every ingress controller, in words; "" where there is none that the lab knows of. Before
/// machines themselves anybody may have put a proxy of their own.
std::string way_past(const View& endpoint) {
  if (endpoint.top().is("host-service")) {
    const View tunnel = endpoint.ref("through");
    return tunnel ? fmt::format("by `{}` straight at its machine", tunnel.name()) : "";
  }
  if (endpoint.text("protocol") != "http")
    return fmt::format("by {}, past every ingress controller", endpoint.text("protocol"));
  return endpoint.has("node-port")
             ? fmt::format("at port {} of each node as well", endpoint.number("node-port"))
             : "";
}

}  // namespace

void check_guards(const RuleInput& input, diag::Diagnostics& diags) {
  for (const View& endpoint : input.all("endpoint")) {
    const View guard = guard_of(endpoint);
    if (!guard || endpoint.top().flag("extern")) continue;
    const std::string way = way_past(endpoint);
    if (way.empty()) continue;
    diags.report(kLoginPassedBy, endpoint.set_at("login"), endpoint.path(), way, guard.name())
        .help(
            "`own` or `oidc(...)`, if the program itself asks; or lead it through an ingress controller alone");
  }
}

}  // namespace hlab::rules
