// How many values a value holds, those of its parts included: few words make a value that holds another one twice, which
// holds another one twice. Nobody could write it down.
#pragma once

#include <cstdint>
#include <unordered_map>

#include "compiler/program/lab.h"
#include "compiler/program/program.h"
#include "compiler/values/value.h"

namespace hlab::evaluate {

constexpr std::uint64_t kMostParts = 10'000'000;
/// So many bytes of a text count as one value more.
constexpr std::size_t kTextPart = 64;

class Weights {
 public:
  Weights(const program::Program& program, const program::Lab& lab)
      : program_(program), lab_(lab) {}

  /// Never more than one above the limit. A record counts once: what it holds may not be known yet.
  std::uint64_t of_tree(const values::Value& value);
  /// Records with all that they hold, once everything is computed and none holds itself.
  std::uint64_t of(const values::Value& value);
  /// Of the parts of a record that are known; what is in error weighs nothing.
  std::uint64_t of_record(values::InstanceId record);

 private:
  std::uint64_t weigh(const values::Value& value, bool records);
  /// Of a list or a map, itself included.
  std::uint64_t sum_of(const values::Value& value, bool records);

  using Known = std::unordered_map<const void*, std::uint64_t>;
  const program::Program& program_;
  const program::Lab& lab_;
  Known trees_;     // lists and maps, a record counts once
  Known contents_;  // with what records hold
  std::unordered_map<std::uint32_t, std::uint64_t> records_;
};

}  // namespace hlab::evaluate
