#include "compiler/rules/resources/machine_files.h"

#include <fmt/format.h>

#include <initializer_list>
#include <map>
#include <set>
#include <string>

#include "compiler/model/mount_unit.h"
#include "compiler/rules/loop_rounds.h"

namespace hlab::rules {

using model::View;
using values::Value;
using values::ValueKind;

namespace {

/// Something that stands at a path of a machine.
struct Writing {
  View holder;          // the service, or the disk
  std::string content;  // equal texts are no clash; "" equals nothing
  Span at;
  bool yields = false;  // it is written only where nothing stands
};

/// The text, with whatever stands for secrets in it.
std::string text_with_secrets(const View& holder, const Value& value) {
  if (value.is(ValueKind::instance)) return fmt::format("\x01{}\x01", value.instance);
  if (!value.is(ValueKind::secret_text)) return holder.text_of(value);
  std::string out;
  for (const Value& part : value.list->items) out += text_with_secrets(holder, part);
  return out;
}

std::string quoted(std::string_view name) { return fmt::format("`{}`", name); }

std::string unit_file(std::string_view name) {
  return fmt::format("`/etc/systemd/system/{}`", name);
}

class MachineFiles {
 public:
  MachineFiles(const RuleInput& input, diag::Diagnostics& diags) : input_(input), diags_(diags) {}

  void check() {
    for (const View& node : input_.all("node")) {
      if (node.ref("os").text("family") == "nixos") continue;  // its units are made another way
      for (const auto& [name, disk] : node.held("disk"))
        if (disk.has("mount"))
          write(node, unit_file(model::mount_unit_name(disk.text("mount"))),
                {disk, "", disk.set_at("mount"), false});
    }
    for (const View& service : input_.all("host-service")) {
      if (service.flag("extern")) continue;
      for (const View& node : service.refs("on")) write_all(node, service);
    }
    for (const auto& [holders, clash] : clashes_) tell(clash);
  }

 private:
  void write_all(const View& node, const View& service) {
    for (const auto& [path, file] : service.held("file"))
      write(node, quoted(path),
            {service, "=" + file.text("content"), file.declared_at(), file.flag("once")});
    for (const auto& [path, file] : service.held("secret-file")) {
      const std::string content = "=" + text_with_secrets(file, file.value("content"));
      write(node, quoted(path), {service, content, file.declared_at(), false});
    }
    for (const auto& [path, file] : service.held("download")) {
      std::string from;
      for (const auto& [arch, variant] : file.held("variant")) from += " " + variant.text("url");
      write(node, quoted(path), {service, from, file.declared_at(), false});
    }
    for (const auto& [name, unit] : service.held("unit"))
      write(node, unit_file(name),
            {service, "=" + unit.text("content"), unit.declared_at(), false});
    for (const auto& [path, folder] : service.held("directory"))
      write_traits(node, service, folder, {"owner", "group", "mode"}, quoted(path));
    for (const auto& [name, user] : service.held("user"))
      write_traits(node, service, user, {"home", "shell"}, "the user " + quoted(name));
  }

  /// What is not said of a folder or a user is left as it is, so each trait has a writer of its own.
  void write_traits(const View& node, const View& service, const View& part,
                    std::initializer_list<std::string_view> traits, const std::string& whose) {
    for (const std::string_view trait : traits) {
      if (part.has(trait))
        write(node, fmt::format("the `{}` of {}", trait, whose),
              {service, "=" + part.text(trait), part.set_at(trait), false});
    }
  }

  void write(const View& node, const std::string& path, const Writing& now) {
    const auto [known, fresh] = written_.try_emplace({node.id().index, path}, now);
    if (fresh) return;
    const Writing& first = known->second;
    const bool same = !now.content.empty() && now.content == first.content;
    const bool both_disks = now.holder.is("disk") && first.holder.is("disk");  // a rule of its own
    if (same || both_disks || now.yields || first.yields) return;
    Clash& clash = clashes_[{first.holder.id().index, now.holder.id().index}];
    if (clash.paths.insert(path).second && clash.paths.size() == 1)
      clash = {node, path, first, now, {path}};
  }

  /// Two services that write one file often write several.
  struct Clash {
    View node;
    std::string path;
    Writing first;
    Writing now;
    std::set<std::string> paths;
  };

  void tell(const Clash& clash) {
    const auto& [node, path, first, now, paths] = clash;
    const std::string theirs = fmt::format("`{}`", first.holder.path());
    const std::string mine = first.holder == now.holder ? "itself"
                                                        : fmt::format("`{}`", now.holder.path());
    auto report = diags_.report(kMachineFileTwice, now.at, path, node.name(), theirs, mine);
    report.label(first.at, fmt::format("{} writes it here", theirs));
    tell_rounds(input_, report, rounds_of(first.holder), rounds_of(now.holder));
    std::string others;
    for (const std::string& other : paths) {
      if (other != path) others += (others.empty() ? "" : ", ") + other;
    }
    if (!others.empty()) report.note("so it is with " + others);
  }

  const RuleInput& input_;
  diag::Diagnostics& diags_;
  std::map<std::pair<std::uint32_t, std::string>, Writing> written_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, Clash>
      clashes_;  // by who wrote first, and again
};

}  // namespace

void check_machine_files(const RuleInput& input, diag::Diagnostics& diags) {
  MachineFiles(input, diags).check();
}

}  // namespace hlab::rules
