// `hlab init`: a lab to begin with. Nothing that is there is overwritten.
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <functional>
#include <iostream>
#include <system_error>

#include <fmt/format.h>

#include "compiler/commands/commands.h"
#include "compiler/commands/lab_folder.h"
#include "compiler/commands/new_lab.h"
#include "compiler/driver/compile.h"
#include "compiler/driver/exit_status.h"

namespace hlab::commands {

using driver::Compilation;
using driver::compile_lab;
using driver::CompileRequest;
using driver::kFine;
using driver::kRefused;
using driver::kSystemFailed;
using driver::kWrongUse;

namespace {

namespace fs = std::filesystem;

/// What the machine itself is set to: `/etc/localtime` leads to the zone's file.
std::string own_timezone() {
  std::error_code failed;
  const std::string target = fs::read_symlink("/etc/localtime", failed).generic_string();
  static constexpr std::string_view kFolder = "zoneinfo/";
  const std::size_t at = target.find(kFolder);
  return failed || at == target.npos ? "Etc/UTC" : target.substr(at + kFolder.size());
}

using Problem = std::function<std::optional<std::string>(const std::string&)>;

/// An answer that is fine, or the usual one for an empty line or the end of input.
std::string ask(std::string_view question, const std::string& usual, const Problem& problem,
                Console& console) {
  for (;;) {
    console.complain(fmt::format("{} [{}]: ", question, usual));
    std::string answer;
    if (!std::getline(std::cin, answer) || answer.empty()) return usual;
    const auto wrong = problem(answer);
    if (!wrong) return answer;
    console.complain(*wrong + "\n");
  }
}

void fill_in(const Compilation& library, InitOptions& answers, Console& console) {
  const bool person = ::isatty(STDIN_FILENO) == 1;
  const auto missing = [&](std::string& answer, std::string_view question, const std::string& usual,
                           const Problem& problem) {
    if (answer.empty()) answer = person ? ask(question, usual, problem, console) : usual;
  };
  missing(answers.domain, "Domain of machines and services", "home.arpa",
          [](const std::string& text) { return domain_problem(text); });
  missing(answers.timezone, "Time zone", own_timezone(),
          [&](const std::string& text) { return timezone_problem(library, text); });
  if (answers.name.empty()) answers.name = "home";
  if (answers.network.empty()) answers.network = "192.168.1.0/24";
  if (answers.gitops.empty()) answers.gitops = "none";
  if (answers.nodes.empty()) answers.nodes = {"server=pc"};
  if (answers.repo.empty()) answers.repo = "https://git." + answers.domain + "/homelab.git";
}

/// The system's reason where the file cannot be made; one that is there is a reason.
std::string create_file(const fs::path& path, std::string_view text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (file < 0) return std::generic_category().message(errno);
  int code = 0;
  while (!text.empty() && code == 0) {
    const ssize_t put = ::write(file, text.data(), text.size());
    if (put < 0 && errno != EINTR) code = errno;
    if (put > 0) text.remove_prefix(static_cast<std::size_t>(put));
  }
  if (::close(file) != 0 && code == 0) code = errno;
  return code == 0 ? "" : std::generic_category().message(code);
}

int write(const NewLab& lab, const std::string& folder, Console& console) {
  const std::string shown = load::printable_name(folder);
  if (holds_lab(folder)) {
    console.complain(
        fmt::format("hlab init: there is a lab in {} already; nothing was written\n", shown));
    return kRefused;
  }
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (failed) {
    console.complain(fmt::format("hlab init: cannot make {}: {}\n", shown, failed.message()));
    return kSystemFailed;
  }
  for (const NewFile& file : lab.files) {
    const std::string reason = create_file(fs::path(folder) / file.name, file.text);
    if (reason.empty()) continue;
    console.complain(fmt::format("hlab init: cannot write {}/{}: {}\n", shown, file.name, reason));
    return kSystemFailed;
  }
  return kFine;
}

/// As a shell takes it for one word.
std::string word(const std::string& text) {
  const bool plain = text.find_first_not_of(
                         "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-") ==
                     text.npos;
  if (plain) return text;
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

void next_steps(const NewLab& lab, const std::string& folder, Console& console) {
  const bool here = folder == ".";
  const std::string of = here ? "" : " " + word(folder);
  std::string out = "Wrote";
  for (const NewFile& file : lab.files) {
    out += fmt::format("{} {}", &file == &lab.files.front() ? "" : ",",
                       (fs::path(folder) / file.name).lexically_normal().string());
  }
  out += "\n\nNext:\n";
  out += fmt::format("  hlab check{}\n", of);
  out += fmt::format("  hlab show node{}\n", of);
  out += fmt::format("  hlab build{} --out {}\n", of,
                     here ? "../homelab"
                          : word(((fs::path(folder) / "..").lexically_normal() / "homelab")
                                     .lexically_normal()
                                     .string()));
  console.print(out);
}

}  // namespace

int command_init(const Options& options, Console& console) {
  CompileRequest request;
  request.no_lab = true;
  const Compilation& library = console.keep(compile_lab(request));
  InitOptions answers = options.init;
  if (!answers.repo.empty() && (answers.gitops.empty() || answers.gitops == "none")) {
    console.complain("hlab init: --repo names what Argo CD or Flux reads: say --gitops too\n");
    return kWrongUse;
  }
  fill_in(library, answers, console);
  const NewLab lab = new_lab(library, answers);
  if (!lab.problem.empty()) {
    console.complain("hlab init: " + lab.problem + "\n");
    return kWrongUse;
  }
  const int status = write(lab, answers.folder, console);
  if (status == kFine) next_steps(lab, answers.folder, console);
  return status;
}

}  // namespace hlab::commands
