#include "emit/core/text_arena.h"

#include <algorithm>
#include <cstring>

namespace hlab::emit {
namespace {

constexpr std::size_t kFirstBlock = 4096;
constexpr std::size_t kLargestBlock = std::size_t{1} << 20;

}  // namespace

std::string_view TextArena::store(std::string_view text) {
  if (text.empty()) return {};
  if (text.size() > left_) grow(text.size());
  char* const at = next_;
  std::memcpy(at, text.data(), text.size());
  next_ += text.size();
  left_ -= text.size();
  size_ += text.size();
  return {at, text.size()};
}

void TextArena::grow(std::size_t at_least) {
  block_size_ = std::max(std::min(block_size_ * 2, kLargestBlock), std::max(at_least, kFirstBlock));
  blocks_.emplace_back(new char[block_size_]);
  next_ = blocks_.back().get();
  left_ = block_size_;
}

void TextArena::clear() {
  size_ = 0;
  if (blocks_.empty()) return;
  blocks_.erase(blocks_.begin(),
                blocks_.end() - 1);  // the last block is the largest but for freaks
  next_ = blocks_.back().get();
  left_ = block_size_;
}

}  // namespace hlab::emit
