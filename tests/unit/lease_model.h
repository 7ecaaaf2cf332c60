// A lab whose holders ask four pools for something, as people edit it, and who has to keep what: worked out
// by going over small sets, without anything of hlab's.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace hlab::test {

constexpr int kFiles = 3;
constexpr int kSlots = 40;  // of each pool: 1 to 40

struct PoolKind {
  std::string pool;
  std::string before;  // what stands around a holder's name in its path
  std::string behind;
};

inline const std::array<PoolKind, 4>& pool_kinds() {
  static const std::array<PoolKind, 4> kKinds{{
      {"network.lan", "node.", ""},
      {"cluster.home.node-ports", "service.", ".expose.door.node-port"},
      {"lab.home.vlans", "network.", ".vlan"},
      {"lab.home.host-ports", "service.", ".host-port.door.port"},
  }};
  return kKinds;
}

inline bool is_pool_of_model(const std::string& pool) {
  return std::any_of(pool_kinds().begin(), pool_kinds().end(),
                     [&](const PoolKind& kind) { return kind.pool == pool; });
}

inline std::string slot_text(std::size_t kind, int slot) {
  constexpr std::array<int, 4> kBase{0, 30000, 100, 20000};
  return kind == 0 ? fmt::format("10.9.0.{}", slot + 1) : std::to_string(kBase.at(kind) + slot);
}

/// One declaration. `id` stays when its name does not.
struct Holder {
  int id = 0;
  std::size_t kind = 0;
  std::string name;
  std::string was;             // `moved from`
  std::optional<int> written;  // a slot; without it `auto`
  int file = 0;

  [[nodiscard]] std::string path_of(const std::string& called) const {
    return pool_kinds().at(kind).before + called + pool_kinds().at(kind).behind;
  }
  [[nodiscard]] std::string path() const { return path_of(name); }
  friend bool operator==(const Holder&, const Holder&) = default;
};

/// (pool, path) -> value
using LeaseMap = std::map<std::pair<std::string, std::string>, std::string>;

/// As a lock has them.
inline std::string text_of(const LeaseMap& leases) {
  std::string out;
  for (const auto& [key, value] : leases)
    out += fmt::format("{} {} {}\n", key.first, key.second, value);
  return out;
}

struct LeaseLab {
  std::vector<Holder> holders;
  std::array<std::pair<int, int>, 4> reserved{};  // slots, both ends; 0 = none
  std::pair<int, int> spared{};                   // of the first pool: for nobody new
  std::map<int, std::string> built;               // the names that the lock has

  [[nodiscard]] bool is_reserved(std::size_t kind, int slot) const {
    const auto [first, last] = reserved.at(kind);
    return first != 0 && first <= slot && slot <= last;
  }
  [[nodiscard]] bool is_spared(std::size_t kind, int slot) const {
    return kind == 0 && spared.first != 0 && spared.first <= slot && slot <= spared.second;
  }
  [[nodiscard]] bool is_written(std::size_t kind, int slot) const {
    return std::any_of(holders.begin(), holders.end(),
                       [&](const Holder& one) { return one.kind == kind && one.written == slot; });
  }
  [[nodiscard]] const Holder* find(int id) const {
    const auto at = std::find_if(holders.begin(), holders.end(),
                                 [&](const Holder& one) { return one.id == id; });
    return at == holders.end() ? nullptr : &*at;
  }
  [[nodiscard]] std::array<std::string, kFiles> texts() const;
};

inline std::string reserved_text(const LeaseLab& lab, std::size_t kind) {
  const auto [first, last] = lab.reserved.at(kind);
  if (first == 0) return "";
  const std::string range = slot_text(kind, first) + ".." + slot_text(kind, last);
  if (kind == 0) return "  dhcp = " + range;
  return fmt::format("  {}.reserved = [{}]",
                     std::array{"", "node-ports", "vlans", "host-ports"}.at(kind), range);
}

inline std::string spared_text(const LeaseLab& lab) {
  const auto [first, last] = lab.spared;
  if (first == 0) return "";
  return "  spared = [" + slot_text(0, first) + ".." + slot_text(0, last) + "]";
}

