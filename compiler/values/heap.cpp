#include <algorithm>
#include <cstring>
#include <new>

#include "compiler/values/value.h"

namespace hlab::values {

constexpr std::size_t kBlock = 64 * 1024;

Heap::~Heap() = default;

char* Heap::bytes(std::size_t size) {
  size = (size + 7) & ~std::size_t{7};
  if (size > left_) {
    const std::size_t block = std::max(size, kBlock);
    blocks_.push_back(std::make_unique_for_overwrite<char[]>(block));
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

const Text* Heap::static_text(std::string_view text) { return new (bytes(sizeof(Text))) Text{text}; }

const Address* Heap::address(const Address& address) {
  return new (bytes(sizeof(Address))) Address(address);
}

const IntRange* Heap::range(IntRange range) { return new (bytes(sizeof(IntRange))) IntRange(range); }

const Variant* Heap::variant(Symbol tag, Value payload) {
  return new (bytes(sizeof(Variant))) Variant{tag, payload};
}

const Unlearned* Heap::unlearned(Unlearned fact) {
  return new (bytes(sizeof(Unlearned))) Unlearned(fact);
}

List* Heap::list() { return lists_.emplace_back(std::make_unique<List>()).get(); }

Map* Heap::map() { return maps_.emplace_back(std::make_unique<Map>()).get(); }

}  // namespace hlab::values
