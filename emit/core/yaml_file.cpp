#include "emit/core/yaml_file.h"

#include <fmt/format.h>

#include "emit/core/emit_diags.h"
#include "emit/core/object_book.h"

namespace hlab::emit {

void add_yaml(const EmitInput& input, EmitOutput& output, std::string path, const Doc& doc,
              const model::View& declaration, YamlDialect dialect) {
  OutputFile file;
  file.path = std::move(path);
  file.owner = declaration.path();
  file.at = declaration.top().declared_at();
  std::string header = input.header(declaration);
  const Doc* patched = nullptr;
  if (output.book != nullptr) patched = output.book->take(doc, declaration, file.path, header);
  YamlOptions options;
  options.dialect = dialect;
  options.header = header;
  const Doc& written = patched == nullptr ? doc : *patched;
  const bool asked = output.asks_about(file.path);
  LineMarks marks;
  if (const auto problem = write_yaml(written, options, file.bytes, asked ? &marks : nullptr)) {
    output.diags.report(
        kUnwritable, declaration.declared_at(), file.path,
        fmt::format("{} at `{}` {}", name_of(problem->fault), problem->path, problem->detail));
    return;
  }
  if (asked) file.lines = line_sources(written, marks);
  output.add(std::move(file));
}

void add_text(const EmitInput& input, EmitOutput& output, std::string path, std::string_view text,
              const model::View& declaration, std::string_view comment_sign, bool executable) {
  OutputFile file;
  file.path = std::move(path);
  file.owner = declaration.path();
  file.at = declaration.top().declared_at();
  file.executable = executable;
  if (text.starts_with("#!")) {
    const std::size_t end = text.find('\n');
    file.bytes = text.substr(0, end == std::string_view::npos ? text.size() : end + 1);
    text.remove_prefix(file.bytes.size());
  }
  file.bytes += comment_sign;
  file.bytes += ' ';
  file.bytes += input.header(declaration);
  file.bytes += '\n';
  file.bytes += text;
  output.add(std::move(file));
}

}  // namespace hlab::emit
