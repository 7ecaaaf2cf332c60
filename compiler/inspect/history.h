// What was noted while the lab was settled and computed, found by the field that it is about.
#pragma once

#include <span>
#include <vector>

#include "compiler/program/lab.h"
#include "compiler/program/pieces.h"

namespace hlab::inspect {

class History {
 public:
  History(const std::vector<program::Setting>& settings, const std::vector<program::Piece>& pieces);

  /// In the order in which they were laid over the field.
  [[nodiscard]] std::span<const program::Setting* const> settings(program::InstanceId instance,
                                                                  std::uint32_t field) const;
  [[nodiscard]] std::span<const program::Piece* const> pieces(program::InstanceId instance,
                                                              std::uint32_t field) const;

 private:
  std::vector<const program::Setting*> settings_;  // by instance and field
  std::vector<const program::Piece*> pieces_;
};

}  // namespace hlab::inspect
