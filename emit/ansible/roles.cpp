#include <algorithm>

#include "embedded/roles.h"
#include "emit/ansible/project_files.h"

namespace hlab::emit {

namespace {

struct GroupRole {
  std::string_view role;
  std::string_view group;
};

constexpr GroupRole kRoles[] = {
    {"data_disk", kDiskGroup},       {"storage_client", kStorageGroup},
    {"raspberry_pi", kBoardGroup},   {"tailscale", kOverlayGroup},
    {"k3s_server", kServerGroup},    {"k3s_agent", kAgentGroup},
    {"k3s_node", kServerGroup},      {"k3s_node", kAgentGroup},
    {"host_service", kServiceGroup},
};

bool wanted(const AnsiblePlan& plan, std::string_view role) {
  return role == "base" ||
         std::any_of(std::begin(kRoles), std::end(kRoles), [&](const GroupRole& r) {
           return r.role == role && has_group(plan, r.group);
         });
}

}  // namespace

void add_roles(EmitOutput& output, const AnsiblePlan& plan) {
  for (const embedded::EmbeddedFile& file : embedded::roles_files()) {
    const std::string_view path = file.path;
    if (!wanted(plan, path.substr(0, path.find('/')))) continue;
    OutputFile out;
    out.path = plan.path("roles/" + std::string(path));
    out.bytes = file.bytes;
    out.content = FileContent::same;
    out.owner = plan.lab.path();
    out.at = plan.lab.declared_at();
    output.add(std::move(out));
  }
}

}  // namespace hlab::emit
