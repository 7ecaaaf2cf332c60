#include "emit/nixos/nix_file.h"

#include <algorithm>

#include "emit/core/emit_diags.h"
#include "emit/nix_text/nix_string.h"
#include "emit/nix_text/nix_writer.h"

namespace hlab::emit {

using model::View;

namespace {

bool representable(const NixExpr& expr) {
  const auto fits = [](const std::string& text) { return representable_in_nix(text); };
  return fits(expr.text) && std::all_of(expr.names.begin(), expr.names.end(), fits) &&
         std::all_of(expr.entries.begin(), expr.entries.end(), [&](const NixEntry& entry) {
           return std::all_of(entry.names.begin(), entry.names.end(), fits) &&
                  representable(entry.value);
         });
}

}  // namespace

void add_nix(const EmitInput& input, EmitOutput& output, std::string path, const NixExpr& body,
             const View& declaration) {
  if (!representable(body)) {
    output.diags.report(kUnwritable, declaration.declared_at(), path,
                        "a text has a NUL character, which Nix does not know");
    return;
  }
  OutputFile file;
  file.path = std::move(path);
  file.owner = declaration.path();
  file.at = declaration.top().declared_at();
  file.bytes = write_nix(input.header(declaration), body,
                         output.asks_about(file.path) ? &file.lines : nullptr);
  output.add(std::move(file));
}

NixExpr nix_text_of(const View& view, std::string_view field) {
  return NixExpr::string(view.text(field)).from(origin_of(view, field));
}

NixExpr nix_text_of(const View& view, const values::Value& value) {
  return NixExpr::string(view.text_of(value)).from(value.origin.index);
}

NixExpr nix_texts_of(const View& view, std::string_view field) {
  NixExpr list = NixExpr::list();
  const values::Value& value = view.value(field);
  if (!value.is(values::ValueKind::list)) return list;
  for (const values::Value& item : value.list->items) list.add(nix_text_of(view, item));
  return list;
}

NixEntry& set_flat(NixExpr& body, NixNames path, NixExpr set) {
  if (set.kind != NixKind::attrs || set.entries.size() != 1) {
    return body.set(std::move(path), std::move(set));
  }
  NixEntry only = std::move(set.entries.front());
  path.parts.insert(path.parts.end(), only.names.begin(), only.names.end());
  NixEntry& entry = body.set(std::move(path), std::move(only.value));
  entry.comment = std::move(only.comment);
  return entry;
}

}  // namespace hlab::emit
