#include "compiler/rules/network/side_by_side.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace hlab::rules {

using model::View;

namespace {

using Port = std::pair<std::int64_t, bool>;  // its number, and whether it is UDP

/// None where the lab does not know them.
std::vector<Port> ports_of(const View& endpoint) {
  const std::string protocol = endpoint.text("protocol");
  // The ingress controller answers for it.
  if (protocol == "http" && endpoint.top().is("workload")) return {{80, false}, {443, false}};
  if (!endpoint.has("number")) return {};
  std::vector<Port> out;
  if (protocol != "udp") out.emplace_back(endpoint.number("number"), false);
  if (protocol.ends_with("udp")) out.emplace_back(endpoint.number("number"), true);
  return out;
}

}  // namespace

bool are_side_by_side(const View& one, const View& other) {
  if (!(one.top() == other.top())) return false;
  const std::vector<Port> mine = ports_of(one);
  const std::vector<Port> theirs = ports_of(other);
  return std::none_of(mine.begin(), mine.end(), [&](const Port& port) {
    return std::find(theirs.begin(), theirs.end(), port) != theirs.end();
  });
}

}  // namespace hlab::rules
