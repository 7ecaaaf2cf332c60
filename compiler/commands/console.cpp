#include "compiler/commands/console.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <system_error>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "compiler/driver/exit_status.h"

namespace hlab::commands {

using driver::kSystemFailed;

namespace {

int write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t put = ::write(fd, text.data(), text.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(put));
  }
  return 0;
}

std::string_view variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

bool is_on(std::string_view value) { return !value.empty() && value != "0"; }

}  // namespace

void Console::print(std::string_view text) {
  if (out_error_ == 0) out_error_ = write_all(out_, text);
}

void Console::complain(std::string_view text) { write_all(err_, text); }

bool Console::color_errors(ColorChoice choice) const {
  ColorEnvironment environment;
  environment.no_color = !variable("NO_COLOR").empty();
  environment.force_color = is_on(variable("CLICOLOR_FORCE")) || is_on(variable("FORCE_COLOR"));
  environment.terminal = ::isatty(err_) == 1;
  environment.dumb = variable("TERM") == "dumb" || variable("TERM").empty();
  return use_color(choice, environment);
}

std::size_t Console::width() const {
  winsize size{};
  const bool known = ::ioctl(err_, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40;
  return known ? size.ws_col : 100;
}

int Console::finish(int status) {
  if (out_error_ == 0 || out_error_ == EPIPE) return status;
  complain("hlab: cannot write to standard output: " + std::generic_category().message(out_error_) +
           "\n");
  return kSystemFailed;
}

bool use_color(ColorChoice choice, const ColorEnvironment& environment) {
  if (choice != ColorChoice::automatic) return choice == ColorChoice::always;
  if (environment.no_color) return false;
  if (environment.force_color) return true;
  return environment.terminal && !environment.dumb;
}

void prepare_streams() {
  std::signal(SIGPIPE, SIG_IGN);
  for (int fd = 0; fd <= 2; ++fd) {
    if (::fcntl(fd, F_GETFD) != -1 || errno != EBADF) continue;
    // Opened for the wrong direction on purpose: using a closed stream stays an error.
    if (::open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) < 0) return;
  }
}

InputText read_standard_input(std::size_t limit) {
  InputText input;
  char buffer[1 << 16];
  for (;;) {
    const ssize_t got = ::read(0, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return {{}, std::generic_category().message(errno)};
    if (got == 0) return input;
    input.text.append(buffer, static_cast<std::size_t>(got));
    if (input.text.size() > limit) return {{}, "the input is too large"};
  }
}

}  // namespace hlab::commands
