// Keeps copies of strings at stable addresses for as long as it lives.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace hlab::emit {

class TextArena {
 public:
  std::string_view store(std::string_view text);
  /// Forgets all strings; the largest block stays for reuse.
  void clear();
  /// Bytes stored.
  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  void grow(std::size_t at_least);

  std::vector<std::unique_ptr<char[]>> blocks_;
  char* next_ = nullptr;
  std::size_t left_ = 0;
  std::size_t block_size_ = 0;
  std::size_t size_ = 0;
};

}  // namespace hlab::emit
