// Standard output and standard error of a run, with their failures: results to the one, all else to
// the other. A reader that went away is no error; a full disk is.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/commands/options.h"

namespace hlab::commands {

class Console {
 public:
  Console() = default;
  Console(int out, int err) : out_(out), err_(err) {}

  void print(std::string_view text);
  void complain(std::string_view text);

  /// Keeps something until the process ends: the system takes memory back faster than destructors.
  template <class T>
  T& keep(std::unique_ptr<T> thing) {
    T& kept = *thing;
    kept_.push_back(std::shared_ptr<T>(std::move(thing)));
    return kept;
  }

  /// Whether to colour what goes to standard error (diagnostics).
  [[nodiscard]] bool color_errors(ColorChoice choice) const;
  /// Columns of the terminal behind standard error; 100 where there is none.
  [[nodiscard]] std::size_t width() const;
  /// `status`, or the status for a standard output that could not be written.
  [[nodiscard]] int finish(int status);

 private:
  int out_ = 1;
  int err_ = 2;
  int out_error_ = 0;  // errno of the first failed write
  std::vector<std::shared_ptr<void>> kept_;
};

/// The environment's part in the question: split off so that tests need no environment.
struct ColorEnvironment {
  bool no_color = false;     // NO_COLOR, not empty
  bool force_color = false;  // CLICOLOR_FORCE or FORCE_COLOR, not empty and not 0
  bool terminal = false;
  bool dumb = false;  // TERM
};

[[nodiscard]] bool use_color(ColorChoice choice, const ColorEnvironment& environment);

/// Before anything is opened: closed standard streams are held, so that no file gets their number, and
/// a reader that goes away does not kill us.
void prepare_streams();

/// All of standard input up to `limit`; empty `error` on success.
struct InputText {
  std::string text;
  std::string error;
};
[[nodiscard]] InputText read_standard_input(std::size_t limit);

}  // namespace hlab::commands
