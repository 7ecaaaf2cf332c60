#include "emit/core/object_claims.h"

#include <fmt/format.h>

#include <algorithm>

#include "emit/core/document_lookup.h"
#include "emit/core/ways_out_diags.h"

namespace hlab::emit {

using model::View;

namespace {

std::vector<std::string> addresses_in(std::string_view list) {
  std::vector<std::string> out;
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    std::string one(list.substr(0, comma));
    one.erase(std::remove(one.begin(), one.end(), ' '), one.end());
    if (!one.empty()) out.push_back(std::move(one));
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
  }
  return out;
}

}  // namespace

ObjectClaims::ObjectClaims(const EmitInput& input) {
  for (const View& balancer : input.all("load-balancer")) {
    address_annotations_.push_back(balancer.text("address-annotation"));
    if (balancer.has("sharing-annotation"))
      sharing_annotations_.push_back(balancer.text("sharing-annotation"));
  }
  take_controllers(input);
}

void ObjectClaims::take_controllers(const EmitInput& input) {
  for (const View& controller : input.all("ingress-controller")) {
    for (const auto& [pool, address] : controller.entries("address")) {
      if (address.hollow() || controller.flag("extern")) continue;
      Claim claim{fmt::format("the address {}", controller.text_of(address)), "", {}};
      const std::pair key(controller.ref("cluster").id().index, claim.what);
      held_.emplace(key, Holder{fmt::format("`{}`", controller.path()), controller.declared_at(),
                                controller, nullptr, std::move(claim)});
    }
    for (const auto& [audience, texts] : controller.entries("annotations")) {
      if (!texts.is(values::ValueKind::map)) continue;
      for (const values::MapItem& item : texts.map->items) {
        if (!item.key.is_instance)
          entry_annotations_.emplace_back(input.program.text(Symbol(item.key.id)));
      }
    }
  }
  std::sort(entry_annotations_.begin(), entry_annotations_.end());
  entry_annotations_.erase(std::unique(entry_annotations_.begin(), entry_annotations_.end()),
                           entry_annotations_.end());
}

std::vector<ObjectClaims::Claim> ObjectClaims::of_service(const Doc& doc) const {
  const auto& nodes = doc.nodes();
  std::vector<Claim> out;
  const std::uint32_t spec = child_of(nodes, 0, "spec");
  for (const std::uint32_t port : items_of(nodes, child_of(nodes, spec, "ports"))) {
    const std::uint32_t number = child_of(nodes, port, "nodePort");
    if (number == kNoNode || nodes[number].kind != NodeKind::integer) continue;
    const std::string_view protocol = text_of(nodes, port, "protocol");
    out.push_back({fmt::format("port {}/{} of every node", nodes[number].integer,
                               protocol.empty() ? "TCP" : protocol),
                   "",
                   {}});
  }
  const std::uint32_t annotations = child_of(nodes, child_of(nodes, 0, "metadata"), "annotations");
  std::string sharing;
  for (const std::string& key : sharing_annotations_) sharing += text_of(nodes, annotations, key);
  for (const std::string& key : address_annotations_) {
    for (const std::string& address : addresses_in(text_of(nodes, annotations, key)))
      out.push_back({fmt::format("the address {}", address), sharing, {}});
  }
  return out;
}

std::vector<ObjectClaims::Claim> ObjectClaims::of_ingress(const Doc& doc) const {
  const auto& nodes = doc.nodes();
  std::vector<Claim> out;
  const std::uint32_t spec = child_of(nodes, 0, "spec");
  const std::uint32_t annotations = child_of(nodes, child_of(nodes, 0, "metadata"), "annotations");
  std::vector<std::string> ways{std::string(text_of(nodes, spec, "ingressClassName"))};
  for (const std::string& key : entry_annotations_)
    ways.emplace_back(text_of(nodes, annotations, key));
  for (const std::uint32_t rule : items_of(nodes, child_of(nodes, spec, "rules"))) {
    const std::string host(text_of(nodes, rule, "host"));
    const std::uint32_t paths = child_of(nodes, child_of(nodes, rule, "http"), "paths");
    for (const std::uint32_t path : items_of(nodes, paths)) {
      const std::string begin(text_of(nodes, path, "path"));
      if (!host.empty()) out.push_back({host + (begin.empty() ? "/" : begin), "", ways, true});
    }
  }
  return out;
}

/// Whether both would be asked, or neither would get it.
bool ObjectClaims::meet(const Claim& one, const Claim& other) {
  if (!one.sharing.empty() && one.sharing == other.sharing) return false;
  for (std::size_t i = 0; i < one.ways.size() && i < other.ways.size(); ++i) {
    if (!one.ways[i].empty() && !other.ways[i].empty() && one.ways[i] != other.ways[i])
      return false;
  }
  return true;
}

void ObjectClaims::take(const Doc& doc, const KnownObject& object, diag::Diagnostics& diags) {
  std::vector<Claim> claims;
  if (object.kind == "Service") claims = of_service(doc);
  if (object.kind == "Ingress") claims = of_ingress(doc);
  for (Claim& claim : claims) {
    const std::pair key(object.cluster, claim.what);
    const auto [first, last] = held_.equal_range(key);
    const auto other = std::find_if(first, last, [&](const auto& held) {
      const Holder& holder = held.second;
      const bool own = holder.object == nullptr ? holder.owner == object.owner
                                                : holder.object == &object;
      return !own && meet(claim, holder.claim);
    });
    if (other != last) {
      diags
          .report(claim.is_host ? kHostByHand : kTakenByHand, object.at, other->second.name,
                  claim.what)
          .label(other->second.at, "declared here");
    }
    held_.emplace(key, Holder{fmt::format("{} of `{}`", object.shown(), object.owner.path()),
                              object.at, object.owner, &object, std::move(claim)});
  }
}

}  // namespace hlab::emit
