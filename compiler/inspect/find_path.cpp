// From a path as a person writes it to what it names.
#include <fmt/format.h>

#include <algorithm>

#include "compiler/diag/suggest.h"
#include "compiler/inspect/outline.h"
#include "compiler/inspect/reference.h"
#include "compiler/inspect/value_text.h"

namespace hlab::inspect {

using model::View;
using program::InstanceId;
using values::ValueKind;

std::optional<std::vector<std::string>> path_names(std::string_view path) {
  std::vector<std::string> names(1);
  bool quoted = false;
  for (const char c : path) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == '.' && !quoted) {
      names.emplace_back();
    } else {
      names.back() += c;
    }
  }
  const bool empty = std::any_of(names.begin(), names.end(),
                                 [](const auto& n) { return n.empty(); });
  if (quoted || empty) return std::nullopt;
  return names;
}

namespace {

class Finder {
 public:
  Finder(const program::Program& program, const program::Lab& lab) : program_(program), lab_(lab) {
    for (std::uint32_t i = 0; i < lab.instances.size(); ++i) {
      const program::Instance& one = lab.instances[InstanceId(i)];
      if (one.owner.valid() || !one.name.valid() || !one.entry.valid()) continue;
      if (program.modules[one.module].library) continue;
      top_.emplace_back(program, lab, InstanceId(i));
    }
  }

  Found find(std::string_view path) {
    for (const View& view : top_) {
      if (view.path() == path) return whole({view});
    }
    const auto names = path_names(path);
    if (!names) return missing(path, "", {});
    const auto [instances, used] = declared(*names);
    if (instances.empty()) return missing_at_top(*names);
    Found found;
    for (const View& view : instances) {
      if (!select(view, *names, used, found)) return found;
    }
    return found;
  }

 private:
  Found whole(const std::vector<View>& views) {
    Found found;
    for (const View& view : views) found.selections.push_back({view, outline(view)});
    return found;
  }

  static Found missing(std::string_view name, std::string within,
                       const std::vector<std::string_view>& names) {
    Found found;
    found.missing = name;
    found.within = std::move(within);
    found.near = diag::closest(name, names);
    return found;
  }

  /// `node.pi5`: the kind may be the one at the beginning or one that it refines to.
  [[nodiscard]] static bool is_of(const View& view, std::string_view kind) {
    const auto& chain = view.program().kinds[view.lab().instances[view.id()].kind].chain;
    return std::any_of(chain.begin(), chain.end(), [&](program::KindId id) {
      return view.program().text(view.program().kinds[id].name) == kind;
    });
  }

  /// The declarations that the first names mean, and how many names that took.
  [[nodiscard]] std::pair<std::vector<View>, std::size_t> declared(
      const std::vector<std::string>& names) const {
    std::vector<View> found;
    const auto keep = [&](const auto& fits) {
      std::copy_if(top_.begin(), top_.end(), std::back_inserter(found), fits);
      return !found.empty();
    };
    if (names.size() > 1 &&
        keep([&](const View& v) { return v.name() == names[1] && is_of(v, names[0]); }))
      return {found, 2};
    if (keep([&](const View& v) { return v.name() == names[0]; })) return {found, 1};
    for (const program::Group& group : lab_.groups) {
      if (program_.text(group.name) != names[0]) continue;
      for (const InstanceId id : group.members) {
        if (!lab_.instances[id].planned) found.emplace_back(program_, lab_, id);
      }
      return {found, 1};
    }
    if (names.size() == 1 &&
        keep([&](const View& v) { return !lab_.instances[v.id()].gone && is_of(v, names[0]); }))
      return {found, 1};
    if (names[0] == "lab" && keep([](const View& v) { return v.is("lab"); })) return {found, 1};
    found = all_of_kind(names);
    if (!found.empty()) return {found, names.size()};
    return behind_module(names);
  }

  /// Those of a kind of a module, and those that lie in others: volumes, endpoints.
  [[nodiscard]] std::vector<View> all_of_kind(const std::vector<std::string>& names) const {
    std::vector<View> found;
    const program::KindId kind = find_kind(program_, fmt::format("{}", fmt::join(names, ".")));
    if (!kind || kind.index >= lab_.by_kind.size()) return found;
    for (const InstanceId id : lab_.by_kind[kind.index]) {
      if (!program_.modules[lab_.instances[id].module].library)
        found.emplace_back(program_, lab_, id);
    }
    return found;
  }

  /// `office.high`, `office.shelf.high`; behind a kind of the module what others declare of it too.
  [[nodiscard]] std::pair<std::vector<View>, std::size_t> behind_module(
      const std::vector<std::string>& names) const {
    const program::ModuleId module = find_module(program_, names[0]);
    if (!module || program_.modules[module].library || names.size() < 2) return {{}, 0};
    std::vector<View> found;
    const auto keep = [&](std::size_t name, const auto& fits) {
      std::copy_if(top_.begin(), top_.end(), std::back_inserter(found),
                   [&](const View& v) { return v.name() == names[name] && fits(v); });
      return !found.empty();
    };
    const auto is_here = [&](const View& v) { return lab_.instances[v.id()].module == module; };
    const program::KindId kind = find_kind(program_, names[0] + "." + names[1]);
    const auto is_of_kind = [&](const View& v) {
      return kind ? program_.is_kind(lab_.instances[v.id()].kind, kind)
                  : is_here(v) && is_of(v, names[1]);
    };
    if (names.size() > 2 && keep(2, is_of_kind)) return {found, 3};
    if (keep(1, is_here)) return {found, 2};
    return {{}, 0};
  }

