#include <fstream>
#include <map>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "emit/k3s/k3s_keys.h"

namespace {

using namespace hlab::emit;

std::string_view name_of(K3sScope scope) {
  return scope == K3sScope::both ? "both" : scope == K3sScope::server ? "server" : "agent";
}

std::string line_of(std::string_view scope, bool secret) {
  return std::string(scope) + (secret ? ", secret" : "");
}

}  // namespace

TEST_CASE("the table of K3s' keys is sorted and has no key twice") {
  for (std::size_t i = 1; i < std::size(kK3sKeys); ++i)
    CHECK(kK3sKeys[i - 1].name < kK3sKeys[i].name);
}

TEST_CASE("the table of K3s' keys says what K3s' documents say") {
  std::ifstream facts(HLAB_SOURCE_DIR "/../shared/schemas/tables/k3s-config-keys.json");
  if (!facts) {
    WARN("no table of facts beside the checkout: nothing was compared");
    return;
  }
  std::map<std::string, std::string> wanted;
  std::map<std::string, std::string> found;
  const nlohmann::json table = nlohmann::json::parse(facts);
  for (const auto& key : table["keys"]) {
    const bool secret = key["type"].get<std::string>().starts_with("secret");
    wanted[key["key"]] = line_of(key["scope"].get<std::string>(), secret);
  }
  for (const K3sKey& key : kK3sKeys)
    found[std::string(key.name)] = line_of(name_of(key.scope), key.secret);
  for (const auto& [key, line] : wanted) CHECK(key + ": " + line == key + ": " + found[key]);
  CHECK(found.size() == wanted.size());
}

TEST_CASE("a server reads the keys of agents, but for those that only agents have") {
  CHECK(reads(*find_k3s_key("node-label"), true));
  CHECK(reads(*find_k3s_key("tls-san"), true));
  CHECK_FALSE(reads(*find_k3s_key("tls-san"), false));
  CHECK_FALSE(reads(*find_k3s_key("disable-apiserver-lb"), true));
  CHECK(find_k3s_key("kublet-arg") == nullptr);
}
