#include "compiler/rules/kubernetes/moved_volumes.h"

#include <fmt/format.h>

#include <algorithm>

namespace hlab::rules {

using model::View;

namespace {

bool is_planned(const View& view) { return view.lab().instances[view.top().id()].planned; }

}  // namespace

void check_moved_volumes(const View& moved, std::string_view old, Span at,
                         diag::Diagnostics& diags) {
  if (is_planned(moved)) return;
  if (moved.is("volume")) {
    if (moved.has("claim") || !moved.owner().is("workload")) return;
    diags.report(kMovedWithoutData, at, moved.path(), old)
        .help(fmt::format("`claim = \"{}-{}\"` keeps it", moved.owner().name(), old));
    return;
  }
  const auto volumes = moved.held("volume");
  if (!moved.is("container") || volumes.empty() || moved.flag("extern")) return;
  const bool claims = std::all_of(volumes.begin(), volumes.end(),
                                  [](const auto& one) { return one.second.has("claim"); });
  const bool in_place = moved.text("namespace") != moved.name();
  if (claims && in_place) return;
  auto report = diags.report(kMovedWithoutData, at, moved.path(), old);
  std::string keep = in_place ? "" : fmt::format("`namespace = \"{}\"`", old);
  for (const auto& [name, volume] : volumes) {
    if (volume.has("claim")) continue;
    keep += fmt::format("{}`volume.{}.claim = \"{}-{}\"`", keep.empty() ? "" : ", ", name, old,
                        name);
  }
  report.help("with " + keep + " it goes on with its data");
}

}  // namespace hlab::rules
