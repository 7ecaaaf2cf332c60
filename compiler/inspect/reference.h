// The reference of what is declared: modules, kinds, functions, and the declarations of a lab.
#pragma once

#include <optional>
#include <string_view>

#include "compiler/inspect/page.h"
#include "compiler/program/lab.h"
#include "compiler/program/program.h"
#include "compiler/source/source_map.h"

namespace hlab::inspect {

struct Declared {
  const program::Program& program;
  const program::Lab& lab;
  const SourceMap& sources;
};

/// Kinds, functions and declarations of a module: `core`, `std.hw`, or "" for the lab's own.
[[nodiscard]] Page module_page(const Declared& declared, program::ModuleId module);

/// A kind with the fields that it inherits.
[[nodiscard]] Page kind_page(const Declared& declared, program::KindId kind);

/// How a module is called in the lab's own folder: `core`, `std.hw`, `office`; where that does not import it, its folder.
[[nodiscard]] std::string module_path(const program::Program& program, program::ModuleId module);

/// By that name; none where there is no such module.
[[nodiscard]] program::ModuleId find_module(const program::Program& program, std::string_view path);

/// By its module's name and its own, as the lab's own folder writes it; none where there is no such kind.
[[nodiscard]] program::KindId find_kind(const program::Program& program, std::string_view path);

/// Every path that `hlab doc` takes: modules, and kinds as `std.pi5`.
[[nodiscard]] std::vector<std::string> documented_names(const program::Program& program);

/// `std.hw.pi5`; kinds of the core and of the lab have no module before their name.
[[nodiscard]] std::string kind_path(const program::Program& program, program::KindId kind);

}  // namespace hlab::inspect
