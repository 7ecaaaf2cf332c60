#include "emit/core/secret_use.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "compiler/model/opener.h"
#include "emit/core/layout.h"
#include "emit/core/machine.h"

namespace hlab::emit {

using model::View;
using values::ValueKind;

namespace {

class Uses {
 public:
  Uses(const EmitInput& input, bool made_elsewhere)
      : input_(input), layout_(layout_of(input)), made_elsewhere_(made_elsewhere) {}

  std::vector<SecretUse> take() && {
    machines();
    for (const View& workload : input_.all("workload")) {
      if (workload.ref("cluster")) in_cluster(workload);
    }
    for (const View& service : input_.all("host-service")) on_hosts(service);
    std::vector<SecretUse> out;
    for (auto& [path, use] : found_) out.push_back(std::move(use));
    return out;
  }

 private:
  void add(const View& secret, const View& user, SecretTarget target, std::string_view below,
           std::string_view folder) {
    if (secret.flag("extern") != made_elsewhere_) return;
    const View store = secret.ref("store");
    const std::string root = store ? store.text("folder") : "secrets";
    const bool kubernetes = target == SecretTarget::kubernetes;
    const std::string_view kind = !kubernetes                                     ? ""
                                  : model::opener_in(secret, user.ref("cluster")) ? "sopssecret-"
                                                                                  : "secret-";
    const std::string path = fmt::format("{}/{}{}.sops.yaml", folder, kind, secret.name());
    const std::string source = fmt::format("{}/{}/{}.sops.yaml", root, below, secret.name());
    const auto at =
        found_.try_emplace(path, SecretUse{secret, user, {}, target, source, path}).first;
    std::vector<View>& users = at->second.users;
    if (std::find(users.begin(), users.end(), user) == users.end()) users.push_back(user);
  }

  void add_all(const View& holder, const values::Value& value, const View& user,
               SecretTarget target, std::string_view below, std::string_view folder) {
    std::vector<View> secrets;
    collect_secrets(holder, value, secrets);
    for (const View& secret : secrets) add(secret, user, target, below, folder);
  }

  void on_machine(const View& node, const View& holder, std::string_view field) {
    const bool nixos = runs_nixos(node);
    add_all(holder, holder.value(field), holder,
            nixos ? SecretTarget::nixos : SecretTarget::ansible, nixos ? "nixos" : "ansible",
            join_path(nixos ? layout_.nixos : layout_.ansible, "secrets"));
  }

  void machines() {
    for (const View& node : input_.all("node")) {
      for (const NodeAddress& address : addresses_of(node)) {
        if (!address.second) on_machine(node, address.network, "auth-key");
      }
      const Membership membership = membership_of(input_, node);
      if (membership.cluster) on_machine(node, membership.cluster, "token");
    }
  }

  void in_cluster(const View& workload) {
    const std::string below = "kubernetes/" + workload.text("namespace");
    const std::string folder = manifests_folder(layout_, workload);
    const auto use = [&](const View& holder, std::string_view field) {
      add_all(holder, holder.value(field), workload, SecretTarget::kubernetes, below, folder);
    };
    use(workload, "secrets");
    use(workload, "env");
    for (const auto& [name, file] : workload.held("secret-file")) use(file, "secret");
  }

  void on_hosts(const View& service) {
    for (const auto& [path, file] : service.held("secret-file")) {
      add_all(file, file.value("content"), service, SecretTarget::ansible, "ansible",
              join_path(layout_.ansible, "secrets"));
    }
  }

  const EmitInput& input_;
  const Layout layout_;
  const bool made_elsewhere_;
  std::map<std::string, SecretUse> found_;
};

}  // namespace

View operator_of(const SecretUse& use) {
  return model::opener_in(use.secret, use.user.ref("cluster"));
}

std::vector<SecretUse> secret_uses(const EmitInput& input) { return Uses(input, false).take(); }

std::vector<SecretUse> extern_secret_uses(const EmitInput& input) {
  return Uses(input, true).take();
}

void collect_secrets(const View& context, const values::Value& value, std::vector<View>& out) {
  if (value.is(ValueKind::instance)) {
    const View view = context.of(value);
    if (view.is("secret-key")) {
      out.push_back(view.ref("of"));
    } else if (view.is("secret")) {
      out.push_back(view);
    }
  }
  if (value.is(ValueKind::list) || value.is(ValueKind::secret_text)) {
    for (const values::Value& item : value.list->items) collect_secrets(context, item, out);
  }
  if (value.is(ValueKind::map)) {
    for (const values::MapItem& item : value.map->items) collect_secrets(context, item.value, out);
  }
}

}  // namespace hlab::emit
