// What the generated parser is made of. ANTLR's own base class keeps trees, tells listeners and asks
// the token stream through virtual calls; hlab keeps no tree, so these members hide those of
// antlr4::Parser with the few steps that remain. Included only by the generated parser.
#pragma once

#include <antlr4-runtime.h>

#include <cstddef>
#include <new>
#include <utility>
#include <vector>

#include "compiler/syntax/antlr_bridge.h"

namespace hlab::syntax {

/// The contexts of the rules of one declaration; their memory is used again for the next.
class ContextArena {
 public:
  ContextArena() = default;
  ContextArena(const ContextArena&) = delete;
  ContextArena& operator=(const ContextArena&) = delete;
  ~ContextArena() { reset(); }

  // The name that generated code calls.
  template <typename T, typename... Args>
  T* createInstance(Args&&... args) {
    static_assert(alignof(T) <= kAlign);
    T* made = new (allocate((sizeof(T) + kAlign - 1) / kAlign * kAlign))
        T(std::forward<Args>(args)...);
    made_.push_back(made);
    return made;
  }

  void reset() {
    for (antlr4::tree::ParseTree* context : made_) context->~ParseTree();
    made_.clear();
    block_ = 0;
    used_ = 0;
  }

 private:
  static constexpr std::size_t kAlign = alignof(std::max_align_t);
  static constexpr std::size_t kBlock = std::size_t{1} << 16;

  void* allocate(std::size_t size) {
    if (used_ + size > kBlock) {
      ++block_;
      used_ = 0;
    }
    if (block_ == blocks_.size()) blocks_.push_back(std::make_unique<std::byte[]>(kBlock));
    void* at = blocks_[block_].get() + used_;
    used_ += size;
    return at;
  }

  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::size_t block_ = 0;
  std::size_t used_ = 0;
  std::vector<antlr4::tree::ParseTree*> made_;
};

class LightParser : public antlr4::Parser {
 public:
  explicit LightParser(antlr4::TokenStream* input)
      : antlr4::Parser(input), _input(static_cast<TokenWindow*>(input)) {}

  /// After each declaration: what its rules gave has been taken.
  void forget_contexts() { _tracker.reset(); }

 protected:
  void enterRule(antlr4::ParserRuleContext* context, std::size_t state, std::size_t) override {
    setState(state);
    _ctx = context;
  }
  void enterOuterAlt(antlr4::ParserRuleContext*, std::size_t) override {}
  void exitRule() {
    setState(_ctx->invokingState);
    _ctx = static_cast<antlr4::ParserRuleContext*>(_ctx->parent);
  }
  antlr4::Token* match(std::size_t type) {
    antlr4::Token* token = _input->LT(1);
    if (_input->LA(1) != type) return antlr4::Parser::match(type);
    _errHandler->reportMatch(this);
    _input->consume();
    return token;
  }

  template <typename Step>
  class OnExit {
   public:
    explicit OnExit(Step step) : step_(std::move(step)) {}
    OnExit(const OnExit&) = delete;
    OnExit& operator=(const OnExit&) = delete;
    ~OnExit() { step_(); }

   private:
    Step step_;
  };
  template <typename Step>
  static OnExit<Step> finally(Step step) {
    return OnExit<Step>(std::move(step));
  }

  // Named as the members of antlr4::Parser that they hide.
  TokenWindow* _input;
  ContextArena _tracker;
};

}  // namespace hlab::syntax

// The grammar's option `superClass` takes a plain name.
using LightParser = hlab::syntax::LightParser;