inline std::string declaration(const Holder& one) {
  const std::string value = one.written ? slot_text(one.kind, *one.written) : "auto";
  const std::string moved = one.was.empty() ? "" : "  moved from " + one.was;
  switch (one.kind) {
    case 0: return fmt::format("node {} {{ address.lan = {}\n{} }}\n", one.name, value, moved);
    case 1:
      return fmt::format("service {}: container {{ expose.door {{ node-port = {} }}\n{} }}\n",
                         one.name, value, moved);
    case 2:
      return fmt::format("network {} {{ cidr = 10.{}.{}.0/24  vlan = {}\n{} }}\n", one.name,
                         100 + one.id / 250, one.id % 250, value, moved);
    default:
      return fmt::format("service {}: host-service {{ host-port.door {{ port = {} }}\n{} }}\n",
                         one.name, value, moved);
  }
}

inline std::array<std::string, kFiles> LeaseLab::texts() const {
  std::array<std::string, kFiles> out;
  const auto range = [](std::size_t kind) {
    return slot_text(kind, 1) + ".." + slot_text(kind, kSlots);
  };
  out[0] = fmt::format(
      "lab home {{ domain = \"home.example.org\"  timezone = \"Europe/Madrid\"\n"
      "  vlans.range = {}  host-ports.range = {}\n{}\n{}\n}}\n"
      "network lan {{ cidr = 10.9.0.0/26  gateway = 10.9.0.1  range = {}\n{}\n{}\n}}\n"
      "cluster home: k3s {{ version = \"v1.34.3+k3s1\"  servers = [base]  network = out\n"
      "  node-ports.range = {}\n{}\n}}\n"
      "network out {{ cidr = 10.8.0.0/24 }}\n"
      "default node {{ hardware = std.hw.pi4 {{ memory = 4GiB }}  os = raspios }}\n"
      "default container {{ image = \"docker.io/library/nginx:1.29.1\"  port.door = 8080\n"
      "  expose.door = lan {{ protocol = tcp }} }}\n"
      "default host-service {{ on = [base]  host-port.door {{ port = 1  purpose = \"door\" }} }}\n"
      "node base {{ address.out = 10.8.0.2 }}\n",
      range(2), range(3), reserved_text(*this, 2), reserved_text(*this, 3), range(0),
      reserved_text(*this, 0), spared_text(*this), range(1), reserved_text(*this, 1));
  for (const Holder& one : holders) out.at(static_cast<std::size_t>(one.file)) += declaration(one);
  return out;
}

/// What the lock has to hold after a build, given what it held before.
inline LeaseMap expected_leases(const LeaseLab& lab, const LeaseMap& before) {
  LeaseMap out;
  for (std::size_t kind = 0; kind < pool_kinds().size(); ++kind) {
    const std::string& pool = pool_kinds().at(kind).pool;
    std::map<std::string, const Holder*> asking;
    std::set<std::string> free;
    for (int slot = 1; slot <= kSlots; ++slot) {
      if (!lab.is_reserved(kind, slot) && !lab.is_written(kind, slot))
        free.insert(slot_text(kind, slot));
    }
    for (const Holder& one : lab.holders) {
      if (one.kind == kind && !one.written) asking[one.path()] = &one;
    }
    for (const auto& [path, holder] : asking) {
      auto known = before.find({pool, path});
      if (known == before.end() && !holder->was.empty())
        known = before.find({pool, holder->path_of(holder->was)});
      if (known != before.end() && free.erase(known->second) == 1)
        out[{pool, path}] = known->second;
    }
    for (const auto& [path, holder] : asking) {
      if (out.contains({pool, path})) continue;
      for (int slot = 1; slot <= kSlots; ++slot) {
        if (lab.is_spared(kind, slot)) continue;
        if (free.erase(slot_text(kind, slot)) == 0) continue;
        out[{pool, path}] = slot_text(kind, slot);
        break;
      }
    }
  }
  return out;
}

