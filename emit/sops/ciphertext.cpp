#include "emit/sops/ciphertext.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>

#include "emit/core/secret_form.h"

namespace hlab::emit::sops {
namespace {

/// The entry of a map; what is no map has none.
YAML::Node entry(const YAML::Node& map, const std::string& key) {
  return map.IsDefined() && map.IsMap() ? map[key] : YAML::Node(YAML::NodeType::Undefined);
}

bool is_there(const YAML::Node& node) { return node.IsDefined() && !node.IsNull(); }

std::string text_at(const YAML::Node& map, const std::string& key) {
  const YAML::Node found = entry(map, key);
  return is_there(found) && found.IsScalar() ? found.Scalar() : "";
}

/// What Kubernetes takes for it: `data` is `stringData` in an encoding that nobody can see here.
YAML::Node part(const YAML::Node& map, const std::string& key) {
  const YAML::Node found = entry(map, key);
  return key == "stringData" && !is_there(found) ? entry(map, "data") : found;
}

/// The item of a list that has the same name.
YAML::Node named(const YAML::Node& list, const std::string& name) {
  if (is_there(list) && list.IsSequence()) {
    for (const YAML::Node& item : list) {
      if (text_at(item, "name") == name) return item;
    }
  }
  return YAML::Node(YAML::NodeType::Undefined);
}

/// Walks over what is expected, and looks for each part of it.
class Comparison {
 public:
  Comparison(std::string blank, Ciphertext& out) : blank_(std::move(blank)), out_(out) {}

  void map(const YAML::Node& wanted, const YAML::Node& found, const std::string& path) {
    for (const auto& item : wanted) {
      const std::string key = item.first.Scalar();
      const std::string below = path.empty() ? key : path + "." + key;
      const YAML::Node there = part(found, key);
      if (item.second.IsMap()) {
        map(item.second, there, below);
      } else if (item.second.IsSequence()) {
        list(item.second, there, below);
      } else {
        scalar(key, item.second.Scalar(), there, below);
      }
    }
  }

 private:
  void list(const YAML::Node& wanted, const YAML::Node& found, const std::string& path) {
    for (const YAML::Node& item : wanted) {
      const std::string name = text_at(item, "name");
      const YAML::Node there = named(found, name);
      if (is_there(there)) {
        map(item, there, path);
      } else {
        out_.misfits.push_back(fmt::format("`{}` has nothing of the name `{}`", path, name));
      }
    }
  }

  void scalar(const std::string& key, const std::string& wanted, const YAML::Node& found,
              const std::string& path) {
    if (wanted == blank_) return secret(found, path);
    // An older version of the object may still be served; a Secret without a type is Opaque.
    if (key == "apiVersion" || (key == "type" && wanted == "Opaque" && !is_there(found))) return;
    if (is_there(found) && found.IsScalar() && found.Scalar() == wanted) return;
    const std::string is = is_there(found) && found.IsScalar() ? found.Scalar() : "missing";
    out_.misfits.push_back(fmt::format("`{}` is {}, not {}", path, is, wanted));
  }

  /// SOPS leaves an empty text as it is.
  void secret(const YAML::Node& found, const std::string& path) {
    if (!is_there(found)) {
      out_.misfits.push_back(fmt::format("`{}` is missing", path));
    } else if (!found.IsScalar() ||
               (!found.Scalar().empty() && !found.Scalar().starts_with("ENC["))) {
      out_.plain.push_back(fmt::format("`{}` is readable", path));
    }
  }

  const std::string blank_;  // what stands for a value
  Ciphertext& out_;
};

void add_recipients(const YAML::Node& holder, std::set<std::string>& out) {
  const YAML::Node list = entry(holder, "age");
  if (!is_there(list) || !list.IsSequence()) return;
  for (const YAML::Node& item : list) {
    if (const std::string key = text_at(item, "recipient"); !key.empty()) out.insert(key);
  }
}

/// A word that the form does not hold.
std::string unlike(const std::vector<std::string>& pieces) {
  std::string word = "value";
  const auto holds = [&](const std::string& piece) {
    return piece.find(word) != std::string::npos;
  };
  while (std::any_of(pieces.begin(), pieces.end(), holds)) word += '_';
  return word;
}

void read(const SecretUse& use, const std::string& bytes, Ciphertext& out) {
  const YAML::Node file = YAML::Load(bytes);
  const YAML::Node sops = entry(file, "sops");
  if (text_at(sops, "mac").empty()) {
    out.plain.emplace_back("`sops` never saw it");
    return;
  }
  add_recipients(sops, out.recipients);
  const YAML::Node groups = entry(sops, "key_groups");
  if (is_there(groups) && groups.IsSequence()) {
    for (const YAML::Node& group : groups) add_recipients(group, out.recipients);
  }
  const std::vector<std::string> pieces = secret_form(use);
  if (pieces.empty()) return;
  const std::string blank = unlike(pieces);
  std::string form = pieces.front();
  for (std::size_t i = 1; i < pieces.size(); ++i) form += blank + pieces[i];
  Comparison(blank, out).map(YAML::Load(form), file, "");
}

}  // namespace

Ciphertext read_ciphertext(const SecretUse& use, const std::string& bytes) {
  Ciphertext out;
  try {
    read(use, bytes, out);
  } catch (const YAML::Exception& problem) {
    out = {};
    out.misfits.push_back(
        fmt::format("is no YAML: line {}: {}", problem.mark.line + 1, problem.msg));
  }
  return out;
}

}  // namespace hlab::emit::sops
