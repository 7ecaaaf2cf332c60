#include <optional>

#include "compiler/values/address.h"
#include "compiler/values/builtin_rows.h"
#include "compiler/values/membership.h"

namespace hlab::values {
namespace {

using types::TypeKind;

const Address& receiver(const Call& call) { return *call.receiver.address; }

OpResult address_value(const Call& call, ValueKind kind, const Address& address) {
  Value value = make(kind, call.origin);
  value.address = call.heap.address(address);
  return {value, {}};
}

OpResult ip_value(const Call& call, AddressBits bits) {
  return address_value(call, ValueKind::ip, address_of(receiver(call).family, bits));
}

/// The addresses that a host may hold, counted from the network's first. IPv4 gives its first to
/// the network and its last to everybody, IPv6 its first to the routers; links of two and lone hosts
/// have no such custom.
struct Hosts {
  AddressBits first;
  AddressBits last;
};

Hosts hosts_of(const Address& network) {
  const AddressBits all = network_last(network) - network_first(network);
  if (all <= 1) return {0, all};
  return {1, network.family == 4 ? all - 1 : all};
}

std::string count_text(AddressBits count) {
  std::string out;
  for (; count > 0 || out.empty(); count /= 10) {
    out.insert(out.begin(), static_cast<char>('0' + static_cast<int>(count % 10)));
  }
  return out;
}

OpResult host(const Call& call) {
  const Address& network = receiver(call);
  const Hosts hosts = hosts_of(network);
  const std::int64_t n = call.args[0].number;
  if (n < 0 || static_cast<AddressBits>(n) < hosts.first ||
      static_cast<AddressBits>(n) > hosts.last) {
    return problem_of(call, cidr_text(network) + " has no host " + std::to_string(n) +
                                ": its hosts are " + count_text(hosts.first) + " to " +
                                count_text(hosts.last));
  }
  return ip_value(call, network_first(network) + static_cast<AddressBits>(n));
}

OpResult netmask(const Call& call) { return ip_value(call, network_mask(receiver(call))); }

OpResult first_host(const Call& call) {
  return ip_value(call, network_first(receiver(call)) + hosts_of(receiver(call)).first);
}

OpResult last_host(const Call& call) {
  return ip_value(call, network_first(receiver(call)) + hosts_of(receiver(call)).last);
}

OpResult prefix(const Call& call) { return number_of(call, receiver(call).prefix); }

OpResult address(const Call& call) { return ip_value(call, address_bits(receiver(call))); }

OpResult network(const Call& call) {
  const Address& n = receiver(call);
  return address_value(call, ValueKind::cidr, network_of(n.family, network_first(n), n.prefix));
}

OpResult size_between(const Call& call, AddressBits first, AddressBits last,
                      const std::string& shown) {
  if (last - first >= static_cast<AddressBits>(INT64_MAX)) {
    return problem_of(call, shown + " has more addresses than a number can count");
  }
  return number_of(call, static_cast<std::int64_t>(last - first) + 1);
}

OpResult network_size(const Call& call) {
  const Address& n = receiver(call);
  return size_between(call, network_first(n), network_last(n), cidr_text(n));
}

OpResult networks_overlap(const Call& call) {
  const Address& other = *call.args[0].address;
  return boolean_of(call,
                    network_covers(receiver(call), other) || network_covers(other, receiver(call)));
}

OpResult subnet(const Call& call) {
  const Address& network = receiver(call);
  const int width = address_width(network);
  const std::int64_t longer = call.args[0].number;
  const std::int64_t n = call.args[1].number;
  if (longer < network.prefix || longer > width) {
    return problem_of(call, "a subnet of " + cidr_text(network) + " has a prefix of " +
                                std::to_string(network.prefix) + " to " + std::to_string(width) +
                                ", not " + std::to_string(longer));
  }
  const auto bits = static_cast<int>(longer) - network.prefix;
  const AddressBits last = bits >= 128 ? ~AddressBits{0} : (AddressBits{1} << bits) - 1;
  if (n < 0 || static_cast<AddressBits>(n) > last) {
    return problem_of(call, cidr_text(network) + " has no subnet " + std::to_string(n) + " of /" +
                                std::to_string(longer) + ": they are 0 to " + count_text(last));
  }
  const int shift = width - static_cast<int>(longer);
  // Only subnet 0 exists where the shift would be the full width.
  const AddressBits offset = shift >= 128 ? 0 : static_cast<AddressBits>(n) << shift;
  return address_value(call, ValueKind::cidr,
                       network_of(network.family, network_first(network) + offset,
                                  static_cast<std::uint8_t>(longer)));
}

/// The leading `parts` octets (IPv4) or digits (IPv6), last one first, under the family's root.
std::string reverse_name(const Address& address, int parts) {
  constexpr std::string_view kHex = "0123456789abcdef";
  const bool v4 = address.family == 4;
  std::string out;
  for (int i = parts - 1; i >= 0; --i) {
    const auto bits = address_bits(address) >> (v4 ? 24 - 8 * i : 124 - 4 * i);
    if (v4) {
      out += std::to_string(static_cast<unsigned>(bits & 0xffu));
    } else {
      out += kHex[static_cast<std::size_t>(bits & 15u)];
    }
    out += '.';
  }
  return out + (v4 ? "in-addr.arpa" : "ip6.arpa");
}

OpResult reverse_zone(const Call& call) {
  const Address& network = receiver(call);
  return text_of(call, reverse_name(network, network.prefix / (network.family == 4 ? 8 : 4)));
}

OpResult reverse_ip(const Call& call) {
  return text_of(call, reverse_name(receiver(call), receiver(call).family == 4 ? 4 : 32));
}

OpResult family(const Call& call) { return number_of(call, receiver(call).family); }

OpResult range_begin(const Call& call) { return ip_value(call, address_bits(receiver(call))); }

OpResult range_end(const Call& call) { return ip_value(call, range_last(receiver(call))); }

OpResult range_size(const Call& call) {
  const Address& range = receiver(call);
  return size_between(call, address_bits(range), range_last(range), ip_range_text(range));
}

OpResult ranges_overlap(const Call& call) {
  const Address& mine = receiver(call);
  const Address& other = *call.args[0].address;
  return boolean_of(call, mine.family == other.family && address_bits(mine) <= range_last(other) &&
                              address_bits(other) <= range_last(mine));
}

OpResult contains(const Call& call) {
  return boolean_of(call, is_member(call.args[0], call.receiver, call.symbols).inside);
}

constexpr TypeKind kCidr = TypeKind::cidr;
constexpr TypeKind kRange = TypeKind::ip_range;
constexpr auto kIp = simple_result<TypeKind::ip>;
constexpr auto kInt = simple_result<TypeKind::integer>;
constexpr auto kText = simple_result<TypeKind::string>;

constexpr std::array kRows{
    Builtin{"host", kCidr, false, 1, 1, simple_result<TypeKind::ip, TypeKind::integer>, host,
            "host(n: Int) -> Ip", "The n-th address that a host may hold.",
            R"(192.168.1.0/24.host(20) == 192.168.1.20)"},
    Builtin{"netmask", kCidr, true, 0, 0, kIp, netmask, "netmask: Ip",
            "The prefix as an address: `255.255.255.0`.",
            R"(192.168.1.0/24.netmask == 255.255.255.0)"},
    Builtin{"first", kCidr, true, 0, 0, kIp, first_host, "first: Ip",
            "The first address that a host may hold.", R"(192.168.1.0/24.first == 192.168.1.1)"},
    Builtin{"last", kCidr, true, 0, 0, kIp, last_host, "last: Ip",
            "The last address that a host may hold.", R"(192.168.1.0/24.last == 192.168.1.254)"},
    Builtin{"prefix", kCidr, true, 0, 0, kInt, prefix, "prefix: Int", "The number after the slash.",
            R"(192.168.1.0/24.prefix == 24)"},
    Builtin{"address", kCidr, true, 0, 0, kIp, address, "address: Ip",
            "The address before the slash, as it is written.",
            R"(192.168.1.7/24.address == 192.168.1.7)"},
    Builtin{"network", kCidr, true, 0, 0, simple_result<kCidr>, network, "network: Cidr",
            "The network with nothing set behind its prefix.",
            R"(192.168.1.7/24.network == 192.168.1.0/24)"},
    Builtin{"size", kCidr, true, 0, 0, kInt, network_size, "size: Int",
            "How many addresses there are, all of them counted.", R"(192.168.1.0/24.size == 256)"},
    Builtin{"overlaps", kCidr, false, 1, 1, simple_result<TypeKind::boolean, kCidr>,
            networks_overlap, "overlaps(other: Cidr) -> Bool",
            "Whether the networks share an address.", R"(10.0.0.0/8.overlaps(10.9.0.0/16))"},
    Builtin{"contains", kCidr, false, 1, 1, simple_result<TypeKind::boolean, TypeKind::ip>,
            contains, "contains(ip: Ip) -> Bool", "Whether the address lies inside, as `in` asks.",
            R"(192.168.1.0/24.contains(192.168.1.9))"},
    Builtin{"subnet", kCidr, false, 2, 2,
            simple_result<kCidr, TypeKind::integer, TypeKind::integer>, subnet,
            "subnet(prefix: Int, n: Int) -> Cidr",
            "The n-th network of that prefix inside this one, from 0.",
            R"(10.0.0.0/8.subnet(16, 3) == 10.3.0.0/16)"},
    Builtin{"reverse-zone", kCidr, true, 0, 0, kText, reverse_zone, "reverse-zone: String",
            "The smallest DNS zone for reverse look-ups that holds all of it.",
            R"(192.168.1.0/24.reverse-zone == "1.168.192.in-addr.arpa")"},
    Builtin{"family", kCidr, true, 0, 0, kInt, family, "family: Int", "4 or 6.",
            R"(fd00::/64.family == 6)"},
    Builtin{"family", TypeKind::ip, true, 0, 0, kInt, family, "family: Int", "4 or 6.",
            R"(192.168.1.9.family == 4)"},
    Builtin{"reverse-name", TypeKind::ip, true, 0, 0, kText, reverse_ip, "reverse-name: String",
            "The name of its PTR record.",
            R"(192.168.1.9.reverse-name == "9.1.168.192.in-addr.arpa")"},
    Builtin{"first", kRange, true, 0, 0, kIp, range_begin, "first: Ip", "The first address.",
            R"((10.0.0.10..10.0.0.19).first == 10.0.0.10)"},
    Builtin{"last", kRange, true, 0, 0, kIp, range_end, "last: Ip", "The last address.",
            R"((10.0.0.10..10.0.0.19).last == 10.0.0.19)"},
    Builtin{"size", kRange, true, 0, 0, kInt, range_size, "size: Int",
            "How many addresses there are.", R"((10.0.0.10..10.0.0.19).size == 10)"},
    Builtin{"overlaps", kRange, false, 1, 1, simple_result<TypeKind::boolean, kRange>,
            ranges_overlap, "overlaps(other: IpRange) -> Bool",
            "Whether the ranges share an address.",
            R"((10.0.0.10..10.0.0.19).overlaps(10.0.0.19..10.0.0.30))"},
    Builtin{"contains", kRange, false, 1, 1, simple_result<TypeKind::boolean, TypeKind::ip>,
            contains, "contains(ip: Ip) -> Bool", "Whether the address lies inside, as `in` asks.",
            R"((10.0.0.10..10.0.0.19).contains(10.0.0.12))"},
};

}  // namespace

std::span<const Builtin> network_builtins() { return kRows; }

}  // namespace hlab::values
