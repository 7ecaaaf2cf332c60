#include <utility>

#include "compiler/syntax/antlr_bridge.h"

namespace hlab::syntax {

void TokenWindow::fill(std::size_t index) {
  while (filled_ <= index) {
    if (filled_ / kChunk >= chunks_.size())
      chunks_.push_back(std::make_unique<AntlrToken[]>(kChunk));
    AntlrToken& slot = chunks_[filled_ / kChunk][filled_ % kChunk];
    if (builder_.too_deep()) scanner_.stop();
    slot.token = scanner_.next();
    slot.index = filled_++;
  }
}

void TokenWindow::consume() {
  const Token& t = fetch(at_).token;
  if (t.type == TokenType::end) return;
  if (t.type != TokenType::newline) builder_.consumed(t.end);
  ++at_;
}

void TokenWindow::forget_consumed() {
  // Move what was read ahead to the front: at most a token or two.
  std::size_t kept = 0;
  for (std::size_t i = at_; i < filled_; ++i, ++kept) {
    AntlrToken& from = chunks_[i / kChunk][i % kChunk];
    AntlrToken& to = chunks_[kept / kChunk][kept % kChunk];
    to.token = from.token;
    to.index = kept;
  }
  filled_ = kept;
  at_ = 0;
}

}  // namespace hlab::syntax
