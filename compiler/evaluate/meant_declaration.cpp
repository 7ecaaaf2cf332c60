#include "compiler/evaluate/meant_declaration.h"

#include <fmt/format.h>

#include "compiler/diag/article.h"
#include "compiler/syntax/line_ahead.h"

namespace hlab::evaluate {
namespace {

/// `kindbox`: what its first part is where a blank is missing behind it; empty where it is none.
std::string_view glued_head(const program::Program& program, program::ModuleId module,
                            std::string_view written) {
  for (std::size_t size = written.size() - 1; size > 1; --size) {
    const std::string_view head = written.substr(0, size);
    const std::string_view name = written.substr(size);
    const bool word = head == "kind" || head == "record" || head == "policy" || head == "default";
    if (!syntax::name_start(name[0]) || name == "s" || name == "es") continue;
    if (word || program.find_kind(module, head)) return head;
  }
  return {};
}

}  // namespace

std::optional<MeantDeclaration> meant_declaration(const program::Program& program,
                                                  const syntax::Entry& entry, diag::Report report) {
  const auto path = syntax::view(program.ast->segments, entry.path);
  if (!path[0].name.valid() || path.size() > 2) return std::nullopt;
  const std::string_view first = program.text(path[0].name);
  const program::KindId kind = program.find_kind(program.module_of(entry.span), first);
  const bool word = first == "policy" || first == "site" || first == "kind" || first == "record";
  if (path.size() == 1) {
    if (!kind && !word) {
      const std::string_view head = glued_head(program, program.module_of(entry.span), first);
      if (head.empty()) return std::nullopt;
      const std::string_view name = first.substr(head.size());
      const auto end = path[0].span.begin + static_cast<std::uint32_t>(head.size());
      report.help(fmt::format("did you mean `{} {} {{ ... }}`?", head, name))
          .fix("write a blank", {{Span{path[0].span.file, end, end}, " "}});
      return MeantDeclaration{{}, program.symbols->find(name)};
    }
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
