#include "emit/tailscale/policy.h"

#include <algorithm>

#include "emit/tailscale/tailscale_diags.h"

namespace hlab::emit::tailscale {
namespace {

constexpr std::string_view kAdminGroup = "group:admins";
constexpr std::string_view kPeopleGroup = "group:people";

/// The people by login. Whom the file cannot name is in no group: a login that is forgotten opens nothing.
std::vector<Person> people_of(const EmitInput& input) {
  std::vector<Person> out;
  for (const View& person : input.all("person")) {
    if (!person.has("tailnet-login")) continue;
    out.push_back({person.text("tailnet-login"), person.flag("admin")});
  }
  std::sort(out.begin(), out.end(),
            [](const Person& a, const Person& b) { return a.login < b.login; });
  return out;
}

bool has_admin(const std::vector<Person>& people) {
  return std::any_of(people.begin(), people.end(), [](const Person& p) { return p.admin; });
}

void add_hosts(const Tailnet& tailnet, Policy& policy) {
  for (const Member& member : tailnet.members) {
    const values::Value address = member.node.at("address", tailnet.network);
    if (!address.is(values::ValueKind::ip)) continue;
    policy.hosts[std::string(member.node.name())] = member.node.text_of(address);
  }
}

}  // namespace

void add_once(std::vector<std::string>& texts, const std::string& text) {
  if (std::find(texts.begin(), texts.end(), text) == texts.end()) texts.push_back(text);
}

std::vector<std::string> role_tags(const Tailnet& tailnet) {
  std::vector<std::string> out;
  for (const Member& member : tailnet.members) add_once(out, member.tag());
  std::sort(out.begin(), out.end());
  return out;
}

Tailnet tailnet_of(const EmitInput& input, const View& network) {
  Tailnet out;
  out.network = network;
  for (const View& node : sorted_by_name(input.all("node"))) {
    if (!(overlay_of(node) == network)) continue;
    out.members.push_back({node, membership_of(input, node), tailnet_tags(input, node)});
  }
  out.people = people_of(input);
  out.everybody = out.people.empty() ? "autogroup:member" : std::string(kPeopleGroup);
  out.admins = has_admin(out.people) ? std::string(kAdminGroup) : "autogroup:admin";
  return out;
}

void report_unnamed_people(const EmitInput& input, const Tailnet& tailnet,
                           diag::Diagnostics& diags) {
  if (tailnet.people.empty()) return;
  for (const View& person : input.all("person")) {
    if (person.has("tailnet-login")) continue;
    diags.report(kPersonWithoutLogin, person.declared_at(), person.path(), tailnet.network.name())
        .help("say `tailnet-login`, or `email` where that is the same");
  }
}

void add_people(const Tailnet& tailnet, Policy& policy) {
  for (const Person& person : tailnet.people) {
    add_once(policy.groups[std::string(kPeopleGroup)], person.login);
    if (person.admin) add_once(policy.groups[std::string(kAdminGroup)], person.login);
  }
  for (const Member& member : tailnet.members) {
    for (const std::string& tag : member.tags) policy.tag_owners[tag] = {tailnet.admins};
  }
}

Policy policy_of(const EmitInput& input, const Tailnet& tailnet) {
  Policy policy;
  add_people(tailnet, policy);
  add_hosts(tailnet, policy);
  policy.grants.push_back({"Everybody reaches the machines that are their own.",
                           {"autogroup:member"},
                           {"autogroup:self"},
                           {"*"}});
  add_cluster_grants(input, tailnet, policy);
  add_endpoint_grants(input, tailnet, policy);
  add_name_grants(input, tailnet, policy);
  add_routes(input, tailnet, policy);
  add_tests(tailnet, policy);
  return policy;
}

}  // namespace hlab::emit::tailscale
