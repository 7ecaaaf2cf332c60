// Rounds of loops and calls of functions, as messages tell them.
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
  std::uint32_t number;  // counted from 1
};

/// A call that the lab itself wrote, where its function gave a scalar.
struct Call {
  ExprId at;
  InstanceId self;    // whose body it stands in
  const Env* around;  // of where it stands
  const Env* given;   // the last parameter first
};

class Rounds {
 public:
  void add(const Round& round) { rounds_.push_back(round); }
  /// A lab that calls more does without: only messages ask.
  void add_call(const Call& call) {
    if (calls_.size() < kMostCalls) calls_.push_back(call);
  }
  [[nodiscard]] const std::vector<Call>& calls() const { return calls_; }
  /// None where the environment is that of something else: a parameter, a binding.
  [[nodiscard]] const Round* find(const Env* env) const;

 private:
  static constexpr std::size_t kMostCalls = 1 << 16;
  std::vector<Round> rounds_;
  std::vector<Call> calls_;
  /// Of the first of them, once a message asked.
  mutable std::unordered_map<const Env*, std::size_t> by_env_;
  mutable std::size_t known_ = 0;
};

/// A value in the words of a message.
[[nodiscard]] std::string shown(const Program& program, const Lab& lab, const values::Value& v);

/// `called here, with `x` = 3`
[[nodiscard]] std::string call_text(const Program& program, const Lab& lab, ExprId call,
                                    const Env* given);

/// A text that says a value of an instance, in a round.
struct SaidValue {
  InstanceId holder;
  Span at;
  ExprId origin;  // what made the value
  const Env* env = nullptr;
};

/// The calls in that text, and in functions that these call, that led to what made the value: the outermost
/// first. None that could be another one.
[[nodiscard]] std::vector<diag::Label> calls_behind(const Program& program, const Lab& lab,
                                                    const SaidValue& said);

/// The innermost round that an environment lies in, and `until` does not.
[[nodiscard]] const Round* own_round(const Lab& lab, const Env* env, const Env* until);

/// The rounds that an environment lies in, innermost first, up to `until`, in which another one lies too:
/// `in the round where `i` is 3`, `in round 2, where `r` is ...`. Those of the library are nobody's.
[[nodiscard]] std::vector<diag::Label> rounds_around(const Program& program, const Lab& lab,
                                                     const SourceMap& sources, const Env* env,
                                                     const Env* until = nullptr);

}  // namespace hlab::program
