// The stages between loading and emitting, as `check_lab` calls them.
#pragma once

#include "compiler/driver/compile.h"
#include "compiler/evaluate/expand.h"
#include "compiler/reach/assertions.h"

namespace hlab::driver {

/// Where the lab begins in tables that the library has filled before.
struct LibraryEnd {
  std::uint32_t kinds = 0;
  std::uint32_t functions = 0;
  std::size_t files = 0;
};
[[nodiscard]] LibraryEnd library_end(const Compilation& run);

/// Reads and parses the lab's files and its lock.
void read_lab(Compilation& run, const CompileRequest& request);
/// Types of every body from `first` on, of declarations, defaults and policies.
void check_bodies(Compilation& run, check::Checker& checker, const evaluate::Expansion& expansion,
                  const LibraryEnd& first);
/// What a site or test overrides and expects.
void check_variation(Compilation& run, check::Checker& checker, evaluate::Expansion& expansion);
/// What the names in `assert` mean; whether the paths are there.
void resolve_assertions(const Compilation& run, const evaluate::Expansion& expansion,
                        reach::Assertions& assertions);
void judge_assertions(Compilation& run, const evaluate::Expansion& expansion,
                      reach::Assertions& assertions);
void settle(Compilation& run, const evaluate::Expansion& expansion);

}  // namespace hlab::driver
