// Copies and figures that would have to cross a private network whose policy lets no machine through.
#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "compiler/model/network_place.h"
#include "compiler/reach/facts.h"
#include "compiler/reach/paths.h"
#include "compiler/rules/kubernetes/backup_keepers.h"
#include "compiler/rules/network/way_rules.h"
#include "compiler/values/address.h"

namespace hlab::rules {

using model::View;
using reach::AddressEntry;
using reach::PlaceKind;
using values::Value;
using values::ValueKind;

namespace {

/// Somebody who asks a machine at some of its addresses.
struct Question {
  View who;
  std::vector<reach::Place> places;  // reaching one of them is enough
  View machine;
  std::vector<AddressEntry> addresses;
  std::string what;  // in words
  Span at;
};

bool is_member(const View& node, const View& overlay) {
  const auto addresses = reach::addresses_of(node);
  return std::any_of(addresses.begin(), addresses.end(),
                     [&](const AddressEntry& entry) { return entry.network == overlay; });
}

bool routes(const View& node, const Value& address) {
  const Value& list = node.value("routes");
  if (!list.is(ValueKind::list) || !address.is(ValueKind::ip)) return false;
  return std::any_of(list.list->items.begin(), list.list->items.end(), [&](const Value& route) {
    return route.is(ValueKind::cidr) && route.address->family == address.address->family &&
           values::network_has(*route.address, *address.address);
  });
}

class ShutWays {
 public:
  ShutWays(const RuleInput& input, diag::Diagnostics& diags) : input_(input), diags_(diags) {
    for (const View& overlay : input.all("tailscale")) {
      // What a person opens in Tailscale's own words is not known here.
      if (reach::has_policy(overlay) && !overlay.has("further-policy"))
        overlays_.push_back(overlay);
    }
  }

  void check_backups() {
    for (const View& backup : input_.all("backup")) {
      const View storage = backup.ref("to");
      if (!storage) continue;
      const Keeper keeper = keeper_of(input_, storage);
      if (keeper.service || keeper.machines.size() != 1) continue;
      for (const Protected& data : protected_by(input_, backup)) {
        const View who = data.cluster ? data.what.ref("on") : data.what;
        if (who && report({who, places_of(storage, keeper), keeper.machines.front(),
                           addresses_called(keeper.machines.front(), keeper.host),
                           fmt::format("the copies of `{}`", backup.name()), backup.set_at("to")}))
          break;
      }
    }
  }

  void check_asked() {
    for (const View& service : input_.all("service")) {
      if (service.flag("extern")) continue;
      for (const View& asked : service.refs("asks")) check_asked(service, asked);
    }
  }

 private:
  void check_asked(const View& service, const View& asked) {
    const std::vector<View> on = asked.refs("on");
    for (const View& machine : on) {
      Question question{service,
                        {{PlaceKind::node, machine.id(), {}}},
                        machine,
                        addresses_asked(service, machine),
                        fmt::format("what `{}` asks of `{}`", service.name(), asked.name()),
                        asked.declared_at()};
      // Its ports, and not the service: a tunnel leads to that, by a name under which nobody asks.
      if (on.size() == 1)
        for (const reach::HostPort& port : reach::host_ports_of(asked))
          question.places.push_back({PlaceKind::host_port, asked.id(), port.text});
      const auto where = std::pair(asked.id().index, asks_from(service));
      if (told_.contains(where) || (!report(question) && !report_unreached(question))) continue;
      told_.insert(where);
      return;
    }
  }

  /// Its cluster, or the machines that it runs on: whoever else asks from there has the same to mend.
  static std::vector<std::uint32_t> asks_from(const View& service) {
    if (const View cluster = service.ref("cluster")) return {cluster.id().index};
    std::vector<std::uint32_t> out;
    for (const View& node : reach::machines_of(service)) out.push_back(node.id().index);
    return out;
  }

  /// Those in a house where the asking one may be, else all: in a private network it is asked by its name.
  static std::vector<AddressEntry> addresses_asked(const View& service, const View& machine) {
    std::vector<AddressEntry> all = reach::addresses_of(machine);
    const std::vector<View> from = reach::machines_of(service);
    std::vector<AddressEntry> near = all;
    std::erase_if(near, [&](const AddressEntry& entry) {
      return entry.network.text("audience") == "vpn" ||
             std::none_of(from.begin(), from.end(), [&](const View& node) {
               return model::is_at_place_of(node, entry.network);
             });
    });
    return near.empty() ? all : near;
  }

  static std::vector<reach::Place> places_of(const View& storage, const Keeper& keeper) {
    std::vector<reach::Place> out{{PlaceKind::storage, storage.id(), {}},
                                  {PlaceKind::node, keeper.machines.front().id(), {}}};
    if (keeper.way.is("endpoint")) out.push_back({PlaceKind::endpoint, keeper.way.id(), {}});
    return out;
  }

  /// Those that the name may mean: the one that it is, or any.
  static std::vector<AddressEntry> addresses_called(const View& machine, const std::string& host) {
    std::vector<AddressEntry> all = reach::addresses_of(machine);
    for (const AddressEntry& entry : all) {
      if (machine.text_of(entry.value) == host) return {entry};
    }
    return all;
  }

