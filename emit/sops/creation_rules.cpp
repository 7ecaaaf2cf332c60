#include "emit/sops/creation_rules.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>
#include <vector>

#include "emit/core/document.h"
#include "emit/core/layout.h"
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
            store.value("recipients").origin.index);
  doc.close();
}

/// Folders of workloads: those of the layers, and those that a workload chose itself.
std::string workload_folders(const EmitInput& input, const Layout& layout) {
  std::set<std::string> folders{join_path(escape_regex(layout.apps), "[^/]+"),
                                join_path(escape_regex(layout.platform), "[^/]+")};
  for (const View& workload : input.all("workload")) {
    if (workload.has("at")) folders.insert(escape_regex(workload_folder(layout, workload)));
  }
  return fmt::format("(?:{})", fmt::join(folders, "|"));
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
                       workload_folders(input, layout), store.ref("operator") ? "sops" : ""),
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
