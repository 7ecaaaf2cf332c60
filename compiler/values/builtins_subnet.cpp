// Networks inside networks, and addresses by their meaning.
#include <algorithm>

#include "compiler/values/address.h"
#include "compiler/values/builtin_rows.h"

namespace hlab::values {
namespace {

using types::TypeKind;

constexpr int kMostSubnetBits = 12;  // 4096 subnets in a list

const Address& receiver(const Call& call) { return *call.receiver.address; }

Value address_value(const Call& call, ValueKind kind, const Address& address) {
  Value value = make(kind, call.origin);
  value.address = call.heap.address(address);
  return value;
}

OpResult broadcast(const Call& call) {
  const Address& network = receiver(call);
  if (network.family != 4 || network.prefix > 30) {
    return problem_of(call, cidr_text(network) + " has no broadcast address");
  }
  return {address_value(call, ValueKind::ip, address_of(4, network_last(network))), {}};
}

OpResult covers(const Call& call) {
  return boolean_of(call, network_covers(receiver(call), *call.args[0].address));
}

OpResult subnets(const Call& call) {
  const Address& network = receiver(call);
  const int width = address_width(network);
  const std::int64_t prefix = call.args[0].number;
  if (prefix < network.prefix || prefix > width || prefix - network.prefix > kMostSubnetBits) {
    return problem_of(call, "the subnets of " + cidr_text(network) +
                                " are listed for a prefix of " + std::to_string(network.prefix) +
                                " to " +
                                std::to_string(std::min(width, network.prefix + kMostSubnetBits)) +
                                ", not " + std::to_string(prefix));
  }
  List* list = call.heap.list();
  const std::int64_t count = std::int64_t{1} << (prefix - network.prefix);
  for (std::int64_t n = 0; n < count; ++n) {
    const auto shift = width - static_cast<int>(prefix);
    // Only subnet 0 exists where the shift would be the full width.
    const AddressBits offset = shift >= 128 ? 0 : static_cast<AddressBits>(n) << shift;
    const Address one = network_of(network.family, network_first(network) + offset,
                                   static_cast<std::uint8_t>(prefix));
    list->items.push_back(address_value(call, ValueKind::cidr, one));
  }
  return list_of(call, list);
}

/// RFC 4291, appendix A: the MAC with its universal bit turned and ff:fe in the middle.
OpResult eui64(const Call& call) {
  const Address& network = receiver(call);
  if (network.family != 6 || network.prefix > 64) {
    return problem_of(call, cidr_text(network) + " is no IPv6 network of /64 or wider");
  }
  const std::uint64_t mac = call.args[0].mac;
  const std::uint64_t id = ((mac & 0xffffff000000u) << 16) | 0xfffe000000u | (mac & 0xffffffu);
  const AddressBits bits = network_first(network) | (id ^ (std::uint64_t{1} << 57));
  return {address_value(call, ValueKind::ip, address_of(6, bits)), {}};
}

/// RFC 1918 and RFC 4193, and what Tailscale and carriers share out (RFC 6598).
OpResult is_private(const Call& call) {
  for (const char* text :
       {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"}) {
    const auto network = parse_cidr(text);
    if (network && network->family == receiver(call).family &&
        network_has(*network, receiver(call))) {
      return boolean_of(call, true);
    }
  }
  return boolean_of(call, false);
}

types::TypeId networks_type(types::TypeTable& types, types::TypeId,
                            std::span<const types::TypeId> args) {
  const bool fine = fits(types, args[0], TypeKind::integer);
  return fine ? types.list_of(types::TypeTable::simple(TypeKind::cidr)) : types::TypeId();
}

constexpr TypeKind kCidr = TypeKind::cidr;

constexpr std::array kRows{
    Builtin{"broadcast", kCidr, true, 0, 0, simple_result<TypeKind::ip>, broadcast, "broadcast: Ip",
            "The address of all hosts; IPv6 and point-to-point links have none.",
            R"(192.168.1.0/24.broadcast == 192.168.1.255)"},
    Builtin{"covers", kCidr, false, 1, 1, simple_result<TypeKind::boolean, kCidr>, covers,
            "covers(other: Cidr) -> Bool", "Whether the other network lies inside, or is the same.",
            R"(10.0.0.0/8.covers(10.9.0.0/16))"},
    Builtin{"subnets", kCidr, false, 1, 1, networks_type, subnets, "subnets(prefix: Int) -> [Cidr]",
            "All networks of that prefix inside this one, 4096 at most.",
            R"(10.0.0.0/23.subnets(24) == [10.0.0.0/24, 10.0.1.0/24])"},
    Builtin{"eui64", kCidr, false, 1, 1, simple_result<TypeKind::ip, TypeKind::mac>, eui64,
            "eui64(mac: Mac) -> Ip", "The address that a machine gives itself there (SLAAC).",
            R"(fd00::/64.eui64(dc:a6:32:01:02:03) == fd00::dea6:32ff:fe01:203)"},
    Builtin{"is-private", TypeKind::ip, true, 0, 0, simple_result<TypeKind::boolean>, is_private,
            "is-private: Bool",
            "Whether the address is one of those that the Internet does not route (RFC 1918, 4193, "
            "6598).",
            R"(192.168.1.9.is-private)"},
};

}  // namespace

std::span<const Builtin> subnet_builtins() { return kRows; }

}  // namespace hlab::values
