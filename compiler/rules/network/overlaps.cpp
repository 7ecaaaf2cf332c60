// Networks, and ranges of pods and services, that share addresses.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "compiler/base/listed.h"
#include "compiler/model/network_place.h"
#include "compiler/rules/loop_rounds.h"
#include "compiler/rules/network/claims.h"
#include "compiler/rules/network/network_rules.h"
#include "compiler/values/address.h"

namespace hlab::rules {

using model::View;
using values::Value;
using values::ValueKind;

namespace {

struct Block {
  std::string name;
  Value cidr;
  Span at;
  View network;
  View cluster;  // whose pods or services they are; none for a network

  [[nodiscard]] SaidValue said() const {
    const View& holder = cluster ? cluster : network;
    return {holder, at, cidr.origin, rounds_of(holder)};
  }
};

std::vector<Block> blocks_of(const RuleInput& input) {
  std::vector<Block> out;
  for (const View& network : input.all("network")) {
    if (ground(network) != network || !network.value("cidr").is(ValueKind::cidr)) continue;
    for (const std::string_view field : {"cidr", "cidr6"}) {
      if (!network.value(field).is(ValueKind::cidr)) continue;
      out.push_back({fmt::format("network `{}`", network.name()), network.value(field),
                     network.set_at(field), network, View()});
    }
  }
  for (const View& cluster : input.all("cluster")) {
    for (const auto& [field, what] :
         {std::pair("pod-cidr", "pods"), std::pair("service-cidr", "services"),
          std::pair("pod-cidr6", "pods"), std::pair("service-cidr6", "services")}) {
      if (!cluster.value(field).is(ValueKind::cidr)) continue;
      out.push_back({fmt::format("the range of {} in `{}`", what, cluster.name()),
                     cluster.value(field), cluster.set_at(field), cluster.ref("network"), cluster});
    }
  }
  return out;
}

/// Whether nobody has to tell the addresses of one from those of the other.
bool are_apart(const Block& a, const Block& b) {
  if (a.cluster && b.cluster) return true;  // a check of the cluster itself
  if (!a.cluster && !b.cluster) return model::never_meet(a.network, b.network);
  const Block& pods = a.cluster ? a : b;
  const Block& other = a.cluster ? b : a;
  const std::vector<View> nodes = pods.cluster.refs("nodes");
  // Its machines are all elsewhere, and so are what they and its pods ask for.
  return pods.network && model::never_meet(pods.network, other.network) &&
         std::none_of(nodes.begin(), nodes.end(),
                      [&](const View& node) { return model::is_at_place_of(node, other.network); });
}

/// A part of a network that is said as a network of its own.
void help_range(diag::Report report, const Block& inner, const Block& outer) {
  if (!inner.network.is("pool") || inner.cluster || outer.cluster) return;
  if (!(inner.network.ref("of") == outer.network)) return;
  const values::Address& cidr = *inner.cidr.address;
  if (!values::network_covers(*outer.cidr.address, cidr)) return;
  if (outer.network.is("tailscale")) {
    report.help(fmt::format(
        "the addresses of `{}` are for Tailscale to give: take a network that is used nowhere else",
        outer.network.name()));
    return;
  }
  values::Address range = cidr;
  const auto first = values::network_first(cidr);
  const auto last = values::network_last(cidr);
  range.high = static_cast<std::uint64_t>(first >> 64);
  range.low = static_cast<std::uint64_t>(first);
  range.last_high = static_cast<std::uint64_t>(last >> 64);
  range.last_low = static_cast<std::uint64_t>(last);
  report.help(fmt::format(
      "addresses of `{}` itself are said by `range`: `range = {}`; `cidr` is for a network of its own, which a "
      "machine routes",
      outer.network.name(), values::ip_range_text(range)));
}

/// Two networks of one range, which may well be two houses.
void help_place(diag::Report report, const Block& a, const Block& b) {
  if (a.cluster || b.cluster || a.network.is("pool") || b.network.is("pool")) return;
  if (a.network.text("audience") == "vpn" || b.network.text("audience") == "vpn") return;
  if (a.network.text("place") == b.network.text("place")) {
    report.help(fmt::format(
        "if `{}` is elsewhere, and nothing joins the two, say so: `place = \"...\"` of one of them",
        a.network.name()));
    return;
  }
  report.note(
      "they are at different places, and yet they meet: by `reaches`, by a machine in both, or by `routes` in a "
      "private network");
}

bool overlap(const values::Address& a, const values::Address& b) {
  return a.family == b.family && (values::network_covers(a, b) || values::network_covers(b, a));
}

/// Whether the machine may ever ask for an address of the block.
bool concerns(const View& node, const Block& block) {
  if (block.cluster) {
    const std::vector<View> nodes = block.cluster.refs("nodes");
    return std::find(nodes.begin(), nodes.end(), node) != nodes.end();
  }
  const auto addresses = node.value("address");
  if (!addresses.is(ValueKind::map)) return false;
  return std::any_of(addresses.map->items.begin(), addresses.map->items.end(),
                     [&](const auto& item) {
                       if (!item.key.is_instance) return false;
                       const View own(node.program(), node.lab(), values::InstanceId(item.key.id));
                       return own == block.network || !model::never_meet(own, block.network);
                     });
}

}  // namespace

void check_inner_networks(const RuleInput& input, diag::Diagnostics& diags) {
  const std::vector<Block> blocks = blocks_of(input);
  for (const View& node : input.all("node")) {
    for (const auto& [name, inner] : node.entries("inner-network")) {
      if (!inner.is(ValueKind::cidr)) continue;
      for (const Block& block : blocks) {
        // Somebody may have said the same as a network of the lab.
        if (!block.cluster && block.network.name() == name) continue;
        if (!overlap(*inner.address, *block.cidr.address) || !concerns(node, block)) continue;
        diags
            .report(kInnerNetwork, node.declared_at(), name, node.name(), block.name,
                    values::cidr_text(*block.cidr.address))
            .here(fmt::format("{} inside the machine", values::cidr_text(*inner.address)))
            .label(block.at, "shares addresses with it")
            .help(fmt::format("give it other addresses, in its own settings and here: "
                              "`inner-network.{} = 10.99.0.0/16`",
                              name));
        break;
      }
    }
  }
}

namespace {

constexpr std::size_t kMostNamed = 4;

/// For each block those that were declared before it, and share addresses with it: places in the list, the first of them,
/// and one more than are named. Ten blocks of one range are nine mistakes.
class Overlaps {
  [[nodiscard]] const values::Address& cidr(std::size_t i) const {
    return *blocks_[i].cidr.address;
  }
  [[nodiscard]] auto key(std::size_t i) const {
    return std::tuple(cidr(i).family, values::network_first(cidr(i)), cidr(i).prefix);
  }

