// What is found in a site or test, as it is told there.
#pragma once

#include <set>
#include <string_view>
#include <tuple>
#include <vector>

#include "compiler/driver/compile.h"

namespace hlab::driver {

/// What a run has found, by place, code and words.
class KnownFindings {
 public:
  explicit KnownFindings(const diag::Diagnostics& diags);
  /// Whether one of them tells the same of the same place.
  [[nodiscard]] bool have(const diag::Diagnostic& item) const;

 private:
  using Told =
      std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::string_view, std::string_view>;
  static Told told(const diag::Diagnostic& item);
  std::set<Told> told_;
};

/// Of what `run`, the lab varied by `variations`, finds and `base` has not: what only the lab uses is no fault of the
/// site, and a mend does not change the lab for it.
void own_findings(const Compilation& base, Compilation& run,
                  const std::vector<syntax::EntryId>& variations);

/// The one of the variations, in the order of the source, in which the place lies; else the first.
[[nodiscard]] syntax::EntryId variation_at(const syntax::Ast& ast,
                                           const std::vector<syntax::EntryId>& variations, Span at);

}  // namespace hlab::driver
