#include "compiler/diag/join_places.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <tuple>

namespace hlab::diag {
namespace {

/// Code, what is said, how it is mended.
using Mistake = std::tuple<std::string_view, std::string_view, std::string_view, std::string>;

/// The texts that are written instead, whatever stands around them.
std::string mends(const Diagnostic& item) {
  std::string texts;
  for (const Fix& fix : item.fixes) {
    for (const Edit& edit : fix.edits) texts += edit.text + '\0';
    texts += '\n';
  }
  return texts;
}

/// What is needed at a place stands in brackets behind the message, and may be another thing at the next one. A field
/// that a kind lacks those lack too which refine it: where these have the same others it is one.
std::string_view said(const Diagnostic& item) {
  const std::string_view message = item.message;
  const std::size_t lacks = message.find(" has no field ");
  return lacks == std::string_view::npos || item.help.empty()
             ? message.substr(0, message.find(" ("))
             : message.substr(lacks);
}

Mistake mistake(const Diagnostic& item) {
  return {item.info->code, said(item), item.help, mends(item)};
}

/// The first of several places, and the others.
struct Several {
  std::size_t first = 0;  // among what is shown
  Diagnostic* joined = nullptr;
  std::vector<Span> others;
};

void join(Several& several, const Diagnostic& item) {
  several.others.push_back(item.at);
  for (std::size_t i = 0; i < item.fixes.size(); ++i) {
    Fix& whole = several.joined->fixes[i];
    whole.edits.insert(whole.edits.end(), item.fixes[i].edits.begin(), item.fixes[i].edits.end());
    whole.certain = whole.certain && item.fixes[i].certain;
  }
}

}  // namespace

void show_places(Diagnostic& mistake, const std::vector<Span>& others) {
  const std::size_t shown = std::min(others.size(), kMostPlaces);
  for (std::size_t i = 0; i < shown; ++i) mistake.labels.push_back({others[i], "and here"});
  if (shown < others.size())
    mistake.notes.push_back(fmt::format("and in {} more places", others.size() - shown));
}

Joined join_places(const std::vector<const Diagnostic*>& sorted) {
  Joined out;
  std::map<Mistake, Several> known;
  for (const Diagnostic* item : sorted) {
    if (!item->info->joins_places || !item->at.valid()) {
      out.items.push_back(item);
      continue;
    }
    const auto [at, fresh] = known.try_emplace(mistake(*item));
    Several& several = at->second;
    if (fresh) {
      several.first = out.items.size();
      out.items.push_back(item);
      continue;
    }
    if (several.joined == nullptr) {
      several.joined = &out.several.emplace_back(*out.items[several.first]);
      out.items[several.first] = several.joined;
    }
    join(several, *item);
  }
  for (const auto& [_, several] : known) {
    if (several.joined != nullptr) show_places(*several.joined, several.others);
  }
  return out;
}

}  // namespace hlab::diag
