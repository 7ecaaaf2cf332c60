// Typed 32-bit ids and the vectors they index. Stages hand each other ids, never pointers, so that
// every product of a stage can be dumped, hashed, compared and written into the library image.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace hlab {

template <class Tag>
struct Id {
  static constexpr std::uint32_t kNone = 0xffffffffu;
  std::uint32_t index = kNone;

  constexpr Id() = default;
  constexpr explicit Id(std::uint32_t value) : index(value) {}
  [[nodiscard]] constexpr bool valid() const { return index != kNone; }
  constexpr explicit operator bool() const { return valid(); }
  friend constexpr bool operator==(Id, Id) = default;
  friend constexpr auto operator<=>(Id, Id) = default;
};

/// A vector indexed by one kind of id only.
template <class IdType, class T>
class IdVec {
 public:
  [[nodiscard]] T& operator[](IdType id) { return items_[id.index]; }
  [[nodiscard]] const T& operator[](IdType id) const { return items_[id.index]; }

  template <class... Args>
  IdType add(Args&&... args) {
    items_.push_back(T{std::forward<Args>(args)...});
    return IdType(static_cast<std::uint32_t>(items_.size() - 1));
  }
  [[nodiscard]] std::size_t size() const { return items_.size(); }
  [[nodiscard]] bool empty() const { return items_.empty(); }
  void resize(std::size_t n) { items_.resize(n); }
  void reserve(std::size_t n) { items_.reserve(n); }
  [[nodiscard]] std::vector<T>& raw() { return items_; }
  [[nodiscard]] const std::vector<T>& raw() const { return items_; }
  auto begin() { return items_.begin(); }
  auto end() { return items_.end(); }
  auto begin() const { return items_.begin(); }
  auto end() const { return items_.end(); }

 private:
  std::vector<T> items_;
};

/// A run of consecutive entries in some side table (children of a node).
struct Range {
  std::uint32_t begin = 0;
  std::uint32_t count = 0;
  [[nodiscard]] constexpr bool empty() const { return count == 0; }
};

}  // namespace hlab

template <class Tag>
struct std::hash<hlab::Id<Tag>> {
  std::size_t operator()(hlab::Id<Tag> id) const noexcept { return id.index; }
};
