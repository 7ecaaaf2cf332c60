// hlab_stages LAB [RUNS]: the processor time of each stage on a lab, and what graph, claims and placement take
// beside parsing. The stages of `hlab check`, in its order (compiler/driver/compile.cpp), with a clock between
// them, which the program itself has not. Exit status 1 where they take longer than parsing.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "compiler/check/checker.h"
#include "compiler/check/declare.h"
#include "compiler/driver/deep_stack.h"
#include "compiler/driver/library_image.h"
#include "compiler/driver/stages.h"
#include "compiler/load/load.h"
#include "compiler/rules/rule.h"
#include "compiler/syntax/parse.h"
#include "emit/core/tree_text.h"

namespace {

using namespace hlab;
using driver::Compilation;

enum class Part { parsing, graph, claims, placement, rest };
constexpr std::string_view kPartNames[] = {"parsing", "graph", "claims", "placement", ""};

double seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// The part that a rule belongs to, by its range of codes and its name.
Part part_of(const diag::DiagInfo& rule) {
  static const std::map<std::string_view, Part> kParts{
      {"duplicate-address", Part::claims},   {"networks-overlap", Part::claims},
      {"duplicate-host-name", Part::claims}, {"host-port-clash", Part::claims},
      {"ranges-overlap", Part::claims},      {"vlan-twice", Part::claims},
      {"mac-twice", Part::claims},           {"tunnel-twice", Part::claims},
      {"address-in-pool", Part::claims},     {"device-twice", Part::claims},
      {"path-twice", Part::claims},          {"image-without-architecture", Part::placement},
      {"no-placement", Part::placement},     {"loss-not-borne", Part::placement},
      {"no-room-on-disks", Part::placement}, {"unknown-storage-class", Part::claims},
      {"bootstrap-circle", Part::graph},     {"service-between", Part::graph},
  };
  const auto found = kParts.find(rule.name);
  return found == kParts.end() ? Part::rest : found->second;
}

struct Stage {
  std::string name;
  Part part;
  std::vector<double> taken;

  [[nodiscard]] double median() const {
    std::vector<double> all = taken;
    std::sort(all.begin(), all.end());
    return all[all.size() / 2];
  }
};

class Stages {
 public:
  template <class Work>
  void time(const std::string& name, Part part, Work work) {
    const double before = seconds();
    work();
    const double taken = seconds() - before;
    const auto known = std::find_if(all_.begin(), all_.end(),
                                    [&](const Stage& stage) { return stage.name == name; });
    Stage& stage = known != all_.end() ? *known : all_.emplace_back(Stage{name, part, {}});
    stage.taken.push_back(taken);
  }

  /// Whether graph, claims and placement take less than parsing.
  bool print() const {
    std::map<Part, double> sums;
    for (const Stage& stage : all_) {
      const double taken = stage.median();
      sums[stage.part] += taken;
      if (taken < 0.0005 && stage.part == Part::rest) continue;
      fmt::print("  {:28} {:9.1f} ms  {}\n", stage.name, taken * 1e3,
                 kPartNames[static_cast<int>(stage.part)]);
    }
    const double ours = sums[Part::graph] + sums[Part::claims] + sums[Part::placement];
    fmt::print("  graph {:.1f} ms, claims {:.1f} ms, placement {:.1f} ms: {:.2f} of parsing\n",
               sums[Part::graph] * 1e3, sums[Part::claims] * 1e3, sums[Part::placement] * 1e3,
               ours / sums[Part::parsing]);
    return ours < sums[Part::parsing];
  }

