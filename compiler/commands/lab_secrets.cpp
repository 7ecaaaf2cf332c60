#include "compiler/commands/lab_secrets.h"

#include <algorithm>

#include "compiler/driver/lab_files.h"

namespace hlab::commands {
namespace {

bool has_file(const LabSecret& of, const std::string& source) {
  return std::any_of(of.uses.begin(), of.uses.end(),
                     [&](const emit::SecretUse& use) { return use.source == source; });
}

}  // namespace

std::vector<LabSecret> lab_secrets(const driver::Compilation& run) {
  const auto lab_file = driver::lab_file_reader(run.loaded.root);
  const emit::EmitInput input{run.program, run.lab, run.graph, run.sources, lab_file};
  std::vector<LabSecret> out;
  for (const model::View& secret : model::all(run.program, run.lab, "secret")) {
    if (!secret.is("secret-key")) out.push_back({secret, {}, {}, {}});
  }
  const auto find = [&](const model::View& secret) {
    return std::find_if(out.begin(), out.end(),
                        [&](const LabSecret& one) { return one.secret == secret; });
  };
  for (const emit::SecretUse& use : emit::secret_uses(input)) {
    const auto at = find(use.secret);
    if (at == out.end() || has_file(*at, use.source)) continue;
    at->uses.push_back(use);
    at->exists.push_back(lab_file(use.source).has_value());
  }
  for (const emit::SecretUse& use : emit::extern_secret_uses(input)) {
    const auto at = find(use.secret);
    if (at == out.end()) continue;
    for (const model::View& user : use.users) at->users.insert(user.path());
  }
  return out;
}

}  // namespace hlab::commands
