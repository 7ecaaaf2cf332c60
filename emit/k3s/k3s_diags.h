// Diagnostics of K3s' configuration.
#pragma once

#include "compiler/diag/diag.h"

namespace hlab::emit {

inline const diag::Diag<std::string_view, std::string_view> kUnknownK3sKey{
    {"HL6201", "unknown-k3s-key", diag::Severity::error, "an option that K3s does not know",
     "K3s skips what it does not know in `config.yaml` and only writes a line into its log, so the "
     "option would be lost. The key is the name of the flag without its dashes.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware    = std.hw.pi4 { memory = 4GiB }
  os          = raspios
  address.lan = 192.168.1.10
}
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret join-token {}
cluster home: k3s {
  version                  = "v1.34.3+k3s1"
  servers                  = [one]
  network                  = lan
  token                    = join-token
  server-config.kublet-arg = ["max-pods=60"]
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware    = std.hw.pi4 { memory = 4GiB }
  os          = raspios
  address.lan = 192.168.1.10
}
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret join-token {}
cluster home: k3s {
  version                   = "v1.34.3+k3s1"
  servers                   = [one]
  network                   = lan
  token                     = join-token
  server-config.kubelet-arg = ["max-pods=60"]
}
)"},
    "`{}` of `{}` is no option of K3s"};

inline const diag::Diag<std::string_view, std::string_view, std::string_view> kK3sKeyScope{
    {"HL6202", "k3s-key-scope", diag::Severity::error, "an option of K3s that is not read there",
     "Some options are read by servers only: agents skip them without an error.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware    = std.hw.pi4 { memory = 4GiB }
  os          = raspios
  address.lan = 192.168.1.10
}
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret join-token {}
cluster home: k3s {
  version                        = "v1.34.3+k3s1"
  servers                        = [one]
  network                        = lan
  token                          = join-token
  agent-config.disable-scheduler = true
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware    = std.hw.pi4 { memory = 4GiB }
  os          = raspios
  address.lan = 192.168.1.10
}
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret join-token {}
cluster home: k3s {
  version                         = "v1.34.3+k3s1"
  servers                         = [one]
  network                         = lan
  token                           = join-token
  server-config.disable-scheduler = true
}
)"},
    "`{}` of `{}` is read by {} only"};

inline const diag::Diag<std::string_view, std::string_view> kK3sSecretInText{
    {"HL6203", "k3s-secret-in-text", diag::Severity::error, "a secret of K3s in plain text",
     "What stands in `server-config` and `agent-config` is written as it is, and committed. A cluster "
     "takes its `token` from a `secret`.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware    = std.hw.pi4 { memory = 4GiB }
  os          = raspios
  address.lan = 192.168.1.10
}
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret join-token {}
cluster home: k3s {
  version                   = "v1.34.3+k3s1"
  servers                   = [one]
  network                   = lan
  token                     = join-token
  server-config.agent-token = "hunter2"
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware    = std.hw.pi4 { memory = 4GiB }
  os          = raspios
  address.lan = 192.168.1.10
}
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret join-token {}
cluster home: k3s {
  version = "v1.34.3+k3s1"
  servers = [one]
  network = lan
  token   = join-token
}
)"},
    "`{}` of `{}` would be committed in plain text"};

inline const diag::Diag<std::string_view, std::string_view> kK3sMapOption{
    {"HL6290", "k3s-map-option", diag::Severity::error, "an option of K3s that is given as a map",
     "Options of K3s are words, numbers, or lists of these; its `config.yaml` knows no maps. What a part of it is "
     "told, the kubelet say, is a list of texts of the form `name=value`.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware    = std.hw.pi4 { memory = 4GiB }
  os          = raspios
  address.lan = 192.168.1.10
}
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret join-token {}
cluster home: k3s {
  version = "v1.34.3+k3s1"
  servers = [one]
  network = lan
  token   = join-token
  server-config.kubelet-arg { max-pods = 200 }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware    = std.hw.pi4 { memory = 4GiB }
  os          = raspios
  address.lan = 192.168.1.10
}
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret join-token {}
cluster home: k3s {
  version                   = "v1.34.3+k3s1"
  servers                   = [one]
  network                   = lan
  token                     = join-token
  server-config.kubelet-arg = ["max-pods=200"]
}
)"},
    "`{}` of `{}` is a map, and K3s takes none"};

inline const diag::DiagInfo* const kAllK3sDiags[] = {&kUnknownK3sKey.info, &kK3sKeyScope.info,
                                                     &kK3sSecretInText.info, &kK3sMapOption.info};

}  // namespace hlab::emit
