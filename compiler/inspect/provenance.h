// Where the value of a field comes from: the entries that gave it, and those that they displaced.
#pragma once

#include <string>
#include <vector>

#include "compiler/inspect/history.h"
#include "compiler/program/lab.h"
#include "compiler/program/program.h"
#include "compiler/source/source_map.h"

namespace hlab::inspect {

/// Whose layer an entry belongs to, from the highest.
enum class Layer : std::uint8_t { override_, entry, kind, fallback, library };
[[nodiscard]] std::string_view layer_name(Layer layer);

/// Whether an entry replaces what lower layers gave, instead of adding to it.
[[nodiscard]] bool replaces(const syntax::Entry& entry, bool whole);

/// One entry that was laid over a field.
struct Origin {
  Layer layer = Layer::entry;
  std::string of;  // `node.pi5`, `kind std.hw.pi5`, `default volume`
  Span at;
  std::string text;                // as it is written, its first line
  std::vector<std::string> loops;  // `for i in 1..2 (i = 1)`, outermost first
  std::string reason;              // of `because`
};

struct Provenance {
  std::vector<Origin> set_by;     // one, but for what several layers give a part of
  std::vector<Origin> displaced;  // the nearest first
};

/// A field, or one entry of a map whose entries stand each on their own.
struct Subject {
  program::InstanceId instance;
  std::uint32_t field = 0;
  values::MapKey key;
};

class Inspector {
 public:
  Inspector(const program::Program& program, const program::Lab& lab, const SourceMap& sources,
            const History& history)
      : program_(program), lab_(lab), sources_(sources), history_(history) {}

  [[nodiscard]] Provenance of(const Subject& subject) const;
  /// Of what lies under these keys in a map whose pieces stand in several entries.
  [[nodiscard]] Provenance of(const Subject& subject, const std::vector<std::string>& keys) const;
  /// The declaration around a place in the source: `kind std.hw.pi5`, `fn url`, `node pi5`.
  [[nodiscard]] std::string around(Span at) const;

 private:
  struct Enclosing {
    Span at;
    syntax::EntryId declaration;
    std::vector<syntax::EntryId> heads;  // loops and conditions around the entry, outermost first
    syntax::EntryId variation;           // the site or test around it
  };
  [[nodiscard]] Enclosing enclosing(Span at) const;
  void descend(Range body, Span at, Enclosing& found) const;
  [[nodiscard]] Origin origin(const program::Setting& setting) const;
  /// One entry that is about a place in a tree or a map.
  struct Giver {
    program::Setting setting;
    bool displaced = false;
  };
  /// Of what was not computed: what stands written under these keys.
  struct Written {
    program::Setting setting;  // its entry is the innermost one about the keys
    bool certain = false;      // each key is written there, and none computed
  };
  void written_at(const program::Setting& setting, const std::vector<std::string>& keys,
                  std::vector<Written>& found) const;
  void written_behind(const program::Setting& setting, std::uint32_t segment,
                      const std::vector<std::string>& keys, std::size_t at, bool certain,
                      std::vector<Written>& found) const;
  void written_in(Range body, const program::Setting& setting, const std::vector<std::string>& keys,
                  std::size_t at, bool certain, std::vector<Written>& found) const;
  [[nodiscard]] bool may_give(syntax::ExprId value, const std::vector<std::string>& keys,
                              std::size_t at) const;
  [[nodiscard]] std::vector<Giver> below_whole(const std::vector<program::Setting>& settings,
                                               const std::vector<std::string>& keys) const;
  [[nodiscard]] std::vector<Giver> built(const Subject& subject,
                                         const std::vector<std::string>& keys,
                                         const std::vector<Giver>& wholes) const;
  [[nodiscard]] std::vector<Giver> written(const std::vector<program::Setting>& settings,
                                           const std::vector<std::string>& keys) const;
  [[nodiscard]] bool is_built(const Subject& subject) const;
  [[nodiscard]] Provenance told(const std::vector<Giver>& givers) const;
  [[nodiscard]] Layer layer_of(const Enclosing& around, const syntax::Entry& entry) const;
  [[nodiscard]] std::string title(const Enclosing& around, program::InstanceId target) const;
  [[nodiscard]] std::vector<std::string> loops(const Enclosing& around,
                                               const program::Env* env) const;

  const program::Program& program_;
  const program::Lab& lab_;
  const SourceMap& sources_;
  const History& history_;
};

}  // namespace hlab::inspect
