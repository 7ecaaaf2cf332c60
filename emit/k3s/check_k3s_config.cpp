#include <fmt/format.h>

#include <vector>

#include "compiler/diag/suggest.h"
#include "emit/k3s/k3s_config.h"
#include "emit/k3s/k3s_diags.h"
#include "emit/k3s/k3s_keys.h"

namespace hlab::emit {

using model::View;

namespace {

void unknown_key(EmitOutput& output, const View& cluster, Span at, std::string_view field,
                 std::string_view key) {
  std::vector<std::string_view> names;
  for (const K3sKey& known : kK3sKeys) names.push_back(known.name);
  auto report = output.diags.report(kUnknownK3sKey, at, key, field);
  const std::string_view nearest = diag::closest(key, names);
  if (!nearest.empty()) report.help(fmt::format("`{}` is the nearest one", nearest));
  report.note(fmt::format("in `{}`", cluster.path()));
}

void check_field(EmitOutput& output, const View& cluster, std::string_view field, bool server) {
  for (const auto& [name, value] : cluster.entries(field)) {
    const Symbol symbol = cluster.program().symbols->find(name);
    const Span at = cluster.entry_at(field, values::MapKey::of(symbol));
    const K3sKey* key = find_k3s_key(name);
    if (key == nullptr) {
      unknown_key(output, cluster, at, field, name);
    } else if (!reads(*key, server)) {
      output.diags.report(kK3sKeyScope, at, name, field, server ? "agents" : "servers")
          .help(fmt::format("say it in `{}-config`", server ? "agent" : "server"));
    } else if (key->secret) {
      output.diags.report(kK3sSecretInText, at, name, field);
    } else if (value.is(values::ValueKind::map)) {
      output.diags.report(kK3sMapOption, at, name, field)
          .help("an option is a word, a number or a list of these, such as [\"max-pods=200\"]");
    }
  }
}

}  // namespace

void check_k3s_config(EmitOutput& output, const View& cluster) {
  check_field(output, cluster, "server-config", true);
  check_field(output, cluster, "agent-config", false);
}

}  // namespace hlab::emit
