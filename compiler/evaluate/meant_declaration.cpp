#include "compiler/evaluate/meant_declaration.h"

#include <fmt/format.h>

#include "compiler/diag/article.h"

namespace hlab::evaluate {

std::optional<MeantDeclaration> meant_declaration(const program::Program& program,
                                                  const syntax::Entry& entry, diag::Report report) {
  const auto path = syntax::view(program.ast->segments, entry.path);
  if (!path[0].name.valid() || path.size() > 2) return std::nullopt;
  const std::string_view first = program.text(path[0].name);
  const program::KindId kind = program.find_kind(program.module_of(entry.span), first);
  const bool word = first == "policy" || first == "site" || first == "kind" || first == "record";
  if (path.size() == 1) {
    if (!kind && !word) return std::nullopt;
    report.help(
        fmt::format("{} has a name: `{} NAME {{ ... }}`", diag::with_article(first), first));
    return MeantDeclaration{kind, {}};
  }
  if (!kind || !path[1].name.valid()) return std::nullopt;
  report
      .help(fmt::format("a blank stands between kind and name: `{} {} {{ ... }}`", first,
                        program.text(path[1].name)))
      .fix("write a blank", {{Span{path[0].span.file, path[0].span.end, path[1].span.begin}, " "}});
  return MeantDeclaration{{}, path[1].name};
}

}  // namespace hlab::evaluate
