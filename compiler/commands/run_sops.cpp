#include "compiler/commands/run_sops.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace hlab::commands {
namespace {

std::string reason(int code) { return std::generic_category().message(code); }

/// Two ends that no other process inherits.
struct Pipe {
  Pipe() {
    std::array<int, 2> ends{-1, -1};
    ok = ::pipe2(ends.data(), O_CLOEXEC) == 0;
    read = ends[0];
    write = ends[1];
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close(read);
    close(write);
  }
  static void close(int& fd) {
    if (fd >= 0) ::close(fd);
    fd = -1;
  }

  int read = -1;
  int write = -1;
  bool ok = false;
};

std::vector<std::string> arguments_of(const SopsRequest& request) {
  std::vector<std::string> out{"sops", "encrypt", "--age",
                               fmt::format("{}", fmt::join(request.recipients, ","))};
  if (!request.encrypted_parts.empty()) {
    out.insert(out.end(), {"--encrypted-regex", request.encrypted_parts});
  }
  out.insert(out.end(), {"--input-type", "yaml", "--output-type", "yaml", "--filename-override",
                         request.name, "/dev/stdin"});
  return out;
}

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> out;
  for (std::string& word : words) out.push_back(word.data());
  out.push_back(nullptr);
  return out;
}

/// No SOPS_* of the person's shell: it could add readers. At the root, where no .sops.yaml of theirs is found.
int start(const SopsRequest& request, const Pipe& in, const Pipe& out, const Pipe& err,
          pid_t& pid) {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  ::posix_spawn_file_actions_init(&files);
  ::posix_spawnattr_init(&attributes);
  ::posix_spawn_file_actions_adddup2(&files, in.read, 0);
  ::posix_spawn_file_actions_adddup2(&files, out.write, 1);
  ::posix_spawn_file_actions_adddup2(&files, err.write, 2);
  ::posix_spawn_file_actions_addchdir_np(&files, "/");
  sigset_t usual;
  ::sigemptyset(&usual);
  ::sigaddset(&usual, SIGPIPE);
  ::posix_spawnattr_setsigdefault(&attributes, &usual);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
  std::vector<std::string> arguments = arguments_of(request);
  std::vector<std::string> environment{"PATH=/usr/bin:/bin", "HOME=/nonexistent"};
  const int failed = ::posix_spawn(&pid, request.program.c_str(), &files, &attributes,
                                   pointers(arguments).data(), pointers(environment).data());
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&files);
  return failed;
}

/// Takes what is there; false at the end.
bool drain(int fd, std::string& into) {
  std::array<char, 65536> buffer;
  const ssize_t got = ::read(fd, buffer.data(), buffer.size());
  if (got > 0) into.append(buffer.data(), static_cast<std::size_t>(got));
  return got > 0 || (got < 0 && errno == EINTR);
}

/// Feeds and reads at once, since either side may wait for the other.
void converse(Pipe& in, Pipe& out, Pipe& err, std::string_view form, SopsAnswer& answer) {
  ::fcntl(in.write, F_SETFL, O_NONBLOCK);
  while (out.read >= 0 || err.read >= 0) {
    std::array<pollfd, 3> waiting{
        {{in.write, POLLOUT, 0}, {out.read, POLLIN, 0}, {err.read, POLLIN, 0}}};
    if (::poll(waiting.data(), waiting.size(), -1) < 0 && errno != EINTR) return;
    if (waiting[0].revents != 0) {
      const ssize_t put = ::write(in.write, form.data(), form.size());
      if (put > 0) form.remove_prefix(static_cast<std::size_t>(put));
      const bool broken = put < 0 && errno != EAGAIN && errno != EINTR;
      if (form.empty() || broken) Pipe::close(in.write);
    }
    if (waiting[1].revents != 0 && !drain(out.read, answer.ciphertext)) Pipe::close(out.read);
    if (waiting[2].revents != 0 && !drain(err.read, answer.error)) Pipe::close(err.read);
  }
}

}  // namespace

std::string find_sops() {
  const char* value = std::getenv("PATH");
  std::string_view folders = value == nullptr ? "/usr/local/bin:/usr/bin:/bin" : value;
  while (!folders.empty()) {
    const std::size_t end = std::min(folders.find(':'), folders.size());
    std::error_code failed;
    const std::filesystem::path place = std::filesystem::absolute(
        std::filesystem::path(folders.substr(0, end)) / "sops", failed);
    const bool file = !failed && std::filesystem::is_regular_file(place, failed);
    if (file && ::access(place.c_str(), X_OK) == 0) return place.string();
    folders.remove_prefix(std::min(end + 1, folders.size()));
  }
  return "";
}

SopsAnswer encrypt(const SopsRequest& request, std::string_view form) {
  SopsAnswer answer;
  Pipe in, out, err;
  pid_t pid = 0;
  const int failed = in.ok && out.ok && err.ok ? start(request, in, out, err, pid) : errno;
  if (failed != 0) return {"", reason(failed)};
  Pipe::close(in.read);
  Pipe::close(out.write);
  Pipe::close(err.write);
  converse(in, out, err, form, answer);
  int status = 0;
  while (::waitpid(pid, &status, 0) < 0 && errno == EINTR) {}
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
    answer.error.clear();  // warnings
  } else {
    answer.ciphertext.clear();
    if (answer.error.empty()) answer.error = "it ended without a word";
  }
  return answer;
}

}  // namespace hlab::commands
