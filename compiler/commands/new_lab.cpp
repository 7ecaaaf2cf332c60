#include "compiler/commands/new_lab.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>

#include "compiler/diag/suggest.h"
#include "compiler/driver/compile.h"
#include "compiler/inspect/reference.h"
#include "compiler/load/read_file.h"
#include "compiler/syntax/format.h"
#include "compiler/syntax/parse.h"
#include "compiler/values/address.h"
#include "compiler/values/text_format.h"
#include "embedded/begin.h"
#include "emit/ansible/project_files.h"

namespace hlab::commands {

using driver::Compilation;

namespace {

namespace fs = std::filesystem;
using program::KindId;
using syntax::EntryKind;

constexpr std::string_view kZones = "/usr/share/zoneinfo";
constexpr std::string_view kBoards = "std.hw";
/// A network needs room for a gateway and machines; longer prefixes have none.
constexpr int kLongestPrefix = 29;

struct Reserved {
  std::string_view cidr, why;
};

/// Where no network of a house is.
constexpr std::array<Reserved, 5> kReserved{{
    {"0.0.0.0/8", "mean the machine itself"},
    {"127.0.0.0/8", "are those at which a machine talks to itself"},
    {"169.254.0.0/16", "are those that machines give themselves where no router is"},
    {"224.0.0.0/4", "are those of groups"},
    {"240.0.0.0/4", "are not given out"},
}};

std::string named(std::string_view text) { return "`" + load::printable_name(text) + "`"; }

std::string hint(std::string_view word, const std::vector<std::string>& names) {
  const diag::Near near = diag::closest(word, {names.begin(), names.end()});
  return near.empty() ? "" : fmt::format("; did you mean `{}`?", near.name);
}

std::string_view embedded_text(std::string_view path) {
  for (const embedded::EmbeddedFile& file : embedded::begin_files()) {
    if (file.path == path) return file.bytes;
  }
  return {};
}

std::string filled(std::string_view text, const std::map<std::string, std::string>& words) {
  std::string out(text);
  for (const auto& [name, word] : words) {
    const std::string mark = "@" + name + "@";
    for (std::size_t at = out.find(mark); at != out.npos; at = out.find(mark, at + word.size())) {
      out.replace(at, mark.size(), word);
    }
  }
  return out;
}

/// Fields of a board that nobody has set below it, with something to begin with.
class Boards {
 public:
  explicit Boards(const Compilation& library) : program_(library.program) {
    const program::ModuleId module = inspect::find_module(program_, kBoards);
    const KindId hardware = program_.core_kind("hardware");
    for (const program::Kind& kind : program_.kinds) {
      if (kind.module != module || kind.chain.empty() ||
          !program_.is_kind(kind.chain.back(), hardware))
        continue;
      if (!missing(kind.chain.back())) continue;
      kinds_[std::string(program_.text(kind.name))] = kind.chain.back();
    }
  }

  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (const auto& [name, kind] : kinds_) out.push_back(name);
    return out;
  }

  /// `std.hw.pi4`, with the fields that it lacks.
  [[nodiscard]] std::string expression(const std::string& name) const {
    const std::string lacking = *missing(kinds_.at(name));
    return fmt::format("{}.{}{}", kBoards, name, lacking.empty() ? "" : " { " + lacking + " }");
  }

  [[nodiscard]] bool runs_cluster(const std::string& name) const {
    const auto arch = given(kinds_.at(name), "arch");
    return !arch.valid() || program_.ast->exprs[arch].kind != syntax::ExprKind::name ||
           program_.text(Symbol(program_.ast->exprs[arch].a)) != "armv6";
  }

  [[nodiscard]] std::string_view system(const std::string& name) const {
    const auto value = given(kinds_.at(name), "raspberry-pi");
    const bool is_pi = value.valid() &&
                       program_.ast->exprs[value].kind == syntax::ExprKind::boolean &&
                       program_.ast->exprs[value].a != 0;
    return is_pi ? "raspios" : "debian";
  }

 private:
  /// What the nearest of its kinds gives the field.
  [[nodiscard]] syntax::ExprId given(KindId kind, std::string_view field) const {
    const auto& chain = program_.kinds[kind].chain;
    for (auto layer = chain.rbegin(); layer != chain.rend(); ++layer) {
      const Range body = program_.ast->entries[program_.kinds[*layer].entry].body;
      for (const syntax::EntryId id : syntax::view(program_.ast->entry_lists, body)) {
        const syntax::Entry& e = program_.ast->entries[id];
        if (!e.value.valid()) continue;
        const bool declares = e.kind == EntryKind::field && program_.text(e.name) == field;
        const bool sets = e.kind == EntryKind::set && e.path.count == 1 &&
                          syntax::view(program_.ast->segments, e.path)[0].name.valid() &&
                          program_.text(syntax::view(program_.ast->segments, e.path)[0].name) ==
                              field;
        if (declares || sets) return e.value;
      }
    }
    return {};
  }

