// What one Flux brings, collected once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emit/core/document.h"
#include "emit/core/emitter.h"
#include "emit/core/layout.h"
#include "emit/gitops/deployed.h"

namespace hlab::emit::flux {

using gitops::Deployed;
using model::View;

/// Where Flux keeps itself; `flux bootstrap` makes it, with the source and the Kustomization of that name.
inline constexpr std::string_view kSpace = "flux-system";

struct Plan {
  const EmitInput& input;
  EmitOutput& output;
  Layout layout;
  View gitops;
  std::string path;      // where Flux begins to read
  std::string interval;  // in the words of Go
  std::vector<Deployed> services;
};

/// HelmRepository and HelmRelease of every chart, beside the manifests of its service.
void emit_releases(const EmitInput& input, EmitOutput& output, const View& gitops);
void emit_namespaces(const Plan& plan);
void emit_kustomizations(const Plan& plan);

/// Before `spec`, which is opened.
void open_object(Doc& doc, std::string_view api, std::string_view kind, std::string_view name,
                 std::string_view nspace);

}  // namespace hlab::emit::flux
