#include "compiler/commands/built_site.h"

#include "compiler/commands/emitted_file.h"
#include "compiler/driver/build_tree.h"

namespace hlab::commands {

using driver::Compilation;
using driver::CompileRequest;

namespace {

bool would_write(Compilation& run, const std::string& given, const std::string& asked) {
  if (run.diags.has_errors()) return false;
  const emit::FileTree tree = driver::emit_tree(run);
  const auto found = find_emitted(tree, given, asked, {".", run.folder});
  return found && found->state == OnDisk::same;
}

}  // namespace

std::optional<std::string> option_of_tree(Compilation& run, const CompileRequest& request,
                                          const std::string& given, const std::string& asked) {
  for (const auto& variation : run.variations) {
    if (!variation->site.empty() && would_write(*variation, given, asked))
      return "--site " + variation->site;
  }
  if (request.site.empty()) return std::nullopt;
  CompileRequest of_lab = request;
  of_lab.site.clear();
  const auto lab = driver::check_lab(of_lab);
  if (would_write(*lab, given, asked)) return "";
  auto other = option_of_tree(*lab, of_lab, given, asked);
  return other && *other == "--site " + request.site ? std::nullopt : other;
}

}  // namespace hlab::commands
