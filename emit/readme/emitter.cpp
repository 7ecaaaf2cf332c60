#include "emit/readme/emitter.h"

#include <fmt/format.h>

#include <algorithm>

#include "emit/core/glob.h"
#include "emit/readme/markdown.h"
#include "emit/readme/sections.h"

namespace hlab::emit {

namespace {

std::string source_name(const EmitInput& input, const model::View& lab) {
  const Span at = lab.declared_at();
  return at.valid() ? std::string(input.sources.file(at.file).path) : "the lab";
}

/// Where the front page goes that somebody else's would hide.
constexpr std::string_view kBeside = "HLAB.md";

std::string place_of(const EmitInput& input, const Layout& layout) {
  const std::vector<model::View> foreign = input.all("foreign");
  const bool taken = std::any_of(foreign.begin(), foreign.end(), [&](const model::View& one) {
    return one.has("path") && glob_matches(one.text("path"), layout.readme);
  });
  return taken ? std::string(kBeside) : layout.readme;
}

void emit_readme(const EmitInput& input, EmitOutput& output) {
  const BringUp plan = plan_bring_up(input);
  const model::View& lab = plan.lab;
  OutputFile file;
  file.path = place_of(input, plan.layout);
  file.owner = lab.path();
  file.at = lab.declared_at();
  file.bytes = fmt::format("<!-- {} -->\n# {}\n\n", input.header(lab), markdown_text(lab.name()));
  if (lab.has("description")) file.bytes += markdown_text(lab.text("description")) + "\n\n";
  file.bytes += fmt::format(
      "This tree is compiled from {}. `hlab build` writes it again; what you change here by hand\n"
      "stops that build instead of being lost.\n",
      markdown_code(source_name(input, lab)));
  file.bytes += folders_section(input, plan);
  file.bytes += machines_section(input, plan);
  file.bytes += names_section(input);
  file.bytes += steps_section(input, plan);
  file.bytes += later_section(input, plan);
  output.add(std::move(file));
}

}  // namespace

const Emitter kReadmeEmitter{
    "readme", "README.md: what was generated, who is where, how to bring it up.", emit_readme};

}  // namespace hlab::emit
