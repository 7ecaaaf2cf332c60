#include "compiler/rules/kubernetes/moved_volumes.h"
#include "compiler/model/tree_entry.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace hlab::rules {

using model::View;
using values::Value;
using values::ValueKind;

namespace {

constexpr std::string_view kGoesOn = "with {} it goes on with its data";
constexpr std::string_view kKeepsIt = "{} keeps it";
constexpr std::string_view kChartDecides =
    "with {} its chart calls what it claims as before, unless its `values` say otherwise; the claims of the old release may go "
    "with it";
constexpr std::string_view kObjectsFollow =
    "what holds the data is called after it: keep the name, or copy the data over";

bool is_planned(const View& view) { return view.lab().instances[view.top().id()].planned; }

/// A name that somebody wrote as it is stays what it is, whatever else is renamed.
bool is_written_out(const View& view, std::string_view field) {
  const auto index = view.field_index(field);
  if (!index) return false;
  const syntax::ExprId value = view.lab().slot(view.id(), *index).value;
  return value.valid() && view.program().ast->exprs[value].kind == syntax::ExprKind::string;
}

/// Where `word` stands in a name made of words and dashes, or none.
std::size_t find_word(std::string_view name, std::string_view word) {
  for (std::size_t at = name.find(word); at != std::string_view::npos;
       at = name.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || name[at - 1] == '-') && (end == name.size() || name[end] == '-')) return at;
  }
  return std::string_view::npos;
}

/// Whether a claim or a namespace follows the name `now`.
bool follows(const View& view, std::string_view field, std::string_view now) {
  return !is_written_out(view, field) && find_word(view.text(field), now) != std::string_view::npos;
}

/// The name that it had when `now` was `old`.
std::string before(const View& view, std::string_view field, std::string_view now,
                   std::string_view old) {
  std::string name = view.text(field);
  if (const std::size_t at = find_word(name, now); at != std::string::npos)
    name.replace(at, now.size(), old);
  return name;
}

/// Those whose claims hlab writes.
std::vector<std::pair<std::string_view, View>> claimed_volumes(const View& service) {
  auto out = service.held("volume");
  std::erase_if(out, [](const auto& one) { return one.second.text("claimed-by") != "hlab"; });
  return out;
}

/// Whether a chart, an operator or whole objects hold data of it, under names that hlab does not make.
bool is_kept_by_others(const View& service) {
  const auto volumes = service.held("volume");
  return std::any_of(volumes.begin(), volumes.end(), [](const auto& one) {
    return one.second.text("claimed-by") != "hlab" && !is_written_out(one.second, "claim");
  });
}

/// Whether the objects that it consists of are called after it.
bool names_objects(const View& service, std::string_view now) {
  const auto objects = service.entries("objects");
  return std::any_of(objects.begin(), objects.end(), [&](const auto& one) {
    const Value* name = model::tree_text(service, one.second, "metadata", "name");
    return name != nullptr && find_word(service.text_of(*name), now) != std::string_view::npos;
  });
}

class MovedVolumes {
 public:
  MovedVolumes(const std::vector<Moved>& moves, const SourceMap& sources, diag::Diagnostics& diags)
      : moves_(moves), sources_(sources), diags_(diags) {
    for (const Moved& one : moves) old_names_.emplace(one.now.id().index, one.old);
  }

  void check() {
    for (const Moved& one : moves_) {
      if (is_planned(one.now)) continue;
      one.now.is("volume") ? volume(one) : service(one);
    }
  }

 private:
  /// A line of the lab that keeps a name.
  struct Kept {
    std::string field;
    std::string value;
    bool is_certain =
        true;  // the library makes it of the name; a kind of the lab's may make it otherwise
  };

  void volume(const Moved& moved) {
    const View owner = moved.now.owner();
    const bool with_owner = old_names_.count(owner.id().index) != 0;  // which tells of all it holds
    if (!owner.is("workload") || moved.now.text("claimed-by") != "hlab") return;
    if (with_owner || !follows(moved.now, "claim", moved.now.name())) return;
    report(moved, {kept_claim("claim", moved.now)}, kKeepsIt);
  }