  /// The private network through which alone the machine is found, though its policy lets nobody through.
  [[nodiscard]] std::optional<View> overlay_between(const Question& question) const {
    const std::vector<View> from = reach::machines_of(question.who);
    for (const View& overlay : overlays_) {
      const auto member = [&](const View& node) { return is_member(node, overlay); };
      if (std::none_of(from.begin(), from.end(), member)) continue;
      for (const AddressEntry& entry : question.addresses) {
        if (entry.network == overlay || is_routed(overlay, entry.value)) return overlay;
      }
    }
    return std::nullopt;
  }

  [[nodiscard]] bool is_routed(const View& overlay, const Value& address) const {
    const std::vector<View> nodes = input_.all("node");
    return std::any_of(nodes.begin(), nodes.end(), [&](const View& node) {
      return is_member(node, overlay) && routes(node, address);
    });
  }

  [[nodiscard]] bool is_reached(const Question& question) {
    if (!graph_)
      graph_ = reach::reach_graph(input_.program, input_.lab, reach::Origins::everything);
    const std::uint32_t from = graph_->find(PlaceKind::from_service, question.who.id());
    return std::any_of(
        question.places.begin(), question.places.end(), [&](const reach::Place& place) {
          const std::uint32_t there = graph_->find(place.kind, place.id, place.detail);
          return reach::shortest(*graph_, {from}, there).has_value();
        });
  }

  bool report(const Question& question) {
    const auto overlay = overlay_between(question);
    if (!overlay) return false;
    if (is_reached(question)) return false;
    auto report = diags_.report(kShutByPolicy, question.at, question.what, overlay->name(),
                                question.machine.name());
    report.label(overlay->declared_at(),
                 "its policy lets machines of one cluster to each other, and no others");
    report.label(question.machine.declared_at(), "this machine is meant");
    report.help(fmt::format(
        "`further-policy` of `{}` can let them through, with a grant for the tags of both; "
        "or give both machines an address in one network of the house",
        overlay->name()));
    return true;
  }

  /// No way at all, whatever a policy says.
  bool report_unreached(const Question& question) {
    if (question.addresses.empty() || reach::machines_of(question.who).empty()) return false;
    if (is_opened_by_hand(question) || is_reached(question)) return false;
    auto report = diags_.report(kAskedInVain, question.at, question.what, question.machine.name());
    report.label(question.machine.declared_at(), "this machine is meant");
    report.help(
        is_at_other_place(question)
            ? fmt::format(
                  "give it, and {}, an address in one private network: it is at another place",
                  who_asks(question.who))
            : "`reaches` of a network says that a router leads from it into another one, and `routes` of a machine that it "
              "leads from a private network into one of the house");
    note_routes_left(question, report);
    return true;
  }

  /// A machine that was told to take no routes, though one of them leads there. What says it by itself has its reasons.
  void note_routes_left(const Question& question, diag::Report& report) const {
    for (const View& node : reach::machines_of(question.who)) {
      if (!node.is("node") || node.flag("accepts-routes")) continue;
      const Span said = node.set_at("accepts-routes");
      if (!said.valid() || input_.program.modules[input_.program.module_of(said)].library) continue;
      for (const View& overlay : input_.all("tailscale")) {
        const bool routed =
            is_member(node, overlay) &&
            std::any_of(question.addresses.begin(), question.addresses.end(),
                        [&](const AddressEntry& entry) { return is_routed(overlay, entry.value); });
        if (!routed) continue;
        report.label(said,
                     fmt::format("`{}` takes none of the routes into `{}`, and one leads there",
                                 node.name(), overlay.name()));
        report.help(fmt::format("`{}` would get there with `accepts-routes = true`", node.name()));
        return;
      }
    }
  }

  static std::string who_asks(const View& service) {
    if (service.ref("cluster")) return "all machines of the cluster that asks";
    const std::vector<View> machines = reach::machines_of(service);
    return machines.size() == 1 ? fmt::format("`{}`, which asks", machines.front().name())
                                : "all machines that ask";
  }

  static bool is_at_other_place(const Question& question) {
    const std::vector<View> from = reach::machines_of(question.who);
    return std::none_of(from.begin(), from.end(), [&](const View& node) {
      return std::any_of(
          question.addresses.begin(), question.addresses.end(),
          [&](const AddressEntry& entry) { return model::is_at_place_of(node, entry.network); });
    });
  }

  /// Whether both are in a private network to whose policy a person added: what that opens is not known.
  [[nodiscard]] bool is_opened_by_hand(const Question& question) const {
    const std::vector<View> from = reach::machines_of(question.who);
    const std::vector<View> overlays = input_.all("tailscale");
    return std::any_of(overlays.begin(), overlays.end(), [&](const View& overlay) {
      if (!overlay.has("further-policy") ||
          std::none_of(from.begin(), from.end(),
                       [&](const View& node) { return is_member(node, overlay); }))
        return false;
      return std::any_of(question.addresses.begin(), question.addresses.end(),
                         [&](const AddressEntry& entry) {
                           return entry.network == overlay || is_routed(overlay, entry.value);
                         });
    });
  }

  const RuleInput& input_;
  diag::Diagnostics& diags_;
  std::optional<reach::ReachGraph> graph_;  // made for the first that may be shut
  std::vector<View> overlays_;
  /// Services that are asked in vain, and from where.
  std::set<std::pair<std::uint32_t, std::vector<std::uint32_t>>> told_;
};

}  // namespace

void check_shut_ways(const RuleInput& input, diag::Diagnostics& diags) {
  if (diags.has_errors()) return;  // a way may be missing for what is wrong
  ShutWays ways(input, diags);
  ways.check_backups();
  ways.check_asked();
}

}  // namespace hlab::rules
