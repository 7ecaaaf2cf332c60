// What a machine holds, and what it has left.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "compiler/model/view.h"
#include "compiler/placement/port_claims.h"

namespace hlab::inspect {

struct HeldService {
  model::View service;
  bool must = false;        // it runs here or nowhere
  std::uint32_t pods = 1;   // how many of them at most
  std::int64_t memory = 0;  // of one, in bytes; 0 where nothing is said
  std::int64_t cpu = 0;     // of one, in thousandths
};

struct HeldPort {
  model::View service;
  model::View port;
};

/// A port that the system or Kubernetes takes.
struct HeldByOthers {
  placement::HostPort port;
  std::string what;
};

/// Memory in bytes, or CPU in thousandths of a core.
struct HeldAmount {
  std::string_view name;
  std::int64_t has = 0;      // of the hardware
  std::int64_t reserve = 0;  // for the system
  std::int64_t must = 0;     // asked by what must run here
  std::int64_t may = 0;      // and by what may

  [[nodiscard]] std::int64_t left() const { return has - reserve - must; }
};

/// A disk, and all the volumes that may lie on it: those of its storage, with their copies.
struct HeldDisk {
  model::View disk;
  model::View storage;
  std::int64_t asked = 0;  // by all volumes of the storage
  std::int64_t has = 0;    // all disks of the storage whose size is known
};

struct Holdings {
  std::vector<HeldService> services;  // what must run here first
  std::vector<HeldPort> ports;
  std::vector<HeldByOthers> others;
  std::vector<model::View> volumes;  // of what must run here
  std::vector<HeldDisk> disks;
  std::vector<HeldAmount> amounts;
};

[[nodiscard]] Holdings holdings_of(const model::View& node);

}  // namespace hlab::inspect
