// Where what lies inside a tree or a map of plain values comes from: several entries give parts of it.
#include <algorithm>
#include <map>

#include "compiler/inspect/provenance.h"
#include "compiler/inspect/value_text.h"

namespace hlab::inspect {

using program::Piece;
using program::Setting;
using syntax::Entry;
using syntax::EntryId;
using syntax::EntryKind;
using syntax::ExprKind;

namespace {

/// Whether one of the two leads to the other.
bool meet(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::equal(a.begin(), a.begin() + std::min(a.size(), b.size()), b.begin());
}

bool leads_to(const std::vector<std::string>& above, const std::vector<std::string>& below) {
  return above.size() <= below.size() && meet(above, below);
}

/// The entry that is about the place: the outermost that leads no further than to it, or into it.
const Piece::Step& step_at(const Piece& piece, std::size_t depth) {
  const auto found = std::find_if(piece.steps.begin(), piece.steps.end(),
                                  [&](const Piece::Step& step) { return step.depth >= depth; });
  return found == piece.steps.end() ? piece.steps.back() : *found;
}

}  // namespace

bool Inspector::is_built(const Subject& subject) const {
  return subject.key == values::MapKey() &&
         !history_.pieces(subject.instance, subject.field).empty();
}

/// Whether a value that is written out may have something under the keys from `at` on.
bool Inspector::may_give(syntax::ExprId value, const std::vector<std::string>& keys,
                         std::size_t at) const {
  if (!value.valid() || at >= keys.size()) return true;
  const syntax::Expr& e = program_.ast->exprs[value];
  if (e.kind == ExprKind::because || e.kind == ExprKind::only)
    return may_give(syntax::ExprId(e.a), keys, at);
  if (e.kind != ExprKind::tree) return true;
  std::vector<Written> found;
  written_in(e.list, {}, keys, at, true, found);
  return !found.empty();
}

void Inspector::written_in(Range body, const Setting& setting, const std::vector<std::string>& keys,
                           std::size_t at, bool certain, std::vector<Written>& found) const {
  for (const EntryId id : syntax::view(program_.ast->entry_lists, body)) {
    const Entry& e = program_.ast->entries[id];
    Setting inner = setting;
    inner.entry = id;
    if (e.kind == EntryKind::loop || e.kind == EntryKind::branch) {
      written_in(e.body, setting, keys, at, certain, found);
      written_in(e.else_body, setting, keys, at, certain, found);
    } else if (e.kind == EntryKind::spread) {
      found.push_back({inner, false});
    } else if (e.path.count > 0) {
      written_behind(inner, 0, keys, at, certain, found);
    }
  }
}

/// Goes along the path of an entry, from `segment` on, and into its body.
void Inspector::written_behind(const Setting& setting, std::uint32_t segment,
                               const std::vector<std::string>& keys, std::size_t at, bool certain,
                               std::vector<Written>& found) const {
  const Entry& e = program_.ast->entries[setting.entry];
  for (; segment < e.path.count && at < keys.size(); ++segment, ++at) {
    const syntax::Segment& one = program_.ast->segments[e.path.begin + segment];
    if (!one.name.valid()) {
      certain = false;
    } else if (program_.text(one.name) != keys[at]) {
      return;
    }
  }
  const bool is_block = e.kind == EntryKind::block;
  if (is_block && at < keys.size()) return written_in(e.body, setting, keys, at, certain, found);
  if (e.kind == EntryKind::set && !may_give(e.value, keys, at)) return;
  found.push_back({setting, certain});
}

void Inspector::written_at(const Setting& setting, const std::vector<std::string>& keys,
                           std::vector<Written>& found) const {
  const Entry& e = program_.ast->entries[setting.entry];
  const Symbol field =
      program_.kinds[lab_.instances[setting.instance].kind].fields[setting.field].name;
  std::uint32_t segment = 0;
  while (segment < e.path.count && program_.ast->segments[e.path.begin + segment].name != field)
    ++segment;
  if (e.kind != EntryKind::field && segment < e.path.count)
    return written_behind(setting, segment + 1, keys, 0, true, found);
  if (may_give(e.value, keys, 0)) found.push_back({setting, e.kind == EntryKind::field});
}

/// What lies below the last entry that replaces the whole, and that one.
std::vector<Inspector::Giver> Inspector::below_whole(const std::vector<Setting>& settings,
                                                     const std::vector<std::string>& keys) const {
  std::vector<Giver> givers;
  for (const Setting& setting : settings) {
    if (replaces(program_.ast->entries[setting.entry], setting.whole)) {
      for (Giver& below : givers) below.displaced = true;
    }
    std::vector<Written> found;
    written_at(setting, keys, found);
    for (const Written& one : found) {
      if (one.certain || keys.empty() || setting.whole) givers.push_back({one.setting, false});
    }
  }
  return givers;
}

/// What the pieces gave that were laid over each other there, beginning with the whole.
std::vector<Inspector::Giver> Inspector::built(const Subject& subject,
                                               const std::vector<std::string>& keys,
                                               const std::vector<Giver>& wholes) const {
  std::vector<Giver> givers = wholes;
  std::map<std::vector<std::string>, std::vector<std::size_t>> standing;  // givers, by their place
  for (std::size_t i = 0; i < givers.size(); ++i) {
    if (!givers[i].displaced) standing[{}].push_back(i);
  }
  /// Takes the place of all that stands at it or below it.
  const auto displace = [&](const std::vector<std::string>& place) {
    auto at = leads_to(place, keys) ? standing.begin() : standing.lower_bound(place);
    bool any = false;
    while (at != standing.end() && (leads_to(place, keys) || leads_to(place, at->first))) {
      for (const std::size_t i : at->second) givers[i].displaced = any = true;
      at = standing.erase(at);
    }
    return any;
  };
  const model::View context(program_, lab_, {});
  for (const Piece* noted : history_.pieces(subject.instance, subject.field)) {
    const Piece& piece = *noted;
    if (piece.steps.empty()) continue;
    std::vector<std::string> place;
    for (const values::MapKey& key : piece.keys) place.emplace_back(key_name(context, key));
    if (!meet(place, keys)) continue;
    const bool took = piece.does != Piece::Does::adds && displace(place);
    const Entry& innermost = program_.ast->entries[piece.steps.back().entry];
    const bool inside = place.size() < keys.size() && innermost.kind == EntryKind::set;
    const bool gives = piece.does == Piece::Does::takes_away
                           ? took
                           : !inside || may_give(innermost.value, keys, place.size());
    if (!gives) continue;
    const Piece::Step& step = step_at(piece, keys.size());
    standing[std::move(place)].push_back(givers.size());
    givers.push_back({{subject.instance, subject.field, {}, step.entry, step.env, false}, false});
  }
  return givers;
}

/// Of what was not computed: the last entry that says the keys, else all that may.
std::vector<Inspector::Giver> Inspector::written(const std::vector<Setting>& settings,
                                                 const std::vector<std::string>& keys) const {
  std::vector<Written> found;
  for (const Setting& setting : settings) written_at(setting, keys, found);
  const bool is_certain = std::any_of(found.begin(), found.end(),
                                      [](const Written& one) { return one.certain; });
  if (is_certain && !keys.empty())
    std::erase_if(found, [](const Written& one) { return !one.certain; });
  std::vector<Giver> givers;
  for (const Written& one : found) givers.push_back({one.setting, is_certain && !keys.empty()});
  if (!givers.empty()) givers.back().displaced = false;
  return givers;
}

Provenance Inspector::told(const std::vector<Giver>& givers) const {
  std::vector<Giver> distinct;  // an entry that gives some of it is no displaced one
  std::map<std::pair<std::uint32_t, const program::Env*>, std::size_t> known;
  for (const Giver& giver : givers) {
    const auto [at, is_new] = known.try_emplace({giver.setting.entry.index, giver.setting.env},
                                                distinct.size());
    if (is_new) {
      distinct.push_back(giver);
    } else {
      distinct[at->second].displaced = distinct[at->second].displaced && giver.displaced;
    }
  }
  Provenance out;
  for (const Giver& giver : distinct) {
    if (!giver.displaced) out.set_by.push_back(origin(giver.setting));
  }
  for (auto giver = distinct.rbegin(); giver != distinct.rend(); ++giver) {
    if (giver->displaced) out.displaced.push_back(origin(giver->setting));
  }
  return out;
}

Provenance Inspector::of(const Subject& subject, const std::vector<std::string>& keys) const {
  std::vector<Setting> settings;  // with the last that replaces the whole
  std::vector<Setting> above;     // and what lies over it
  for (const Setting* setting : history_.settings(subject.instance, subject.field)) {
    above.push_back(*setting);
    if (!replaces(program_.ast->entries[setting->entry], setting->whole)) continue;
    settings.insert(settings.end(), above.begin(), above.end());
    above.clear();
  }
  const std::vector<Giver> wholes = below_whole(settings, keys);
  if (is_built(subject)) return told(built(subject, keys, wholes));
  std::vector<Giver> givers = written(above, keys);
  if (!givers.empty()) {
    for (Giver whole : wholes) {
      whole.displaced = whole.displaced || !keys.empty();
      givers.insert(givers.end() - 1, whole);
    }
  }
  return told(givers.empty() ? wholes : givers);
}

}  // namespace hlab::inspect