 private:
  std::vector<Stage> all_;
};

/// With room in the tables, as the driver makes it.
void parse(const driver::CompileRequest& request, Stages& stages) {
  diag::Diagnostics diags;
  SourceMap sources;
  std::vector<FileId> files;
  std::size_t bytes = 0;
  for (load::LoadedFile& file : load::load_lab(request.lab, diags).files) {
    bytes += file.bytes.size();
    files.push_back(sources.add(file.path, std::move(file.bytes)));
  }
  SymbolTable symbols;
  syntax::Ast ast;
  ast.entries.reserve(bytes / 24);
  ast.exprs.reserve(bytes / 16);
  ast.segments.reserve(bytes / 24);
  stages.time("parse", Part::parsing, [&] {
    for (const FileId file : files) syntax::parse(sources, file, symbols, ast, diags);
  });
}

/// Fields that hold addresses by lease, before anything else asks for them.
void hand_out_leases(Compilation& run) {
  const program::Program& program = run.program;
  for (std::uint32_t i = 0; i < run.lab.instances.size(); ++i) {
    const program::InstanceId id(i);
    if (!run.lab.instances[id].settled) continue;
    const auto& fields = program.kinds[run.lab.instances[id].kind].fields;
    for (std::uint32_t f = 0; f < fields.size(); ++f) {
      const program::TypeId type = program.types.required(fields[f].type);
      if (!type.valid() || program.types[type].kind != types::TypeKind::map) continue;
      const program::TypeId of = program.types.required(program.types[type].a);
      if (of.valid() && program.types[of].kind == types::TypeKind::lease)
        run.evaluator->field(id, f, syntax::ExprId());
    }
  }
}

bool compile(const driver::CompileRequest& request, Stages& stages) {
  Compilation run;
  stages.time("library", Part::rest, [&] {
    if (!driver::read_library_image(driver::library_image(), run)) driver::compile_library(run);
  });
  const driver::LibraryEnd first = driver::library_end(run);
  stages.time("read", Part::rest, [&] { driver::read_lab(run, request); });
  parse(request, stages);
  stages.time("declare", Part::rest,
              [&] { check::declare(run.program, run.sources, first.files, run.diags); });
  check::Checker checker(run.program, run.lab, run.sources, run.diags);
  run.evaluator = std::make_unique<evaluate::Evaluator>(run.program, run.lab, run.heap, run.sources,
                                                        run.diags);
  run.evaluator->tree_text = emit::tree_text;
  evaluate::Expansion expansion;
  stages.time("expand", Part::rest, [&] {
    expansion = evaluate::expand(run.program, run.lab, checker, *run.evaluator, first.files, {},
                                 run.diags);
  });
  stages.time("check", Part::rest, [&] { driver::check_bodies(run, checker, expansion, first); });
  stages.time("settle", Part::rest, [&] { driver::settle(run, expansion); });
  stages.time("settled claims, again", Part::claims, [&] { run.evaluator->settle_claims(); });
  stages.time("leases", Part::claims, [&] { hand_out_leases(run); });
  stages.time("evaluate", Part::rest, [&] { run.evaluator->all_fields(); });
  stages.time("link", Part::graph,
              [&] { run.graph = graph::link(run.program, run.lab, run.diags); });
  const rules::RuleInput input{run.program, run.lab, run.graph, run.sources, nullptr};
  for (const rules::Rule& rule : rules::all_rules()) {
    if (rule.check == nullptr) continue;
    stages.time(std::string(rule.info->name), part_of(*rule.info),
                [&] { rule.check(input, run.diags); });
  }
  stages.time("checks", Part::rest, [&] { run.evaluator->run_checks(); });
  for (const diag::Diagnostic* one : run.diags.sorted()) {
    if (one->severity == diag::Severity::error) {
      fmt::print(stderr, "{}: {}\n", one->info->code, one->message);
      return false;
    }
  }
  return true;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) {
    fmt::print(stderr, "hlab_stages LAB [RUNS]\n");
    return 2;
  }
  const int runs = count > 2 ? std::atoi(arguments[2]) : 3;
  Stages stages;
  bool is_sound = true;
  for (int i = 0; i < runs && is_sound; ++i) {
    driver::CompileRequest request;
    request.lab = arguments[1];
    driver::on_deep_stack([&] { is_sound = compile(request, stages); });
  }
  if (!is_sound) return 2;
  return stages.print() ? 0 : 1;
}