  /// None where a field is required that we know nothing for.
  [[nodiscard]] std::optional<std::string> missing(KindId kind) const {
    static const std::map<std::string_view, std::string_view> kUsual = {
        {"arch", "arch = amd64"}, {"cpu", "cpu = 4"}, {"memory", "memory = 8GiB"}};
    std::string out;
    for (const program::Field& field : program_.kinds[kind].fields) {
      const types::TypeKind type = program_.types[field.type].kind;
      if (type == types::TypeKind::optional || type == types::TypeKind::map) continue;
      if (given(kind, program_.text(field.name)).valid()) continue;
      const auto usual = kUsual.find(program_.text(field.name));
      if (usual == kUsual.end()) return std::nullopt;
      out += (out.empty() ? "" : "  ") + std::string(usual->second);
    }
    return out;
  }

  const program::Program& program_;
  std::map<std::string, KindId> kinds_;
};

class Author {
 public:
  Author(const Compilation& library, const InitOptions& answers)
      : library_(library), answers_(answers), boards_(library) {}

  NewLab write() {
    if (!said() || !network() || !nodes() || !gitops()) return std::move(lab_);
    words_["NAME"] = answers_.name;
    words_["DOMAIN"] = answers_.domain;
    words_["TIMEZONE"] = answers_.timezone;
    add("lab.hlab", "lab.hlab.in");
    add("machines.hlab", "machines.hlab.in");
    if (answers_.gitops != "none") add("cluster.hlab", "gitops/" + answers_.gitops + ".hlab.in");
    return std::move(lab_);
  }

 private:
  bool wrong(std::string problem) {
    lab_.problem = std::move(problem);
    return false;
  }

  bool said() {
    if (const auto problem = values::dns_label_problem(answers_.name)) {
      return wrong(fmt::format("--name {}: {}", named(answers_.name), *problem));
    }
    if (const auto problem = domain_problem(answers_.domain)) return wrong("--domain " + *problem);
    if (const auto problem = timezone_problem(library_, answers_.timezone)) {
      return wrong("--timezone " + *problem);
    }
    return true;
  }

  bool network() {
    const auto cidr = values::parse_cidr(answers_.network);
    if (!cidr) {
      return wrong(fmt::format("--network {} is no network: write one like 192.168.1.0/24",
                               named(answers_.network)));
    }
    if (cidr->family != 4 || cidr->prefix > kLongestPrefix || cidr->prefix < 8) {
      return wrong(
          fmt::format("--network {}: an IPv4 network from /8 to /{} has room for a gateway and "
                      "machines",
                      named(answers_.network), kLongestPrefix));
    }
    const std::uint64_t size = std::uint64_t{1} << (32 - cidr->prefix);
    const std::uint64_t base = cidr->low & ~(size - 1);
    if (base != cidr->low) {
      return wrong(fmt::format("--network {} is an address in the network {}/{}: write that",
                               named(answers_.network), text(base), cidr->prefix));
    }
    for (const Reserved& other : kReserved) {
      if (values::network_covers(*values::parse_cidr(other.cidr), *cidr)) {
        return wrong(
            fmt::format("--network {}: the addresses of {} {}; write one like 192.168.1.0/24",
                        named(answers_.network), other.cidr, other.why));
      }
    }
    cidr_ = *cidr;
    words_["CIDR"] = answers_.network;
    words_["GATEWAY"] = text(base + 1);
    const bool roomy = size >= 256;
    free_ = size - 3 - (roomy ? 100 : 0);
    words_["DHCP"] = roomy
                         ? fmt::format(
                               "  # What the router hands out by itself: look there. The lab's own "
                               "addresses stay outside.\n  dhcp = {}..{}",
                               text(base + 100), text(base + 199))
                         : "";
    return true;
  }

  static std::string text(std::uint64_t address) {
    values::Address ip;
    ip.low = address;
    return values::ip_text(ip);
  }

  bool nodes() {
    std::vector<std::string> names;
    std::string out;
    for (const std::string& node : answers_.nodes) {
      const std::size_t sign = node.find('=');
      const std::string name = node.substr(0, sign);
      const std::string board = sign == node.npos ? "" : node.substr(sign + 1);
      if (const auto problem = values::dns_label_problem(name)) {
        return wrong(fmt::format("--nodes {}: {}", named(name), *problem));
      }
      if (emit::is_group_of_inventory(name)) {
        return wrong(fmt::format("--nodes {}: Ansible has a group of that name", named(name)));
      }
      if (std::find(names.begin(), names.end(), name) != names.end()) {
        return wrong(fmt::format("--nodes: two machines are called {}", named(name)));
      }
      const std::vector<std::string> known = boards_.names();
      if (std::find(known.begin(), known.end(), board) == known.end()) {
        return wrong(fmt::format("--nodes {}: write NAME=BOARD, with one of the boards {}{}",
                                 named(node), fmt::join(known, ", "), hint(board, known)));
      }
      names.push_back(name);
      out += fmt::format("node {} {{\nhardware = {}\nos = {}\n{}address.lan = auto\n}}\n\n", name,
                         boards_.expression(board), boards_.system(board),
                         names.size() > 1 ? "" : "# The next free address; hlab.lock keeps it.\n");
    }
    if (names.size() > free_) {
      return wrong(fmt::format("--network {} has room for {} machines, and there are {}",
                               named(answers_.network), free_, names.size()));
    }
    words_["NODES"] = out;
    return true;
  }

