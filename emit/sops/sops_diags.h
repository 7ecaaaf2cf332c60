// Diagnostics of committed ciphertext (HL7010 to HL7019).
#pragma once

#include "compiler/diag/diag.h"

namespace hlab::emit::sops {

using Sv = std::string_view;

inline const diag::Diag<Sv, Sv> kMissingCiphertext{
    {"HL7010", "missing-ciphertext", diag::Severity::warning,
     "a secret whose ciphertext is not committed",
     "hlab never holds the value of a secret. It copies encrypted files that lie beside the lab, one for each "
     "place that decrypts it: the machines of Ansible, those of NixOS, each namespace of a cluster. "
     "`hlab secret set NAME` asks for the value, has `sops` encrypt it and writes those that are missing; "
     "`hlab secret list` shows them all. A secret that something else puts into the cluster (another operator, a "
     "chart, somebody by hand) says `extern = true` and needs none.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret token {}
network tailnet: tailscale { domain = "example.ts.net"  auth-key = token }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware        = std.hw.pi4 { memory = 4GiB }
  os              = raspios
  address.lan     = 192.168.1.10
  address.tailnet = learned
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret token {}
network tailnet: tailscale { domain = "example.ts.net"  auth-key = token }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware        = std.hw.pi4 { memory = 4GiB }
  os              = raspios
  address.lan     = 192.168.1.10
  address.tailnet = learned
}
#-- secrets/ansible/token.sops.yaml
value: ENC[AES256_GCM,data:KiJRDn+iKka7D1JA,...]
sops:
    age:
        - recipient: age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p
          enc: "..."
    mac: ENC[AES256_GCM,data:x90gkghR,...]
)"},
    "`{}` lacks ciphertext: {}"};

inline const diag::Diag<Sv> kOtherRecipients{
    {"HL7011", "other-recipients", diag::Severity::warning,
     "ciphertext that is for other keys than the store says",
     "An encrypted file names the keys that can open it. Where these are not the `recipients` of its store, "
     "somebody who should read it cannot (a machine then fails to start what needs it), or somebody can who "
     "should no longer. Changing `recipients` changes no file: encrypt each anew.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret token {}
network tailnet: tailscale { domain = "example.ts.net"  auth-key = token }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware        = std.hw.pi4 { memory = 4GiB }
  os              = raspios
  address.lan     = 192.168.1.10
  address.tailnet = learned
}
#-- secrets/ansible/token.sops.yaml
value: ENC[AES256_GCM,data:TXYdI9jfR9523GRA,...]
sops:
    age:
        - recipient: age1jrf2f0z7tmshww73u6dhd45mxnug5y7cg6ws08xlskcakfyq4yasj3tdg6
          enc: "..."
    mac: ENC[AES256_GCM,data:hrcshDYl,...]
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret token {}
network tailnet: tailscale { domain = "example.ts.net"  auth-key = token }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware        = std.hw.pi4 { memory = 4GiB }
  os              = raspios
  address.lan     = 192.168.1.10
  address.tailnet = learned
}
#-- secrets/ansible/token.sops.yaml
value: ENC[AES256_GCM,data:KiJRDn+iKka7D1JA,...]
sops:
    age:
        - recipient: age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p
          enc: "..."
    mac: ENC[AES256_GCM,data:x90gkghR,...]
)"},
    "committed ciphertext is not for the recipients of `{}`"};

inline const diag::Diag<Sv, Sv> kPlainSecret{
    {"HL7012", "plain-secret", diag::Severity::error, "a secret that lies in the lab unencrypted",
     "A file that should hold ciphertext holds plain text. Take the value for known to whoever has seen the "
     "repository: make a new one where it is used, then encrypt that.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret token {}
network tailnet: tailscale { domain = "example.ts.net"  auth-key = token }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware        = std.hw.pi4 { memory = 4GiB }
  os              = raspios
  address.lan     = 192.168.1.10
  address.tailnet = learned
}
#-- secrets/ansible/token.sops.yaml
value: in-the-clear
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret token {}
network tailnet: tailscale { domain = "example.ts.net"  auth-key = token }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware        = std.hw.pi4 { memory = 4GiB }
  os              = raspios
  address.lan     = 192.168.1.10
  address.tailnet = learned
}
#-- secrets/ansible/token.sops.yaml
value: ENC[AES256_GCM,data:KiJRDn+iKka7D1JA,...]
sops:
    age:
        - recipient: age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p
          enc: "..."
    mac: ENC[AES256_GCM,data:x90gkghR,...]
)"},
    "`{}` is not encrypted: {}"};

