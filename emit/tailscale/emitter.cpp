#include "emit/tailscale/emitter.h"

#include <fmt/format.h>

#include "emit/core/layout.h"
#include "emit/tailscale/policy.h"

namespace hlab::emit {
namespace {

using model::View;

void emit(const EmitInput& input, EmitOutput& output) {
  std::vector<View> overlays = input.all("tailscale");
  std::erase_if(overlays, [](const View& overlay) { return !has_access_policy(overlay); });
  const Layout layout = layout_of(input);
  for (const View& overlay : overlays) {
    const tailscale::Tailnet tailnet = tailscale::tailnet_of(input, overlay);
    tailscale::report_unnamed_people(input, tailnet, output.diags);
    const std::string name = overlays.size() == 1 ? "policy.hujson"
                                                  : fmt::format("policy-{}.hujson", overlay.name());
    tailscale::write_policy(input, output, tailnet, tailscale::policy_of(input, tailnet),
                            join_path(layout.tailscale, name));
  }
}

}  // namespace

const Emitter kTailscaleEmitter{"tailscale", "the tailnet's access policy", emit};

}  // namespace hlab::emit