  /// Which of the machines the cluster has: K3s is not built for all of them.
  bool servers() {
    std::vector<std::string> able;
    for (const std::string& node : answers_.nodes) {
      const std::size_t sign = node.find('=');
      if (boards_.runs_cluster(node.substr(sign + 1))) able.push_back(node.substr(0, sign));
    }
    if (able.empty()) {
      return wrong(
          "--nodes: K3s is not built for armv6, so none of them can be in a cluster; name another "
          "board, or leave `--gitops` away");
    }
    words_["SERVER"] = able.front();
    able.erase(able.begin());
    words_["AGENTS"] = able.empty()
                           ? ""
                           : fmt::format(
                                 "# With `token`, a secret, further machines can join (`hlab doc "
                                 "cluster`):\n# agents = [{}]",
                                 fmt::join(able, ", "));
    return true;
  }

  /// Pods and services have addresses of their own, apart from those of the house.
  void inner_networks() {
    const values::Address usual = *values::parse_cidr("10.42.0.0/15");
    const bool apart = !values::network_covers(cidr_, usual) &&
                       !values::network_covers(usual, cidr_);
    words_["INNER"] = apart ? ""
                            : "# Addresses of pods and of services, apart from those of `lan`.\n"
                              "pod-cidr = 172.20.0.0/16\nservice-cidr = 172.21.0.0/16\n";
  }

  bool gitops() {
    std::vector<std::string> known = {"none"};
    for (const embedded::EmbeddedFile& file : embedded::begin_files()) {
      const fs::path path(file.path);
      if (path.parent_path() == "gitops") known.push_back(path.stem().stem().string());
    }
    if (std::find(known.begin(), known.end(), answers_.gitops) == known.end()) {
      return wrong(fmt::format("--gitops {} is none of {}{}", named(answers_.gitops),
                               fmt::join(known, ", "), hint(answers_.gitops, known)));
    }
    if (const auto problem = values::url_problem(answers_.repo)) {
      return wrong(fmt::format("--repo {}: {}", named(answers_.repo), *problem));
    }
    words_["REPO"] = answers_.repo;
    inner_networks();
    return answers_.gitops == "none" || servers();
  }

  void add(std::string name, std::string_view from) {
    if (!lab_.problem.empty()) return;
    std::string text = syntax::format(filled(embedded_text(from), words_));
    SourceMap sources;
    SymbolTable symbols;
    syntax::Ast ast;
    diag::Diagnostics diags;
    syntax::parse(sources, sources.add(name, text), symbols, ast, diags);
    if (diags.has_errors()) {  // a name that is a word of the language
      lab_.problem = fmt::format("a name that was given has a meaning of its own: {}",
                                 diags.sorted().front()->message);
      lab_.files.clear();
      return;
    }
    lab_.files.push_back({std::move(name), std::move(text)});
  }

  const Compilation& library_;
  const InitOptions& answers_;
  Boards boards_;
  values::Address cidr_;
  std::uint64_t free_ = 0;
  std::map<std::string, std::string> words_;
  NewLab lab_;
};

}  // namespace

NewLab new_lab(const Compilation& library, const InitOptions& answers) {
  return Author(library, answers).write();
}

std::optional<std::string> domain_problem(std::string_view domain) {
  const auto problem = values::small_hostname_problem(domain);
  if (!problem) return std::nullopt;
  return fmt::format("{}: {}; write one like home.arpa", named(domain), *problem);
}

std::optional<std::string> timezone_problem(const Compilation& library, std::string_view zone) {
  const program::Program& program = library.program;
  const KindId lab = program.core_kind("lab");
  const std::uint32_t index = program.field(lab, program.symbols->find("timezone"));
  const types::Type& type = program.types[program.kinds[lab].fields[index].type];
  const std::string_view pattern = type.pattern.valid() ? program.text(type.pattern) : "";
  if (values::text_problem(type.format, zone, pattern)) {
    return fmt::format("{} is no time zone: write one like Europe/Madrid", named(zone));
  }
  std::error_code failed;
  const fs::path zones(kZones);
  if (!fs::is_directory(zones, failed) || fs::is_regular_file(zones / zone, failed))
    return std::nullopt;
  std::vector<std::string> names;
  for (fs::recursive_directory_iterator it(zones, failed), end; !failed && it != end;
       it.increment(failed)) {
    const std::string name = it->path().lexically_relative(zones).generic_string();
    if (!name.starts_with("posix/") && !name.starts_with("right/") && it->is_regular_file(failed))
      names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return fmt::format("{} is a time zone that this machine does not know{}", named(zone),
                     hint(zone, names));
}

}  // namespace hlab::commands
