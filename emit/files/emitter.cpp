#include "emit/files/emitter.h"

#include "emit/core/document_format.h"
#include "emit/core/emit_diags.h"
#include "emit/core/value_doc.h"

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

/// The value at fault, where the lab wrote it; else what was given to the file.
Span place_of(const EmitInput& input, const View& file, const DocError& error) {
  if (error.origin != kNoOrigin) {
    const Span at = input.program.ast->exprs[syntax::ExprId(error.origin)].span;
    if (at.valid() && !input.sources.file(at.file).is_library) return at;
  }
  return file.set_at("data");
}

void add_document(const EmitInput& input, EmitOutput& output, const View& file) {
  const auto format = format_named(file.text("format"));
  if (!format) return;
  Doc doc;
  put_value(doc, file, file.value("data"));
  OutputFile out;
  out.path = file.text("to");
  out.owner = file.path();
  out.executable = file.flag("executable");
  if (const auto problem = write_document(*format, doc, input.header(file), out.bytes,
                                          &out.lines)) {
    const auto& declared = problem->fault == DocFault::unfit ? kUnfitForFormat : kUnwritable;
    output.diags.report(declared, place_of(input, file, *problem), out.path, shown_error(*problem));
    return;
  }
  output.add(std::move(out));
}

void emit(const EmitInput& input, EmitOutput& output) {
  for (const View& file : input.all("file")) {
    if (file.has("data")) {
      add_document(input, output, file);
    } else if (file.has("content")) {
      add_content(output, file);
    }
  }
}

}  // namespace

const Emitter kFilesEmitter{"files", "files that the lab spells out", emit, true};

}  // namespace hlab::emit
