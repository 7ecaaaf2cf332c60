#include "compiler/reach/ends.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <optional>

#include "compiler/diag/suggest.h"

namespace hlab::reach {

namespace {

Audience audience_called(std::string_view name) {
  if (name == "internet" || name == "public") return Audience::everybody;
  if (name == "vpn") return Audience::vpn;
  return name == "lan" ? Audience::lan : Audience::none;
}

class Finder {
 public:
  Finder(const program::Program& program, const program::Lab& lab, program::ModuleId from)
      : program_(program), lab_(lab), from_(from) {}

  End find(const std::vector<std::string>& names) {
    End end;
    if (names.size() > 1 && of_kind(names[0], names[1], end)) {
      end.rest.assign(names.begin() + 2, names.end());
    } else if (named(names[0], names.size() == 1, end)) {
      end.rest.assign(names.begin() + 1, names.end());
    } else if (names.size() == 1 && audience_called(names[0]) != Audience::none) {
      end.audience = audience_called(names[0]);
    } else {
      missing(names, end);
    }
    return end;
  }

 private:
  /// Whether it is declared where is looked.
  [[nodiscard]] bool is_seen(const program::Instance& one) const {
    if (one.owner.valid() || !one.name.valid() || !one.entry.valid()) return false;
    if (program_.modules[one.module].library) return false;
    return from_.valid() ? one.module == from_ : !one.gone;
  }

  [[nodiscard]] std::vector<View> all() const {
    std::vector<View> out;
    for (std::uint32_t i = 0; i < lab_.instances.size(); ++i) {
      if (is_seen(lab_.instances[InstanceId(i)])) out.emplace_back(program_, lab_, InstanceId(i));
    }
    return out;
  }

  /// In the order of the text, as `all`.
  [[nodiscard]] std::vector<View> called(std::string_view name) const {
    std::vector<View> out;
    const Symbol symbol = program_.symbols->find(name);
    const auto [first, last] = lab_.by_name.equal_range(symbol ? symbol.index : ~0u);
    for (auto it = first; it != last; ++it) {
      if (is_seen(lab_.instances[it->second])) out.emplace_back(program_, lab_, it->second);
    }
    std::sort(out.begin(), out.end(),
              [](const View& a, const View& b) { return a.id().index < b.id().index; });
    return out;
  }

  [[nodiscard]] static bool is_a(const View& view, std::string_view kind) {
    const auto& chain = view.program().kinds[view.lab().instances[view.id()].kind].chain;
    return std::any_of(chain.begin(), chain.end(), [&](program::KindId id) {
      return view.program().text(view.program().kinds[id].name) == kind;
    });
  }

  bool of_kind(std::string_view kind, std::string_view name, End& end) const {
    end.declared = called(name);
    std::erase_if(end.declared, [&](const View& v) { return !is_a(v, kind); });
    return !end.declared.empty();
  }

  /// A declaration, all that a loop made, or all of a kind.
  bool named(std::string_view name, bool alone, End& end) const {
    // A lab and its cluster are often called alike, and the lab is no end of anything.
    end.declared = called(name);
    std::erase_if(end.declared,
                  [&](const View& v) { return v.is("lab") || v.is("gitops") || v.is("secret"); });
    if (end.declared.size() > 1) end.ambiguous = true;
    if (!end.declared.empty()) return true;
    for (const program::Group& group : lab_.groups) {
      if (program_.text(group.name) != name || (from_.valid() && group.module != from_)) continue;
      for (const InstanceId id : group.members) end.declared.emplace_back(program_, lab_, id);
      return true;
    }
    if (!alone) return false;
    end.declared = all();
    std::erase_if(end.declared, [&](const View& v) { return !is_a(v, name); });
    return !end.declared.empty();
  }

  void missing(const std::vector<std::string>& names, End& end) const {
    std::vector<std::string_view> known;
    const std::vector<View> top = all();
    for (const View& view : top) {
      if (names.size() > 1 && is_a(view, names[0])) known.push_back(view.name());
    }
    const bool by_kind = !known.empty();
    if (!by_kind) {
      for (const View& view : top) known.push_back(view.name());
      for (const std::string_view word : {"internet", "lan", "vpn"}) known.push_back(word);
    }
    end.missing = names[by_kind ? 1 : 0];
    if (by_kind) end.within = names[0];
    end.near = diag::closest(end.missing, known);
  }

