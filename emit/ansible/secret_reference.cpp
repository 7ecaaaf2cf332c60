#include "emit/ansible/secret_reference.h"

#include <fmt/format.h>

namespace hlab::emit {

using model::View;

void put_secret_entries(Doc& doc, const View& secret, Origin origin) {
  const bool part = secret.is("secret-key");
  const View whole = part ? secret.ref("of") : secret;
  const std::vector<std::string> keys = whole.texts("keys");
  const std::string key = part ? secret.text("key") : keys.empty() ? "value" : keys.front();
  doc.entry("file", fmt::format("{}.sops.yaml", whole.name()), origin);
  doc.entry("extract", fmt::format("[\"{}\"]", key), origin);
}

void put_secret(Doc& doc, const View& secret, Origin origin) {
  doc.open_map(origin);
  put_secret_entries(doc, secret, origin);
  doc.close();
}

}  // namespace hlab::emit
