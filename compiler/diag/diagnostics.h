// Collects the diagnostics of one run. Stages append; the driver sorts and shows once.
#pragma once

#include <deque>
#include <utility>

#include "compiler/diag/diag.h"
#include "compiler/diag/suggest.h"

namespace hlab::diag {

/// Adds to the diagnostic just reported:
///   diags.report(kPortTaken, span, port).label(other, "taken here first").help("...");
class Report {
 public:
  explicit Report(Diagnostic* diagnostic) : diagnostic_(diagnostic) {}
  Report& here(std::string text) {
    diagnostic_->here = std::move(text);
    return *this;
  }
  Report& label(Span span, std::string text);
  Report& note(std::string text) {
    diagnostic_->notes.push_back(std::move(text));
    return *this;
  }
  Report& help(std::string text) {
    diagnostic_->help = std::move(text);
    return *this;
  }
  Report& fix(std::string message, std::vector<Edit> edits);
  /// The last fix is a guess: it is shown, and applied only by who wants it.
  Report& unsure();
  /// `did you mean ...?` with a fix that replaces the primary span; nothing when `near` is empty.
  Report& suggest(const Near& near);
  Report& suggest(std::string_view name) { return suggest(Near{name, false}); }

 private:
  Diagnostic* diagnostic_;
};

class Diagnostics {
 public:
  template <class... Format, class... Args>
  Report report(const Diag<Format...>& declared, Span at, Args&&... args) {
    return add(declared.info, at, fmt::vformat(declared.format, fmt::make_format_args(args...)));
  }
  /// For checks declared in the language, whose message is made when they run.
  Report add(const DiagInfo& info, Span at, std::string message);

  /// Adds what another run found.
  Report copy(const Diagnostic& found);

  [[nodiscard]] bool has_errors() const { return errors_ != 0; }
  [[nodiscard]] std::size_t error_count() const { return errors_; }
  [[nodiscard]] std::size_t size() const { return items_.size(); }
  /// Takes away what the lab waived. Reports still held must not be used afterwards.
  template <class Waived>
  void remove_if(Waived waived) {
    std::erase_if(items_, waived);
    count_errors();
  }
  /// Takes back what was reported behind the first `count`.
  void keep_first(std::size_t count);
  /// In the order in which they are shown: file, offset, code. Exact repeats are folded.
  [[nodiscard]] std::vector<const Diagnostic*> sorted() const;

 private:
  void count_errors();

  std::deque<Diagnostic> items_;  // stable addresses: Report points into it
  std::size_t errors_ = 0;
};

}  // namespace hlab::diag
