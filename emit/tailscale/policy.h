// The policy as values, before it is a file. Everything is shut; each grant opens something that the
// lab says, and each test states one thing that must work or must stay shut.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "compiler/diag/diagnostics.h"
#include "emit/core/tailnet.h"

namespace hlab::emit::tailscale {

using model::View;

struct Member {
  View node;
  Membership membership;
  std::vector<std::string> tags;  // the first one says what it is

  [[nodiscard]] const std::string& tag() const { return tags.front(); }
};

struct Person {
  std::string login;
  bool admin = false;
};

struct Tailnet {
  View network;
  std::vector<Member> members;  // sorted by name
  std::vector<Person> people;   // who have a login, sorted by it
  std::string everybody;        // how the policy calls the people of the lab
  std::string admins;           // and who may change its machines
};

struct Grant {
  std::string why;
  std::vector<std::string> src;
  std::vector<std::string> dst;
  std::vector<std::string> ip;  // `tcp:443`, `*`
};

struct PolicyTest {
  std::string src;
  std::string proto;
  std::vector<std::string> accept;
  std::vector<std::string> deny;
};

struct Policy {
  std::map<std::string, std::vector<std::string>> groups;
  std::map<std::string, std::vector<std::string>> tag_owners;
  std::map<std::string, std::string> hosts;
  std::vector<Grant> grants;
  std::map<std::string, std::vector<std::string>> route_approvers;
  std::vector<std::string> exit_approvers;
  std::vector<PolicyTest> tests;
};

[[nodiscard]] Tailnet tailnet_of(const EmitInput& input, const View& network);
/// Warns of people whom the policy leaves out because it cannot name them.
void report_unnamed_people(const EmitInput& input, const Tailnet& tailnet,
                           diag::Diagnostics& diags);
[[nodiscard]] Policy policy_of(const EmitInput& input, const Tailnet& tailnet);

// Its parts.
void add_people(const Tailnet& tailnet, Policy& policy);
void add_cluster_grants(const EmitInput& input, const Tailnet& tailnet, Policy& policy);
void add_endpoint_grants(const EmitInput& input, const Tailnet& tailnet, Policy& policy);
void add_name_grants(const EmitInput& input, const Tailnet& tailnet, Policy& policy);
void add_routes(const EmitInput& input, const Tailnet& tailnet, Policy& policy);
void add_tests(const Tailnet& tailnet, Policy& policy);

/// The tags of what machines are, each once, sorted.
[[nodiscard]] std::vector<std::string> role_tags(const Tailnet& tailnet);
void add_once(std::vector<std::string>& texts, const std::string& text);

/// The file's text and where its lines come from.
void write_policy(const EmitInput& input, EmitOutput& output, const Tailnet& tailnet,
                  const Policy& policy, std::string path);

}  // namespace hlab::emit::tailscale
