// What one `gitops` deploys, collected once.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "emit/core/document.h"
#include "emit/core/emitter.h"
#include "emit/core/layout.h"
#include "emit/gitops/deployed.h"

namespace hlab::emit::argocd {

using model::View;
using values::Value;
using values::ValueKind;

struct Deployed : gitops::Deployed {
  std::int64_t wave = 0;
};

struct Plan {
  const EmitInput& input;
  EmitOutput& output;
  ClusterLayout folders;
  View gitops;
  std::string repo;
  std::string branch;
  std::string nspace;  // of the Applications
  std::vector<Deployed> services;
};

std::vector<Plan> plans(const EmitInput& input, EmitOutput& output);

void emit_application(const Plan& plan, const Deployed& deployed);
void emit_projects(const Plan& plan);
void emit_root(const Plan& plan);
void emit_values(const EmitInput& input, EmitOutput& output, const Layout& layout);

/// `metadata` and all before it; the object stays open.
void open_object(Doc& doc, const Plan& plan, std::string_view kind, std::string_view name,
                 std::int64_t wave, bool delete_with_it = false, Origin named = kNoOrigin);
/// The same for objects without a wave.
void open_object(Doc& doc, const Plan& plan, std::string_view kind, std::string_view name);
void put_destination(Doc& doc, std::string_view nspace, Origin origin = kNoOrigin);
void put_automation(Doc& doc);
void put_retry(Doc& doc);
/// A repository of charts as Argo CD names it.
std::string chart_repository(const View& service);

}  // namespace hlab::emit::argocd
