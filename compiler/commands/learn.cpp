#include <filesystem>

#include <unistd.h>

#include "compiler/commands/commands.h"
#include "compiler/commands/tailnet.h"
#include "compiler/driver/compile.h"
#include "compiler/driver/exit_status.h"
#include "compiler/load/load.h"

namespace hlab::commands {

using driver::check_lab;
using driver::Compilation;
using driver::kFine;
using driver::kSystemFailed;
using driver::kWrongUse;

namespace {

int wrong_use(Console& console, const std::string& text) {
  console.complain("hlab learn: " + text + "\n");
  return kWrongUse;
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    text += (text.empty() ? "" : ", ") + load::printable_name(name);
  }
  return text;
}

void report_misfits(const Learned& learned, Console& console) {
  if (!learned.missing.empty()) {
    console.complain("Not in the tailnet (their leases stay): " + listed(learned.missing) + "\n");
  }
  if (!learned.elsewhere.empty()) {
    console.complain("Only machines that another tailnet shares are called so; not written: " +
                     listed(learned.elsewhere) + "\n");
  }
  if (!learned.outside.empty()) {
    console.complain("Addresses outside the network; not written: " + listed(learned.outside) +
                     "\n");
  }
  if (!learned.doubled.empty()) {
    console.complain("Several machines of the lab would have one address; not written: " +
                     listed(learned.doubled) + "\n");
  }
  if (!learned.ambiguous.empty()) {
    console.complain("Several machines of the tailnet have this name; rename one there: " +
                     listed(learned.ambiguous) + "\n");
  }
  if (!learned.unknown.empty()) {
    console.complain("In the tailnet, not waited for by the lab: " + listed(learned.unknown) +
                     "\n");
  }
}

void print_changes(const lock::LockDifference& changes, Console& console) {
  for (const lock::Lease& lease : changes.added) {
    console.print("+ " + lease.path + " " + lease.value + "\n");
  }
  for (const auto& [before, after] : changes.changed) {
    console.print("~ " + after.path + " " + before.value + " -> " + after.value + "\n");
  }
  if (changes.empty()) console.complain("Nothing new.\n");
}

/// The network meant; null after saying why there is none.
const LearnableNetwork* chosen(const std::vector<LearnableNetwork>& networks,
                               const Options& options, Console& console) {
  std::vector<std::string> names;
  for (const LearnableNetwork& network : networks) {
    if (network.name == options.network) return &network;
    names.push_back(network.name);
  }
  if (options.network.empty() && networks.size() == 1) return &networks.front();
  if (networks.empty())
    wrong_use(console, "no machine of this lab has an address that is `learned`");
  else if (options.network.empty())
    wrong_use(console, "name the network with --network: " + listed(names));
  else
    wrong_use(console, "no machine learns its address in `" + options.network +
                           "`; in these they do: " + listed(names));
  return nullptr;
}

int write_lock(const Compilation& run, const lock::Lock& lock, Console& console) {
  const auto place = std::filesystem::path(run.folder) / lock::kFileName;
  const std::string reason = load::replace_file(place, lock::render(lock));
  if (reason.empty()) return kFine;
  console.complain("hlab learn: cannot write " + load::printable_name(place.string()) + ": " +
                   reason + "\n");
  return kSystemFailed;
}

}  // namespace

int command_learn(const Options& options, Console& console) {
  if (::isatty(0) == 1) {
    return wrong_use(console, "pipe the status in: tailscale status --json | hlab learn");
  }
  Compilation& run = console.keep(check_lab({options.lab, options.locked}));
  show_diagnostics(run.sources, run.diags, options, console);
  if (run.diags.has_errors()) return status_of(run.diags);
  const auto networks = learnable_networks(run);
  const LearnableNetwork* network = chosen(networks, options, console);
  if (network == nullptr) return kWrongUse;
  const InputText input = read_standard_input(64u << 20);
  if (!input.error.empty()) {
    console.complain("hlab learn: cannot read standard input: " + input.error + "\n");
    return kSystemFailed;
  }
  const TailnetStatus status = parse_tailnet(input.text);
  if (!status.error.empty()) return wrong_use(console, status.error);
  const Learned learned = learn(run.lock, *network, status.machines);
  const lock::LockDifference changes = lock::difference(run.lock, learned.lock);
  print_changes(changes, console);
  report_misfits(learned, console);
  return options.dry_run || changes.empty() ? static_cast<int>(kFine)
                                            : write_lock(run, learned.lock, console);
}

}  // namespace hlab::commands
