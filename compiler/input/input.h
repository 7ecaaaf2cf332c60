// Files of the lab's folder as values: YAML and JSON as trees, anything else as text.
#pragma once

#include <optional>
#include <string_view>

#include "compiler/base/symbol.h"
#include "compiler/diag/diagnostics.h"
#include "compiler/source/source_map.h"
#include "compiler/values/value.h"

namespace hlab::input {

enum class InputForm : std::uint8_t { text, yaml, json };

/// By the end of the name.
[[nodiscard]] InputForm form_of(std::string_view path);

/// What a reader needs: the file, what values are made in, whose doing they are.
struct InputFile {
  const SourceMap& sources;
  FileId file;
  SymbolTable& symbols;
  values::Heap& heap;
  syntax::ExprId origin;  // the `load` that every value of the file comes from
  Span asked_at;
  diag::Diagnostics& diags;
};

/// The content; none where it was reported. A YAML file that says nothing is an empty map.
[[nodiscard]] std::optional<values::Value> read_input(InputForm form, const InputFile& input);

}  // namespace hlab::input
