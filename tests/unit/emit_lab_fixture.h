// A lab from a text, and what one emitter makes of it.
#pragma once

#include <memory>
#include <set>
#include <string>

#include "compiler/driver/compile.h"
#include "emit/core/emitter.h"
#include "tests/unit/tree_fixture.h"

namespace hlab::test {

struct EmittedLab {
  std::unique_ptr<driver::Compilation> run;
  emit::FileTree tree;

  /// The bytes of a file, or "" where there is none.
  [[nodiscard]] std::string file(const std::string& path) const {
    const emit::OutputFile* found = tree.find(path);
    return found == nullptr ? "" : found->bytes;
  }
  [[nodiscard]] std::set<std::string> codes() const {
    std::set<std::string> out;
    for (const diag::Diagnostic* d : run->diags.sorted()) out.insert(std::string(d->info->code));
    return out;
  }
};

inline EmittedLab emit_lab(const emit::Emitter& emitter, const std::string& text) {
  const Scratch scratch;
  put(scratch.at("lab.hlab"), text);
  EmittedLab out;
  out.run = driver::check_lab({scratch.at("lab.hlab"), false});
  if (out.run->diags.has_errors()) return out;
  emit::EmitOutput output{out.tree, out.run->diags};
  const emit::EmitInput input{out.run->program, out.run->lab, out.run->graph, out.run->sources,
                              [](std::string_view) { return std::nullopt; }};
  emitter.emit(input, output);
  return out;
}

}  // namespace hlab::test
