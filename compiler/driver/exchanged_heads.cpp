#include "compiler/driver/exchanged_heads.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "compiler/check/check_diags.h"

namespace hlab::driver {
namespace {

using diag::Diagnostic;

/// Both words of a head, as they stand there.
struct Head {
  Span first;
  Span second;
};

class ExchangedHeads {
 public:
  ExchangedHeads(const program::Program& program, const SourceMap& sources,
                 diag::Diagnostics& diags)
      : program_(program), sources_(sources), diags_(diags) {}

  void tell() {
    note_unknown_kinds();
    if (unknown_.empty()) return;
    std::vector<Head> heads;
    for (const syntax::Entry& entry : program_.ast->entries) {
      if (is_exchanged(entry)) heads.push_back({head_of(entry), entry.name_span});
    }
    if (heads.empty()) return;
    std::set<Named> meant;  // to be declared by them
    for (const Head& head : heads) meant.insert(named_at(head.first));
    diags_.remove_if([&](const Diagnostic& one) {
      const bool misses = one.info == &check::kUnknownKind.info ||
                          one.info == &check::kUnknownName.info;
      return misses && one.at.valid() && meant.contains(named_at(one.at));
    });
    for (const Head& head : heads) report(head);
  }

 private:
  using Named = std::pair<std::uint32_t, std::string_view>;  // module and word
  [[nodiscard]] Named named_at(Span at) const {
    return {program_.module_of(at).index, sources_.text(at)};
  }

  /// Of those that resemble the name of a kind, that is told.
  void note_unknown_kinds() {
    for (const Diagnostic* one : diags_.sorted()) {
      const std::string_view word = one->at.valid() ? sources_.text(one->at) : std::string_view();
      const bool in_library = one->help.ends_with(fmt::format(".{}`?", word));  // `pi5 node {`
      if (one->info == &check::kUnknownKind.info && one->at.valid() &&
          (one->fixes.empty() || in_library))
        unknown_.insert({one->at.file.index, one->at.begin});
      if (one->info == &check::kUnknownKind.info && one->at.valid()) ++uses_[named_at(one->at)];
    }
  }

  [[nodiscard]] Span head_of(const syntax::Entry& entry) const {
    return program_.ast->path_names[entry.base.begin].span;
  }

  [[nodiscard]] bool is_exchanged(const syntax::Entry& entry) const {
    if (entry.kind != syntax::EntryKind::instance || entry.base.count != 1) return false;
    if (!entry.name_span.valid() || entry.key.valid()) return false;
    const Span head = head_of(entry);
    if (!unknown_.contains({head.file.index, head.begin})) return false;
    const std::string_view second = sources_.text(entry.name_span);
    const bool declares = second == "kind" || second == "record";
    if (declares) return entry.refined.empty();
    // What several declarations begin with is the kind that was meant.
    return uses_.at(named_at(head)) == 1 && is_kind(entry.name, head);
  }

  [[nodiscard]] bool is_kind(Symbol name, Span at) const {
    const auto has = [&](program::ModuleId module) {
      return program_.modules[module].kinds.contains(name.index);
    };
    return has(program_.module_of(at)) || has(program_.prelude);
  }

  void report(const Head& head) {
    const std::string_view first = sources_.text(head.first);
    const std::string_view second = sources_.text(head.second);
    const std::string mended = fmt::format("{} {}", second, first);
    diags_.report(check::kUnknownKind, head.first, first)
        .help(fmt::format("the words are exchanged: `{}`", mended))
        .fix(fmt::format("write `{}`", mended),
             {{head.first, std::string(second)}, {head.second, std::string(first)}})
        .unsure();
  }

  const program::Program& program_;
  const SourceMap& sources_;
  diag::Diagnostics& diags_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> unknown_;  // file and place
  std::map<Named, int> uses_;                                  // of a word as a kind
};

}  // namespace

void tell_exchanged_heads(const program::Program& program, const SourceMap& sources,
                          diag::Diagnostics& diags) {
  ExchangedHeads(program, sources, diags).tell();
}

}  // namespace hlab::driver
