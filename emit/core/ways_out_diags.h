// Diagnostics of ways out (HL6010 to HL6020): patches, objects, files as they are, what is foreign.
#pragma once

#include "compiler/diag/diag.h"

namespace hlab::emit {

namespace ways_out {
using Text = std::string_view;
}  // namespace ways_out

inline const diag::Diag<ways_out::Text, ways_out::Text, ways_out::Text> kObjectTwice{
    {"HL6010", "object-twice", diag::Severity::error, "two Kubernetes objects of one name",
     "A cluster holds one object of a kind and name in each namespace: the second one that is applied "
     "overwrites the first. Rename one of them, or give it another namespace.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
object colours { api = "v1"  type = "ConfigMap"  namespace = "shop"  body { data.wall = "red" } }
object paint { api = "v1"  type = "ConfigMap"  namespace = "shop"  object-name = "colours" }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
object colours { api = "v1"  type = "ConfigMap"  namespace = "shop"  body { data.wall = "red" } }
object paint { api = "v1"  type = "ConfigMap"  namespace = "shop" }
)"},
    "{} would be written for {} and for {}"};

inline const diag::Diag<ways_out::Text> kPatchesNothing{
    {"HL6011", "patch-without-object", diag::Severity::error, "a patch that fits no object",
     "A patch changes one object that hlab writes, by its kind and name. Objects that a chart makes are not "
     "among them: the chart's `values` change those. Neither are files that `from` brings: they are yours to "
     "change.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service web: container { image = "docker.io/library/nginx:1.29.1" }
patch history {
  target = "Deployment/wob"
  change { spec.revisionHistoryLimit = 1 }
  reason = "old ones only confuse"
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service web: container { image = "docker.io/library/nginx:1.29.1" }
patch history {
  target = "Deployment/web"
  change { spec.revisionHistoryLimit = 1 }
  reason = "old ones only confuse"
}
)"},
    "no object `{}` is written"};

inline const diag::Diag<ways_out::Text, std::size_t> kPatchesSeveral{
    {"HL6012", "patch-of-several", diag::Severity::error, "a patch that fits several objects",
     "A patch changes exactly one object, so that nothing is changed that nobody meant. `namespace`, or the "
     "service that it is `of`, tells objects of one name apart.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
object left { api = "v1"  type = "ConfigMap"  object-name = "colours" }
object right { api = "v1"  type = "ConfigMap"  object-name = "colours" }
patch red { target = "ConfigMap/colours"  change { data.wall = "red" }  reason = "it is" }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
object left { api = "v1"  type = "ConfigMap"  object-name = "colours" }
object right { api = "v1"  type = "ConfigMap"  object-name = "colours" }
patch red {
  target = "ConfigMap/colours"
  of     = left
  change { data.wall = "red" }
  reason = "it is"
}
)"},
    "`{}` is the name of {} objects"};

inline const diag::Diag<ways_out::Text, ways_out::Text> kRemovesNothing{
    {"HL6013", "patch-removes-nothing", diag::Severity::error,
     "a patch that removes what is not there",
     "`remove` names parts of the object as JSON pointers (RFC 6901): `/spec/template/spec/affinity`, with "
     "the place in a list as a number from 0, `~1` for a slash and `~0` for a tilde within a name.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service web: container { image = "docker.io/library/nginx:1.29.1" }
patch bare {
  target = "Deployment/web"
  remove = ["/spec/replica"]
  reason = "something else counts"
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service web: container { image = "docker.io/library/nginx:1.29.1" }
patch bare {
  target = "Deployment/web"
  remove = ["/spec/replicas"]
  reason = "something else counts"
}
)"},
    "{} has no `{}`"};

inline const diag::Diag<ways_out::Text, ways_out::Text> kPatchRenames{
    {"HL6021", "patch-renames-object", diag::Severity::error,
     "a patch that makes another object of it",
     "By its `apiVersion`, `kind`, name and namespace an object is known: to Kubernetes, to what refers to it, and to "
     "hlab, which orders and checks it as what it was. A patch changes what else stands in it; another object is an "
     "`object`.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service web: container { image = "docker.io/library/nginx:1.29.1" }
patch everywhere {
  target = "Deployment/web"
  change { kind = "DaemonSet" }
  reason = "one on each machine"
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service web: container { image = "docker.io/library/nginx:1.29.1" }
patch everywhere {
  target = "Deployment/web"
  change { spec { replicas = 3 } }
  reason = "one on each machine"
}
)"},
    "{} would be another object: its `{}` is changed"};

inline const diag::Diag<ways_out::Text, ways_out::Text> kForeignPath{
    {"HL6014", "foreign-path", diag::Severity::error,
     "a file in a part of the tree that is foreign",
     "`foreign` says that somebody else writes that part of the tree, and hlab would write into it. Narrow the "
     "pattern, or move the output: the `layout` of `gitops` and `at` of a service say where it goes.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
foreign notes { path = "notes/**" }
file "notes/hosts.txt" { content = "one" }
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
foreign notes { path = "notes/by-hand/**" }
file "notes/hosts.txt" { content = "one" }
)"},
    "`{}` would be written there, for `{}`"};

inline const diag::Diag<ways_out::Text, ways_out::Text> kBrokenManifest{
    {"HL6015", "broken-manifest", diag::Severity::error, "a file of manifests that cannot be used",
     "Files that `from` brings are copied as they are, so each must be YAML or JSON whose documents are "
     "Kubernetes objects: with `apiVersion`, `kind` and `metadata.name`.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service legacy: manifests { from = "legacy/*.yaml" }
#-- legacy/web.yaml
kind: ConfigMap
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service legacy: manifests { from = "legacy/*.yaml" }
#-- legacy/web.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: colours}
)"},
    "`{}` {}"};

inline const diag::Diag<ways_out::Text> kNoManifests{
    {"HL6016", "no-manifests", diag::Severity::error, "a pattern that finds no file",
     "`from` is a pattern of paths below the lab's folder: `*` is any part of a name, `**` also any folders.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service legacy: manifests { from = "old/*.yaml" }
#-- legacy/web.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: colours}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service legacy: manifests { from = "legacy/*.yaml" }
#-- legacy/web.yaml
apiVersion: v1
kind: ConfigMap
metadata: {name: colours}
)"},
    "the lab's folder has no file `{}`"};

inline const diag::Diag<ways_out::Text, ways_out::Text> kHostByHand{
    {"HL6017", "host-by-hand", diag::Severity::error, "a host name that a manifest takes as well",
     "An Ingress that somebody wrote, in `objects` or in a file that `from` brings, answers to the same host name and path "
     "as an endpoint of the lab: which of them is asked is chance. Take it out of one of them.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service edge: ingress-controller {
  chart { repo = "https://charts.edge.test"  name = "edge"  version = "1.0.0" }
  class        = "edge"
  internal-url = "https://edge.edge.svc.cluster.local"
}
service web: container {
  image      = "docker.io/library/nginx:1.29.1"
  port.http  = 80
  expose.web = lan {}
}
service legacy: manifests { from = "legacy/*.yaml" }
#-- legacy/web.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: old}
spec:
  rules:
    - host: web.home.example.org
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: old, port: {number: 80}}}}]}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service edge: ingress-controller {
  chart { repo = "https://charts.edge.test"  name = "edge"  version = "1.0.0" }
  class        = "edge"
  internal-url = "https://edge.edge.svc.cluster.local"
}
service web: container {
  image      = "docker.io/library/nginx:1.29.1"
  port.http  = 80
  expose.web = lan {}
}
service legacy: manifests { from = "legacy/*.yaml" }
#-- legacy/web.yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: old}
spec:
  rules:
    - host: old.home.example.org
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: old, port: {number: 80}}}}]}
)"},
    "{} already answers to `{}`"};

inline const diag::Diag<ways_out::Text, ways_out::Text> kTakenByHand{
    {"HL6019", "taken-by-hand", diag::Severity::error,
     "a port or an address that a hand-written object takes as well",
     "A port of every node and an address of a load balancer belong to one Service of a cluster. An object that is "
     "written by hand takes its own, which hlab does not hand out to it: Kubernetes refuses the second port, and a "
     "load balancer leaves the second Service without an address. Say another one in one of them, or let Services share an "
     "address in the load balancer's own words.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service web: container {
  image      = "docker.io/library/nginx:1.29.1"
  port.web   = 80
  expose.web = lan { protocol = tcp  node-port = 30080 }
}
service legacy: manifests {
  objects.old {
    apiVersion    = "v1"
    kind          = "Service"
    metadata.name = "old"
    spec { type = "NodePort"  selector.app = "old"  ports = [{ port = 80  nodePort = 30080 }] }
  }
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service web: container {
  image      = "docker.io/library/nginx:1.29.1"
  port.web   = 80
  expose.web = lan { protocol = tcp  node-port = 30080 }
}
service legacy: manifests {
  objects.old {
    apiVersion    = "v1"
    kind          = "Service"
    metadata.name = "old"
    spec { type = "NodePort"  selector.app = "old"  ports = [{ port = 80  nodePort = 30081 }] }
  }
}
)"},
    "{} has {} already"};

inline const diag::Diag<ways_out::Text, ways_out::Text> kUnkeptClaim{
    {"HL6018", "unkept-claim", diag::Severity::warning,
     "a claim that goes with its file, and its data with it",
     "A GitOps engine deletes what leaves the repository. Of a PersistentVolumeClaim it deletes the data too, "
     "where the class of its storage does not keep them. The claims that hlab writes stay; those of files that "
     "`from` brings are as they are. The annotation keeps them; a person deletes what is no longer wanted.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
gitops main: flux { repo = "https://git.example.org/home.git" }
service legacy: manifests { from = "legacy/*.yaml" }
#-- legacy/photos.yaml
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: photos}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
gitops main: flux { repo = "https://git.example.org/home.git" }
service legacy: manifests { from = "legacy/*.yaml" }
#-- legacy/photos.yaml
apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: photos, annotations: {kustomize.toolkit.fluxcd.io/prune: disabled}}
spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
)"},
    "the claim `{}` of {} is deleted with its data when it leaves the lab"};

inline const diag::Diag<ways_out::Text, ways_out::Text, ways_out::Text, ways_out::Text>
    kPatchesDisagree{
        {"HL6020", "patches-disagree", diag::Severity::error,
         "two patches that give one place different values",
         "Patches have no order: of two that say something else of one place of an object nobody could tell "
         "which one holds.",
         R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service web: container { image = "docker.io/library/nginx:1.29.1" }
patch few { target = "Deployment/web"  change { spec.replicas = 2 }  reason = "one is slow" }
patch more { target = "Deployment/web"  change { spec.replicas = 3 }  reason = "two are slow" }
)",
         R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
service web: container { image = "docker.io/library/nginx:1.29.1" }
patch few { target = "Deployment/web"  change { spec.replicas = 2 }  reason = "one is slow" }
patch old { target = "Deployment/web"  change { spec.revisionHistoryLimit = 3 }  reason = "enough" }
)"},
        "`{}` and `{}` give `{}` of {} different values"};

inline const diag::DiagInfo* const kAllWaysOutDiags[] = {
    &kObjectTwice.info, &kPatchesNothing.info, &kPatchesSeveral.info,  &kRemovesNothing.info,
    &kForeignPath.info, &kBrokenManifest.info, &kNoManifests.info,     &kHostByHand.info,
    &kTakenByHand.info, &kUnkeptClaim.info,    &kPatchesDisagree.info, &kPatchRenames.info};

}  // namespace hlab::emit
