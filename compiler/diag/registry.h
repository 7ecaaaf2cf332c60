// Every diagnostic that this binary can raise, found by code or by name. Each stage lists its own; the
// driver joins the lists once, and adds the rules that the library declares in the language.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "compiler/diag/diag.h"
#include "compiler/diag/suggest.h"

namespace hlab::diag {

class Registry {
 public:
  /// `info` outlives the registry.
  void add(const DiagInfo& info) { infos_.push_back(&info); }
  void add_all(std::span<const DiagInfo* const> infos);

  /// By code (`HL0302`, `hl0302`, `0302`) or by name; none when nobody declares it.
  [[nodiscard]] const DiagInfo* find(std::string_view code_or_name) const;
  /// Sorted by code.
  [[nodiscard]] std::vector<const DiagInfo*> sorted() const;
  /// The code or name nearest to a wrong one, or "".
  [[nodiscard]] Near nearest(std::string_view code_or_name) const;
  /// Codes and names that two declarations share; empty in a sound binary, which a test asserts.
  [[nodiscard]] std::vector<std::string_view> declared_twice() const;

 private:
  std::vector<const DiagInfo*> infos_;
};

[[nodiscard]] constexpr std::string_view severity_name(Severity severity) {
  return severity == Severity::error ? "error" : "warning";
}

}  // namespace hlab::diag
