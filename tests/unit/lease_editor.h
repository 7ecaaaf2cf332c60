// Edits a lab at random, as people do: some lines at a time, on branches too.
#pragma once

#include <random>

#include "tests/unit/lease_model.h"

namespace hlab::test {

class LeaseEditor {
 public:
  explicit LeaseEditor(std::uint32_t seed) : random_(seed) {}

  int up_to(int most) { return std::uniform_int_distribution<int>(0, most)(random_); }
  bool once_in(int times) { return up_to(times - 1) == 0; }

  void edit(LeaseLab& lab) {
    switch (lab.holders.size() < 16 ? 0 : up_to(9)) {
      case 0:
      case 1:
      case 2: return add(lab);
      case 3: return remove(lab);
      case 4:
      case 5: return rename(lab);
      case 6: return std::shuffle(lab.holders.begin(), lab.holders.end(), random_);
      case 7: any(lab).file = up_to(kFiles - 1); return;
      case 8: return write_or_ask(any(lab), lab);
      default: return reserve(lab);
    }
  }

  /// After a build the lock knows the new names; some people leave the line, some take it away.
  void after_build(LeaseLab& lab) {
    for (Holder& one : lab.holders) {
      if (once_in(2)) one.was.clear();
    }
    lab.built.clear();
    for (const Holder& one : lab.holders) lab.built[one.id] = one.name;
  }

 private:
  Holder& any(LeaseLab& lab) {
    return lab.holders.at(
        static_cast<std::size_t>(up_to(static_cast<int>(lab.holders.size()) - 1)));
  }

  /// Names of one another's beginning, and far apart in the order.
  std::string new_name() {
    constexpr std::array<const char*, 5> kStems{"a", "m", "m-2", "z", "k-10"};
    return fmt::format("{}-{}", kStems.at(static_cast<std::size_t>(up_to(4))), ++names_);
  }

  void add(LeaseLab& lab) {
    Holder one;
    one.id = ++ids_;
    one.kind = static_cast<std::size_t>(up_to(3));
    if (lab.holders.size() > 45) return remove(lab);
    one.name = new_name();
    one.file = up_to(kFiles - 1);
    if (once_in(4)) one.written = free_slot(lab, one.kind);
    lab.holders.insert(lab.holders.begin() + up_to(static_cast<int>(lab.holders.size())), one);
  }

  void remove(LeaseLab& lab) {
    lab.holders.erase(lab.holders.begin() + up_to(static_cast<int>(lab.holders.size()) - 1));
  }

  void rename(LeaseLab& lab) {
    Holder& one = any(lab);
    const auto known = lab.built.find(one.id);
    if (known != lab.built.end()) one.was = known->second;
    one.name = new_name();
  }

  /// A slot that nobody wrote; most often one that somebody has been given.
  std::optional<int> free_slot(const LeaseLab& lab, std::size_t kind) {
    for (int tries = 0; tries < 20; ++tries) {
      const int slot = 1 + up_to(once_in(3) ? kSlots - 1 : 11);
      if (!lab.is_written(kind, slot) && !lab.is_reserved(kind, slot)) return slot;
    }
    return std::nullopt;
  }

  void write_or_ask(Holder& one, const LeaseLab& lab) {
    one.written = one.written ? std::nullopt : free_slot(lab, one.kind);
  }

  void reserve(LeaseLab& lab) {
    if (once_in(3)) {
      const int spared = 1 + up_to(12);
      lab.spared = once_in(3) ? std::pair(0, 0) : std::pair(spared, spared + up_to(4));
      return;
    }
    const auto kind = static_cast<std::size_t>(up_to(3));
    const int first = 1 + up_to(12);
    const int last = first + up_to(4);
    for (int slot = first; slot <= last; ++slot) {
      if (lab.is_written(kind, slot)) return;
    }
    lab.reserved.at(kind) = once_in(3) ? std::pair(0, 0) : std::pair(first, last);
  }

  std::mt19937 random_;
  int ids_ = 0;
  int names_ = 0;
};

/// What git makes of two branches that changed different lines; where both did, ours stands.
inline LeaseLab merged_labs(const LeaseLab& base, const LeaseLab& ours, const LeaseLab& theirs) {
  LeaseLab out = ours;
  std::erase_if(out.holders, [&](const Holder& one) {
    const Holder* before = base.find(one.id);
    return before != nullptr && theirs.find(one.id) == nullptr && *before == one;
  });
  for (Holder& one : out.holders) {
    const Holder* before = base.find(one.id);
    const Holder* other = theirs.find(one.id);
    if (before != nullptr && other != nullptr && *before == one) one = *other;
  }
  for (const Holder& one : theirs.holders) {
    if (base.find(one.id) == nullptr) out.holders.push_back(one);
  }
  for (std::size_t kind = 0; kind < out.reserved.size(); ++kind) {
    if (ours.reserved.at(kind) == base.reserved.at(kind))
      out.reserved.at(kind) = theirs.reserved.at(kind);
  }
  if (ours.spared == base.spared) out.spared = theirs.spared;
  // Two that wrote one value, or one that is reserved now: a person mends that.
  for (std::size_t i = 0; i < out.holders.size(); ++i) {
    Holder& one = out.holders[i];
    if (!one.written) continue;
    const std::optional<int> slot = one.written;
    one.written.reset();
    if (!out.is_written(one.kind, *slot) && !out.is_reserved(one.kind, *slot)) one.written = slot;
  }
  return out;
}

}  // namespace hlab::test
