// What Kubernetes keeps of a claim as it was when the claim was made.
#pragma once

#include <yaml-cpp/yaml.h>

#include <string>
#include <string_view>

namespace hlab::driver {

struct ClaimTerms {
  std::string storage_class;
  std::string mode;
  std::string size;
};

/// Of the `spec` of a claim, and of what charts and operators make one from.
[[nodiscard]] ClaimTerms claim_terms(const YAML::Node& spec);

/// What became of them that is refused of a claim that is there, a line each; `whose` begins it. A term that was not said, or is
/// not, is none of it.
[[nodiscard]] std::string refused_changes(std::string_view whose, const ClaimTerms& before,
                                          const ClaimTerms& now);

}  // namespace hlab::driver
