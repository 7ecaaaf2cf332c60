// Builds a tree from what a parser tells, front to back, within limits.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/base/symbol.h"
#include "compiler/values/value.h"

namespace hlab::input {

enum class TreeFault : std::uint8_t { none, duplicate_key, bad_merge, too_deep, too_large };

class TreeMaker {
 public:
  static constexpr std::size_t kMaxDepth = 256;
  /// Values that aliases may add to those of the file itself.
  static constexpr std::size_t kMaxRepeated = 1'000'000;

  TreeMaker(SymbolTable& symbols, values::Heap& heap, syntax::ExprId origin)
      : symbols_(symbols), heap_(heap), origin_(origin) {}

  void open_map();
  void open_list();
  /// Gives the container that is complete now, and puts it where it stands.
  values::Value close();
  void key(std::string_view name);
  /// The key `<<`: what follows is a map, or a list of maps, whose entries this map gets where it
  /// has none of that name.
  void merge_key();
  void add(const values::Value& value, std::size_t size = 1);
  /// Adds what is there already, `size` values of it, once more.
  void repeat(const values::Value& value, std::size_t size);

  [[nodiscard]] values::Value scalar(values::ValueKind kind) const {
    return values::make(kind, origin_);
  }
  [[nodiscard]] values::Value text(std::string_view text) const {
    return values::make_text(heap_.text(text), origin_);
  }
  [[nodiscard]] bool in_map() const { return !open_.empty() && open_.back().map != nullptr; }
  [[nodiscard]] bool wants_key() const { return in_map() && !open_.back().has_key; }
  /// Values inside the container that closed last, itself counted.
  [[nodiscard]] std::size_t last_size() const { return last_size_; }
  [[nodiscard]] const values::Value& root() const { return root_; }
  [[nodiscard]] TreeFault fault() const { return fault_; }

 private:
  struct Open {
    values::Map* map = nullptr;
    values::List* list = nullptr;
    std::unordered_map<std::uint32_t, std::size_t> keys;  // Symbol -> place
    std::vector<values::Value> merged;
    Symbol key;
    bool has_key = false;
    bool merges = false;  // the key is `<<`
    std::size_t size = 1;
  };
  void open(values::Map* map, values::List* list);
  void merge(Open& into, const values::Value& value);
  void fail(TreeFault fault) {
    if (fault_ == TreeFault::none) fault_ = fault;
  }

  SymbolTable& symbols_;
  values::Heap& heap_;
  syntax::ExprId origin_;
  std::vector<Open> open_;
  values::Value root_;
  std::size_t last_size_ = 0;
  std::size_t repeated_ = 0;
  TreeFault fault_ = TreeFault::none;
};

}  // namespace hlab::input
