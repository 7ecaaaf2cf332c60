#include "compiler/commands/hidden_line.h"

#include <cerrno>
#include <csignal>

#include <poll.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

namespace hlab::commands {
namespace {

// A terminal cuts longer lines off.
constexpr std::size_t kMostTyped = 4095;

/// Holds back the signals that end a process, and says when one came.
class HeldSignals {
 public:
  HeldSignals() {
    ::sigemptyset(&held_);
    for (const int one : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) ::sigaddset(&held_, one);
    ::sigprocmask(SIG_BLOCK, &held_, &before_);
    fd_ = ::signalfd(-1, &held_, SFD_CLOEXEC | SFD_NONBLOCK);
  }
  HeldSignals(const HeldSignals&) = delete;
  HeldSignals& operator=(const HeldSignals&) = delete;
  /// One that came is delivered now, since nobody took it from the descriptor.
  ~HeldSignals() {
    if (fd_ >= 0) ::close(fd_);
    ::sigprocmask(SIG_SETMASK, &before_, nullptr);
  }
  [[nodiscard]] int fd() const { return fd_; }

 private:
  sigset_t held_{};
  sigset_t before_{};
  int fd_ = -1;
};

class NoEcho {
 public:
  NoEcho() {
    known_ = ::tcgetattr(0, &before_) == 0;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    quiet.c_lflag |= ICANON | ISIG;
    silent_ = known_ && ::tcsetattr(0, TCSAFLUSH, &quiet) == 0;
  }
  NoEcho(const NoEcho&) = delete;
  NoEcho& operator=(const NoEcho&) = delete;
  ~NoEcho() {
    if (known_) ::tcsetattr(0, TCSADRAIN, &before_);
  }
  [[nodiscard]] bool silent() const { return silent_; }

 private:
  termios before_{};
  bool known_ = false;
  bool silent_ = false;
};

/// Whether there is something to read; not when a signal came first.
bool wait_for_input(const HeldSignals& signals) {
  for (;;) {
    pollfd waiting[] = {{0, POLLIN, 0}, {signals.fd(), POLLIN, 0}};
    const int ready = ::poll(waiting, 2, -1);
    if (ready < 0 && errno == EINTR) continue;
    return ready > 0 && (waiting[1].revents & POLLIN) == 0;
  }
}

}  // namespace

HiddenLine read_hidden_line() {
  HiddenLine line;
  const HeldSignals signals;
  const NoEcho terminal;
  if (!terminal.silent()) {
    line.error = "the terminal cannot be kept from showing what is typed: pipe the value in";
    return line;
  }
  line.text.resize(kMostTyped + 1);
  const ssize_t got = wait_for_input(signals) ? ::read(0, line.text.data(), line.text.size()) : 0;
  line.text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  if (line.text.size() >= kMostTyped) line.error = "longer than a line of a terminal: pipe it in";
  if (!line.text.empty() && line.text.back() == '\n') line.text.pop_back();
  return line;
}

}  // namespace hlab::commands
