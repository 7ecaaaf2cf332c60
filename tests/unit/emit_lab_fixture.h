// A lab from a text, and what one emitter or all of them make of it.
#pragma once

#include <memory>
#include <set>
#include <string>

#include "compiler/driver/compile.h"
#include "emit/core/emitter.h"
#include "emit/core/object_book.h"
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

/// The lab of `text`; `emit` is called with what emitters take, where it is sound.
template <class Emit>
EmittedLab emitted_lab(const std::string& text, Emit&& emit) {
  const Scratch scratch;
  put(scratch.at("lab.hlab"), text);
  EmittedLab out;
  out.run = driver::check_lab({scratch.at("lab.hlab"), false});
  if (out.run->diags.has_errors()) return out;
  emit::EmitOutput output{out.tree, out.run->diags};
  const emit::EmitInput input{out.run->program, out.run->lab, out.run->graph, out.run->sources,
                              [](std::string_view) { return std::nullopt; }};
  emit(input, output);
  return out;
}

/// What one emitter makes of it.
inline EmittedLab emit_lab(const emit::Emitter& emitter, const std::string& text) {
  return emitted_lab(text, [&](const emit::EmitInput& input, emit::EmitOutput& output) {
    emitter.emit(input, output);
  });
}

/// What all of them make of it.
inline EmittedLab emit_lab(const std::string& text) {
  return emitted_lab(text, [](const emit::EmitInput& input, emit::EmitOutput& output) {
    emit::ObjectBook book(input, output.diags);
    output.book = &book;
    for (const emit::Emitter* emitter : emit::all_emitters()) emitter->emit(input, output);
  });
}

}  // namespace hlab::test
