// Interned names. Two symbols of one table are equal exactly when their texts are.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/base/id.h"

namespace hlab {

using Symbol = Id<struct SymbolTag>;

class SymbolTable {
 public:
  SymbolTable();
  SymbolTable(const SymbolTable&) = delete;
  SymbolTable& operator=(const SymbolTable&) = delete;
  SymbolTable(SymbolTable&&) = default;
  SymbolTable& operator=(SymbolTable&&) = default;

  Symbol intern(std::string_view text);
  /// The symbol of `text`, or none when nobody interned it.
  [[nodiscard]] Symbol find(std::string_view text) const;
  /// Interns text whose bytes outlive the table (the library image); nothing is copied.
  Symbol intern_static(std::string_view text);
  [[nodiscard]] std::string_view text(Symbol symbol) const { return texts_[symbol.index]; }
  [[nodiscard]] std::size_t size() const { return texts_.size(); }

 private:
  [[nodiscard]] std::uint32_t probe(std::string_view text, std::uint64_t hash) const;
  Symbol insert(std::string_view stable_text, std::uint64_t hash, std::uint32_t slot);
  void grow();

  std::vector<std::string_view> texts_;
  std::vector<std::uint32_t> hashes_;
  std::vector<std::uint32_t> slots_;  // open addressing; kNone = free
  std::deque<std::string> owned_;
};

}  // namespace hlab
