#include <algorithm>

#include "emit/core/layout.h"
#include "emit/core/tailnet.h"
#include "emit/nixos/nix_file.h"
#include "emit/nixos/nix_secret.h"
#include "emit/nixos/parts.h"

namespace hlab::emit {

using model::View;

namespace {

constexpr const char* kLeaveNames = "--accept-dns=false";
constexpr const char* kWhyLeaveNames =
    "Names are answered by the lab's own DNS servers, also for what runs in pods.";

bool joins(const NixosMachine& machine, const View& overlay) {
  return std::find(machine.overlays.begin(), machine.overlays.end(), overlay) !=
         machine.overlays.end();
}

void add_overlay_module(const EmitInput& input, EmitOutput& output, const NixosPlan& plan,
                        const View& overlay) {
  const bool has_key = overlay.has("auth-key");
  NixExpr client = NixExpr::attrs();
  client.set("enable", NixExpr::boolean(true));
  client.set("openFirewall", NixExpr::boolean(true));
  if (has_key) client.set("authKeyFile", path_of(nix_secret_of(overlay, "auth-key")));
  if (all_keep_own_dns(plan, overlay)) {
    client.set("extraSetFlags", NixExpr::strings({kLeaveNames})).about(kWhyLeaveNames);
  }
  NixExpr body = NixExpr::attrs();
  body.set({"services", "tailscale"}, std::move(client));
  body.set({"networking", "firewall", "checkReversePath"}, NixExpr::string("loose"))
      .after_gap()
      .about(
          "Tailnet traffic has a routing table of its own, which a strict reverse path check "
          "does not see.");
  if (has_key) declare_secret(body, nix_secret_of(overlay, "auth-key"), {});
  if (has_key) body = NixExpr::function({"config"}, std::move(body));
  add_nix(input, output, join_path(plan.folder, "modules/" + plan.overlay_module(overlay)), body,
          overlay);
}

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : ",") + text;
  return out;
}

}  // namespace

bool all_keep_own_dns(const NixosPlan& plan, const View& overlay) {
  return std::all_of(plan.machines.begin(), plan.machines.end(), [&](const NixosMachine& machine) {
    return !joins(machine, overlay) || machine.keeps_own_dns();
  });
}

void add_overlay_modules(const EmitInput& input, EmitOutput& output, const NixosPlan& plan) {
  for (const View& overlay : plan.overlays) add_overlay_module(input, output, plan, overlay);
}

void set_overlay_flags(const EmitInput& input, const NixosPlan& plan, const NixosMachine& machine,
                       NixExpr& body) {
  if (machine.overlays.empty()) return;
  const std::vector<std::string> tags = tailnet_tags(input, machine.node);
  const std::vector<std::string> routes = machine.node.texts("advertised-routes");
  const bool is_exit = machine.node.flag("exit-node");
  const bool accepts = machine.node.flag("accepts-routes");
  NixExpr flags = NixExpr::list();
  if (machine.keeps_own_dns() && !all_keep_own_dns(plan, machine.overlays.front())) {
    flags.add(NixExpr::string(kLeaveNames)).comment = kWhyLeaveNames;
  }
  // What is not said stays as it was set once: what left the lab is taken back by saying so.
  flags.add(NixExpr::string("--advertise-routes=" + joined(routes))
                .from(origin_of(machine.node, "routes")));
  flags.add(
      NixExpr::string(is_exit ? "--advertise-exit-node=true" : "--advertise-exit-node=false"));
  if (has_routes_to_accept(machine.node, machine.overlays.front()))
    flags.add(NixExpr::string(accepts ? "--accept-routes=true" : "--accept-routes=false")
                  .from(origin_of(machine.node, "accepts-routes")));
  NixExpr client = NixExpr::attrs();
  // Without a key a person joins the machine by hand: flags of the joining would do nothing here.
  if (!tags.empty() && machine.overlays.front().has("auth-key")) {
    client.set("extraUpFlags", NixExpr::strings({"--advertise-tags=" + joined(tags)}))
        .about("What the tailnet's access policy calls this machine; asked for when it joins.");
  }
  client.set("extraSetFlags", std::move(flags));
  const bool forwards = is_exit || !routes.empty();
  if (forwards || accepts)
    client.set("useRoutingFeatures", NixExpr::string(!forwards  ? "client"
                                                     : !accepts ? "server"
                                                                : "both"));
  NixEntry& entry = body.set({"services", "tailscale"}, std::move(client)).after_gap();
  if (forwards && tags.empty()) {
    entry.about("Somebody has to approve what is advertised, once, in the tailnet's console.");
  }
}

}  // namespace hlab::emit
