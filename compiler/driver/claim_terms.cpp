#include "compiler/driver/claim_terms.h"

#include <fmt/format.h>

#include <charconv>
#include <map>
#include <optional>

#include "compiler/driver/tree_objects.h"

namespace hlab::driver {
namespace {

/// `10Gi` in bytes; none of what is written otherwise.
std::optional<double> bytes_of(const std::string& quantity) {
  const std::map<std::string, double, std::less<>> units{
      {"", 1},     {"k", 1e3},   {"M", 1e6},        {"G", 1e9},           {"T", 1e12},
      {"P", 1e15}, {"Ki", 1024}, {"Mi", 1048576.0}, {"Gi", 1073741824.0}, {"Ti", 1099511627776.0}};
  const char* const end = quantity.data() + quantity.size();
  double number = 0;
  const auto [unit_at, problem] = std::from_chars(quantity.data(), end, number);
  const auto unit = units.find(std::string_view(unit_at, static_cast<std::size_t>(end - unit_at)));
  if (problem != std::errc() || unit == units.end()) return std::nullopt;
  return number * unit->second;
}

/// What charts call it, and what Kubernetes does.
std::string either(const YAML::Node& map, const std::string& one, const std::string& other) {
  const std::string text = text_in(map, one);
  return text.empty() ? text_in(map, other) : text;
}

}  // namespace

ClaimTerms claim_terms(const YAML::Node& spec) {
  ClaimTerms out;
  out.storage_class = either(spec, "storageClassName", "storageClass");
  const YAML::Node modes = child_of(spec, "accessModes");
  if (modes && modes.IsSequence() && modes.size() > 0) out.mode = modes[0].as<std::string>("");
  out.size = text_in(child_of(child_of(spec, "resources"), "requests"), "storage");
  if (out.size.empty()) out.size = text_in(spec, "size");
  return out;
}

std::string refused_changes(std::string_view whose, const ClaimTerms& before,
                            const ClaimTerms& now) {
  const auto differ = [](const std::string& a, const std::string& b) {
    return a != b && !a.empty() && !b.empty();
  };
  std::string out;
  if (differ(before.storage_class, now.storage_class))
    out += fmt::format("{} had the storage class `{}`, and has `{}` now.\n", whose,
                       before.storage_class, now.storage_class);
  if (differ(before.mode, now.mode))
    out += fmt::format("{} could be mounted as `{}`, and now as `{}`.\n", whose, before.mode,
                       now.mode);
  const auto had = bytes_of(before.size);
  const auto has = bytes_of(now.size);
  if (had && has && *has < *had)
    out += fmt::format("{} had {}, and has {} now.\n", whose, before.size, now.size);
  return out;
}

}  // namespace hlab::driver
