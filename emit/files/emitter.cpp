#include "emit/files/emitter.h"

#include <fmt/format.h>

#include "emit/core/emit_diags.h"
#include "emit/core/json_writer.h"
#include "emit/core/value_doc.h"
#include "emit/core/yaml_file.h"

namespace hlab::emit {
namespace {

using model::View;

/// A text stands as it was written; what a comment would be in it, only its author knows.
void add_content(EmitOutput& output, const View& file) {
  const values::Value& content = file.value("content");
  output.add({file.text("to"),
              file.text("content"),
              file.flag("executable"),
              file.path(),
              {{1, content.origin.index}}});
}

void add_json(EmitOutput& output, const View& file, const Doc& doc) {
  OutputFile out;
  out.path = file.text("to");
  out.owner = file.path();
  out.executable = file.flag("executable");
  if (const auto problem = write_json(doc, JsonLayout::pretty, out.bytes, &out.lines)) {
    output.diags.report(kUnwritable, file.set_at("data"), out.path,
                        fmt::format("{} at `{}`", name_of(problem->fault), problem->path));
    return;
  }
  output.add(std::move(out));
}

void add_tree(const EmitInput& input, EmitOutput& output, const View& file) {
  Doc doc;
  put_value(doc, file, file.value("data"));
  if (file.text("format") == "json") return add_json(output, file, doc);
  add_yaml(input, output, file.text("to"), doc, file);
}

void emit(const EmitInput& input, EmitOutput& output) {
  for (const View& file : input.all("file")) {
    if (file.has("data")) {
      add_tree(input, output, file);
    } else if (file.has("content")) {
      add_content(output, file);
    }
  }
}

}  // namespace

const Emitter kFilesEmitter{"files", "files that the lab spells out", emit, true};

}  // namespace hlab::emit
