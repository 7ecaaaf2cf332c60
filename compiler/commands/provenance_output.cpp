#include "compiler/commands/provenance_output.h"

#include <fmt/format.h>

#include "compiler/commands/field_notes.h"
#include "compiler/diag/render_text.h"
#include "compiler/driver/compile.h"

namespace hlab::commands {

using driver::Compilation;

std::string described(const Compilation& run, const inspect::Origin& origin) {
  std::string text = fmt::format("{}  {}", place_text(run, origin.at), origin.of);
  if (!origin.text.empty()) text += ": " + origin.text;
  for (const std::string& loop : origin.loops) text += fmt::format("  [{}]", loop);
  const bool told = origin.text.find(" because ") !=
                    std::string::npos;  // on the line that is shown
  if (!origin.reason.empty() && !told) text += "  because " + origin.reason;
  return text;
}

void put_place(emit::Doc& doc, const Compilation& run, Span at) {
  doc.key("at");
  if (!at.valid()) return doc.null();
  const Position p = run.sources.position(at.file, at.begin);
  doc.open_map();
  doc.entry("file", diag::shown_path(run.sources.file(at.file)));
  doc.entry("line", static_cast<std::int64_t>(p.line));
  doc.entry("column", static_cast<std::int64_t>(p.column));
  doc.close();
}

void put_texts(emit::Doc& doc, std::string_view name, const std::vector<std::string>& texts) {
  doc.key(name);
  doc.open_seq();
  for (const std::string& text : texts) doc.item(text);
  doc.close();
}

void put_origins(emit::Doc& doc, const Compilation& run, std::string_view name,
                 const std::vector<inspect::Origin>& origins) {
  doc.key(name);
  doc.open_seq();
  for (const inspect::Origin& origin : origins) {
    doc.open_map();
    doc.entry("layer", inspect::layer_name(origin.layer));
    doc.entry("of", origin.of);
    put_place(doc, run, origin.at);
    doc.entry("source", origin.text);
    put_texts(doc, "within", origin.loops);
    if (!origin.reason.empty()) doc.entry("because", origin.reason);
    doc.close();
  }
  doc.close();
}

}  // namespace hlab::commands
