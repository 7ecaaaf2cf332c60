#include "emit/core/secret_form.h"

#include "emit/core/document.h"
#include "emit/core/yaml_writer.h"

namespace hlab::emit {
namespace {

// No part of a secret can be called so: its angle brackets are none of what names are made of.
constexpr std::string_view kBlank = "<value>";
constexpr std::string_view kWrittenBlank = "\"<value>\"";

void put_keys(Doc& doc, const model::View& secret) {
  for (const std::string& key : secret.texts("keys")) doc.entry(key, kBlank);
}

void put_labels(Doc& doc, const model::View& secret) {
  const auto labels = secret.entries("labels");
  if (labels.empty()) return;
  doc.key("labels");
  doc.open_map();
  for (const auto& [name, value] : labels) doc.entry(name, secret.text_of(value));
  doc.close();
}

/// Type and labels of the Secret that the operator makes, where they are not the usual ones.
void put_kind(Doc& doc, const model::View& secret) {
  if (secret.text("type") != "Opaque") doc.entry("type", secret.text("type"));
  put_labels(doc, secret);
}

/// What Flux decrypts and applies: a Secret whose values are encrypted, nothing around it.
void put_plain(Doc& doc, const SecretUse& use) {
  doc.entry("apiVersion", "v1");
  doc.entry("kind", "Secret");
  doc.key("metadata");
  doc.open_map();
  doc.entry("name", use.secret.name());
  doc.entry("namespace", use.user.text("namespace"));
  put_labels(doc, use.secret);
  doc.close();
  doc.entry("type", use.secret.text("type"));
  doc.key("stringData");
  doc.open_map();
  put_keys(doc, use.secret);
  doc.close();
}

void put_object(Doc& doc, const SecretUse& use) {
  const model::View by = operator_of(use);
  if (!by) return put_plain(doc, use);
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

/// The values stand last in every form, so a label that reads like a blank is none.
std::vector<std::string> split_at_blanks(std::string_view text, std::size_t blanks) {
  std::vector<std::string> pieces(blanks + 1);
  for (std::size_t piece = blanks; piece > 0; --piece) {
    const std::size_t at = text.rfind(kWrittenBlank);
    if (at == std::string_view::npos) return {};
    pieces[piece] = text.substr(at + kWrittenBlank.size());
    text = text.substr(0, at);
  }
  pieces[0] = text;
  return pieces;
}

}  // namespace

std::vector<std::string> secret_form(const SecretUse& use) {
  Doc doc;
  doc.open_map();
  if (use.target == SecretTarget::kubernetes) {
    put_object(doc, use);
  } else {
    put_keys(doc, use.secret);
  }
  doc.close();
  std::string out;
  if (write_yaml(doc, {}, out)) return {};
  return split_at_blanks(out, use.secret.texts("keys").size());
}

}  // namespace hlab::emit
