// Files of machines that services write there, each by one (HL4412).
#pragma once

#include "compiler/rules/rule.h"

namespace hlab::rules {

inline const diag::Diag<std::string_view, std::string_view, std::string_view, std::string_view>
    kMachineFileTwice{
        {"HL4412", "machine-file-twice", diag::Severity::warning,
         "one file of a machine that two services write",
         "Services of one machine are set up one after the other, so the file holds what the later one says: each run writes it "
         "twice, and what restarts when it changes restarts each time. It may also be two entries of one service, such as a "
         "`file` and a `unit` that mean the same path, or a unit that the machine has already, because it mounts a disk "
         "there. Of folders and users each trait counts by itself. Let one of them write it; units take additions from files of their own (`x.service.d/10-more.conf`), and so do "
         "many programs.",
         R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
service clock: host-service {
  on = [one]
  file."/etc/chrony/chrony.conf" { content = "pool ntp.example.org\n" }
}
service radio: host-service {
  on = [one]
  file."/etc/chrony/chrony.conf" { content = "refclock SHM 0\n" }
}
)",
         R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
service clock: host-service {
  on = [one]
  file."/etc/chrony/chrony.conf" { content = "pool ntp.example.org\n" }
}
service radio: host-service {
  on = [one]
  file."/etc/chrony/conf.d/radio.conf" { content = "refclock SHM 0\n" }
}
)"},
        "{0} of `{1}` is written by {2} and {3}"};

void check_machine_files(const RuleInput& input, diag::Diagnostics& diags);

}  // namespace hlab::rules
