#include "compiler/driver/packages.h"

#include <fmt/format.h>

#include "compiler/base/lock_pools.h"
#include "compiler/base/sha256.h"
#include "compiler/driver/lab_files.h"
#include "compiler/driver/module_diags.h"

namespace hlab::driver {

std::string package_digest(const Compilation& run, const std::string& name) {
  std::string lines;
  const std::string folder = "packages/" + name + "/";
  for (const emit::FoundFile& file : lab_files(run.loaded.root, folder + "**")) {
    lines += fmt::format("{}  {}\n", to_hex(sha256(file.bytes)), file.path.substr(folder.size()));
  }
  return "sha256:" + to_hex(sha256(lines));
}

void check_packages(Compilation& run, bool accept) {
  const lock::Lock& known = run.site.empty() ? run.lock : run.lock_of_lab;
  for (auto& [name, digest] : run.packages) {
    digest = package_digest(run, name);
    const lock::Lease* lease = known.find(kPackagePool, name);
    if (accept || lease == nullptr || lease->value == digest) continue;
    run.diags.report(kPackageChanged, lease->span, name)
        .note(fmt::format("it is {} now", digest))
        .help(fmt::format("look at what has changed; `hlab update {}` takes it as it is", name));
  }
}

}  // namespace hlab::driver
