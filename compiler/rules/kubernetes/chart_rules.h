// What a chart says of the cluster that it is for and of its addresses (HL4508 to HL4510), and secrets that its values name.
#pragma once

#include "compiler/rules/rule.h"

namespace hlab::rules {

inline const diag::Diag<std::string_view, std::string_view, std::string_view, std::string_view>
    kChartWantsOther{
        {"HL4508", "chart-wants-other-kubernetes", diag::Severity::error,
         "a chart that does not take the cluster's Kubernetes",
         "Charts say which releases of Kubernetes they are made for. Helm refuses to install one elsewhere, and so "
         "does Argo CD: the service would never come up. Choose another release of the chart or of the cluster.",
         R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.30.4+k3s1"  servers = [one]  network = lan }
service site: helm {
  chart {
    repo         = "https://charts.example.org"
    name         = "site"
    version      = "2.0.0"
    kube-version = ">=1.32.0-0"
  }
}
)",
         R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service site: helm {
  chart {
    repo         = "https://charts.example.org"
    name         = "site"
    version      = "2.0.0"
    kube-version = ">=1.32.0-0"
  }
}
)"},
        "the chart of `{}` takes Kubernetes {}, and `{}` has {}"};

inline const diag::Diag<std::string_view> kUnreadableRange{
    {"HL4509", "unreadable-kube-version", diag::Severity::error,
     "a range of releases that cannot be read",
     "`kube-version` is what the chart's Chart.yaml calls `kubeVersion`: comparisons such as `>=1.25.0-0`, `^1.30`, "
     "`~1.31`, `1.x` or `1.28 - 1.34`; all of those between commas hold, and one side of `||`.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
service site: helm {
  chart {
    repo         = "https://charts.example.org"
    name         = "site"
    version      = "2.0.0"
    kube-version = "new enough"
  }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
service site: helm {
  chart {
    repo         = "https://charts.example.org"
    name         = "site"
    version      = "2.0.0"
    kube-version = ">=1.25.0-0"
  }
}
)"},
    "`{}` is no range of releases"};

inline const diag::Diag<std::string_view, std::string_view> kNobodyAnswers{
    {"HL4510", "address-that-nobody-takes", diag::Severity::warning,
     "a chart is not told of an address",
     "A chart makes its own Services. An endpoint's address is taken only where the chart's `values` ask for it (as "
     "its own documentation says, mostly by an annotation of the load balancer), or where hlab makes one more Service: "
     "for that `backend` says which pods are meant, and on which port they listen.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
pool house { of = lan  range = 192.168.1.200..192.168.1.209 }
service balancer: load-balancer {
  chart { repo = "https://charts.example.org"  name = "balancer"  version = "1.0.0" }
  address-annotation = "lb.test/address"
}
service mail: helm {
  chart { repo = "https://charts.example.org"  name = "mail"  version = "1.0.0" }
  expose.smtp = lan { protocol = tcp  address.house = auto }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
pool house { of = lan  range = 192.168.1.200..192.168.1.209 }
service balancer: load-balancer {
  chart { repo = "https://charts.example.org"  name = "balancer"  version = "1.0.0" }
  address-annotation = "lb.test/address"
}
service mail: helm {
  chart { repo = "https://charts.example.org"  name = "mail"  version = "1.0.0" }
  expose.smtp = lan { protocol = tcp  address.house = auto }
  backend.smtp { port = "smtp"  number = 2525  selector."app.kubernetes.io/name" = "mail" }
}
)"},
    "nothing of the chart of `{}` takes {}"};

inline const diag::Diag<std::string_view, std::string_view, std::string_view> kSecretNotBrought{
    {"HL4672", "secret-not-brought", diag::Severity::warning,
     "the values of a chart name a secret that nobody brings there",
     "Values of a chart name a secret, and the chart's pods look for it in their own namespace. Reading its `name` brings it "
     "nowhere: `secrets` of the service does. Without it the pods wait for ever.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
service opener: std.sops-operator {}
secret login { keys = ["user", "password"] }
service site: helm {
  chart { repo = "https://charts.example.org"  name = "site"  version = "2.0.0" }
  values.admin.existingSecret = login.name
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
service opener: std.sops-operator {}
secret login { keys = ["user", "password"] }
service site: helm {
  chart { repo = "https://charts.example.org"  name = "site"  version = "2.0.0" }
  secrets                     = [login]
  values.admin.existingSecret = login.name
}
)"},
    "the values of `{}` name `{}`, and nobody brings that into the namespace `{}`"};

/// Reports both of the range.
void check_chart_versions(const RuleInput& input, diag::Diagnostics& diags);
void check_chart_addresses(const RuleInput& input, diag::Diagnostics& diags);
void check_chart_secrets(const RuleInput& input, diag::Diagnostics& diags);

}  // namespace hlab::rules
