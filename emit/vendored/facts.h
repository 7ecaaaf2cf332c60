// What `hlab vendor` brought: digests and platforms stand in hlab.lock, what is large below `vendor/`.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/lock/lock.h"
#include "compiler/model/view.h"
#include "compiler/source/source_map.h"

namespace hlab::emit {

/// `vendor/charts/NAME-VERSION.json`, `vendor/crds/GROUP/VERSION/Kind.json`.
[[nodiscard]] std::string chart_file(std::string_view name, std::string_view version);
[[nodiscard]] std::string crd_file(std::string_view api, std::string_view kind);
/// The paths of their entries in the lock: `NAME@VERSION`, `GROUP/VERSION/Kind`.
[[nodiscard]] std::string chart_key(std::string_view name, std::string_view version);
[[nodiscard]] std::string crd_key(std::string_view api, std::string_view kind);

/// What the images of the lab are built for, by image, where `hlab vendor` brought it.
[[nodiscard]] std::map<std::string, std::vector<std::string>> vendored_platforms(
    const lock::Lock& lock);

struct VendoredInput {
  const program::Program& program;
  const program::Lab& lab;
  const SourceMap& sources;
  const lock::Lock& lock;
  std::function<std::optional<std::string>(std::string_view relative)> lab_file;
};

/// Values of charts and objects against their vendored schemas.
void check_vendored(const VendoredInput& input, diag::Diagnostics& diags);

}  // namespace hlab::emit
