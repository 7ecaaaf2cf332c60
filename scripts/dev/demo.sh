# shellcheck shell=bash

help_demo() {
  cat <<'EOF'
./dev demo

Builds hlab, compiles examples/nixos-pi-argocd into build/demo/home, and shows what came out.
On a fresh Debian 12 it installs what building needs first.
EOF
}

example=examples/nixos-pi-argocd
home=build/demo/home

count() { find "$home" "$@" 2>/dev/null | wc -l; }

# Folders two deep with the number of files below each: the tree that a person recognises.
short_tree() {
  local dir files
  find "$home" -mindepth 1 -maxdepth 1 -type f ! -name '.hlab*' -printf '  %f\n' | LC_ALL=C sort
  while read -r dir; do
    files=$(find "$dir" -type f | wc -l)
    printf '  %-44s %4d %s\n' "${dir#"$home"/}/" "$files" "$([ "$files" = 1 ] && echo file || echo files)"
  done < <(find "$home" -mindepth 1 -maxdepth 2 -type d | LC_ALL=C sort)
}

demo_summary() {
  local lines applications manifests
  lines=$(find "$example" -name '*.hlab' -exec cat {} + | grep -cvE '^[[:space:]]*(//|#|$)' || true)
  applications=$(grep -rlE '^kind: "?Application"?$' "$home" --include='*.yaml' | wc -l)
  manifests=$(grep -rhE '^kind: ' "$home/kubernetes" --include='*.yaml' 2>/dev/null | wc -l)
  good "$lines lines of hlab became $(count -type f) files, $(find "$home" -type f -exec cat {} + | wc -l) lines, in $1"
  cat <<EOF
  Argo CD     $applications applications, $manifests Kubernetes objects
  Ansible     $(count -path '*/playbooks/*.yml' -o -path '*/playbooks/*.yaml') playbooks, $(count -path '*/roles/*/tasks/main.y*ml') roles, $(count -path '*/host_vars/*' -type f) hosts with variables of their own
  NixOS       $(count -name '*.nix') files of a flake
  secrets     none in plain text: $(count -name '*.sops.yaml' ! -name '.sops.yaml') files hold ciphertext
EOF
}

demo_next() {
  local lab=$example hlab=build/release/hlab
  cat <<EOF

Look around:
  less $home/README.md
  $hlab graph $lab --format mermaid

Break something, and mend it:
  sed -i 's/192.168.1.33/192.168.2.33/' $lab/machines.hlab
  $hlab check $lab
  git checkout $lab

Make it yours:
  cp -r $lab my-lab && \$EDITOR my-lab/*.hlab
  $hlab build my-lab --out my-home
EOF
}

run_demo() {
  [ $# -eq 0 ] || wrong_use "demo takes no arguments"
  scripts/setup/setup.sh build
  if [ ! -f CMakeLists.txt ] || [ ! -d "$example" ]; then
    fail "the example lab ($example) is not in this checkout yet, so there is nothing to show"
  fi
  heading "Building hlab"
  build_preset release --target hlab
  heading "hlab build $example --out $home"
  rm -rf "$home"
  mkdir -p "$(dirname "$home")"
  local before after
  before=$(date +%s%N)
  build/release/hlab build "$example" --out "$home"
  after=$(date +%s%N)
  printf '\n'
  short_tree
  printf '\n'
  demo_summary "$(((after - before) / 1000000)) ms"
  demo_next
}
