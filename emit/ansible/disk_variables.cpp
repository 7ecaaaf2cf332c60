// Variables of disks for data.
#include "compiler/model/mount_unit.h"
#include "emit/ansible/variables.h"

namespace hlab::emit {

using model::View;

namespace {

void put_disk(Doc& doc, const View& disk) {
  doc.open_map();
  doc.entry("device", disk.text("device"), origin_of(disk, "device"));
  doc.entry("path", disk.text("mount"), origin_of(disk, "mount"));
  doc.entry("filesystem", disk.text("filesystem"), origin_of(disk, "filesystem"));
  doc.entry("unit", model::mount_unit_name(disk.text("mount")));
  doc.close();
}

}  // namespace

void add_disks(const AnsibleHost& host, Variables& out) {
  std::vector<std::string> folders;
  for (const View& disk : host.disks()) folders.push_back(disk.text("mount"));
  out.push_back({"data_disk_mounts", "", [disks = host.disks()](Doc& doc) {
                   doc.open_seq();
                   for (const View& disk : disks) put_disk(doc, disk);
                   doc.close();
                 }});
  if (host.in_k3s()) add_list(out, "k3s_node_mounts", "", std::move(folders));
}

}  // namespace hlab::emit
