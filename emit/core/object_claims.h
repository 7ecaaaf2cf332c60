// What Kubernetes objects of a tree take that only one can have: ports of every node, addresses, host names with their
// paths. hlab's own are judged before they are written; these are for objects that somebody wrote.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "emit/core/object_book.h"

namespace hlab::emit {

class ObjectClaims {
 public:
  explicit ObjectClaims(const EmitInput& input);

  /// Reports where another object of its cluster has it already.
  void take(const Doc& doc, const KnownObject& object, diag::Diagnostics& diags);

 private:
  struct Claim {
    std::string what;     // as a message says it
    std::string sharing;  // of an address: those with one word have it together
    // Of a host name: class and entries; those that differ do not meet.
    std::vector<std::string> ways;
    bool is_host = false;
  };
  struct Holder {
    std::string name;  // as a message says it
    Span at;
    model::View owner;
    const KnownObject* object = nullptr;  // none of what its owner's chart or objects ask for
    Claim claim;
  };

  void take_controllers(const EmitInput& input);
  [[nodiscard]] std::vector<Claim> of_service(const Doc& doc) const;
  [[nodiscard]] std::vector<Claim> of_ingress(const Doc& doc) const;
  [[nodiscard]] static bool meet(const Claim& one, const Claim& other);

  std::vector<std::string> address_annotations_;
  std::vector<std::string> sharing_annotations_;
  std::vector<std::string> entry_annotations_;  // by which ingress controllers tell audiences apart
  std::multimap<std::pair<std::uint32_t, std::string>, Holder> held_;  // by cluster and claim
};

}  // namespace hlab::emit
