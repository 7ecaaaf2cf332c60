// The patterns of schemas: Go's, as far as ours read them alike.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "compiler/values/pattern.h"

namespace hlab::emit {

class SchemaPatterns {
 public:
  /// Whether a part of the text is as the pattern says; nothing where that cannot be said for sure.
  [[nodiscard]] std::optional<bool> found_in(std::string_view text, const std::string& pattern);

 private:
  std::map<std::string, std::optional<values::Pattern>> compiled_;  // none: not read alike
};

}  // namespace hlab::emit
