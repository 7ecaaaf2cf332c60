// `hlab why FILE[:LINE]`: which values of the lab stand on a line of what it compiles to.
#include <fmt/format.h>

#include <filesystem>

#include "compiler/commands/built_site.h"
#include "compiler/commands/commands.h"
#include "compiler/commands/emitted_file.h"
#include "compiler/commands/lab_folder.h"
#include "compiler/commands/why_output.h"
#include "compiler/driver/build_tree.h"
#include "compiler/driver/compile.h"
#include "compiler/driver/exit_status.h"
#include "compiler/driver/one_expression.h"
#include "compiler/load/read_file.h"

namespace hlab::commands {

using driver::check_lab;
using driver::Compilation;
using driver::CompileRequest;
using driver::copy_errors;
using driver::kFine;
using driver::kWrongUse;

namespace {

namespace fs = std::filesystem;

bool is_lab(const std::string& name) {
  std::error_code failed;
  return name.ends_with(".hlab") ? fs::exists(name, failed)
                                 : fs::is_directory(name, failed) && holds_lab(name);
}

/// The file, and the lab where it stands beside it; nothing where that cannot be told apart.
std::optional<std::string> question(Options& options) {
  std::vector<std::string>& given = options.paths;
  if (given.size() > 2) return std::nullopt;
  if (given.size() == 2) {
    const std::size_t lab = is_lab(given[0]) ? 0 : 1;
    if (!is_lab(given[lab])) return std::nullopt;
    options.lab = given[lab];
    return given[1 - lab];
  }
  return given.front();
}

/// A line of what would be written, as the file on disk numbers its lines.
std::optional<std::uint32_t> line_of(Answer& answer, std::uint32_t asked) {
  const EmittedFile& found = answer.found;
  const bool differs = found.state == OnDisk::edited || found.state == OnDisk::older ||
                       found.state == OnDisk::foreign;
  const std::string_view numbered = differs ? found.bytes : found.file->bytes;
  const std::size_t count = lines_of(numbered).size();
  if (asked == 0 || asked > count) {
    answer.problem = fmt::format("`{}` has {} line{}", answer.given, count, count == 1 ? "" : "s");
    return std::nullopt;
  }
  answer.asked_line = asked;
  answer.text = lines_of(numbered)[asked - 1];
  if (!differs) return asked;
  return matching_line(found.file->bytes, found.bytes, asked);
}

int answer_question(const Compilation& run, const emit::FileTree& tree, Answer& answer,
                    const Options& options, std::optional<std::uint32_t> asked, Console& console) {
  if (asked) {
    answer.line = line_of(answer, *asked);
    if (!answer.problem.empty()) {
      console.complain("hlab why: " + answer.problem + "\n");
      return kWrongUse;
    }
  }
  if (answer.line) {
    const emit::OutputFile& file = *answer.found.file;
    answer.origins = line_origins(run, file, *answer.line);
    answer.alike = alike(tree, file, lines_of(file.bytes)[*answer.line - 1]);
  }
  console.print(options.format == Format::json ? why_json(run, answer) : why_text(run, answer));
  return kFine;
}

}  // namespace

int command_why(const Options& given, Console& console) {
  Options options = given;
  const auto asked = question(options);
  if (!asked && options.paths.size() > 2) {
    console.complain("hlab why: it takes one file, and a lab beside it\n");
    return kWrongUse;
  }
  if (!asked) {
    console.complain(fmt::format("hlab why: neither `{}` nor `{}` is a lab\n",
                                 load::printable_name(options.paths[0]),
                                 load::printable_name(options.paths[1])));
    return kWrongUse;
  }
  CompileRequest request;
  request.lab = options.lab;
  request.site = options.site;
  request.history = request.workings = true;
  Compilation& run = console.keep(check_lab(request));
  // A colon and a number may be part of a name: then the file is there.
  std::error_code failed;
  FilePlace place = file_place(*asked);
  if (fs::exists(*asked, failed)) place = {*asked, std::nullopt};
  const std::string absolute = absolute_path(place.file);
  emit::FileTree tree;
  if (!run.diags.has_errors()) tree = driver::emit_tree(run, absolute);
  diag::Diagnostics errors;
  copy_errors(run.diags, errors);
  Options look = options;
  look.format = Format::human;  // standard output is for what is shown
  show_diagnostics(run.sources, errors, look, console);
  if (run.diags.has_errors()) return status_of(errors);
  Answer answer;
  answer.given = place.file;
  const auto found = find_emitted(tree, place.file, absolute, {".", run.folder});
  const bool is_other = !found || found->state == OnDisk::older;
  if (is_other) answer.other_tree = option_of_tree(run, request, place.file, absolute);
  if (!found) {
    console.complain("hlab why: " + (answer.other_tree
                                         ? other_tree_text(answer)
                                         : explain_no_file(tree, place.file, absolute)));
    return kWrongUse;
  }
  answer.found = *found;
  return answer_question(run, tree, answer, options, place.line, console);
}

}  // namespace hlab::commands
