// Diagnostics of vendored facts (HL8010 to HL8019).
#pragma once

#include "compiler/diag/diag.h"

namespace hlab::emit {

using VendoredDiag = diag::Diag<std::string_view, std::string_view, std::string_view>;

inline const diag::Diag<std::string_view, std::string_view> kVendoredChanged{
    {"HL8010", "vendored-file-changed", diag::Severity::error,
     "a vendored file that is not what hlab.lock says",
     "`hlab vendor` copies what it needs to know of charts and definitions below `vendor/`, and keeps the digest "
     "of each file in hlab.lock. Restore the file, or run `hlab vendor` again.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service cache: helm {
  chart { repo = "https://charts.example.org"  name = "cache"  version = "1.0.0" }
  values { replicas = 2 }
}
#-- hlab.lock
chart cache@1.0.0 sha256:d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa
#-- vendor/charts/cache-1.0.0.json
{"properties": {"replicas": {"type": "integer"}}, "additionalProperties": false}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service cache: helm {
  chart { repo = "https://charts.example.org"  name = "cache"  version = "1.0.0" }
  values { replicas = 2 }
}
#-- hlab.lock
chart cache@1.0.0 sha256:c02b9c5ea6cd81cc1f91c364330973e94623905e0c7473d4d2e6cd5b935aeff7
#-- vendor/charts/cache-1.0.0.json
{"properties": {"replicas": {"type": "integer"}}, "additionalProperties": false}
)"},
    "`{}` {}"};

inline const VendoredDiag kUnfitChartValue{
    {"HL8011", "unfit-chart-value", diag::Severity::error, "a value that a chart does not take",
     "The chart's schema, which `hlab vendor` brought, does not know the value, or wants another type. Helm would "
     "refuse the release, or leave the value unread.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service cache: helm {
  chart { repo = "https://charts.example.org"  name = "cache"  version = "1.0.0" }
  values { replica = 2 }
}
#-- hlab.lock
chart cache@1.0.0 sha256:c02b9c5ea6cd81cc1f91c364330973e94623905e0c7473d4d2e6cd5b935aeff7
#-- vendor/charts/cache-1.0.0.json
{"properties": {"replicas": {"type": "integer"}}, "additionalProperties": false}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service cache: helm {
  chart { repo = "https://charts.example.org"  name = "cache"  version = "1.0.0" }
  values { replicas = 2 }
}
#-- hlab.lock
chart cache@1.0.0 sha256:c02b9c5ea6cd81cc1f91c364330973e94623905e0c7473d4d2e6cd5b935aeff7
#-- vendor/charts/cache-1.0.0.json
{"properties": {"replicas": {"type": "integer"}}, "additionalProperties": false}
)"},
    "chart `{}`: {} {}"};

inline const VendoredDiag kUnfitObject{
    {"HL8012", "unfit-object", diag::Severity::error,
     "an object that its definition does not allow",
     "The definition of the object's type, which `hlab vendor` brought, does not know a field, wants another "
     "type, or misses something. The cluster would refuse the object, or forget the field in silence.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
object wall { api = "paints.test/v1"  type = "Paint"  spec { color = "red" } }
#-- hlab.lock
crd paints.test/v1/Paint sha256:8d4d837dece35480dc2c3d719237f2915d83fc77d83764ad8adc9c847dc2debc
#-- vendor/crds/paints.test/v1/Paint.json
{"schema": {"properties": {"spec": {"properties": {"colour": {"type": "string"}}}}}, "scope": "Namespaced"}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
object wall { api = "paints.test/v1"  type = "Paint"  spec { colour = "red" } }
#-- hlab.lock
crd paints.test/v1/Paint sha256:8d4d837dece35480dc2c3d719237f2915d83fc77d83764ad8adc9c847dc2debc
#-- vendor/crds/paints.test/v1/Paint.json
{"schema": {"properties": {"spec": {"properties": {"colour": {"type": "string"}}}}}, "scope": "Namespaced"}
)"},
    "`{}`: {} {}"};

inline const diag::DiagInfo* const kAllVendoredDiags[] = {
    &kVendoredChanged.info, &kUnfitChartValue.info, &kUnfitObject.info};

}  // namespace hlab::emit
