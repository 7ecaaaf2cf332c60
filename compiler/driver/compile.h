// The stages, in order. A Compilation owns what each of them made.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/evaluate/evaluator.h"
#include "compiler/evaluate/variation.h"
#include "compiler/graph/lab_graph.h"
#include "compiler/load/load.h"
#include "compiler/lock/lock.h"
#include "compiler/program/lab.h"
#include "compiler/program/program.h"
#include "compiler/source/source_map.h"
#include "compiler/syntax/ast.h"

namespace hlab::driver {

struct CompileRequest {
  std::string lab;                 // folder or file; "" is the current folder
  bool locked = false;             // a stale hlab.lock is an error
  bool no_lab = false;             // the library alone: nothing is read
  std::string site = {};           // build this site; "" is the lab itself
  syntax::EntryId variation = {};  // set by variations.cpp: the site or test to compile
  /// Tests that change nothing: what they expect is looked at in the pass of `variation`.
  std::vector<syntax::EntryId> beside = {};
  bool types_only = false;  // stop before values
  /// Texts for files of the lab, by path, instead of what lies on disk.
  const std::map<std::string, std::string>* instead = nullptr;
  bool history = false;          // keep which entries were laid over each field
  bool workings = false;         // keep what each field read and called
  bool accept_packages = false;  // `hlab update`: whatever they are
};

struct Compilation {
  Compilation() = default;
  Compilation(const Compilation&) = delete;
  Compilation& operator=(const Compilation&) = delete;

  SourceMap sources;
  diag::Diagnostics diags;
  SymbolTable symbols;
  load::LoadedLab loaded;
  std::vector<program::Setting> history;  // of a request that asks for it
  std::vector<program::Piece> pieces;     // likewise
  program::Workings workings;             // likewise
  lock::Lock lock;
  lock::Lock lock_of_lab;  // of a site: what the lab itself has handed out
  syntax::Ast ast;
  program::Program program;
  program::Lab lab;
  values::Heap heap;
  std::unique_ptr<evaluate::Evaluator> evaluator;
  graph::LabGraph graph;
  std::deque<diag::DiagInfo> declared_rules;  // of the library, for its checks
  std::string folder;
  std::map<std::string, std::string> packages;  // that are imported: name -> digest
  bool locked = false;
  std::string site;                // whose this is; "" for the lab itself
  bool varied = false;             // a site or a test of it
  bool waivers_judged = false;     // those that waive nothing were told
  std::vector<Span> used_waivers;  // places of the rules that they name
  std::vector<syntax::EntryId> sites;
  std::vector<syntax::EntryId> tests;
  // Of the site or test that this run compiles.
  std::vector<evaluate::Override> overrides;
  std::vector<evaluate::VariationEntry> expectations;
  /// Runs whose findings are among `diags`; the texts of their rules live there.
  std::vector<std::unique_ptr<Compilation>> variations;
};

/// The lab with all its sites, and its tests as far as their types; or the site that is asked for. What
/// was found lies in `diags`.
std::unique_ptr<Compilation> check_lab(const CompileRequest& request);

/// One pass through the stages: the lab alone, or one variation of it.
std::unique_ptr<Compilation> compile_lab(const CompileRequest& request);

/// `hlab.lock`, or `hlab.SITE.lock`: each site keeps its own leases, and begins with the lab's.
[[nodiscard]] std::string lock_file_name(const std::string& site);

}  // namespace hlab::driver
