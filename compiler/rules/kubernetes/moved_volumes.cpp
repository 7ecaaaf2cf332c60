#include "compiler/rules/kubernetes/moved_volumes.h"

#include <fmt/format.h>

#include <algorithm>

namespace hlab::rules {

using model::View;

namespace {

bool is_planned(const View& view) { return view.lab().instances[view.top().id()].planned; }

/// Whether its claim has the name that it would have without saying one.
bool renames_claim(const View& volume) {
  return volume.text("claim") == fmt::format("{}-{}", volume.owner().name(), volume.name());
}

/// Those whose claims hlab writes.
std::vector<std::pair<std::string_view, View>> claimed_volumes(const View& service) {
  auto out = service.held("volume");
  std::erase_if(out, [](const auto& one) { return one.second.text("claimed-by") != "hlab"; });
  return out;
}

}  // namespace

void check_moved_volumes(const View& moved, std::string_view old, Span at,
                         diag::Diagnostics& diags) {
  if (is_planned(moved)) return;
  if (moved.is("volume")) {
    if (!moved.owner().is("workload") || moved.text("claimed-by") != "hlab") return;
    if (!renames_claim(moved)) return;
    diags.report(kMovedWithoutData, at, moved.path(), old)
        .help(fmt::format("`claim = \"{}-{}\"` keeps it", moved.owner().name(), old));
    return;
  }
  if (!moved.is("workload") || moved.flag("extern")) return;
  const auto volumes = claimed_volumes(moved);
  if (volumes.empty()) return;
  const bool claims = std::none_of(volumes.begin(), volumes.end(),
                                   [](const auto& one) { return renames_claim(one.second); });
  const bool in_place = moved.text("namespace") != moved.name();
  if (claims && in_place) return;
  auto report = diags.report(kMovedWithoutData, at, moved.path(), old);
  std::string keep = in_place ? "" : fmt::format("`namespace = \"{}\"`", old);
  for (const auto& [name, volume] : volumes) {
    if (!renames_claim(volume)) continue;
    keep += fmt::format("{}`volume.{}.claim = \"{}-{}\"`", keep.empty() ? "" : ", ", name, old,
                        name);
  }
  report.help("with " + keep + " it goes on with its data");
}

}  // namespace hlab::rules
