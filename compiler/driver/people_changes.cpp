#include "compiler/driver/people_changes.h"

#include <fmt/format.h>

#include <map>
#include <set>
#include <string_view>

namespace hlab::driver {
namespace {

using People = std::map<std::string, std::set<std::string>>;  // keys by account

People people_in(const YAML::Node& variables) {
  People out;
  const YAML::Node people = child_of(variables, "base_people");
  if (!people || !people.IsSequence()) return out;
  for (const YAML::Node& person : people) {
    std::set<std::string>& keys = out[text_in(person, "name")];
    const YAML::Node all = child_of(person, "keys");
    if (!all || !all.IsSequence()) continue;
    for (const YAML::Node& key : all) keys.insert(key.as<std::string>(""));
  }
  return out;
}

/// What a person calls it: its comment, else its end.
std::string_view name_of(std::string_view key) {
  const std::size_t blank = key.find_last_of(' ');
  if (blank == key.npos) return key;
  const bool has_comment = key.find(' ') != blank;
  constexpr std::size_t kEnd = 12;
  return has_comment || key.size() < kEnd ? key.substr(blank + 1) : key.substr(key.size() - kEnd);
}

}  // namespace

std::string people_changes(const YAML::Node& before, const YAML::Node& now) {
  if (!now.IsDefined()) return "";  // Ansible sets up no machine any more
  const People is = people_in(now);
  std::string out;
  for (const auto& [name, keys] : people_in(before)) {
    const auto found = is.find(name);
    if (found == is.end()) {
      out += fmt::format(
          "`{0}` left the lab, and the account stays on the machines with its keys: `ansible all -m user -a \"name={0} state=absent\"`.\n",
          name);
      continue;
    }
    for (const std::string& key : keys) {
      if (found->second.contains(key)) continue;
      out += fmt::format(
          "The key `{0}` of `{1}` left the lab, and the machines still let it in: take its line out of\n"
          "`~{1}/.ssh/authorized_keys` on each.\n",
          name_of(key), name);
    }
  }
  return out;
}

}  // namespace hlab::driver
