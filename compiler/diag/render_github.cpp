#include "compiler/diag/render_github.h"

#include <fmt/format.h>

#include "compiler/diag/fold_repeats.h"
#include "compiler/diag/machine_path.h"
#include "compiler/diag/registry.h"

namespace hlab::diag {
namespace {

/// Colons and commas end a property; a message may hold them.
std::string escaped(std::string_view text, bool property) {
  std::string out;
  for (const char c : text) {
    const bool ends = c == ':' || c == ',';
    if (c == '%' || c == '\r' || c == '\n' || (property && ends)) {
      fmt::format_to(std::back_inserter(out), "%{:02X}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out;
}

/// The message, and below it all that is said beside the places.
std::string whole_message(const Diagnostic& item) {
  std::string text = item.message;
  for (const std::string& note : item.notes) text += "\nnote: " + note;
  if (!item.help.empty()) text += "\nhelp: " + item.help;
  return text;
}

std::string command(const SourceMap& sources, const Diagnostic& item, std::string_view folder) {
  std::string properties;
  if (item.at.valid() && !sources.file(item.at.file).is_library) {
    const Position begin = sources.position(item.at.file, item.at.begin);
    const Position end = sources.position(item.at.file, item.at.end);
    properties = fmt::format("file={},line={},col={},endLine={},endColumn={},",
                             escaped(machine_path(sources, item.at.file, folder), true), begin.line,
                             begin.column, end.line, end.column);
  }
  return fmt::format("::{} {}title={}::{}\n", severity_name(item.severity), properties,
                     escaped(fmt::format("{} {}", item.info->code, item.info->name), true),
                     escaped(whole_message(item), false));
}

}  // namespace

std::string render_github(const SourceMap& sources, const Diagnostics& diagnostics,
                          std::string_view folder) {
  std::string out;
  const Folded folded = fold_repeats(diagnostics.sorted());
  for (const Diagnostic* item : folded.items) out += command(sources, *item, folder);
  return out;
}

}  // namespace hlab::diag
