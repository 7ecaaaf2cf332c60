#include "emit/core/secret_use.h"

#include <fmt/format.h>

#include <map>

#include "emit/core/emit_diags.h"
#include "emit/core/layout.h"
#include "emit/core/machine.h"
#include "emit/core/secret_form.h"

namespace hlab::emit {

using model::View;
using values::ValueKind;

namespace {

class Uses {
 public:
  explicit Uses(const EmitInput& input) : input_(input), layout_(layout_of(input)) {}

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
    const View store = secret.ref("store");
    const std::string root = store ? store.text("folder") : "secrets";
    const bool kubernetes = target == SecretTarget::kubernetes;
    const std::string path = fmt::format("{}/{}{}.sops.yaml", folder,
                                         kubernetes ? "sopssecret-" : "", secret.name());
    const std::string source = fmt::format("{}/{}/{}.sops.yaml", root, below, secret.name());
    found_.emplace(path, SecretUse{secret, user, target, source, path});
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
        on_machine(node, address.network, "auth-key");
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
  std::map<std::string, SecretUse> found_;
};

}  // namespace

std::vector<SecretUse> secret_uses(const EmitInput& input) { return Uses(input).take(); }

void add_ciphertexts(const EmitInput& input, EmitOutput& output, SecretTarget target) {
  for (const SecretUse& use : secret_uses(input)) {
    if (use.target != target) continue;
    if (std::optional<std::string> bytes = input.lab_file(use.source)) {
      output.add({use.output, std::move(*bytes), false, use.secret.path(), {}});
      continue;
    }
    output.diags.report(kMissingCiphertext, use.secret.declared_at(), use.secret.path(), use.source)
        .note(fmt::format("`{}` needs it", use.user.path()))
        .note("what is encrypted, with the values in place of the dots:\n" + secret_form(use))
        .help(fmt::format(
            "in the output folder, with that on standard input (LAB is the lab's folder):\n{}",
            sops_command(use, "LAB")));
  }
}

std::string sops_command(const SecretUse& use, std::string_view lab_folder) {
  const std::string file = fmt::format("{}/{}", lab_folder, use.source);
  return fmt::format(
      "mkdir -p {2}\nsops encrypt --filename-override {0} --input-type yaml --output-type yaml /dev/stdin "
      ">{1}.part && mv {1}.part {1}",
      use.output, file, file.substr(0, file.rfind('/')));
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