  const program::Program& program_;
  const program::Lab& lab_;
  program::ModuleId from_;  // none: everywhere
};

/// What the instance holds in a map: `expose.web`.
View held_under(const View& view, const std::string& field, const std::string& key,
                std::vector<std::string_view>& known) {
  for (const auto& [name, held] : view.held(field)) {
    if (name == key) return held;
    known.push_back(name);
  }
  return {};
}

std::vector<View> networks_for(const program::Program& program, const program::Lab& lab,
                               Audience audience) {
  std::vector<View> out;
  for (const View& network : model::all(program, lab, "network")) {
    const bool is_private = network.text("audience") == "vpn";
    if (!network.is("pool") && is_private == (audience == Audience::vpn)) out.push_back(network);
  }
  return out;
}

}  // namespace

End find_end(const program::Program& program, const program::Lab& lab,
             const std::vector<std::string>& names, program::ModuleId from) {
  if (from.valid() && names.size() > 1) {
    const Symbol first = program.symbols->find(names[0]);
    const auto& imports = program.modules[from].imports;
    const auto import = first ? imports.find(first.index) : imports.end();
    if (import != imports.end() && import->second.module.valid()) {
      return Finder(program, lab, import->second.module).find({names.begin() + 1, names.end()});
    }
  }
  return Finder(program, lab, from).find(names);
}

namespace {

/// What stands for itself in a bundle, and how many names lead to it: `immich`, `apps.web`.
std::pair<View, std::size_t> member(const View& bundle, const std::vector<std::string>& names) {
  const auto is_member = [&](const View& one) {
    return one && bundle.lab().instances[one.id()].owner == bundle.id() &&
           bundle.lab().instances[one.id()].alone;
  };
  const View held = bundle.ref(names[0]);
  if (is_member(held)) return {held, 1};
  std::vector<std::string_view> known;
  const View of_map = names.size() > 1 ? held_under(bundle, names[0], names[1], known) : View();
  return is_member(of_map) ? std::pair(of_map, std::size_t{2}) : std::pair(View(), std::size_t{0});
}

/// `photos.immich.expose.web`: the bundle's member first.
void follow_members(End& end) {
  if (end.declared.size() != 1) return;
  while (!end.rest.empty()) {
    const auto [found, steps] = member(end.declared.front(), end.rest);
    if (!found) return;
    end.declared.front() = found;
    end.rest.erase(end.rest.begin(), end.rest.begin() + static_cast<std::ptrdiff_t>(steps));
  }
}

}  // namespace

void follow(End& end) {
  if (end.rest.empty()) return;
  std::vector<View> found;
  std::vector<std::string_view> known;
  follow_members(end);
  if (end.rest.empty()) return;
  for (const View& view : end.declared) {
    if (end.rest.size() == 2) {
      if (const View held = held_under(view, end.rest[0], end.rest[1], known))
        found.push_back(held);
    }
  }
  if (found.empty()) {
    const bool is_expose = end.rest.size() == 2 && end.rest[0] == "expose";
    end.missing = is_expose ? end.rest[1] : end.rest[0];
    end.within = end.declared.front().path() + (is_expose ? ".expose" : "");
    const std::vector<std::string_view> fields{"expose"};
    end.near = diag::closest(end.missing, is_expose ? known : fields);
  }
  end.declared = std::move(found);
  end.rest.clear();
}

namespace {

/// Where declarations of a kind stand as an end; none where they cannot.
struct Standing {
  std::string_view kind;
  std::optional<PlaceKind> place;
};

/// The first kind that fits counts. `network` is where an audience stands.
Places places_of(const ReachGraph& graph, const program::Program& program, const program::Lab& lab,
                 const End& end, PlaceKind network, std::initializer_list<Standing> standings) {
  Places out;
  if (end.audience == Audience::everybody) {
    out.each.push_back({"the internet", {graph.find(PlaceKind::internet)}});
  } else if (end.audience != Audience::none) {
    for (const View& one : networks_for(program, lab, end.audience))
      out.each.push_back({one.path(), {graph.find(network, one.id())}});
  }
  for (const View& view : end.declared) {
    const auto found = std::find_if(standings.begin(), standings.end(),
                                    [&](const Standing& s) { return view.is(s.kind); });
    if (found != standings.end() && found->place) {
      out.each.push_back({view.path(), {graph.find(*found->place, view.id())}});
    } else {
      out.unfit = view.path();
    }
  }
  return out;
}

}  // namespace

Places beginnings(const ReachGraph& graph, const program::Program& program, const program::Lab& lab,
                  const End& end) {
  return places_of(graph, program, lab, end, PlaceKind::in_network,
                   {{"pool", std::nullopt},  // addresses of services: nobody sits there
                    {"network", PlaceKind::in_network},
                    {"node", PlaceKind::from_node},
                    {"foreign", PlaceKind::from_node},
                    {"service", PlaceKind::from_service},
                    {"person", PlaceKind::from_person},
                    {"cluster", PlaceKind::any_node}});
}

Places endings(const ReachGraph& graph, const program::Program& program, const program::Lab& lab,
               const End& end) {
  return places_of(graph, program, lab, end, PlaceKind::network,
                   {{"network", PlaceKind::network},
                    {"node", PlaceKind::node},
                    {"foreign", PlaceKind::node},
                    {"service", PlaceKind::service},
                    {"endpoint", PlaceKind::endpoint},
                    {"cluster", PlaceKind::cluster},
                    {"storage", PlaceKind::storage}});
}

}  // namespace hlab::reach
