// `assert path A -> B` and `assert no path A -> B`: names are looked up with the other names of the text,
// paths once the lab has its values.
#pragma once

#include <unordered_map>
#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/reach/ends.h"

namespace hlab::reach {

class Assertions {
 public:
  Assertions(const program::Program& program, const program::Lab& lab, diag::Diagnostics& diags)
      : program_(program), lab_(lab), diags_(diags) {}

  /// What its names mean; says so where they mean nothing.
  void resolve(program::EntryId assertion);
  /// Those of them that were resolved, in the graph of the whole lab.
  void judge(const std::vector<program::EntryId>& assertions);

 private:
  struct Ends {
    End from;
    End to;
  };
  [[nodiscard]] std::vector<std::string> names_of(Range path) const;
  [[nodiscard]] Span span_of(Range path) const;
  bool report_end(const End& end, Range path);
  void judge(const ReachGraph& graph, program::EntryId id, Ends ends);
  void report_found(const ReachGraph& graph, const syntax::Entry& entry, const std::string& from,
                    const std::string& to, const std::vector<std::uint32_t>& path,
                    std::size_t more);
  void report_missing(const ReachGraph& graph, const syntax::Entry& entry, const std::string& from,
                      const std::string& to, const std::vector<std::uint32_t>& starts,
                      std::uint32_t end, std::size_t more);

  const program::Program& program_;
  const program::Lab& lab_;
  diag::Diagnostics& diags_;
  std::unordered_map<std::uint32_t, Ends> ends_;
};

}  // namespace hlab::reach
