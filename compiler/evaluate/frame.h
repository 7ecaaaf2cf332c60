// What is computed for what, as messages tell it: calls, and values as wholes. A stack that only a
// message reads.
#pragma once

#include <vector>

#include "compiler/program/lab.h"

namespace hlab::evaluate {

/// One step of what is being computed.
struct Frame {
  enum class Kind : std::uint8_t {
    value,  // of `holder`, or none's: who asks for it is not the cause of what is wrong in it
    call,  // of a function, by `call`: its environment is what the parameters were given, the last one first
    list,  // its environment changes with its rounds
  };
  Kind kind = Kind::value;
  const program::Env* env = nullptr;
  program::InstanceId holder = {};
  syntax::ExprId call = {};
};

/// Keeps a step on the stack while what it names is computed.
class Entered {
 public:
  Entered(std::vector<Frame>& frames, const Frame& frame) : frames_(frames) {
    frames_.push_back(frame);
  }
  ~Entered() { frames_.pop_back(); }
  Entered(const Entered&) = delete;
  Entered& operator=(const Entered&) = delete;

  /// Where nothing else stands above it.
  void go_on(const program::Env* env) { frames_.back().env = env; }

 private:
  std::vector<Frame>& frames_;
};

}  // namespace hlab::evaluate
