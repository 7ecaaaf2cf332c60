#include "compiler/program/lab.h"

#include <fmt/format.h>

#include <algorithm>

namespace hlab::program {

Slot* SlotTable::add(std::size_t count) {
  if (blocks_.empty() || blocks_.back().capacity() - blocks_.back().size() < count)
    blocks_.emplace_back().reserve(std::max(count, kBlock));
  std::vector<Slot>& block = blocks_.back();
  block.resize(block.size() + count);
  return block.data() + block.size() - count;
}

KindId head_kind(const Program& program, const Lab& lab, InstanceId id) {
  const Instance& instance = lab.instances[id];
  const auto& chain = program.kinds[instance.kind].chain;
  return chain.empty() ? instance.kind : chain.front();
}

std::string instance_path(const Program& program, const Lab& lab, InstanceId id) {
  const Instance& instance = lab.instances[id];
  const std::string_view name = instance.name.valid() ? program.text(instance.name) : "";
  if (!instance.owner.valid()) {
    return fmt::format("{}.{}", program.text(program.kinds[head_kind(program, lab, id)].name),
                       name);
  }
  std::string path = instance_path(program, lab, instance.owner);
  if (instance.owner_field.valid()) path += fmt::format(".{}", program.text(instance.owner_field));
  if (instance.name.valid() && instance.name != instance.owner_field)
    path += fmt::format(".{}", name);
  return path;
}

}  // namespace hlab::program
