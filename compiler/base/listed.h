// Several names in a sentence.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hlab {

/// `a, b and c`.
inline std::string listed(const std::vector<std::string>& names, std::string_view last) {
  std::string out;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) out += i + 1 == names.size() ? " " + std::string(last) + " " : ", ";
    out += names[i];
  }
  return out;
}

}  // namespace hlab
