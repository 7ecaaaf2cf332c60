// A set of the machines of a problem, a bit each. Questions about whole sets go word by word: there are
// thousands of pods and hundreds of machines.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

namespace hlab::placement {

class MachineSet {
 public:
  MachineSet() = default;
  MachineSet(std::size_t size, bool filled) : size_(size), words_((size + 63) / 64, 0) {
    if (!filled) return;
    for (std::uint64_t& word : words_) word = ~std::uint64_t{0};
    if (size % 64 != 0) words_.back() >>= 64 - size % 64;
  }

  /// How many machines it knows of, in it or not.
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] bool operator[](std::size_t m) const {
    return (words_[m / 64] >> m % 64 & 1U) != 0;
  }

  void push_back(bool in) {
    if (size_ % 64 == 0) words_.push_back(0);
    set(size_++, in);
  }
  void set(std::size_t m, bool in) {
    const std::uint64_t bit = std::uint64_t{1} << m % 64;
    words_[m / 64] = in ? words_[m / 64] | bit : words_[m / 64] & ~bit;
  }
  /// Those behind it move up; nothing where it knows of no machines.
  void erase(std::size_t machine) {
    if (empty()) return;
    MachineSet out;
    for (std::size_t m = 0; m < size_; ++m) {
      if (m != machine) out.push_back((*this)[m]);
    }
    *this = std::move(out);
  }
  void keep(const MachineSet& other) {
    for (std::size_t w = 0; w < words_.size(); ++w) words_[w] &= other.words_[w];
  }
  void join(const MachineSet& other) {
    for (std::size_t w = 0; w < words_.size(); ++w) words_[w] |= other.words_[w];
  }

  /// How many are in it.
  [[nodiscard]] std::uint32_t count() const {
    std::uint32_t out = 0;
    for (const std::uint64_t word : words_) out += static_cast<std::uint32_t>(std::popcount(word));
    return out;
  }
  [[nodiscard]] bool inside(const MachineSet& outer) const {
    for (std::size_t w = 0; w < words_.size(); ++w) {
      if ((words_[w] & ~outer.words_[w]) != 0) return false;
    }
    return true;
  }
  /// Visits those in it, in their order, until `visit` says false.
  template <class Visit>
  void each(Visit visit) const {
    for (std::size_t w = 0; w < words_.size(); ++w) {
      for (std::uint64_t rest = words_[w]; rest != 0; rest &= rest - 1) {
        if (!visit(static_cast<std::uint32_t>(w * 64) +
                   static_cast<std::uint32_t>(std::countr_zero(rest))))
          return;
      }
    }
  }

  friend bool operator==(const MachineSet&, const MachineSet&) = default;
  friend auto operator<=>(const MachineSet&, const MachineSet&) = default;

 private:
  std::size_t size_ = 0;
  std::vector<std::uint64_t> words_;
};

}  // namespace hlab::placement
