#include "emit/files/emitter.h"

#include "compiler/base/deep_thread.h"
#include "emit/core/document_format.h"
#include "emit/core/emit_diags.h"
#include "emit/core/value_doc.h"

namespace hlab::emit {
namespace {

using model::View;

/// The value at fault, where the lab wrote it; else what was given to the file.
Span place_of(const EmitInput& input, const View& file, const DocError& error) {
  if (const ReadOrigin from = read_origin(error.origin); from.expression.valid()) {
    const Span at = input.program.ast->exprs[from.expression].span;
    if (at.valid() && !input.sources.file(at.file).is_library) return at;
  }
  return file.set_at("data");
}

struct Rendered {
  OutputFile file;
  std::optional<DocError> problem;
};

/// Only reads the lab, so several files are rendered at once, each thread with a document of its own to fill.
Rendered render(const EmitInput& input, const EmitOutput& output, const View& file, Doc& doc) {
  Rendered made;
  made.file.path = file.text("to");
  made.file.owner = file.path();
  made.file.at = file.set_at("to");
  made.file.executable = file.flag("executable");
  const bool asked = output.asks_about(made.file.path);
  if (!file.has("data")) {
    // A text stands as it was written; what a comment would be in it, only its author knows.
    made.file.bytes = file.text("content");
    if (asked)
      made.file.lines = {{1, LineSource::Kind::value, "", {origin_of(file, "content")}, true}};
    return made;
  }
  doc.clear();
  put_value(doc, file, file.value("data"));
  const DocFormat format = format_named(file.text("format")).value_or(DocFormat::yaml);
  LineMarks marks;
  made.problem = write_document(format, doc, input.header(file), made.file.bytes,
                                asked ? &marks : nullptr);
  if (!asked || made.problem) return made;
  made.file.lines = line_sources(doc, marks);
  for (LineSource& line : made.file.lines) line.origins.push_back(origin_of(file, "data"));
  return made;
}

void report_problem(const EmitInput& input, EmitOutput& output, const View& file,
                    const Rendered& made) {
  const DocError& problem = *made.problem;
  const auto& declared = problem.fault == DocFault::unfit ? kUnfitForFormat : kUnwritable;
  output.diags.report(declared, place_of(input, file, problem), made.file.path,
                      shown_error(problem));
}

void emit(const EmitInput& input, EmitOutput& output) {
  std::vector<View> files = input.all("file");
  std::erase_if(files, [](const View& file) { return !file.has("data") && !file.has("content"); });
  std::vector<Rendered> rendered(files.size());
  in_parallel(files.size(), [&](std::size_t begin, std::size_t end) {
    Doc doc;
    for (std::size_t i = begin; i < end; ++i) rendered[i] = render(input, output, files[i], doc);
  });
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (rendered[i].problem) {
      report_problem(input, output, files[i], rendered[i]);
    } else {
      output.add(std::move(rendered[i].file));
    }
  }
}

}  // namespace

const Emitter kFilesEmitter{"files", "files that the lab spells out", emit, true};

}  // namespace hlab::emit
