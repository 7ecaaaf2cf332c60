#include "emit/scripts/steps_text.h"

namespace hlab::emit {

const std::string_view kStepFunctions = R"sh(
# step TITLE WHY: says what comes and why it comes now.
step() {
  number=$((number + 1))
  printf '\n[%d] %s\n    %s\n' "$number" "$1" "$2"
}

say() { printf '    %s\n' "$*"; }

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}

# run COMMAND...: shows the command, and runs it unless this is a dry run.
run() {
  printf '    +'
  printf ' %q' "$@"
  printf '\n'
  "$dry_run" || "$@"
}

# need PROGRAM...: stops before anything is changed when a program is missing.
need() {
  local program missing=()
  for program in "$@"; do
    command -v "$program" >/dev/null || missing+=("$program")
  done
  if ((${#missing[@]})); then
    "$dry_run" || fail "not found on this machine: ${missing[*]}"
    say "not found on this machine: ${missing[*]}"
  fi
}
)sh";

const std::string_view kRemoteFunction = R"sh(
# remote TARGET COMMAND: one command on a machine. The command is one string for its shell.
remote() {
  local target=$1
  [[ $target == *@* ]] || target=$ssh_user@$target
  ssh -o ConnectTimeout=10 -o StrictHostKeyChecking=accept-new -- "$target" "$2"
}
)sh";

const std::string_view kAgeKeyFunctions = R"sh(
age_key_file=${SOPS_AGE_KEY_FILE:-${XDG_CONFIG_HOME:-$HOME/.config}/sops/age/keys.txt}

# check_age_key RECIPIENT: the private key at hand must be that of the lab.
check_age_key() {
  say "key file: $age_key_file"
  if "$dry_run"; then return; fi
  [[ -r $age_key_file ]] ||
    fail "$age_key_file is missing: make it with age-keygen -o, or set SOPS_AGE_KEY_FILE"
  age-keygen -y "$age_key_file" | grep -qxF -- "$1" ||
    fail "$age_key_file does not hold the key of $1, so it cannot open the secrets of this lab"
}
)sh";

const std::string_view kSendAgeKeyFunction = R"sh(
# send_age_key TARGET: through standard input, so that it never stands in a command line.
send_age_key() {
  local target=/var/lib/sops-nix/key.txt
  say "$age_key_file -> $1:$target (left alone if it is there)"
  if "$dry_run"; then return; fi
  remote "$1" "sudo test -s $target || {
    sudo install -d -m 0700 /var/lib/sops-nix &&
    sudo install -m 0600 /dev/null $target.part &&
    sudo tee $target.part >/dev/null && sudo mv $target.part $target; }" <"$age_key_file"
}
)sh";

const std::string_view kNixosFunction = R"sh(
# apply_nixos MACHINE TARGET: sends the flake and switches to it there, so that neither Nix nor the
# right processor is needed here. The hardware scan and flake.lock come back; commit them.
apply_nixos() {
  local flake=$root/$nixos hardware="hosts/$1/hardware-configuration.nix"
  say "$nixos -> $2:/etc/nixos/lab, then nixos-rebuild switch --flake path:/etc/nixos/lab#$1"
  if "$dry_run"; then return; fi
  if [[ ! -s $flake/$hardware ]]; then
    remote "$2" 'sudo nixos-generate-config --show-hardware-config' >"$flake/$hardware.part"
    mv "$flake/$hardware.part" "$flake/$hardware"
    say "wrote $nixos/$hardware: commit it"
  fi
  tar -C "$flake" -cf - . | remote "$2" 'sudo rm -rf /etc/nixos/lab.new &&
    sudo install -d -m 0755 /etc/nixos/lab.new &&
    sudo tar -C /etc/nixos/lab.new --no-same-owner -xf - &&
    sudo rm -rf /etc/nixos/lab && sudo mv /etc/nixos/lab.new /etc/nixos/lab'
  remote "$2" "sudo env NIX_CONFIG='extra-experimental-features = nix-command flakes' \
    nixos-rebuild switch --flake path:/etc/nixos/lab#$1"
  remote "$2" 'sudo cat /etc/nixos/lab/flake.lock' >"$flake/flake.lock.part"
  if cmp -s "$flake/flake.lock.part" "$flake/flake.lock"; then
    rm "$flake/flake.lock.part"
  else
    mv "$flake/flake.lock.part" "$flake/flake.lock"
    say "wrote $nixos/flake.lock: commit it"
  fi
}
)sh";

