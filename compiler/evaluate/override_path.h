// The declaration with which the path of an `override` begins. Paths of instances have no module in them: behind a
// kind that stands for one where the override is, a name is that of any module's declaration; alone it is one of
// the own module, or of the one whose name stands before it.
#pragma once

#include <string>
#include <string_view>

#include "compiler/program/lab.h"
#include "compiler/program/program.h"

namespace hlab::evaluate {

/// The top-level instance of that kind, or of one that refines it, and name.
program::InstanceId find_declared(const program::Program& program, const program::Lab& lab,
                                  program::KindId kind, Symbol name);

class OverridePath {
 public:
  OverridePath(const program::Program& program, const program::Lab& lab,
               const syntax::Entry& entry);

  struct Found {
    program::InstanceId instance;
    std::uint32_t skip = 0;  // how many segments name it
    program::KindId kind;    // as it is named; none where it is not
  };
  /// `second` is the name of the second segment, written or computed; none where there is none.
  [[nodiscard]] Found find(Symbol second) const;
  [[nodiscard]] std::string written() const { return with(path_.size(), ""); }
  /// The path with that segment replaced.
  [[nodiscard]] std::string with(std::uint32_t segment, std::string_view by) const;
  /// The path behind the name of the imported module whose declaration it means, or "".
  [[nodiscard]] std::string behind_its_module() const;
  /// The path with the nearest name in the place of one that nothing has, or "".
  [[nodiscard]] std::string nearest() const;

 private:
  [[nodiscard]] Symbol name(std::uint32_t segment) const;
  [[nodiscard]] bool is_of(program::InstanceId one, program::ModuleId home) const;
  [[nodiscard]] program::InstanceId alone(program::ModuleId home, Symbol name) const;
  [[nodiscard]] program::ModuleId imported() const;

  const program::Program& program_;
  const program::Lab& lab_;
  syntax::View<syntax::Segment> path_;
  program::ModuleId from_;
};

}  // namespace hlab::evaluate