  [[nodiscard]] Found missing_at_top(const std::vector<std::string>& names) const {
    std::vector<std::string_view> of_kind, of_module, all;
    const program::ModuleId module = find_module(program_, names[0]);
    for (const View& view : top_) {
      all.push_back(view.name());
      if (lab_.instances[view.id()].module == module) of_module.push_back(view.name());
      if (names.size() > 1 && is_of(view, names[0])) of_kind.push_back(view.name());
    }
    for (const program::Group& group : lab_.groups) all.push_back(program_.text(group.name));
    if (names.size() > 1 && !of_module.empty())
      return missing(names[1], "`" + names[0] + "`", of_module);
    if (!of_kind.empty()) return missing(names[1], "`" + names[0] + "`", of_kind);
    return missing(names[0], "", all);
  }

  /// The lines of `view` under the names from `used` on. False where there are none: `found` says so.
  bool select(const View& view, const std::vector<std::string>& names, std::size_t used,
              Found& found) {
    std::vector<OutlineLine> lines = outline(view);
    if (used == names.size()) {
      found.selections.push_back({view, std::move(lines)});
      return true;
    }
    std::string path;
    for (; used < names.size(); ++used) {
      const std::string above = path.empty() ? "" : path + ".";
      std::string next = above + key_text(names[used]);
      if (under(lines, next).empty()) next = above + today(view, lines, path, names[used]);
      if (under(lines, next).empty()) return inside(view, lines, path, names, used, found);
      path = next;
    }
    found.selections.push_back({view, under(lines, path), true});
    return true;
  }

  /// What the field is called now that an old name means, in what lies at `path`; else the name itself.
  [[nodiscard]] std::string today(const View& view, const std::vector<OutlineLine>& lines,
                                  const std::string& path, const std::string& name) const {
    const Symbol symbol = program_.symbols->find(name);
    View holder = view;
    for (const OutlineLine& line : lines) {
      if (!path.empty() && line.path == path) holder = line.holds ? view.of(line.value) : View();
    }
    if (!symbol || !holder) return key_text(name);
    const program::KindId kind = lab_.instances[holder.id()].kind;
    const std::uint32_t field = program_.field(kind, symbol);
    if (field == program::kNoField) return key_text(name);
    return std::string(program_.text(program_.kinds[kind].fields[field].name));
  }

  [[nodiscard]] static std::vector<OutlineLine> under(const std::vector<OutlineLine>& lines,
                                                      const std::string& path) {
    std::vector<OutlineLine> out;
    std::copy_if(lines.begin(), lines.end(), std::back_inserter(out), [&](const OutlineLine& line) {
      return line.path == path || line.path.starts_with(path + ".");
    });
    return out;
  }

  /// Behind a value: the fields of what a reference names, the entry of a map.
  bool inside(const View& view, const std::vector<OutlineLine>& lines, const std::string& path,
              const std::vector<std::string>& names, std::size_t used, Found& found) {
    const auto line = std::find_if(lines.begin(), lines.end(),
                                   [&](const auto& l) { return l.path == path; });
    if (line != lines.end() && !line->holds) {
      if (const View target = view.of(line->value)) return select(target, names, used, found);
      if (line->value.is(ValueKind::map)) return entry(view, *line, names, used, found);
    }
    std::vector<std::string> near;
    for (const OutlineLine& one : lines) {
      if (!path.empty() && !one.path.starts_with(path + ".")) continue;
      const std::string_view rest =
          std::string_view(one.path).substr(path.empty() ? 0 : path.size() + 1);
      near.emplace_back(rest.substr(0, rest.find('.')));
    }
    found = missing(names[used], "`" + view.path() + (path.empty() ? "" : "." + path) + "`",
                    {near.begin(), near.end()});
    return false;
  }

  bool entry(const View& view, OutlineLine line, const std::vector<std::string>& names,
             std::size_t used, Found& found) {
    const std::string within = "`" + view.path() + "." + line.path + "`";
    std::vector<std::string_view> near;
    for (const values::MapItem& item : line.value.map->items) {
      near.push_back(key_name(view, item.key));
      if (near.back() != names[used]) continue;
      line.path += "." + key_text(names[used]);
      line.within.push_back(names[used]);
      line.value = item.value;
      if (++used < names.size() && line.value.is(ValueKind::map))
        return entry(view, std::move(line), names, used, found);
      if (used < names.size()) break;
      found.selections.push_back({view, {std::move(line)}, true});
      return true;
    }
    found = missing(names[std::min(used, names.size() - 1)], within, near);
    return false;
  }

  const program::Program& program_;
  const program::Lab& lab_;
  std::vector<View> top_;
};

}  // namespace

Found find(const program::Program& program, const program::Lab& lab, std::string_view path) {
  return Finder(program, lab).find(path);
}

}  // namespace hlab::inspect
