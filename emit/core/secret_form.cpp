#include "emit/core/secret_form.h"

#include "emit/core/document.h"
#include "emit/core/yaml_writer.h"

namespace hlab::emit {
namespace {

constexpr std::string_view kBlank = "...";

void put_keys(Doc& doc, const model::View& secret) {
  for (const std::string& key : secret.texts("keys")) doc.entry(key, kBlank);
}

/// Type and labels of the Secret that the operator makes, where they are not the usual ones.
void put_kind(Doc& doc, const model::View& secret) {
  if (secret.text("type") != "Opaque") doc.entry("type", secret.text("type"));
  const auto labels = secret.entries("labels");
  if (labels.empty()) return;
  doc.key("labels");
  doc.open_map();
  for (const auto& [name, value] : labels) doc.entry(name, secret.text_of(value));
  doc.close();
}

void put_object(Doc& doc, const SecretUse& use) {
  const model::View by = use.secret.ref("store").ref("operator");
  doc.entry("apiVersion", by.text("object-version"));
  doc.entry("kind", by.text("object-kind"));
  doc.key("metadata");
  doc.open_map();
  doc.entry("name", use.secret.name());
  doc.entry("namespace", use.user.text("namespace"));
  doc.close();
  doc.key("spec");
  doc.open_map();
  doc.key("secretTemplates");
  doc.open_seq();
  doc.open_map();
  doc.entry("name", use.secret.name());
  put_kind(doc, use.secret);
  doc.key("stringData");
  doc.open_map();
  put_keys(doc, use.secret);
  doc.close();
  doc.close();
  doc.close();
  doc.close();
}

}  // namespace

std::string secret_form(const SecretUse& use) {
  Doc doc;
  doc.open_map();
  if (use.target == SecretTarget::kubernetes) {
    put_object(doc, use);
  } else {
    put_keys(doc, use.secret);
  }
  doc.close();
  std::string out;
  // A form that YAML cannot hold is reported where the secret is used.
  if (write_yaml(doc, {}, out)) out.clear();
  while (out.ends_with('\n')) out.pop_back();
  return out;
}

}  // namespace hlab::emit
