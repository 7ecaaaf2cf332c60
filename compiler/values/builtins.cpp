#include "compiler/values/builtins.h"

#include <algorithm>
#include <tuple>
#include <vector>

#include "compiler/values/builtin_rows.h"

namespace hlab::values {

using types::TypeKind;

namespace {

bool before(const Builtin& left, const Builtin& right) {
  return std::tie(left.receiver, left.name) < std::tie(right.receiver, right.name);
}

std::vector<Builtin> joined_tables() {
  std::vector<Builtin> all;
  for (const auto& table :
       {text_builtins(), text_part_builtins(), list_builtins(), list_key_builtins(), map_builtins(),
        network_builtins(), subnet_builtins(), number_builtins(), quantity_builtins(),
        tree_builtins(), global_builtins()}) {
    all.insert(all.end(), table.begin(), table.end());
  }
  std::sort(all.begin(), all.end(), before);
  return all;
}

}  // namespace

std::string_view receiver_name(TypeKind receiver) {
  switch (receiver) {
    case TypeKind::absent: return {};
    case TypeKind::integer: return "Int";
    case TypeKind::floating: return "Float";
    case TypeKind::string: return "String";
    case TypeKind::ip: return "Ip";
    case TypeKind::cidr: return "Cidr";
    case TypeKind::ip_range: return "IpRange";
    case TypeKind::bytes: return "Bytes";
    case TypeKind::cpu: return "Cpu";
    case TypeKind::duration: return "Duration";
    case TypeKind::power: return "Power";
    case TypeKind::rate: return "Rate";
    case TypeKind::yaml: return "Yaml";
    case TypeKind::list: return "[T]";
    case TypeKind::map: return "Map<T>";
    default: return "?";
  }
}

std::span<const Builtin> all_builtins() {
  static const std::vector<Builtin> kAll = joined_tables();
  return kAll;
}

const Builtin* find_builtin(types::TypeKind receiver, std::string_view name) {
  const auto all = all_builtins();
  const auto key = std::tie(receiver, name);
  const auto at = std::lower_bound(all.begin(), all.end(), key, [](const Builtin& b, auto& wanted) {
    return std::tie(b.receiver, b.name) < wanted;
  });
  return at != all.end() && at->receiver == receiver && at->name == name ? &*at : nullptr;
}

std::size_t parameter_place(const Builtin& builtin, std::string_view name) {
  std::string_view rest = builtin.signature;
  rest.remove_prefix(std::min(rest.find('('), rest.size()));
  for (std::size_t place = 0; place < builtin.max_args && !rest.empty(); ++place) {
    rest.remove_prefix(rest.find_first_not_of("(, "));
    if (rest.substr(0, rest.find(':')) == name) return place;
    rest.remove_prefix(std::min(rest.find(','), rest.size()));
  }
  return builtin.max_args;
}

OpResult apply_builtin(const Builtin& builtin, const Call& call) {
  // A function on its own has an absent receiver, which is no reason to stop.
  const bool has_receiver = builtin.receiver != types::TypeKind::absent;
  const Value* hollow = has_receiver && call.receiver.hollow() ? &call.receiver : nullptr;
  for (const Value& arg : call.args) {
    if (arg.hollow()) hollow = hollow ? &most_hollow(*hollow, arg) : &arg;
  }
  if (hollow) return {spread_hollow(*hollow, call.origin), {}};
  return builtin.apply(call);
}

}  // namespace hlab::values
