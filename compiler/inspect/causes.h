// How a value came about: the entry that gave it, what that entry read, and so on back to what somebody
// wrote.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "compiler/inspect/provenance.h"
#include "compiler/model/view.h"

namespace hlab::inspect {

/// One step into a map (a key) or a list (a place).
struct Step {
  values::MapKey key;
  std::uint32_t index = 0;
  bool is_index = false;
};

/// A field, or what lies somewhere in its map or list.
struct Part {
  Subject subject;
  std::vector<Step> within;
};

struct FunctionCall {
  std::string function;
  Span at;
  std::string given;  // "`a` = 1, `b` = 2", or ""
  std::string by;     // who claims by it, where it is a claim: `db.database("tasks")`
};

struct Cause {
  Part part;
  std::string path;     // `service.wiki.env.TZ`
  values::Value value;  // there
  Provenance from;
  std::vector<FunctionCall> calls;  // that led to the expression that made it, the outermost first
  bool passed_on = false;           // a cause below it says where the value was made
  int depth = 0;                    // below the one that read it
};

/// Causes of one value, each followed by those of what it read.
struct Causes {
  std::vector<Cause> list;
  std::size_t left_out = 0;
};

class CauseFinder {
 public:
  CauseFinder(const program::Program& program, const program::Lab& lab, const SourceMap& sources,
              const History& history, const program::Workings& workings)
      : program_(program),
        lab_(lab),
        inspector_(program, lab, sources, history),
        workings_(workings) {}

  [[nodiscard]] Causes of(const Part& part) const;
  /// Parts of a field that the expression made, in the order in which they lie there.
  [[nodiscard]] std::vector<Part> made_by(syntax::ExprId expression, const Subject& subject) const;
  /// The item at that place of a map or list.
  [[nodiscard]] Part item_of(const Subject& subject, std::uint32_t item) const;
  [[nodiscard]] std::string path(const Part& part) const;
  [[nodiscard]] std::string step_text(const Step& step) const;

 private:
  struct Search {
    Causes found;
    std::set<std::string> known;
  };
  void add(const Part& part, int depth, Search& search) const;
  void add_reads(std::size_t cause, Search& search) const;
  [[nodiscard]] Provenance provenance(const Part& part) const;
  [[nodiscard]] values::Value value_at(const Part& part) const;
  [[nodiscard]] std::vector<FunctionCall> calls_to(const Cause& cause) const;
  void add_claim(const Cause& cause, std::vector<FunctionCall>& calls) const;
  [[nodiscard]] std::vector<const program::Env*> rounds_of(const Part& part) const;
  [[nodiscard]] bool is_of_round(const std::vector<const program::Env*>& rounds,
                                 const program::Env* env) const;
  [[nodiscard]] bool in_function(Span at) const;
  [[nodiscard]] static bool in_entries(const Cause& cause, Span at);
  [[nodiscard]] static bool in_claim(const Cause& cause, Span offer);
  [[nodiscard]] std::string given(program::FunctionId function,
                                  const std::vector<values::Value>& values) const;
  [[nodiscard]] std::string given(const program::Called& called) const;

  const program::Program& program_;
  const program::Lab& lab_;
  Inspector inspector_;
  const program::Workings& workings_;
};

}  // namespace hlab::inspect
