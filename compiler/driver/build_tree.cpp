#include "compiler/driver/build_tree.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "compiler/driver/claim_changes.h"
#include "compiler/driver/compile.h"
#include "compiler/driver/deep_stack.h"
#include "compiler/driver/exit_status.h"
#include "compiler/driver/lab_files.h"
#include "compiler/driver/lab_lock.h"
#include "compiler/driver/machine_changes.h"
#include "compiler/driver/place_changes.h"
#include "compiler/driver/release_changes.h"
#include "compiler/driver/template_changes.h"
#include "compiler/driver/tree_objects.h"
#include "compiler/driver/waivers.h"
#include "compiler/model/waiting.h"
#include "emit/core/emitter.h"
#include "emit/core/layout.h"
#include "emit/core/machine.h"
#include "emit/core/object_book.h"
#include "emit/core/write_tree.h"

namespace hlab::driver {
namespace {

using emit::WriteFault;

emit::EmitInput emit_input(const Compilation& run) {
  return {run.program,
          run.lab,
          run.graph,
          run.sources,
          lab_file_reader(run.loaded.root),
          [&run](std::string_view pattern) { return lab_files(run.loaded.root, pattern); }};
}

/// What to do about files that are not hlab's. A front page of one's own need not move.
std::string explain_foreign(const std::vector<emit::WriteProblem>& problems,
                            const emit::EmitInput& input) {
  const std::string readme = emit::layout_of(input).readme;
  std::string text;
  bool others = false;
  for (const emit::WriteProblem& problem : problems) {
    if (problem.fault != WriteFault::foreign) continue;
    if (problem.path != readme) {
      others = true;
      continue;
    }
    const auto engines = emit::sorted_by_name(input.all("gitops"));
    const std::string mend = engines.empty()
                                 ? fmt::format("`foreign readme {{ path = \"{}\" }}`", readme)
                                 : fmt::format("`layout.readme = \"HLAB.md\"` in `{}`",
                                               engines.front().path());
    text += fmt::format("To keep your {}, give hlab's front page another place: {}.\n", readme,
                        mend);
  }
  if (others) text += "Move the file away, or choose another output folder.\n";
  return text;
}

/// What a person can do about a tree that was not written.
std::string explain_problems(const std::vector<emit::WriteProblem>& problems,
                             const emit::EmitInput& input) {
  std::string text;
  for (const emit::WriteProblem& problem : problems) text += "  " + describe(problem) + "\n";
  const auto any = [&](WriteFault fault) {
    return std::any_of(problems.begin(), problems.end(),
                       [&](const auto& p) { return p.fault == fault; });
  };
  if (any(WriteFault::edited)) {
    text += "Put the change into the lab and restore the file, or delete it; then build again.\n";
  }
  if (any(WriteFault::bad_journal)) {
    text +=
        "An interrupted build cannot be completed; remove .hlab-journal there and build again.\n";
  }
  return text + explain_foreign(problems, input);
}

int status_of(const std::vector<emit::WriteProblem>& problems) {
  for (const emit::WriteProblem& problem : problems) {
    if (problem.fault == WriteFault::system || problem.fault == WriteFault::not_a_folder)
      return kSystemFailed;
  }
  return kRefused;
}

/// The folders right below the output's own top ones: each keeps its manifest.
std::vector<std::string> generated_folders(const emit::FileTree& tree) {
  std::set<std::string> folders;
  for (const emit::OutputFile* file : tree.sorted()) {
    const std::size_t first = file->path.find('/');
    if (first == std::string::npos) continue;
    const std::size_t second = file->path.find('/', first + 1);
    folders.insert(file->path.substr(0, second == std::string::npos ? first : second));
  }
  std::vector<std::string> out;
  for (const std::string& folder : folders) {
    const bool inside = !out.empty() && folder.starts_with(out.back() + "/");
    if (!inside) out.push_back(folder);
  }
  return out;
}

}  // namespace

emit::FileTree emit_tree(Compilation& run, std::string_view asked) {
  emit::FileTree tree;
  on_deep_stack([&] {
    emit::EmitOutput output{tree, run.diags};
    const emit::EmitInput input = emit_input(run);
    emit::ObjectBook book(input, run.diags);
    output.book = &book;
    output.asked = asked;
    const bool has_lab = !input.all("lab").empty();
    for (const emit::Emitter* emitter : emit::all_emitters()) {
      output.emitter = emitter->name;
      if (has_lab || emitter->without_lab) emitter->emit(input, output);
    }
    book.finish();
  });
  apply_waivers(run, Stage::built);
  return tree;
}

namespace {

std::set<std::string> held_back_services(const Compilation& run) {
  std::set<std::string> out;
  for (const model::View& service : model::all(run.program, run.lab, "host-service")) {
    if (model::is_held_back(service)) out.emplace(service.name());
  }
  return out;
}

std::set<std::string> local_classes(const Compilation& run) {
  std::set<std::string> out;
  for (const model::View& driver : model::all(run.program, run.lab, "storage-driver")) {
    if (!driver.flag("node-local")) continue;
    out.emplace(driver.text("storage-class"));
    for (const std::string& further : driver.texts("further-classes")) out.insert(further);
  }
  return out;
}

/// What the tree before had and this one has not, where something that runs does not follow by itself.
std::string left_behind(const Compilation& run, const emit::WriteResult& written,
                        const emit::FileTree& tree) {
  const ReleaseChanges releases = release_changes(written, tree);
  return claim_changes(written, tree, releases.left_cluster) +
         template_changes(written, tree, releases.left_cluster) +
         place_changes(written, tree, local_classes(run)) + releases.text +
         machine_changes(written, tree, held_back_services(run));
}

}  // namespace

BuildResult build_tree(Compilation& run, const std::string& out) {
  if (run.locked && !lock::difference(run.lock, new_lock(run)).empty()) {
    return {kRefused,
            lock_file_name(run.site) + " is not up to date; build without --locked to write it.\n"};
  }
  const emit::FileTree tree = emit_tree(run);
  if (run.diags.has_errors()) return {kLabHasErrors, ""};
  emit::WriteRequest request;
  request.output = out;
  request.files = &tree;
  request.folders = generated_folders(tree);
  request.remembers = [](std::string_view path) {
    return is_object_file(path) || is_inventory_file(path);
  };
  const emit::WriteResult written = emit::write_tree(request);
  if (!written.ok()) {
    std::error_code ignored;
    const bool begun = std::filesystem::exists(std::filesystem::path(out) / ".hlab-journal",
                                               ignored);
    const std::string outcome =
        begun ? "The change was begun and is not complete; the next build completes it:\n"
              : "Nothing was written to `" + out + "`:\n";
    return {status_of(written.problems),
            outcome + explain_problems(written.problems, emit_input(run))};
  }
  const std::string lock_problem = write_lock(run);
  if (!lock_problem.empty())
    return {kSystemFailed,
            lock_file_name(run.site) + " could not be written: " + lock_problem + "\n"};
  return {kFine, fmt::format("{} files: {} written, {} unchanged, {} removed.\n{}", tree.size(),
                             written.written, written.unchanged, written.pruned.size(),
                             left_behind(run, written, tree))};
}

}  // namespace hlab::driver
