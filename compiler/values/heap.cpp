#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <new>

#include <sys/mman.h>

#include "compiler/values/value.h"

namespace hlab::values {

constexpr std::size_t kBlock = std::size_t{64} << 10;
constexpr std::size_t kSmallBlocks = 16;                   // then the run is a large one
constexpr std::size_t kLargeBlock = std::size_t{2} << 20;  // one huge page instead of 512 faults

char* aligned_block(std::size_t size) {
  void* const at = std::aligned_alloc(kLargeBlock, size);
  if (at == nullptr) throw std::bad_alloc();
  static_cast<void>(::madvise(at, size, MADV_HUGEPAGE));  // where it is refused, pages are small
  return static_cast<char*>(at);
}

Heap::~Heap() = default;

char* Heap::bytes(std::size_t size) {
  size = (size + 7) & ~std::size_t{7};
  if (size > left_) {
    const bool large = blocks_.size() >= kSmallBlocks && size <= kLargeBlock;
    const std::size_t block = large ? kLargeBlock : std::max(size, kBlock);
    blocks_.emplace_back(large ? aligned_block(block) : static_cast<char*>(std::malloc(block)));
    if (blocks_.back() == nullptr) throw std::bad_alloc();
    free_ = blocks_.back().get();
    left_ = block;
  }
  char* at = free_;
  free_ += size;
  left_ -= size;
  return at;
}

const Text* Heap::text(std::string_view text) {
  char* at = bytes(sizeof(Text) + text.size());
  char* copy = at + sizeof(Text);
  if (!text.empty()) std::memcpy(copy, text.data(), text.size());
  return new (at) Text{{copy, text.size()}};
}

const Text* Heap::static_text(std::string_view text) {
  return new (bytes(sizeof(Text))) Text{text};
}

const Address* Heap::address(const Address& address) {
  return new (bytes(sizeof(Address))) Address(address);
}

const IntRange* Heap::range(IntRange range) {
  return new (bytes(sizeof(IntRange))) IntRange(range);
}

const Variant* Heap::variant(Symbol tag, Value payload) {
  return new (bytes(sizeof(Variant))) Variant{tag, payload};
}

const Unlearned* Heap::unlearned(Unlearned fact) {
  return new (bytes(sizeof(Unlearned))) Unlearned(fact);
}

// Neither is ever destroyed: what it holds lies in the blocks.
List* Heap::list(std::size_t expected) {
  List* made = new (bytes(sizeof(List))) List{Items(this)};
  made->items.reserve(expected);
  return made;
}

Map* Heap::map(std::size_t expected) {
  Map* made = new (bytes(sizeof(Map))) Map{MapItems(this)};
  made->items.reserve(expected);
  return made;
}

}  // namespace hlab::values
