#include "compiler/commands/list_ways_out.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <tuple>

#include "compiler/base/lock_pools.h"
#include "compiler/diag/article.h"
#include "compiler/driver/compile.h"
#include "compiler/model/view.h"
#include "emit/vendored/facts.h"

namespace hlab::commands {

using driver::Compilation;

namespace {

using model::View;

struct RawField {
  std::string_view kind;
  std::string_view field;
  std::string_view note;
};

constexpr RawField kRawFields[] = {
    {"workload", "objects", "objects of a service, checked where their definition is vendored"},
    {"workload", "cluster-objects",
     "objects of the cluster, checked where their definition is vendored"},
    {"node", "ansible", "further Ansible variables, unchecked"},
    {"node", "nix", "further NixOS text, unchecked"},
    {"k3s", "server-config", "further options of K3s, their names checked"},
    {"k3s", "agent-config", "further options of K3s, their names checked"},
};

class Finder {
 public:
  explicit Finder(const Compilation& run) : run_(run) {}

  std::vector<WayOut> find() {
    for (const View& object : all("object")) own_words(object);
    for (const View& patch : all("patch")) {
      add(patch.path(), patch.declared_at(), "a change to " + patch.text("target"),
          patch.text("reason"));
    }
    for (const View& foreign : all("foreign")) {
      add(foreign.path(), foreign.declared_at(),
          foreign.has("path") ? "written by hand: " + foreign.text("path")
                              : "a machine that somebody else sets up",
          "");
    }
    for (const View& file : all("file")) {
      if (file.has("content"))
        add(file.path(), file.declared_at(), "a text as it stands, unchecked", "");
    }
    for (const View& secret : all("secret")) {
      if (secret.flag("extern"))
        add(secret.path(), secret.declared_at(), "something else puts it into the cluster", "");
    }
    for (const View& service : all("workload")) service_of(service);
    for (const RawField& raw : kRawFields) {
      for (const View& view : all(raw.kind)) field(view, raw.field, std::string(raw.note));
    }
    std::stable_sort(found_.begin(), found_.end(), [](const WayOut& a, const WayOut& b) {
      return std::tuple(a.at.file.index, a.at.begin) < std::tuple(b.at.file.index, b.at.begin);
    });
    return std::move(found_);
  }

 private:
  [[nodiscard]] std::vector<View> all(std::string_view kind) const {
    return model::all(run_.program, run_.lab, kind);
  }

  void add(std::string what, Span at, std::string note, std::string reason) {
    found_.push_back({std::move(what), at, std::move(note), std::move(reason)});
  }

  void own_words(const View& object) {
    const std::string key = emit::crd_key(object.text("api"), object.text("type"));
    const bool known = run_.lock.find(kCrdPool, key) != nullptr;
    add(object.path(), object.declared_at(),
        fmt::format("{}, {}", diag::with_article(object.text("type")),
                    known ? "checked against its vendored definition"
                          : "unchecked: its definition is not vendored"),
        object.text("reason"));
  }

  void service_of(const View& service) {
    if (service.flag("extern"))
      add(service.path(), service.declared_at(), "somebody else runs it", "");
    if (service.is("manifests"))
      field(service, "from", "files as they are: " + service.text("from"));
    if (!service.is("helm")) return;
    const View chart = service.ref("chart");
    const std::string key = emit::chart_key(chart.text("name"), chart.text("version"));
    const bool known = run_.lock.find(kChartPool, key) != nullptr;
    field(service, "values",
          fmt::format("values of chart {}, {}", key,
                      known ? "checked against its vendored schema"
                            : "unchecked: its schema is not vendored"));
  }

  void field(const View& view, std::string_view name, std::string note) {
    if (const auto at = set_in_lab(view, name)) {
      add(fmt::format("{}.{}", view.path(), name), *at, std::move(note), "");
    }
  }

  /// Where the lab itself gives the field a value, or a part of it.
  [[nodiscard]] std::optional<Span> set_in_lab(const View& view, std::string_view name) const {
    const Symbol symbol = run_.symbols.find(name);
    const auto& instance = run_.lab.instances[view.id()];
    const std::uint32_t index = symbol ? run_.program.field(instance.kind, symbol)
                                       : program::kNoField;
    if (index == program::kNoField) return std::nullopt;
    const program::Slot& slot = run_.lab.slot(view.id(), index);
    if (const auto at = of_lab(slot.set_by)) return at;
    for (const program::Fragment& fragment : slot.fragments) {
      if (const auto at = of_lab(fragment.entry)) return at;
    }
    for (const program::MapEntry& entry : slot.entries) {
      if (entry.span.valid() && !run_.sources.file(entry.span.file).is_library) return entry.span;
    }
    return std::nullopt;
  }

  [[nodiscard]] std::optional<Span> of_lab(syntax::EntryId entry) const {
    if (!entry.valid()) return std::nullopt;
    const Span at = run_.ast.entries[entry].span;
    if (!at.valid() || run_.sources.file(at.file).is_library) return std::nullopt;
    return at;
  }

  const Compilation& run_;
  std::vector<WayOut> found_;
};

}  // namespace

std::vector<WayOut> ways_out(const Compilation& run) { return Finder(run).find(); }

}  // namespace hlab::commands
