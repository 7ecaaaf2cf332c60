// Rounds of loops, as messages tell them: which environment each of them began.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

#include "compiler/diag/diag.h"
#include "compiler/program/program.h"

namespace hlab {
class SourceMap;
}

namespace hlab::program {

struct Env;
struct Lab;

/// The head `for variable in source`, of a loop or of a list.
struct LoopHead {
  Symbol variable;
  Symbol index;
  ExprId source;
};

/// One round of a loop: the environment that begins with its item.
struct Round {
  const Env* env;
  Symbol variable;
  ExprId source;
};

class Rounds {
 public:
  void add(const Round& round) { rounds_.push_back(round); }
  /// None where the environment is that of something else: a parameter, a binding.
  [[nodiscard]] const Round* find(const Env* env) const;

 private:
  std::vector<Round> rounds_;
  /// Of the first of them, once a message asked.
  mutable std::unordered_map<const Env*, std::size_t> by_env_;
  mutable std::size_t known_ = 0;
};

/// A value in the words of a message.
[[nodiscard]] std::string shown(const Program& program, const Lab& lab, const values::Value& v);

/// The rounds that an environment lies in, innermost first, up to `until`, in which another one lies too:
/// `in the round where `i` is 3`. Those of the library are nobody's.
[[nodiscard]] std::vector<diag::Label> rounds_around(const Program& program, const Lab& lab,
                                                     const SourceMap& sources, const Env* env,
                                                     const Env* until = nullptr);

}  // namespace hlab::program
