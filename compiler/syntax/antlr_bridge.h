// What ANTLR's parser sees of our tokens. Included only where ANTLR is (this folder and grammar/).
#pragma once

#include <antlr4-runtime.h>

#include <string>
#include <vector>

#include "compiler/syntax/builder.h"
#include "compiler/syntax/scanner.h"
#include "compiler/syntax/token.h"

namespace hlab::syntax {

class AntlrToken final : public antlr4::Token {
 public:
  syntax::Token token;
  std::size_t index = 0;

  std::string getText() const override { return ""; }
  std::size_t getType() const override {
    return token.type == TokenType::end ? antlr4::Token::EOF : static_cast<std::size_t>(token.type);
  }
  std::size_t getLine() const override { return 0; }
  std::size_t getCharPositionInLine() const override { return 0; }
  std::size_t getChannel() const override { return antlr4::Token::DEFAULT_CHANNEL; }
  std::size_t getTokenIndex() const override { return index; }
  std::size_t getStartIndex() const override { return token.begin; }
  std::size_t getStopIndex() const override { return token.end; }
  antlr4::TokenSource* getTokenSource() const override { return nullptr; }
  antlr4::CharStream* getInputStream() const override { return nullptr; }
  std::string toString() const override { return ""; }
};

/// Tokens as the scanner makes them, kept only while the top-level entry that holds them is read.
class TokenWindow final : public antlr4::TokenStream {
 public:
  TokenWindow(Scanner& scanner, Builder& builder) : scanner_(scanner), builder_(builder) {}

  antlr4::Token* LT(ssize_t k) override { return &token_at(k); }
  std::size_t LA(ssize_t k) override { return token_at(k).getType(); }
  void consume() override;
  antlr4::Token* get(std::size_t) const override { return nullptr; }
  antlr4::TokenSource* getTokenSource() const override { return nullptr; }
  std::string getText(const antlr4::misc::Interval&) override { return ""; }
  std::string getText() override { return ""; }
  std::string getText(antlr4::RuleContext*) override { return ""; }
  std::string getText(antlr4::Token*, antlr4::Token*) override { return ""; }
  ssize_t mark() override { return 0; }
  void release(ssize_t) override {}
  std::size_t index() override { return at_; }
  void seek(std::size_t index) override { at_ = index; }
  std::size_t size() override { return filled_; }
  std::string getSourceName() const override { return ""; }

  [[nodiscard]] const Token& current() { return fetch(at_).token; }
  /// Tokens before the current one are no longer needed.
  void forget_consumed();

 private:
  AntlrToken& token_at(ssize_t k) {
    if (k < 0) return fetch(at_ == 0 ? 0 : at_ - 1);
    return fetch(at_ + static_cast<std::size_t>(k) - 1);
  }
  AntlrToken& fetch(std::size_t index) {
    if (filled_ <= index) fill(index);
    return chunks_[index / kChunk][index % kChunk];
  }
  void fill(std::size_t index);

  static constexpr std::size_t kChunk = 256;
  Scanner& scanner_;
  Builder& builder_;
  std::vector<std::unique_ptr<AntlrToken[]>> chunks_;
  std::size_t filled_ = 0;
  std::size_t at_ = 0;
};

}  // namespace hlab::syntax
