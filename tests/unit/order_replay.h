// Plays the emitted files of a lab as their tools would, from machines with an empty disk on, and says
// what started before what it needs. Knows nothing of hlab's own graph.
#pragma once

#include <yaml-cpp/yaml.h>

#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "emit/core/file_tree.h"
#include "tests/unit/order_generator.h"

namespace hlab::test {

class Replay {
 public:
  Replay(const OrderLab& lab, const emit::FileTree& tree) : lab_(lab), tree_(tree) {}

  /// Empty where all is well.
  std::vector<std::string> run() {
    std::istringstream script(bytes("scripts/bootstrap.sh"));
    std::string line;
    while (std::getline(script, line)) {
      while (line.ends_with('\\')) {
        std::string more;
        std::getline(script, more);
        line = line.substr(0, line.size() - 1) + more;
      }
      step(words(line));
    }
    for (const OrderService& one : lab_.services) {
      if (!up_.contains(one.name)) fault(one.name + " never starts");
    }
    return faults_;
  }

 private:
  using Words = std::vector<std::string>;

  void fault(std::string text) { faults_.push_back(std::move(text)); }

  std::string bytes(const std::string& path) {
    const emit::OutputFile* file = tree_.find(path);
    if (file == nullptr) fault("no file " + path);
    return file == nullptr ? "" : file->bytes;
  }

  static Words words(const std::string& line) {
    std::istringstream in(line);
    Words out;
    for (std::string word; in >> word;) out.push_back(word);
    return out;
  }

  static std::string after(const Words& words, const std::string& flag) {
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
      if (words[i] == flag) return words[i + 1];
    }
    return "";
  }

  void step(const Words& line) {
    if (line.empty()) return;
    if (line[0] == "export") talk_to(line.at(1));
    if (line[0] == "apply_objects") objects(line.at(1));
    if (line[0] == "apply_nixos") machine(line.at(1));
    if (line[0] == "apply_ansible") ansible_run(line);
    if (line[0] != "run" || line.size() < 4) return;
    if (line[1] == "helm") {
      start(line.at(4));
      done(line.at(4));
    }
    if (line[1] == "flux") flux(after(line, "--path"));
    if (line[1] != "kubectl" || line[2] != "apply") return;
    const std::string& path = line.back();
    if (path.ends_with("/root.yaml")) return argocd(path.substr(path.find("/") + 1));
    if (path.ends_with("/manifests")) objects(path);
  }

  void objects(const std::string& path) {
    const std::string name = folder_name(path);
    if (up_.contains(name)) return;  // its chart is there already
    start(name);
    done(name);
  }

  /// `KUBECONFIG=$HOME/.kube/c1.yaml`; a lab with one cluster says it once, in another way.
  void talk_to(const std::string& text) {
    const std::size_t at = text.rfind("/c");
    if (text.starts_with("KUBECONFIG=$HOME") && at != std::string::npos)
      cluster_ = std::stoi(text.substr(at + 2));
  }

  /// Of `./kubernetes/apps/NAME/manifests`.
  static std::string folder_name(const std::string& path) {
    const std::string folder = path.substr(0, path.rfind('/'));
    return folder.substr(folder.rfind('/') + 1);
  }

  void start(const std::string& name, bool by_hand = true) {
    const OrderService* one = lab_.find(name);
    if (one == nullptr) return fault("nobody knows " + name);
    started_.insert(name);
    for (const Need& need : lab_.needs) {
      if (need.from != name || (by_hand && need.reached_by)) continue;
      if (!up_.contains(need.to)) fault(name + " starts before " + need.to);
    }
    if (one->host) return;
    if (lab_.nodes.size() > 1 && one->cluster != cluster_)
      fault(name + " starts in another cluster");
    for (const std::string& node : lab_.nodes[static_cast<std::size_t>(one->cluster)]) {
      if (!up_.contains(node)) fault(name + " starts before the machine " + node);
    }
  }

  void done(const std::string& name) { up_.insert(name); }

  // --- Ansible -------------------------------------------------------------------------------------

  /// `apply_ansible playbooks/a.yml playbooks/b.yml --limit m1,m2`
  void ansible_run(const Words& line) {
    std::istringstream hosts(after(line, "--limit"));
    limit_.clear();
    for (std::string host; std::getline(hosts, host, ',');) limit_.insert(host);
    for (const std::string& word : line) {
      if (word.ends_with(".yml")) playbook(word);
    }
  }

  /// A machine of a cluster starts K3s.
  void machine(const std::string& name) {
    for (std::size_t c = 0; c < lab_.nodes.size(); ++c) {
      const auto& nodes = lab_.nodes[c];
      if (std::find(nodes.begin(), nodes.end(), name) == nodes.end()) continue;
      for (const std::string& need : lab_.waits[c]) {
        if (!up_.contains(need)) fault(name + " starts before " + need);
      }
    }
    up_.insert(name);
  }

  std::string ansible(const std::string& path) { return "infrastructure/ansible/" + path; }

  void playbook(const std::string& path) {
    for (const YAML::Node& play : YAML::Load(bytes(ansible(path)))) {
      if (play["ansible.builtin.import_playbook"]) {
        playbook("playbooks/" + play["ansible.builtin.import_playbook"].as<std::string>());
        continue;
      }
      const std::string hosts = play["hosts"].as<std::string>();
      if (hosts == "k3s_server" || hosts == "k3s_agent") {
        for (const std::string& host : members(hosts)) machine(host);
      }
      if (hosts == "support") support(play);
    }
  }

