#include "compiler/rules/kubernetes/moved_volumes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace hlab::rules {

using model::View;

namespace {

bool is_planned(const View& view) { return view.lab().instances[view.top().id()].planned; }

/// Whether its claim has the name that it would have without saying one.
bool renames_claim(const View& volume) {
  return volume.text("claim") == fmt::format("{}-{}", volume.owner().name(), volume.name());
}

/// Those whose claims hlab writes.
std::vector<std::pair<std::string_view, View>> claimed_volumes(const View& service) {
  auto out = service.held("volume");
  std::erase_if(out, [](const auto& one) { return one.second.text("claimed-by") != "hlab"; });
  return out;
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
  };

  void volume(const Moved& moved) {
    const View owner = moved.now.owner();
    const bool with_owner = old_names_.count(owner.id().index) != 0;  // which tells of all it holds
    if (!owner.is("workload") || moved.now.text("claimed-by") != "hlab") return;
    if (!renames_claim(moved.now) || with_owner) return;
    report(moved, {{"claim", claim_of(owner, moved.now)}}, "keeps it");
  }

  void service(const Moved& moved) {
    if (!moved.now.is("workload") || moved.now.flag("extern")) return;
    const auto volumes = claimed_volumes(moved.now);
    if (volumes.empty()) return;
    std::vector<Kept> kept;
    if (moved.now.text("namespace") == moved.now.name()) kept.push_back({"namespace", moved.old});
    for (const auto& [name, volume] : volumes) {
      if (renames_claim(volume))
        kept.push_back({fmt::format("volume.{}.claim", name), claim_of(moved.now, volume)});
    }
    if (!kept.empty()) report(moved, kept, "");
  }

  [[nodiscard]] std::string old_name(const View& view) const {
    const auto found = old_names_.find(view.id().index);
    return found == old_names_.end() ? std::string(view.name()) : found->second;
  }

  [[nodiscard]] std::string claim_of(const View& owner, const View& volume) const {
    return fmt::format("{}-{}", old_name(owner), old_name(volume));
  }

  void report(const Moved& moved, const std::vector<Kept>& kept, std::string_view otherwise) {
    std::string words;
    std::string lines;
    const std::string gap = gap_behind(moved.entry);
    for (const Kept& one : kept) {
      const std::string line = fmt::format("{} = \"{}\"", one.field, one.value);
      words += fmt::format("{}`{}`", words.empty() ? "" : ", ", line);
      lines += gap + line;
    }
    auto report = diags_.report(kMovedWithoutData, moved.at, moved.now.path(), moved.old);
    report.help(otherwise.empty() ? fmt::format("with {} it goes on with its data", words)
                                  : fmt::format("{} {}", words, otherwise));
    // In a loop one text speaks for several.
    if (moved.is_computed) return;
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
