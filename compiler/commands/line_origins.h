// What there is to say about one line of an emitted file: which values of the lab stand on it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/inspect/causes.h"
#include "emit/core/file_tree.h"

namespace hlab::driver {
struct Compilation;
}

namespace hlab::commands {

/// One value on the line, or the line itself where there is none.
struct LineOrigin {
  enum class From : std::uint8_t {
    hlab,        // no value: hlab's own words
    field,       // `causes`
    name,        // of `instance`
    expression,  // `at`, of which no field holds the value
  };
  std::string path;  // in the document
  emit::LineSource::Kind is = emit::LineSource::Kind::remark;
  From from = From::hlab;
  bool own = false;  // else it is that of the block around it
  inspect::Causes causes;
  program::InstanceId instance;
  Span at;
};

/// Those of a line from 1. A file of whose lines nothing is known has none.
[[nodiscard]] std::vector<LineOrigin> line_origins(const driver::Compilation& run,
                                                   const emit::OutputFile& file,
                                                   std::uint32_t line);

/// How many lines hold a value that is known; nothing where lines are not known.
struct LineCount {
  std::size_t known = 0;
  std::size_t all = 0;
};
[[nodiscard]] LineCount count_known(const emit::OutputFile& file);

/// In how many of the files like this one the same line stands: those of its kind, or of its name.
struct Alike {
  std::string what;  // "of the kind `Deployment`", "called `default.nix`"
  std::size_t files = 0;
  std::size_t same = 0;
};
[[nodiscard]] Alike alike(const emit::FileTree& tree, const emit::OutputFile& file,
                          std::string_view line);

/// The declaration that a file is made of; none for a path that names nothing.
[[nodiscard]] model::View declaration_of(const driver::Compilation& run,
                                         const emit::OutputFile& file);

}  // namespace hlab::commands
