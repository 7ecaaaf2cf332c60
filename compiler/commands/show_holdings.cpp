#include "compiler/commands/show_holdings.h"

#include <fmt/format.h>

#include <algorithm>

#include "compiler/inspect/holdings.h"
#include "compiler/values/scalar_text.h"

namespace hlab::commands {
namespace {

using inspect::HeldAmount;
using inspect::HeldDisk;
using inspect::HeldService;
using inspect::Holdings;

std::string amount_text(const HeldAmount& amount, std::int64_t value) {
  const std::string sign = value < 0 ? "-" : "";
  const std::int64_t size = value < 0 ? -value : value;
  return sign + (amount.name == "memory" ? values::bytes_text(size) : values::cpu_text(size));
}

std::string port_text(const model::View& port) {
  return fmt::format("{}/{}", port.number("port"), port.text("protocol"));
}

std::string line_of(const HeldService& one) {
  std::string needs;
  if (one.memory > 0 || one.cpu > 0)
    needs = fmt::format("  {}, {}", values::bytes_text(one.memory), values::cpu_text(one.cpu));
  if (one.pods > 1) needs += fmt::format(" each of {}", one.pods);
  return fmt::format("    {}{}\n", one.service.path(), needs);
}

std::string services_text(const Holdings& holdings, bool must) {
  std::string out;
  for (const HeldService& one : holdings.services) {
    if (one.must == must) out += line_of(one);
  }
  if (out.empty()) return "";
  return fmt::format("  {}\n{}", must ? "must run here" : "may run here", out);
}

std::string disk_text(const HeldDisk& held) {
  std::string out = fmt::format("    {}", held.disk.name());
  if (held.disk.has("size")) out += "  " + held.disk.text("size");
  if (!held.storage) return out + "\n";
  out += fmt::format("  for {}", held.storage.path());
  if (held.asked > 0)
    out += fmt::format(", whose volumes ask for {}", values::bytes_text(held.asked));
  if (held.has > 0) out += fmt::format(" of {} on all disks", values::bytes_text(held.has));
  return out + "\n";
}

std::string left_text(const HeldAmount& amount) {
  std::string out = fmt::format("    {:<6}  {} of {}", amount.name,
                                amount_text(amount, amount.left()),
                                amount_text(amount, amount.has));
  std::string gone;
  if (amount.reserve > 0) gone = amount_text(amount, amount.reserve) + " for the system";
  if (amount.must > 0)
    gone += (gone.empty() ? "" : ", ") + amount_text(amount, amount.must) +
            " for what must run here";
  if (!gone.empty()) out += fmt::format("  (less {})", gone);
  if (amount.may > 0)
    out += fmt::format("; what may run here asks for {}", amount_text(amount, amount.may));
  return out + "\n";
}

}  // namespace

std::string holdings_text(const model::View& node) {
  const Holdings holdings = inspect::holdings_of(node);
  std::string out = services_text(holdings, true) + services_text(holdings, false);
  if (!holdings.ports.empty() || !holdings.others.empty()) {
    out += "  ports\n";
    for (const auto& held : holdings.others)
      out += fmt::format("    {}/{}  {}\n", held.port.number, held.port.udp ? "udp" : "tcp",
                         held.what);
    for (const auto& held : holdings.ports)
      out += fmt::format("    {}  {}: {}\n", port_text(held.port), held.service.path(),
                         held.port.text("purpose"));
  }
  if (!holdings.volumes.empty()) {
    out += "  volumes of what must run here\n";
    for (const auto& volume : holdings.volumes)
      out += fmt::format("    {}  {}\n", volume.path(), volume.text("size"));
  }
  if (!holdings.disks.empty()) {
    out += "  disks\n";
    for (const HeldDisk& held : holdings.disks) out += disk_text(held);
  }
  out += "  left\n";
  for (const HeldAmount& amount : holdings.amounts) out += left_text(amount);
  return out;
}

void put_holdings(emit::Doc& doc, const model::View& node) {
  const Holdings holdings = inspect::holdings_of(node);
  doc.open_map();
  doc.key("services");
  doc.open_seq();
  for (const HeldService& one : holdings.services) {
    doc.open_map();
    doc.entry("path", one.service.path());
    doc.entry("must", one.must);
    doc.entry("pods", static_cast<std::int64_t>(one.pods));
    doc.entry("memory", one.memory);
    doc.entry("cpu", one.cpu);
    doc.close();
  }
  doc.close();
  doc.key("ports");
  doc.open_seq();
  for (const auto& held : holdings.others) {
    doc.open_map();
    doc.entry("port", held.port.number);
    doc.entry("protocol", held.port.udp ? "udp" : "tcp");
    doc.entry("by", held.what);
    doc.close();
  }
  for (const auto& held : holdings.ports) {
    doc.open_map();
    doc.entry("port", held.port.number("port"));
    doc.entry("protocol", held.port.text("protocol"));
    doc.entry("service", held.service.path());
    doc.close();
  }
  doc.close();
  doc.key("volumes");
  doc.open_seq();
  for (const auto& volume : holdings.volumes) doc.item(volume.path());
  doc.close();
  doc.key("disks");
  doc.open_seq();
  for (const HeldDisk& held : holdings.disks) {
    doc.open_map();
    doc.entry("path", held.disk.path());
    doc.entry("size", held.disk.number("size"));
    if (held.storage) doc.entry("storage", held.storage.path());
    doc.entry("asked", held.asked);
    doc.entry("has", held.has);
    doc.close();
  }
  doc.close();
  for (const HeldAmount& amount : holdings.amounts) {
    doc.key(amount.name);
    doc.open_map();
    doc.entry("has", amount.has);
    doc.entry("reserve", amount.reserve);
    doc.entry("must", amount.must);
    doc.entry("may", amount.may);
    doc.entry("left", amount.left());
    doc.close();
  }
  doc.close();
}

}  // namespace hlab::commands
