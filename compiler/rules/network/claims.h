// Who claims which address of which network, with the place that says so.
#pragma once

#include <string>
#include <vector>

#include "compiler/rules/rule.h"

namespace hlab::rules {

struct AddressClaim {
  model::View network;
  model::View holder;  // node, service, endpoint ...; the network itself for its gateway
  values::Value address;
  Span at;
  const program::Env* rounds = nullptr;  // of the loops that say it
  bool second = false;                   // of the network's second family: `address6`, `cidr6`
  bool by_hand = true;                   // written by a person, not handed out by `auto` or learned
};

/// In the order of the source; only addresses that are known.
[[nodiscard]] std::vector<AddressClaim> address_claims(const RuleInput& input);

/// `node pi5`, `gateway of lan`: who it is, in a sentence.
[[nodiscard]] std::string claimant(const AddressClaim& claim);

/// The network whose addresses they are: a pool inside a network shares its addresses.
[[nodiscard]] model::View ground(const model::View& network);

[[nodiscard]] bool inside(const values::Value& address, const values::Value& range_or_cidr);

}  // namespace hlab::rules
