#include "emit/nixos/nix_secret.h"

#include <fmt/format.h>

namespace hlab::emit {

using model::View;

NixSecret nix_secret_of(const View& holder, std::string_view field) {
  NixSecret out;
  const View named = holder.ref(field);
  const bool part = named.is("secret-key");
  out.secret = part ? named.ref("of") : named;
  const std::vector<std::string> keys = out.secret.texts("keys");
  out.key = part ? named.text("key") : keys.empty() ? "value" : keys.front();
  out.name = keys.size() > 1 ? fmt::format("{}/{}", out.secret.name(), out.key)
                             : std::string(out.secret.name());
  return out;
}

NixExpr path_of(const NixSecret& secret) {
  return NixExpr::name({"config", "sops", "secrets", secret.name, "path"});
}

void declare_secret(NixExpr& body, const NixSecret& secret,
                    const std::vector<std::string>& restart_units) {
  NixExpr entry = NixExpr::attrs();
  entry.set("sopsFile",
            NixExpr::path(fmt::format("../secrets/{}.sops.yaml", secret.secret.name())));
  entry.set("key", NixExpr::string(secret.key));
  if (!restart_units.empty()) entry.set("restartUnits", NixExpr::strings(restart_units));
  body.set({"sops", "secrets", secret.name}, std::move(entry)).after_gap();
}

}  // namespace hlab::emit
