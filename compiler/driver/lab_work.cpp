#include "compiler/driver/lab_work.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "compiler/base/lock_pools.h"
#include "compiler/driver/compile.h"
#include "compiler/driver/deep_stack.h"
#include "compiler/driver/exit_status.h"
#include "compiler/driver/lab_files.h"
#include "compiler/driver/waivers.h"
#include "compiler/evaluate/evaluate_diags.h"
#include "compiler/graph/graph_svg.h"
#include "compiler/graph/graph_text.h"
#include "compiler/lock/lock_diags.h"
#include "emit/core/emitter.h"
#include "emit/core/object_book.h"
#include "emit/core/write_tree.h"

namespace hlab::driver {
namespace {

using emit::WriteFault;

/// What a person can do about a tree that was not written.
std::string explain_problems(const std::vector<emit::WriteProblem>& problems) {
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
  if (any(WriteFault::foreign)) text += "Move the file away, or choose another output folder.\n";
  return text;
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

lock::Lock new_lock(const Compilation& run) {
  lock::Lock lock;
  for (const lock::Lease& fact : run.lock.entries()) {
    if (is_vendored_pool(fact.pool)) lock.set(fact.pool, fact.path, fact.value);
  }
  for (const std::string& line : run.lock.header()) lock.add_header_line(line);
  if (run.site.empty()) {
    for (const auto& [name, digest] : run.packages) lock.set(kPackagePool, name, digest);
  }
  for (const auto& [key, value] : run.evaluator->used_leases)
    lock.set(key.first, key.second, value);
  return lock;
}

namespace {

std::string write_lock(const Compilation& run) {
  const lock::Lock fresh = new_lock(run);
  if (fresh.entries().empty() && run.lock.entries().empty()) return "";
  return load::replace_file(run.loaded.root / lock_file_name(run.site), lock::render(fresh));
}

}  // namespace

void report_stale_lock(Compilation& run) {
  if (run.diags.has_errors() || run.evaluator == nullptr) return;
  const lock::LockDifference found = lock::difference(run.lock, new_lock(run));
  if (found.empty()) return;
  const auto named = [](const lock::Lease& lease) {
    return "`" + lease.path + "` in `" + lease.pool + "`";
  };
  std::string what = !found.added.empty() ? "no entry for " + named(found.added.front())
                     : !found.changed.empty()
                         ? "a value that cannot be for " + named(found.changed.front().first)
                         : "an entry that nothing asks for, " + named(found.stale.front());
  if (run.locked) {
    run.diags.report(lock::kNotCurrent, {}, "it has " + what)
        .help("run `hlab build`, and commit hlab.lock");
  } else if (!run.lock.entries().empty()) {
    run.diags.report(evaluate::kStaleLease, {}, what).help("`hlab build` writes it");
  }
}

const std::string& lab_folder(const Compilation& run) { return run.folder; }
const lock::Lock& lock_of(const Compilation& run) { return run.lock; }

std::string graph_text(const Compilation& run, const graph::LabGraph& graph, GraphFormat format) {
  switch (format) {
    case GraphFormat::dot: return graph::to_dot(graph, run.program, run.lab);
    case GraphFormat::mermaid: return graph::to_mermaid(graph, run.program, run.lab);
    case GraphFormat::svg: return graph::to_svg(graph, run.program, run.lab);
    case GraphFormat::json: break;
  }
  return graph::to_json(graph, run.program, run.lab, run.sources);
}

BuildResult build_tree(Compilation& run, const std::string& out) {
  if (run.locked && !lock::difference(run.lock, new_lock(run)).empty()) {
    return {kRefused, "hlab.lock is not up to date; build without --locked to write it.\n"};
  }
  emit::FileTree tree;
  on_deep_stack([&] {
    emit::EmitOutput output{tree, run.diags};
    const emit::EmitInput input{
        run.program,
        run.lab,
        run.graph,
        run.sources,
        [&](std::string_view relative) -> std::optional<std::string> {
          load::ReadResult read = load::read_lab_file(run.loaded.root, relative);
          if (read.status != load::ReadStatus::ok) return std::nullopt;
          return std::move(read.bytes);
        },
        [&](std::string_view pattern) { return lab_files(run.loaded.root, pattern); }};
    emit::ObjectBook book(input, run.diags);
    output.book = &book;
    const bool has_lab = !input.all("lab").empty();
    for (const emit::Emitter* emitter : emit::all_emitters()) {
      if (has_lab || emitter->without_lab) emitter->emit(input, output);
    }
    book.finish();
  });
  apply_waivers(run, Stage::built);
  if (run.diags.has_errors()) return {kLabHasErrors, ""};
  emit::WriteRequest request;
  request.output = out;
  request.files = &tree;
  request.folders = generated_folders(tree);
  const emit::WriteResult written = emit::write_tree(request);
  if (!written.ok()) {
    std::error_code ignored;
    const bool begun = std::filesystem::exists(std::filesystem::path(out) / ".hlab-journal",
                                               ignored);
    const std::string outcome =
        begun ? "The change was begun and is not complete; the next build completes it:\n"
              : "Nothing was written to `" + out + "`:\n";
    return {status_of(written.problems), outcome + explain_problems(written.problems)};
  }
  const std::string lock_problem = write_lock(run);
  if (!lock_problem.empty())
    return {kSystemFailed, "hlab.lock could not be written: " + lock_problem + "\n"};
  return {kFine, fmt::format("{} files: {} written, {} unchanged, {} removed.\n", tree.size(),
                             written.written, written.unchanged, written.pruned)};
}

std::vector<LearnableNetwork> learnable_networks(const Compilation& run) {
  std::vector<LearnableNetwork> networks;
  for (const model::View& network : model::all(run.program, run.lab, "network")) {
    LearnableNetwork found{std::string(network.name()), network.path(), {}};
    for (std::uint32_t i = 0; i < run.lab.instances.size(); ++i) {
      const program::InstanceId id(i);
      for (std::uint32_t f = 0; f < run.lab.instances[id].slot_count; ++f) {
        for (const program::MapEntry& entry : run.lab.slot(id, f).entries) {
          const bool asks = entry.key == values::MapKey::of(network.id()) && entry.value.valid() &&
                            run.program.resolutions[entry.value.index].kind ==
                                program::ResolutionKind::lease_learned;
          if (!asks) continue;
          const model::View holder(run.program, run.lab, id);
          found.machines.push_back({std::string(holder.top().name()), holder.path()});
        }
      }
    }
    if (!found.machines.empty()) networks.push_back(std::move(found));
  }
  return networks;
}

}  // namespace hlab::driver
