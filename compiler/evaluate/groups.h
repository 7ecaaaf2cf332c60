// Groups: what the rounds of `for ... as NAME` declare, under one name.
#pragma once

#include <map>
#include <unordered_set>

#include "compiler/diag/diagnostics.h"
#include "compiler/program/lab.h"
#include "compiler/program/program.h"

namespace hlab::evaluate {

class Groups {
 public:
  Groups(const program::Program& program, program::Lab& lab, diag::Diagnostics& diags)
      : program_(program), lab_(lab), diags_(diags) {}

  /// The group of a loop, by its number in the lab. A loop inside of another one opens it once for each
  /// round of that.
  int open(syntax::EntryId loop, program::ModuleId module);
  void join(int group, program::InstanceId added);
  /// What an empty group would be of is known all the same.
  void may_join(int group, program::KindId kind);
  /// A bare name would mean either: a group, or a declaration.
  void report_shared_names() const;

 private:
  [[nodiscard]] program::KindId common_kind(program::KindId a, program::KindId b) const;

  const program::Program& program_;
  program::Lab& lab_;
  diag::Diagnostics& diags_;
  std::map<std::uint32_t, syntax::EntryId> loops_;  // by group: the one that opened it
  std::unordered_set<std::uint32_t> told_;          // loops
};

}  // namespace hlab::evaluate