  std::vector<std::string> members(const std::string& group) {
    std::vector<std::string> out;
    const YAML::Node inventory = YAML::Load(bytes(ansible("inventory/hosts.yml")));
    for (const auto& host : inventory["all"]["children"][group]["hosts"]) {
      const auto name = host.first.as<std::string>();
      if (limit_.empty() || limit_.contains(name)) out.push_back(name);
    }
    return out;
  }

  /// The hosts of a play take no notice of each other; each goes through its own list.
  void support(const YAML::Node& play) {
    std::set<std::string> chosen;
    const YAML::Node vars = play["roles"][0]["vars"];
    if (vars) {
      for (const YAML::Node& name : vars["host_service_chosen"])
        chosen.insert(name.as<std::string>());
    }
    std::map<std::string, std::map<std::string, std::size_t>> place;  // service, host
    for (const std::string& host : members("support")) {
      const YAML::Node own = YAML::Load(bytes(ansible("inventory/host_vars/" + host + ".yml")));
      std::size_t number = 0;
      for (const YAML::Node& name : own["host_service_names"]) {
        const auto text = name.as<std::string>();
        if (vars && !chosen.contains(text)) continue;
        place[text][host] = number++;
      }
    }
    for (const auto& [name, hosts] : place) {
      if (up_.contains(name)) continue;
      for (const Need& need : lab_.needs) {
        if (need.from != name || up_.contains(need.to)) continue;
        const auto other = place.find(need.to);
        const bool same = other != place.end() && other->second.size() == 1 && hosts.size() == 1 &&
                          other->second.begin()->first == hosts.begin()->first &&
                          other->second.begin()->second < hosts.begin()->second;
        if (!same) fault(name + " is set up before " + need.to);
      }
    }
    for (const auto& [name, hosts] : place) {
      if (hosts.size() == lab_.find(name)->on.size()) done(name);
    }
  }

  // --- Argo CD -------------------------------------------------------------------------------------

  void argocd(const std::string& root) {
    const std::string folder = YAML::Load(bytes(root))["spec"]["source"]["path"].as<std::string>();
    std::map<long, std::vector<std::string>> waves;
    for (const emit::OutputFile* file : tree_.sorted()) {
      if (!file->path.starts_with(folder + "/") || !file->path.ends_with(".yaml") ||
          file->path.find('/', folder.size() + 1) != std::string::npos)
        continue;
      const YAML::Node object = YAML::Load(file->bytes);
      if (object["kind"].as<std::string>() != "Application") continue;
      const YAML::Node wave = object["metadata"]["annotations"]["argocd.argoproj.io/sync-wave"];
      waves[std::stol(wave.as<std::string>())].push_back(
          object["metadata"]["name"].as<std::string>());
    }
    for (const auto& [wave, names] : waves) {
      for (const std::string& name : names) {
        if (!up_.contains(name)) start(name, false);
      }
      for (const std::string& name : names) done(name);
    }
  }

  // --- Flux ----------------------------------------------------------------------------------------

  struct Kustomization {
    std::string service;
    std::vector<std::string> needs;
  };

  void flux(const std::string& folder) {
    std::map<std::string, Kustomization> all;
    for (const emit::OutputFile* file : tree_.sorted()) {
      if (!file->path.starts_with(folder + "/") || !file->path.ends_with(".yaml")) continue;
      const YAML::Node object = YAML::Load(file->bytes);
      if (object["kind"].as<std::string>() != "Kustomization") continue;
      Kustomization one{folder_name(object["spec"]["path"].as<std::string>()), {}};
      for (const YAML::Node& need : object["spec"]["dependsOn"]) {
        one.needs.push_back(need["name"].as<std::string>());
      }
      all.emplace(object["metadata"]["name"].as<std::string>(), std::move(one));
    }
    // Each as early as it may, those that nothing holds back all at once.
    std::set<std::string> ready;
    while (ready.size() < all.size()) {
      std::vector<std::string> next;
      for (const auto& [name, one] : all) {
        const bool free = std::all_of(
            one.needs.begin(), one.needs.end(),
            [&](const std::string& need) { return ready.contains(need); });
        if (free && !ready.contains(name)) next.push_back(name);
      }
      if (next.empty()) return fault("Flux waits for ever in " + folder);
      for (const std::string& name : next) {
        if (!started_.contains(all[name].service)) start(all[name].service, false);
      }
      ready.insert(next.begin(), next.end());
      for (const std::string& name : next) {
        const std::string& service = all[name].service;
        const bool whole = std::all_of(all.begin(), all.end(), [&](const auto& other) {
          return other.second.service != service || ready.contains(other.first);
        });
        if (whole) done(service);
      }
    }
  }

  const OrderLab& lab_;
  const emit::FileTree& tree_;
  std::set<std::string> up_;
  std::set<std::string> started_;
  std::set<std::string> limit_;  // the machines that Ansible is let to; all where it is empty
  int cluster_ = -1;
  std::vector<std::string> faults_;
};

}  // namespace hlab::test
