// Reads what `load` names, each file once, while names are checked: what a lab reads is known before
// anything is evaluated.
#pragma once

#include <string_view>
#include <unordered_map>

#include "compiler/driver/compile.h"

namespace hlab::driver {

class Inputs {
 public:
  explicit Inputs(Compilation& run) : run_(run) {}

  /// The type of what the file says: Yaml, String, or an error that was reported.
  types::TypeKind open(Symbol path, syntax::ExprId call);

 private:
  types::TypeKind read(Symbol path, syntax::ExprId call);
  void report_missing(std::string_view path, Span at);

  Compilation& run_;
  std::unordered_map<std::uint32_t, types::TypeKind> known_;
};

}  // namespace hlab::driver