const std::string_view kAnsibleFunction = R"sh(
# apply_ansible PLAYBOOK ARGUMENTS...: from its own folder, so that ansible.cfg is found.
apply_ansible() (
  cd -- "$root/$ansible" || exit
  if [[ -n ${age_key_file-} ]]; then export SOPS_AGE_KEY_FILE=$age_key_file; fi
  if [[ -f requirements.yml ]]; then run ansible-galaxy collection install -r requirements.yml; fi
  run ansible-playbook "$@"
)
)sh";

const std::string_view kClusterFunctions = R"sh(
# wait_ready NODE...: until the cluster says that the nodes are ready.
wait_ready() {
  local node
  for node in "$@"; do
    # `kubectl wait` fails at once for a node that has not registered yet.
    "$dry_run" || retry 30 10 kubectl get node "$node" -o name
    run kubectl wait --for=condition=Ready "node/$node" --timeout=10m
  done
}

# retry TIMES SECONDS COMMAND...: quietly, until it works.
retry() {
  local left=$1 pause=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    left=$((left - 1))
    ((left > 0)) || fail "gave up waiting for: $*"
    sleep "$pause"
  done
}
)sh";

const std::string_view kFetchKubeconfigFunction = R"sh(
# fetch_kubeconfig TARGET URL: the administrator's, with the address that works from here.
fetch_kubeconfig() {
  say "$1:/etc/rancher/k3s/k3s.yaml -> $KUBECONFIG"
  if "$dry_run"; then return; fi
  mkdir -p -- "$(dirname -- "$KUBECONFIG")"
  retry 30 10 remote "$1" 'sudo test -s /etc/rancher/k3s/k3s.yaml'
  (
    umask 077
    remote "$1" 'sudo cat /etc/rancher/k3s/k3s.yaml' |
      sed "s|https://127\.0\.0\.1:[0-9]*|$2|" >"$KUBECONFIG.part"
  )
  mv -- "$KUBECONFIG.part" "$KUBECONFIG"
}
)sh";

const std::string_view kMakeNamespaceFunction = R"sh(
# make_namespace NAMESPACE: unless it is there.
make_namespace() {
  say "namespace $1"
  if "$dry_run"; then return; fi
  kubectl create namespace "$1" --dry-run=client --output=yaml | kubectl apply --server-side -f -
}
)sh";

const std::string_view kGiveAgeKeyFunction = R"sh(
# give_age_key NAMESPACE SECRET KEY: what decrypts in the cluster mounts it.
give_age_key() {
  make_namespace "$1"
  say "$age_key_file -> Secret $1/$2"
  if "$dry_run"; then return; fi
  kubectl create secret generic "$2" --namespace "$1" --from-file="$3=$age_key_file" \
    --dry-run=client --output=yaml | kubectl apply --server-side --force-conflicts -f -
}
)sh";

const std::string_view kRepositoryFunction = R"sh(
# look_for_repository URL BRANCH: what reads it would wait for it without a word.
look_for_repository() {
  run git ls-remote --exit-code --heads "$1" "$2" ||
    fail "$1 has no branch $2 yet: make the repository there, push to it, and run this script again"
}
)sh";

const std::string_view kServiceFunctions = R"sh(
# prepare_namespace NAMESPACE LEVEL: there, and with what its pods may do.
prepare_namespace() {
  say "namespace $1, pods: $2"
  if "$dry_run"; then return; fi
  kubectl create namespace "$1" --dry-run=client --output=yaml | kubectl apply --server-side -f -
  kubectl label --overwrite namespace "$1" "pod-security.kubernetes.io/enforce=$2"
}

# apply_objects FOLDER: all that hlab wrote there, if anything.
apply_objects() {
  if [[ -d $root/$1 ]]; then
    run kubectl apply --server-side --force-conflicts --recursive -f "$root/$1"
  fi
}

# wait_for_service NAMESPACE DEPLOYMENT: what comes next may need it.
wait_for_service() {
  run kubectl rollout status "deployment/$2" --namespace "$1" --timeout=10m
}
)sh";

}  // namespace hlab::emit