 public:
  explicit Overlaps(const std::vector<Block>& blocks) : blocks_(blocks), earlier_(blocks.size()) {
    std::vector<std::size_t> order(blocks.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
    for (const std::size_t i : order) place(i);
  }

  [[nodiscard]] const std::vector<std::size_t>& earlier(std::size_t i) const { return earlier_[i]; }

 private:
  /// Blocks of one range. One range lies in the other where two have addresses in common.
  struct Range {
    std::vector<std::size_t> blocks;  // in their order
    std::vector<std::size_t> open;    // those of which too few earlier ones are known
  };

  [[nodiscard]] bool is_full(std::size_t i) const { return earlier_[i].size() > kMostNamed; }

  void add(std::size_t i, std::size_t k) {
    std::vector<std::size_t>& known = earlier_[i];
    known.insert(std::upper_bound(known.begin(), known.end(), k), k);
    if (known.size() > kMostNamed + 1) known.pop_back();
  }

  void place(std::size_t i) {
    while (!around_.empty() && !overlap(cidr(around_.back().blocks.front()), cidr(i)))
      around_.pop_back();
    for (const Range& range : around_) find_earlier(i, range);
    for (Range& range : around_) be_earlier(i, range);
    if (around_.empty() || key(around_.back().blocks.front()) != key(i)) around_.emplace_back();
    around_.back().blocks.push_back(i);
    if (!is_full(i)) around_.back().open.push_back(i);
  }

  void find_earlier(std::size_t i, const Range& range) {
    for (const std::size_t k : range.blocks) {
      if (k > i || (is_full(i) && k > earlier_[i].back())) return;
      if (!are_apart(blocks_[i], blocks_[k])) add(i, k);
    }
  }

  void be_earlier(std::size_t i, Range& range) {
    const auto behind = std::upper_bound(range.open.begin(), range.open.end(), i);
    const auto still = std::remove_if(behind, range.open.end(), [&](std::size_t k) {
      if (!are_apart(blocks_[k], blocks_[i])) add(k, i);
      return is_full(k);
    });
    range.open.erase(still, range.open.end());
  }

  const std::vector<Block>& blocks_;
  std::vector<std::vector<std::size_t>> earlier_;
  std::vector<Range> around_;  // those that the next one may lie in
};

/// `network `lan` (192.168.0.0/16), network `iot` (192.168.8.0/24) and others`.
std::string met_text(const std::vector<Block>& blocks, const std::vector<std::size_t>& met) {
  std::vector<std::string> names;
  for (const std::size_t k : met) {
    names.push_back(
        names.size() == kMostNamed
            ? "others"
            : fmt::format("{} ({})", blocks[k].name, values::cidr_text(*blocks[k].cidr.address)));
  }
  return listed(names, "and");
}

}  // namespace

void check_network_overlap(const RuleInput& input, diag::Diagnostics& diags) {
  const std::vector<Block> blocks = blocks_of(input);
  const Overlaps overlaps(blocks);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const std::vector<std::size_t>& met = overlaps.earlier(i);
    if (met.empty()) continue;
    const Block& first = blocks[met.front()];
    auto report = diags.report(kNetworksOverlap, blocks[i].at, blocks[i].name,
                               values::cidr_text(*blocks[i].cidr.address), met_text(blocks, met));
    // Only the first has a label: the `allow` of another one is not about this.
    report.label(first.at, fmt::format("{} is here", first.name));
    for (std::size_t k = 0; k < std::min(met.size(), kMostNamed); ++k) {
      help_range(report, blocks[i], blocks[met[k]]);
      help_range(report, blocks[met[k]], blocks[i]);
    }
    tell_ways(input, report, first.said(), blocks[i].said());
    help_place(report, blocks[i], first);
  }
}

}  // namespace hlab::rules
