#include "compiler/base/symbol.h"

namespace hlab {
namespace {

constexpr std::uint32_t kFree = 0xffffffffu;

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t h = 1469598103934665603ull;  // FNV-1a: names are short
  for (const char c : text) h = (h ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  return h ^ (h >> 32);
}

}  // namespace

SymbolTable::SymbolTable() : slots_(1024, kFree) {}

std::uint32_t SymbolTable::probe(std::string_view text, std::uint64_t hash) const {
  const auto mask = static_cast<std::uint32_t>(slots_.size() - 1);
  auto at = static_cast<std::uint32_t>(hash) & mask;
  while (slots_[at] != kFree) {
    const std::uint32_t found = slots_[at];
    if (hashes_[found] == static_cast<std::uint32_t>(hash) && texts_[found] == text) return at;
    at = (at + 1) & mask;
  }
  return at;
}

void SymbolTable::grow() {
  std::vector<std::uint32_t> bigger(slots_.size() * 2, kFree);
  const auto mask = static_cast<std::uint32_t>(bigger.size() - 1);
  for (std::uint32_t i = 0; i < texts_.size(); ++i) {
    std::uint32_t at = hashes_[i] & mask;
    while (bigger[at] != kFree) at = (at + 1) & mask;
    bigger[at] = i;
  }
  slots_ = std::move(bigger);
}

Symbol SymbolTable::insert(std::string_view stable_text, std::uint64_t hash, std::uint32_t slot) {
  const auto index = static_cast<std::uint32_t>(texts_.size());
  texts_.push_back(stable_text);
  hashes_.push_back(static_cast<std::uint32_t>(hash));
  slots_[slot] = index;
  if (texts_.size() * 2 > slots_.size()) grow();
  return Symbol(index);
}

Symbol SymbolTable::intern(std::string_view text) {
  const std::uint64_t hash = hash_of(text);
  const std::uint32_t slot = probe(text, hash);
  if (slots_[slot] != kFree) return Symbol(slots_[slot]);
  return insert(owned_.emplace_back(text), hash, slot);
}

Symbol SymbolTable::intern_static(std::string_view text) {
  const std::uint64_t hash = hash_of(text);
  const std::uint32_t slot = probe(text, hash);
  if (slots_[slot] != kFree) return Symbol(slots_[slot]);
  return insert(text, hash, slot);
}

Symbol SymbolTable::find(std::string_view text) const {
  const std::uint32_t slot = probe(text, hash_of(text));
  return slots_[slot] == kFree ? Symbol() : Symbol(slots_[slot]);
}

}  // namespace hlab