/// What a merge of three locks has to hold, lease by lease, and which of theirs gave way; all pools are exclusive.
struct MergeModel {
  LeaseMap leases;
  LeaseMap dropped;
  int both_changed = 0;  // leases that either branch changed, to different values
  int ours_removed = 0;  // leases that theirs left alone
};

inline MergeModel expected_merge(const LeaseMap& base, const LeaseMap& ours,
                                 const LeaseMap& theirs) {
  const auto of = [](const LeaseMap& leases, const LeaseMap::key_type& key) {
    const auto found = leases.find(key);
    return found == leases.end() ? std::string() : found->second;
  };
  std::set<LeaseMap::key_type> keys;
  for (const LeaseMap* side : {&ours, &theirs}) {
    for (const auto& [key, value] : *side) keys.insert(key);
  }
  MergeModel out;
  LeaseMap of_theirs;
  std::set<std::pair<std::string, std::string>> taken;  // pool and value
  for (const auto& key : keys) {
    const std::string before = of(base, key);
    const std::string mine = of(ours, key);
    const std::string other = of(theirs, key);
    const bool mine_stays = !mine.empty() && (mine != before || other == before);
    if (mine_stays) {
      out.leases[key] = mine;
      taken.emplace(key.first, mine);
    } else if (!other.empty() && other != before) {
      of_theirs[key] = other;
    }
    if (mine_stays && mine != before && !other.empty() && other != before && other != mine)
      ++out.both_changed;
    if (mine.empty() && !other.empty() && other == before) ++out.ours_removed;
  }
  for (const auto& [key, value] : of_theirs) {
    LeaseMap& to = taken.emplace(key.first, value).second ? out.leases : out.dropped;
    to[key] = value;
  }
  return out;
}

/// Leases by who holds them, whatever they are called.
inline std::map<int, std::string> by_holder(const LeaseLab& lab, const LeaseMap& leases) {
  std::map<int, std::string> out;
  for (const Holder& one : lab.holders) {
    const auto found = leases.find({pool_kinds().at(one.kind).pool, one.path()});
    if (found != leases.end() && !one.written) out[one.id] = found->second;
  }
  return out;
}

/// Two holders of one value, or a value that may not be handed out; "" where all is well.
inline std::string collision(const LeaseLab& lab, const LeaseMap& leases) {
  std::map<std::pair<std::size_t, std::string>, std::string> taken;
  for (const Holder& one : lab.holders) {
    std::string value;
    if (one.written) {
      value = slot_text(one.kind, *one.written);
    } else {
      const auto found = leases.find({pool_kinds().at(one.kind).pool, one.path()});
      if (found == leases.end()) return one.path() + " has nothing";
      value = found->second;
      bool known = false;
      for (int slot = 1; slot <= kSlots; ++slot) {
        known = known || (value == slot_text(one.kind, slot) && !lab.is_reserved(one.kind, slot));
      }
      if (!known) return one.path() + " has " + value + ", which is not to be had";
    }
    const auto [other, fresh] = taken.try_emplace({one.kind, value}, one.path());
    if (!fresh) return one.path() + " and " + other->second + " both have " + value;
  }
  return "";
}

/// Whether nobody wrote the value, and it is not reserved.
inline bool is_free(const LeaseLab& lab, std::size_t kind, const std::string& value) {
  for (int slot = 1; slot <= kSlots; ++slot) {
    if (slot_text(kind, slot) == value)
      return !lab.is_reserved(kind, slot) && !lab.is_written(kind, slot);
  }
  return false;
}

/// A lease that is another one now though its value is still to be had; "" where there is none.
inline std::string needless_move(const LeaseLab& old_lab, const LeaseMap& before,
                                 const LeaseLab& lab, const LeaseMap& after) {
  const std::map<int, std::string> then = by_holder(old_lab, before);
  for (const auto& [id, value] : by_holder(lab, after)) {
    const auto old = then.find(id);
    if (old == then.end() || old->second == value) continue;
    const Holder& one = *lab.find(id);
    if (is_free(lab, one.kind, old->second))
      return one.path() + " moved from " + old->second + " to " + value;
  }
  return "";
}

}  // namespace hlab::test