  void service(const Moved& moved) {
    if (!moved.now.is("workload") || moved.now.flag("extern")) return;
    const auto volumes = claimed_volumes(moved.now);
    const bool with_others = is_kept_by_others(moved.now);
    if (volumes.empty() && !with_others) return;
    std::vector<Kept> kept;
    if (follows(moved.now, "namespace", moved.now.name())) {
      kept.push_back({"namespace", before(moved.now, "namespace", moved.now.name(), moved.old),
                      moved.now.text("namespace") == moved.now.name()});
    }
    for (const auto& [name, volume] : volumes) {
      const bool with_volume = volume.name() != old_name(volume) &&
                               follows(volume, "claim", volume.name());
      if (with_volume || follows(volume, "claim", moved.now.name()))
        kept.push_back(kept_claim(fmt::format("volume.{}.claim", name), volume));
    }
    if (with_others) {
      others(moved, std::move(kept));
    } else if (!kept.empty()) {
      report(moved, kept, kGoesOn);
    }
  }

  /// What a chart calls its claims is for its values to say, mostly after the release.
  void others(const Moved& moved, std::vector<Kept> kept) {
    if (!moved.now.is("helm")) {
      const bool is_other = names_objects(moved.now, moved.now.name());
      if (!is_other && kept.empty()) return;
      report(moved, kept, is_other ? kObjectsFollow : kGoesOn);
      return;
    }
    if (follows(moved.now, "release", moved.now.name()))
      kept.push_back({"release", before(moved.now, "release", moved.now.name(), moved.old), false});
    if (!kept.empty()) report(moved, kept, kChartDecides);
  }

  [[nodiscard]] Kept kept_claim(std::string field, const View& volume) const {
    const View owner = volume.owner();
    const std::string name = volume.text("claim");
    if (name == fmt::format("{}-{}", owner.name(), volume.name()))
      return {std::move(field), fmt::format("{}-{}", old_name(owner), old_name(volume)), true};
    std::string old = before(volume, "claim", owner.name(), old_name(owner));
    if (const std::size_t at = find_word(old, volume.name()); at != std::string::npos)
      old.replace(at, volume.name().size(), old_name(volume));
    return {std::move(field), std::move(old), false};
  }

  [[nodiscard]] std::string old_name(const View& view) const {
    const auto found = old_names_.find(view.id().index);
    return found == old_names_.end() ? std::string(view.name()) : found->second;
  }

  void report(const Moved& moved, const std::vector<Kept>& kept, std::string_view help) {
    std::string words;
    std::string lines;
    const std::string gap = gap_behind(moved.entry);
    for (const Kept& one : kept) {
      const std::string line = fmt::format("{} = \"{}\"", one.field, one.value);
      words += fmt::format("{}`{}`", words.empty() ? "" : ", ", line);
      lines += gap + line;
    }
    auto report = diags_.report(kMovedWithoutData, moved.at, moved.now.path(), moved.old);
    report.help(fmt::format(fmt::runtime(help), words));
    // In a loop one text speaks for several.
    const bool is_certain = std::all_of(kept.begin(), kept.end(),
                                        [](const Kept& one) { return one.is_certain; });
    if (moved.is_computed || !is_certain || help == kObjectsFollow || kept.empty()) return;
    const Span end{moved.entry.file, moved.entry.end, moved.entry.end};
    report.fix("keep the names under which the data lies", {{end, lines}});
  }

  /// A new line as deep as the entry's, where that has its line to itself.
  [[nodiscard]] std::string gap_behind(Span entry) const {
    const std::string_view text = sources_.text(entry.file);
    const std::size_t line = entry.begin == 0 ? std::string_view::npos
                                              : text.rfind('\n', entry.begin - 1);
    const std::size_t begin = line == std::string_view::npos ? 0 : line + 1;
    const std::string_view before = text.substr(begin, entry.begin - begin);
    const bool alone = before.find_first_not_of(" \t") == std::string_view::npos &&
                       text.substr(entry.end, 1) == "\n";
    return alone ? "\n" + std::string(before) : "  ";
  }

  const std::vector<Moved>& moves_;
  const SourceMap& sources_;
  diag::Diagnostics& diags_;
  std::map<std::uint32_t, std::string> old_names_;  // by what is called otherwise now
};

}  // namespace

void check_moved_volumes(const std::vector<Moved>& moves, const SourceMap& sources,
                         diag::Diagnostics& diags) {
  MovedVolumes(moves, sources, diags).check();
}

}  // namespace hlab::rules
