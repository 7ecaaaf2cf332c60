// Plain text of secrets: memory that is overwritten when it is given back.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include <string.h>

namespace hlab::commands {

template <class T>
struct WipingAllocator {
  using value_type = T;

  WipingAllocator() = default;
  template <class U>
  explicit WipingAllocator(const WipingAllocator<U>&) {}

  T* allocate(std::size_t n) { return std::allocator<T>().allocate(n); }
  void deallocate(T* memory, std::size_t n) {
    ::explicit_bzero(static_cast<void*>(memory), n * sizeof(T));
    std::allocator<T>().deallocate(memory, n);
  }
  friend bool operator==(const WipingAllocator&, const WipingAllocator&) { return true; }
};

/// A vector and no string: a short string would lie in the object itself, out of the allocator's reach.
using SecretBytes = std::vector<char, WipingAllocator<char>>;

inline std::string_view text_of(const SecretBytes& bytes) { return {bytes.data(), bytes.size()}; }

inline void append(SecretBytes& to, std::string_view text) {
  to.insert(to.end(), text.begin(), text.end());
}

}  // namespace hlab::commands