inline const diag::Diag<Sv, Sv> kCiphertextMisfit{
    {"HL7013", "ciphertext-misfit", diag::Severity::error,
     "ciphertext that was made for something else",
     "The names in an encrypted file are readable, and here they are not those that its user looks for: a part "
     "is missing, or the file is for another name or namespace. It cannot be edited without the key, since its "
     "checksum covers the readable parts too: make it anew.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret token {}
network tailnet: tailscale { domain = "example.ts.net"  auth-key = token }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware        = std.hw.pi4 { memory = 4GiB }
  os              = raspios
  address.lan     = 192.168.1.10
  address.tailnet = learned
}
#-- secrets/ansible/token.sops.yaml
password: ENC[AES256_GCM,data:MFWlNx/laWYEbw3k,...]
sops:
    age:
        - recipient: age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p
          enc: "..."
    mac: ENC[AES256_GCM,data:GCBLceR0,...]
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret token { keys = ["password"] }
network tailnet: tailscale { domain = "example.ts.net"  auth-key = token }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware        = std.hw.pi4 { memory = 4GiB }
  os              = raspios
  address.lan     = 192.168.1.10
  address.tailnet = learned
}
#-- secrets/ansible/token.sops.yaml
password: ENC[AES256_GCM,data:MFWlNx/laWYEbw3k,...]
sops:
    age:
        - recipient: age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p
          enc: "..."
    mac: ENC[AES256_GCM,data:GCBLceR0,...]
)"},
    "`{}` does not fit: {}"};

inline const diag::Diag<Sv> kNobodyDecrypts{
    {"HL7014", "nobody-decrypts", diag::Severity::error,
     "secrets of a cluster that nobody decrypts there",
     "Secrets reach a cluster as ciphertext. A service of the cluster (a `secret-operator`) makes Secrets of "
     "them; without one the pods wait for Secrets that never come.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret login {}
service web: container { image = "docker.io/library/nginx:1.29.1"  env.PASSWORD = login }
#-- secrets/kubernetes/web/login.sops.yaml
apiVersion: isindir.github.com/v1alpha3
kind: SopsSecret
metadata: {name: login, namespace: web}
spec:
  secretTemplates: [{name: login, stringData: {value: "ENC[AES256_GCM,data:KiJRDn+iKka7D1JA,...]"}}]
sops:
    age:
        - recipient: age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p
          enc: "..."
    mac: ENC[AES256_GCM,data:x90gkghR,...]
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
network lan { cidr = 192.168.1.0/24 }
node one { hardware = std.hw.pi4 { memory = 4GiB }  os = raspios  address.lan = 192.168.1.10 }
cluster home: k3s { version = "v1.34.3+k3s1"  servers = [one]  network = lan }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret login {}
service web: container { image = "docker.io/library/nginx:1.29.1"  env.PASSWORD = login }
service opener: secret-operator {
  chart { repo = "https://charts.opener.test"  name = "opener"  version = "1.0.0" }
  key-secret     = "opener-key"
  key-name       = "keys.txt"
  object-version = "isindir.github.com/v1alpha3"
  object-kind    = "SopsSecret"
}
#-- secrets/kubernetes/web/login.sops.yaml
apiVersion: isindir.github.com/v1alpha3
kind: SopsSecret
metadata: {name: login, namespace: web}
spec:
  secretTemplates: [{name: login, stringData: {value: "ENC[AES256_GCM,data:KiJRDn+iKka7D1JA,...]"}}]
sops:
    age:
        - recipient: age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p
          enc: "..."
    mac: ENC[AES256_GCM,data:x90gkghR,...]
)"},
    "nobody decrypts secrets in `{}`"};

inline const diag::Diag<Sv, Sv> kExternOnMachine{
    {"HL7015", "extern-secret-on-machine", diag::Severity::warning,
     "a machine needs a secret that something else puts into a cluster",
     "`extern = true` says that a Secret comes into the cluster by another way, and hlab writes no ciphertext of "
     "it. Ansible and NixOS look for ciphertext in the tree, so what needs the secret on a machine fails when it "
     "is set up. A secret of its own, for the machines, has ciphertext.",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret token { extern = true }
network tailnet: tailscale { domain = "example.ts.net"  auth-key = token }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware        = std.hw.pi4 { memory = 4GiB }
  os              = raspios
  address.lan     = 192.168.1.10
  address.tailnet = learned
}
)",
     R"(lab home { domain = "home.example.org"  timezone = "Europe/Madrid" }
secrets repo: sops {
  recipients = ["age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"]
}
secret token {}
network tailnet: tailscale { domain = "example.ts.net"  auth-key = token }
network lan { cidr = 192.168.1.0/24 }
node one {
  hardware        = std.hw.pi4 { memory = 4GiB }
  os              = raspios
  address.lan     = 192.168.1.10
  address.tailnet = learned
}
)"},
    "`{}` is made elsewhere, and a machine cannot have it: {} needs it there"};

inline const diag::DiagInfo* const kAllSopsDiags[] = {
    &kMissingCiphertext.info, &kOtherRecipients.info, &kPlainSecret.info,
    &kCiphertextMisfit.info,  &kNobodyDecrypts.info,  &kExternOnMachine.info};

}  // namespace hlab::emit::sops
