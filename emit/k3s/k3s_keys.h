// The keys of K3s' config.yaml, and where each is read. A test compares the table with the facts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <string_view>

namespace hlab::emit {

enum class K3sScope : std::uint8_t { server, agent, both };

struct K3sKey {
  std::string_view name;
  K3sScope scope = K3sScope::both;
  bool secret = false;  // its value is a secret in plain text
};

// Sorted by name.
inline constexpr K3sKey kK3sKeys[] = {
    {"advertise-address", K3sScope::server},
    {"advertise-port", K3sScope::server},
    {"agent-token", K3sScope::server, true},
    {"agent-token-file", K3sScope::server},
    {"alsologtostderr", K3sScope::both},
    {"bind-address", K3sScope::both},
    {"cluster-cidr", K3sScope::server},
    {"cluster-dns", K3sScope::server},
    {"cluster-domain", K3sScope::server},
    {"cluster-init", K3sScope::server},
    {"cluster-reset", K3sScope::server},
    {"cluster-reset-restore-path", K3sScope::server},
    {"container-runtime-endpoint", K3sScope::both},
    {"data-dir", K3sScope::both},
    {"datastore-cafile", K3sScope::server},
    {"datastore-certfile", K3sScope::server},
    {"datastore-endpoint", K3sScope::server},
    {"datastore-keyfile", K3sScope::server},
    {"debug", K3sScope::both},
    {"default-local-storage-path", K3sScope::server},
    {"default-runtime", K3sScope::both},
    {"disable", K3sScope::server},
    {"disable-agent", K3sScope::server},
    {"disable-apiserver-lb", K3sScope::agent},
    {"disable-cloud-controller", K3sScope::server},
    {"disable-default-registry-endpoint", K3sScope::both},
    {"disable-helm-controller", K3sScope::server},
    {"disable-kube-proxy", K3sScope::server},
    {"disable-network-policy", K3sScope::server},
    {"disable-scheduler", K3sScope::server},
    {"docker", K3sScope::both},
    {"egress-selector-mode", K3sScope::server},
    {"embedded-registry", K3sScope::server},
    {"enable-pprof", K3sScope::both},
    {"etcd-arg", K3sScope::server},
    {"etcd-disable-snapshots", K3sScope::server},
    {"etcd-expose-metrics", K3sScope::server},
    {"etcd-s3", K3sScope::server},
    {"etcd-s3-access-key", K3sScope::server, true},
    {"etcd-s3-bucket", K3sScope::server},
    {"etcd-s3-config-secret", K3sScope::server},
    {"etcd-s3-endpoint", K3sScope::server},
    {"etcd-s3-endpoint-ca", K3sScope::server},
    {"etcd-s3-folder", K3sScope::server},
    {"etcd-s3-insecure", K3sScope::server},
    {"etcd-s3-proxy", K3sScope::server},
    {"etcd-s3-region", K3sScope::server},
    {"etcd-s3-secret-key", K3sScope::server, true},
    {"etcd-s3-skip-ssl-verify", K3sScope::server},
    {"etcd-s3-timeout", K3sScope::server},
    {"etcd-snapshot-compress", K3sScope::server},
    {"etcd-snapshot-dir", K3sScope::server},
    {"etcd-snapshot-name", K3sScope::server},
    {"etcd-snapshot-retention", K3sScope::server},
    {"etcd-snapshot-schedule-cron", K3sScope::server},
    {"flannel-backend", K3sScope::server},
    {"flannel-cni-conf", K3sScope::both},
    {"flannel-conf", K3sScope::both},
    {"flannel-external-ip", K3sScope::server},
    {"flannel-iface", K3sScope::both},
    {"flannel-ipv6-masq", K3sScope::server},
    {"helm-controller-arg", K3sScope::server},
    {"helm-job-image", K3sScope::server},
    {"https-listen-port", K3sScope::server},
    {"image-credential-provider-bin-dir", K3sScope::both},
    {"image-credential-provider-config", K3sScope::both},
    {"image-service-endpoint", K3sScope::both},
    {"kube-apiserver-arg", K3sScope::server},
    {"kube-cloud-controller-manager-arg", K3sScope::server},
    {"kube-controller-manager-arg", K3sScope::server},
    {"kube-proxy-arg", K3sScope::both},
    {"kube-scheduler-arg", K3sScope::server},
    {"kubelet-arg", K3sScope::both},
    {"lb-server-port", K3sScope::both},
    {"log", K3sScope::both},
    {"node-external-dns", K3sScope::both},
    {"node-external-ip", K3sScope::both},
    {"node-internal-dns", K3sScope::both},
    {"node-ip", K3sScope::both},
    {"node-label", K3sScope::both},
    {"node-name", K3sScope::both},
    {"node-taint", K3sScope::both},
    {"nonroot-devices", K3sScope::both},
    {"pause-image", K3sScope::both},
    {"prefer-bundled-bin", K3sScope::both},
    {"private-registry", K3sScope::both},
    {"protect-kernel-defaults", K3sScope::both},
    {"resolv-conf", K3sScope::both},
    {"rootless", K3sScope::both},
    {"secrets-encryption", K3sScope::server},
    {"secrets-encryption-provider", K3sScope::server},
    {"selinux", K3sScope::both},
    {"server", K3sScope::both},
    {"service-cidr", K3sScope::server},
    {"service-node-port-range", K3sScope::server},
    {"servicelb-namespace", K3sScope::server},
    {"snapshotter", K3sScope::both},
    {"supervisor-metrics", K3sScope::server},
    {"system-default-registry", K3sScope::server},
    {"tls-san", K3sScope::server},
    {"tls-san-security", K3sScope::server},
    {"token", K3sScope::both, true},
    {"token-file", K3sScope::both},
    {"v", K3sScope::both},
    {"vmodule", K3sScope::both},
    {"vpn-auth", K3sScope::both, true},
    {"vpn-auth-file", K3sScope::both},
    {"with-node-id", K3sScope::both},
    {"write-kubeconfig", K3sScope::server},
    {"write-kubeconfig-group", K3sScope::server},
    {"write-kubeconfig-mode", K3sScope::server},
};

constexpr const K3sKey* find_k3s_key(std::string_view name) {
  for (const K3sKey& key : kK3sKeys) {
    if (key.name == name) return &key;
  }
  return nullptr;
}

[[nodiscard]] constexpr bool reads(const K3sKey& key, bool server) {
  return key.scope == K3sScope::both || server == (key.scope == K3sScope::server);
}

/// A key written by hlab itself; one that K3s does not know does not compile. It is kept by its index:
/// GCC 12 does not compare addresses of a table at compile time under the address sanitizer.
class KnownK3sKey {
 public:
  consteval KnownK3sKey(const char* name) : index_(0) {
    while (index_ < std::size(kK3sKeys) && kK3sKeys[index_].name != name) ++index_;
    if (index_ == std::size(kK3sKeys)) throw "K3s knows no such key";
  }
  [[nodiscard]] constexpr std::string_view name() const { return kK3sKeys[index_].name; }

 private:
  std::size_t index_;
};

}  // namespace hlab::emit
