// Names that the lab chose freely and that become names in Kubernetes. Names of services, namespaces
// and hosts have types of their own in the language; these are keys of maps.
#include <algorithm>

#include "emit/kubernetes/kubernetes_diags.h"
#include "emit/kubernetes/workload.h"

namespace hlab::emit::kubernetes {
namespace {

constexpr std::size_t kLabelSize = 63;
constexpr std::size_t kPortSize = 15;
constexpr std::size_t kKeySize = 253;

bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return is_lower(c) || (c >= 'A' && c <= 'Z'); }
bool in_label(char c) { return is_lower(c) || is_digit(c) || c == '-'; }
bool in_key(char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.'; }

bool is_label(std::string_view name) {
  return !name.empty() && name.size() <= kLabelSize && name.front() != '-' && name.back() != '-' &&
         std::all_of(name.begin(), name.end(), in_label);
}

bool is_port(std::string_view name) {
  return is_label(name) && name.size() <= kPortSize && name.find("--") == std::string_view::npos &&
         std::any_of(name.begin(), name.end(), is_lower);
}

bool is_key(std::string_view name) {
  return !name.empty() && name.size() <= kKeySize && name != "." && !name.starts_with("..") &&
         std::all_of(name.begin(), name.end(), in_key);
}

bool is_variable(std::string_view name) { return is_key(name) && !is_digit(name.front()); }

struct Rule {
  std::string_view field;
  std::string_view what;
  bool (*fits)(std::string_view name);
  std::string_view words;
};

constexpr std::string_view kLabelWords = "small letters, digits and `-`, at most 63 of them";
constexpr Rule kRules[] = {
    {"volume", "a volume", is_label, kLabelWords},
    {"scratch", "a folder", is_label, kLabelWords},
    {"init", "a container", is_label, kLabelWords},
    {"expose", "an endpoint in a cluster", is_label, kLabelWords},
    {"config", "a file of a ConfigMap", is_key, "letters, digits, `-`, `_` and `.`"},
    {"env", "a variable", is_variable, "letters, digits, `-`, `_` and `.`, no digit first"},
};

/// Where the lab names it: the declaration, or the value that has the name.
Span place_of(const View& view, const Value& value) {
  if (value.is(ValueKind::instance)) return view.of(value).declared_at();
  return value.origin.valid() ? view.program().ast->exprs[value.origin].span : view.declared_at();
}

bool ports_fit(const Workload& workload) {
  bool fit = true;
  for (const ContainerPort& port : container_ports(workload.view)) {
    if (is_port(port.name)) continue;
    const auto numbers = workload.view.entries("port");
    const Value& number = numbers[read_origin(port.origin).item].second;
    workload.output.diags.report(
        kUnfitName, place_of(workload.view, number), port.name, "a port",
        "small letters, digits and single `-`, at most 15 of them, and one letter");
    fit = false;
  }
  return fit;
}

bool secrets_fit(const Workload& workload) {
  bool fit = true;
  for (const SecretUse& use : workload.secrets) {
    if (is_label(use.secret.name())) continue;
    workload.output.diags.report(kUnfitName, use.secret.declared_at(), use.secret.name(),
                                 "a secret in a cluster", kLabelWords);
    fit = false;
  }
  return fit;
}

}  // namespace

bool names_fit(const Workload& workload) {
  bool fit = secrets_fit(workload);
  for (const Rule& rule : kRules) {
    for (const auto& [name, value] : workload.view.entries(rule.field)) {
      if (rule.fits(name)) continue;
      workload.output.diags.report(kUnfitName, place_of(workload.view, value), name, rule.what,
                                   rule.words);
      fit = false;
    }
  }
  return ports_fit(workload) && fit;
}

}  // namespace hlab::emit::kubernetes
