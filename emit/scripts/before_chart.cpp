#include "emit/scripts/before_chart.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "emit/core/secret_use.h"

namespace hlab::emit {
namespace {

/// Of a file that hlab wrote; "" where it is no object.
std::string_view api_version_of(const OutputFile& file) {
  constexpr std::string_view kKey = "\napiVersion: ";
  const std::string_view text = file.bytes;
  const std::size_t at = text.find(kKey);
  if (at == std::string_view::npos) return "";
  const std::size_t begin = at + kKey.size();
  return text.substr(begin, text.find('\n', begin) - begin);
}

/// Such an object leads to something that only the chart runs.
bool leads_to_chart(std::string_view api_version) {
  return api_version.starts_with("admissionregistration.k8s.io/") ||
         api_version.starts_with("apiregistration.k8s.io/") ||
         api_version.starts_with("networking.k8s.io/");
}

std::string folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return std::string(path.substr(0, slash == std::string_view::npos ? 0 : slash));
}

}  // namespace

BeforeCharts::BeforeCharts(const EmitInput& input, const EmitOutput& output, Layout layout)
    : layout_(std::move(layout)), charts_(input), tree_(output.tree.sorted()) {
  for (const SecretUse& use : secret_uses(input)) {
    if (use.target == SecretTarget::kubernetes)
      secrets_[folder_of(use.output)].push_back(use.output);
  }
}

std::vector<std::string> BeforeCharts::secrets(const model::View& service) const {
  const std::string whole = workload_folder(layout_, service);
  std::vector<std::string> out;
  for (auto at = secrets_.lower_bound(whole); at != secrets_.end() && at->first.starts_with(whole);
       ++at) {
    if (at->first == whole || at->first[whole.size()] == '/')
      out.insert(out.end(), at->second.begin(), at->second.end());
  }
  return out;
}

std::vector<std::string> BeforeCharts::files(const model::View& service) const {
  std::vector<std::string> out = secrets(service);
  const std::string folder = manifests_folder(layout_, service) + "/";
  auto at = std::lower_bound(
      tree_.begin(), tree_.end(), folder,
      [](const OutputFile* file, const std::string& path) { return file->path < path; });
  for (; at != tree_.end() && (*at)->path.starts_with(folder); ++at) {
    const std::string_view api = api_version_of(**at);
    if (!api.empty() && !leads_to_chart(api) && !charts_.follows(service, api))
      out.push_back((*at)->path);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace hlab::emit
