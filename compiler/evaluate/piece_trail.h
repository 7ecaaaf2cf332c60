// The way to what a tree builder sets: the keys, and the entries that lead there.
#pragma once

#include <cstddef>
#include <vector>

#include "compiler/program/pieces.h"

namespace hlab::evaluate {

class PieceTrail {
 public:
  PieceTrail(std::vector<program::Piece>& out, program::InstanceId instance, std::uint32_t field)
      : out_(out) {
    here_.instance = instance;
    here_.field = field;
  }
  void note(program::Piece::Does does) {
    if (!here_.steps.empty()) here_.steps.back().depth = here_.keys.size();
    out_.push_back(here_);
    out_.back().does = does;
  }
  void enter_body() { here_.steps.back().depth = here_.keys.size(); }

  /// While it stands, what is noted lies behind that key, or in that entry.
  class Behind {
   public:
    Behind(PieceTrail* trail, values::MapKey key) : trail_(trail), keys_(1) {
      if (trail_ != nullptr) trail_->here_.keys.push_back(key);
    }
    Behind(PieceTrail* trail, program::Piece::Step step) : trail_(trail), steps_(1) {
      if (trail_ != nullptr) trail_->here_.steps.push_back(step);
    }
    Behind(const Behind&) = delete;
    Behind& operator=(const Behind&) = delete;
    ~Behind() {
      if (trail_ == nullptr) return;
      program::Piece& here = trail_->here_;
      here.keys.resize(here.keys.size() - keys_);
      here.steps.resize(here.steps.size() - steps_);
    }

   private:
    PieceTrail* trail_;
    std::size_t keys_ = 0;
    std::size_t steps_ = 0;
  };

 private:
  std::vector<program::Piece>& out_;
  program::Piece here_;
};

}  // namespace hlab::evaluate
