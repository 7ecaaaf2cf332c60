#include "compiler/model/mount_unit.h"

#include <fmt/format.h>

namespace hlab::model {

namespace {

bool stands_for_itself(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return letter || (c >= '0' && c <= '9') || c == ':' || c == '_' || c == '.';
}

}  // namespace

std::string mount_unit_name(std::string_view folder) {
  std::string out;
  bool slash = false;  // seen, and not written before it is known that something follows
  for (const char c : folder) {
    if (c == '/') {
      slash = true;
      continue;
    }
    if (slash && !out.empty()) out += '-';
    slash = false;
    const bool leading_dot = c == '.' && out.empty();
    if (stands_for_itself(c) && !leading_dot) {
      out += c;
    } else {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    }
  }
  return (out.empty() ? "-" : out) + ".mount";
}

}  // namespace hlab::model
