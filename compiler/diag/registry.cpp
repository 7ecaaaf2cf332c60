#include "compiler/diag/registry.h"

#include <algorithm>
#include <string>

#include "compiler/diag/suggest.h"

namespace hlab::diag {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// `hl0302` and `0302` become `HL0302`; a name stays as it is.
std::string canonical(std::string_view text) {
  const bool digits = !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
  if (digits) return "HL" + std::string(text);
  std::string result(text);
  if (text.size() > 2 && is_digit(text[2]) && (text[0] | 0x20) == 'h' && (text[1] | 0x20) == 'l') {
    result[0] = 'H';
    result[1] = 'L';
  }
  return result;
}

}  // namespace

void Registry::add_all(std::span<const DiagInfo* const> infos) {
  infos_.insert(infos_.end(), infos.begin(), infos.end());
}

const DiagInfo* Registry::find(std::string_view code_or_name) const {
  const std::string wanted = canonical(code_or_name);
  const auto found = std::find_if(infos_.begin(), infos_.end(), [&](const DiagInfo* info) {
    return info->code == wanted || info->name == wanted;
  });
  return found == infos_.end() ? nullptr : *found;
}

std::vector<const DiagInfo*> Registry::sorted() const {
  std::vector<const DiagInfo*> all = infos_;
  std::stable_sort(all.begin(), all.end(),
                   [](const auto* a, const auto* b) { return a->code < b->code; });
  return all;
}

Near Registry::nearest(std::string_view code_or_name) const {
  std::vector<std::string_view> candidates;
  for (const DiagInfo* info : sorted()) {
    candidates.push_back(info->code);
    candidates.push_back(info->name);
  }
  return closest(canonical(code_or_name), candidates);
}

std::vector<std::string_view> Registry::declared_twice() const {
  std::vector<std::string_view> all;
  for (const DiagInfo* info : infos_) {
    all.push_back(info->code);
    all.push_back(info->name);
  }
  std::sort(all.begin(), all.end());
  std::vector<std::string_view> twice;
  for (std::size_t i = 1; i < all.size(); ++i) {
    if (all[i] == all[i - 1] && (twice.empty() || twice.back() != all[i])) twice.push_back(all[i]);
  }
  return twice;
}

}  // namespace hlab::diag
