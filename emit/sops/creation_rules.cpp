#include "emit/sops/creation_rules.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <vector>

#include "emit/core/document.h"
#include "emit/core/layout.h"
#include "emit/core/secret_use.h"
#include "emit/core/yaml_file.h"
#include "emit/sops/ciphertext.h"

namespace hlab::emit::sops {
namespace {

using model::View;

void put_rule(Doc& doc, const std::string& path_regex, std::string_view encrypted,
              const View& store) {
  doc.open_map();
  doc.entry("path_regex", path_regex);
  if (!encrypted.empty()) doc.entry("encrypted_regex", encrypted);
  doc.entry("age", fmt::format("{}", fmt::join(store.texts("recipients"), ",")),
            origin_of(store, "recipients"));
  doc.close();
}

/// Folders of workloads: those of the layers, and those that a workload chose itself.
std::string workload_folders(const EmitInput& input, const Layout& layout) {
  std::set<std::string> folders;
  const auto add = [&](const ClusterLayout& own) {
    folders.insert(join_path(escape_regex(own.apps), "[^/]+"));
    folders.insert(join_path(escape_regex(own.platform), "[^/]+"));
  };
  add(layout.usual);
  for (const auto& [cluster, own] : layout.own) add(own);
  for (const View& workload : input.all("workload")) {
    if (workload.has("at")) folders.insert(escape_regex(workload_folder(layout, workload)));
  }
  return fmt::format("(?:{})", fmt::join(folders, "|"));
}

/// Operators read objects of their own, engines plain ones; clusters may differ.
std::string_view kinds_of_file(const EmitInput& input, const View& store) {
  if (!store.ref("operator")) return "";
  const std::vector<SecretUse> uses = secret_uses(input);
  const bool plain = std::any_of(uses.begin(), uses.end(), [](const SecretUse& use) {
    return use.target == SecretTarget::kubernetes && !operator_of(use);
  });
  return plain ? "(?:sops)?" : "sops";
}

}  // namespace

std::string escape_regex(std::string_view path) {
  constexpr std::string_view kSpecial = R"(\.+*?()|[]{}^$)";
  std::string out;
  for (const char c : path) {
    if (kSpecial.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

void emit_creation_rules(const EmitInput& input, EmitOutput& output) {
  const auto stores = input.all("sops");
  if (stores.empty()) return;
  const View& store = stores.front();
  const Layout layout = layout_of(input);
  Doc doc;
  doc.open_map();
  doc.key("creation_rules");
  doc.open_seq();
  // The first rule that fits is taken: this one leaves the names of objects readable, so it fits
  // nothing but manifests.
  put_rule(doc,
           fmt::format("^{}/manifests/{}secret-[^/]*\\.sops\\.yaml$",
                       workload_folders(input, layout), kinds_of_file(input, store)),
           kEncryptedParts, store);
  for (const std::string& folder : {layout.nixos, layout.ansible}) {
    put_rule(doc,
             fmt::format("^{}[^/]*\\.sops\\.yaml$", escape_regex(join_path(folder, "secrets/"))),
             "", store);
  }
  doc.close();
  doc.close();
  add_yaml(input, output, ".sops.yaml", doc, store);
}

}  // namespace hlab::emit::sops
