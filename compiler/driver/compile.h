// The stages, in order. A Compilation owns what each of them made.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/evaluate/evaluator.h"
#include "compiler/graph/lab_graph.h"
#include "compiler/load/load.h"
#include "compiler/lock/lock.h"
#include "compiler/program/lab.h"
#include "compiler/program/program.h"
#include "compiler/source/source_map.h"
#include "compiler/syntax/ast.h"

namespace hlab::driver {

struct CompileRequest {
  std::string lab;      // folder or file; "" is the current folder
  bool locked = false;  // a stale hlab.lock is an error
  bool no_lab = false;  // the library alone: nothing is read
};

struct Compilation {
  Compilation() = default;
  Compilation(const Compilation&) = delete;
  Compilation& operator=(const Compilation&) = delete;

  SourceMap sources;
  diag::Diagnostics diags;
  SymbolTable symbols;
  load::LoadedLab loaded;
  lock::Lock lock;
  syntax::Ast ast;
  program::Program program;
  program::Lab lab;
  values::Heap heap;
  std::unique_ptr<evaluate::Evaluator> evaluator;
  graph::LabGraph graph;
  std::deque<diag::DiagInfo> declared_rules;  // of the library, for its checks
  std::string folder;
  bool locked = false;
};

/// Through the rules; what was found lies in `diags`.
std::unique_ptr<Compilation> check_lab(const CompileRequest& request);

}  // namespace hlab::driver
