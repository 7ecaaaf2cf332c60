// `hlab doc [MODULE|KIND]`: the reference of what is declared, as Markdown or as a page.
#include <fmt/format.h>

#include "compiler/commands/commands.h"
#include "compiler/commands/lab_folder.h"
#include "compiler/diag/suggest.h"
#include "compiler/driver/compile.h"
#include "compiler/driver/exit_status.h"
#include "compiler/driver/one_expression.h"
#include "compiler/inspect/reference.h"

namespace hlab::commands {

using driver::Compilation;
using driver::compile_lab;
using driver::CompileRequest;
using driver::copy_errors;
using driver::kFine;
using driver::kSystemFailed;
using driver::kWrongUse;

namespace {

using inspect::Page;

std::optional<Page> page_of(const Compilation& run, const std::string& topic) {
  const inspect::Declared declared{run.program, run.lab, run.sources};
  const program::ModuleId own = run.program.lab_module ? run.program.lab_module
                                                       : run.program.prelude;
  if (topic.empty()) return module_page(declared, own);
  if (const auto module = inspect::find_module(run.program, topic)) {
    return module_page(declared, module);
  }
  if (const auto kind = inspect::find_kind(run.program, topic)) return kind_page(declared, kind);
  return std::nullopt;
}

int unknown(const Compilation& run, const std::string& topic, Console& console) {
  const std::vector<std::string> names = inspect::documented_names(run.program);
  const std::size_t dot = topic.rfind('.');
  const std::string last = "." + topic.substr(dot == std::string::npos ? 0 : dot + 1);
  const auto elsewhere = std::find_if(names.begin(), names.end(),
                                      [&](const auto& name) { return name.ends_with(last); });
  diag::Near near = diag::closest(topic, {names.begin(), names.end()});
  if (elsewhere != names.end()) near.name = *elsewhere;  // the same name in another module
  console.complain(fmt::format("hlab doc: there is no module or kind `{}`{}\n",
                               load::printable_name(topic),
                               near.empty() ? "" : fmt::format("; did you mean `{}`?", near.name)));
  return kWrongUse;
}

int write(const Page& page, const Options& options, Console& console) {
  const std::string text = options.html ? inspect::html(page) : inspect::markdown(page);
  if (options.out.empty()) {
    console.print(text);
    return kFine;
  }
  const std::string reason = load::replace_file(options.out, text);
  if (reason.empty()) return kFine;
  console.complain(
      fmt::format("hlab doc: cannot write {}: {}\n", load::printable_name(options.out), reason));
  return kSystemFailed;
}

}  // namespace

int command_doc(const Options& options, Console& console) {
  CompileRequest request;
  request.lab = options.lab;
  request.no_lab = !options.lab_given && !options.topic.empty() && !holds_lab(".");
  request.types_only = true;
  Compilation& run = console.keep(compile_lab(request));
  const std::optional<Page> page = page_of(run, options.topic);
  diag::Diagnostics errors;
  copy_errors(run.diags, errors);
  show_diagnostics(run.sources, errors, options, console);
  const bool nothing_read = !request.no_lab && !run.program.lab_module;
  if (nothing_read && errors.has_errors()) return status_of(errors);
  if (!page) return unknown(run, options.topic, console);
  const int status = write(*page, options, console);
  return status == kFine ? status_of(errors) : status;
}

}  // namespace hlab::commands
