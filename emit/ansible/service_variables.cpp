// Variables of services that run on machines themselves.
#include "emit/ansible/service_definition.h"
#include "emit/ansible/variables.h"

namespace hlab::emit {

using model::View;

void add_services(const AnsiblePlan& plan, const AnsibleHost& host, Variables& out) {
  std::vector<std::string> names;
  for (const View& service : host.services) names.emplace_back(service.name());
  add_string(out, "host_service_architecture", "", host.node.text("arch"),
             origin_of(host.node, "arch"));
  add_list(out, "host_service_names", "", std::move(names));
  out.push_back({"host_service_definitions", kServiceGroup, [services = plan.services](Doc& doc) {
                   doc.open_map();
                   for (const View& service : sorted_by_name(services)) {
                     doc.key(service.name());
                     put_service_definition(doc, service);
                   }
                   doc.close();
                 }});
}

}  // namespace hlab::emit
