#include "emit/sops/ciphertexts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "emit/core/secret_use.h"
#include "emit/sops/ciphertext.h"
#include "emit/sops/sops_diags.h"

namespace hlab::emit::sops {
namespace {

using model::View;

constexpr std::size_t kMostNamed = 4;

/// "`a`, `b` and 3 more": a list that stays one line.
std::string named(const std::vector<std::string>& names) {
  const std::size_t shown = names.size() > kMostNamed + 1 ? kMostNamed : names.size();
  std::string out;
  for (std::size_t i = 0; i < shown; ++i) {
    const bool last = i + 1 == names.size();
    out += fmt::format("{}`{}`", i == 0 ? "" : last ? " and " : ", ", names[i]);
  }
  if (shown < names.size()) out += fmt::format(" and {} more", names.size() - shown);
  return out;
}

void add_once(std::vector<std::string>& names, std::string name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
}

/// The command in the lab's folder that makes it.
std::string set_command(const View& secret, std::string_view options = "") {
  return fmt::format("`hlab secret set {}{}`, in the lab's folder,", secret.name(), options);
}

/// What it was called before, where `moved from` says so: "" where it does not, or computes it.
std::string former_name(const View& secret) {
  const program::Program& program = secret.program();
  const program::Instance& declared = secret.lab().instances[secret.id()];
  if (!declared.entry.valid()) return "";
  const syntax::Ast& ast = *program.ast;
  for (const syntax::EntryId id : syntax::view(ast.entry_lists, ast.entries[declared.entry].body)) {
    const syntax::Entry& entry = ast.entries[id];
    if (entry.kind == syntax::EntryKind::moved && entry.name.valid())
      return std::string(program.text(entry.name));
  }
  return "";
}

/// The uses of one secret that share a fault.
struct Group {
  View secret;
  std::vector<std::string> files;
  std::vector<std::string> users;
};

Group& group_of(std::vector<Group>& groups, const SecretUse& use) {
  for (Group& group : groups) {
    if (group.secret == use.secret) return group;
  }
  return groups.emplace_back(Group{use.secret, {}, {}});
}

/// Keys that can or cannot open files of a store, against what it says.
struct Readers {
  View store;
  std::map<std::string, std::vector<std::string>> shut_out;
  std::map<std::string, std::vector<std::string>> unknown;
};

class Ciphertexts {
 public:
  Ciphertexts(const EmitInput& input, EmitOutput& output) : input_(input), output_(output) {}

  void add_all() {
    for (const SecretUse& use : secret_uses(input_)) {
      if (use.target == SecretTarget::kubernetes && !decrypted(use)) continue;
      std::optional<std::string> bytes = input_.lab_file(use.source);
      if (!bytes) {
        note_missing(use);
        continue;
      }
      if (std::find(seen_.begin(), seen_.end(), use.source) == seen_.end()) look_at(use, *bytes);
      seen_.push_back(use.source);
      OutputFile file;
      file.path = use.output;
      file.bytes = std::move(*bytes);
      file.owner = use.secret.path();
      file.at = use.secret.declared_at();
      file.content = FileContent::ciphertext;
      file.copied_from = use.source;
      output_.add(std::move(file));
    }
    for (const SecretUse& use : extern_secret_uses(input_)) note_elsewhere(use);
    for (const Group& group : missing_) report_missing(group);
    for (const Group& group : elsewhere_) report_elsewhere(group);
    for (const Readers& readers : readers_) report_readers(readers);
    for (const auto& [cluster, group] : undecrypted_) report_undecrypted(cluster, group);
  }

 private:
  /// Whether somebody in the cluster makes Secrets of it: an operator, whoever runs it, or the engine.
  bool decrypted(const SecretUse& use) {
    const View cluster = use.user.ref("cluster");
    if (!operator_of(use)) {
      for (const View& engine : model::all(input_.program, input_.lab, "flux")) {
        if (engine.ref("cluster") == cluster) return true;
      }
    }
    for (const View& by : model::all(input_.program, input_.lab, "secret-operator")) {
      if (by.ref("cluster") == cluster) return true;
    }
    auto at = std::find_if(undecrypted_.begin(), undecrypted_.end(),
                           [&](const auto& entry) { return entry.first == cluster; });
    if (at == undecrypted_.end()) {
      at = undecrypted_.insert(at, {cluster, Group{use.secret, {}, {}}});
    }
    for (const View& user : use.users) add_once(at->second.users, user.path());
    return false;
  }

  void note_missing(const SecretUse& use) { note(missing_, use); }

  /// What something else puts into a cluster no machine has.
  void note_elsewhere(const SecretUse& use) {
    if (use.target != SecretTarget::kubernetes) note(elsewhere_, use);
  }

  static void note(std::vector<Group>& groups, const SecretUse& use) {
    Group& group = group_of(groups, use);
    add_once(group.files, use.source);
    for (const View& user : use.users) add_once(group.users, user.path());
  }

  void look_at(const SecretUse& use, const std::string& bytes) {
    const Ciphertext read = read_ciphertext(use, bytes);
    const Span at = use.secret.declared_at();
    if (!read.plain.empty()) {
      output_.diags
          .report(kPlainSecret, at, use.source, fmt::format("{}", fmt::join(read.plain, "; ")))
          .help(set_command(use.secret, " --again") + " encrypts a new value");
      return;
    }
    if (!read.misfits.empty()) {
      output_.diags
          .report(kCiphertextMisfit, at, use.source,
                  fmt::format("{}", fmt::join(read.misfits, "; ")))
          .help(set_command(use.secret, " --again") + " makes it anew");
      return;
    }
    if (const View store = use.secret.ref("store"); store.is("sops")) compare(use, store, read);
  }

  void compare(const SecretUse& use, const View& store, const Ciphertext& read) {
    const std::vector<std::string> wanted = store.texts("recipients");
    auto at = std::find_if(readers_.begin(), readers_.end(),
                           [&](const Readers& one) { return one.store == store; });
    if (at == readers_.end()) at = readers_.insert(at, Readers{store, {}, {}});
    for (const std::string& key : wanted) {
      if (!read.recipients.contains(key)) add_once(at->shut_out[key], use.source);
    }
    for (const std::string& key : read.recipients) {
      const bool known = std::find(wanted.begin(), wanted.end(), key) != wanted.end();
      if (!known) add_once(at->unknown[key], use.source);
    }
  }

  void report_missing(const Group& group) {
    const std::string is = group.files.size() == 1 ? "is" : "are";
    auto report = output_.diags.report(kMissingCiphertext, group.secret.declared_at(),
                                       group.secret.path(),
                                       fmt::format("{} {} missing", named(group.files), is));
    report.note("needed by " + named(group.users));
    const View store = group.secret.ref("store");
    const std::string old = file_of_old_name(group);
    if (store.is("sops") && !old.empty()) {
      report.help(fmt::format(
          "its value lies under the old name: `sops -d {}` shows it, and {} asks for it", old,
          set_command(group.secret)));
      return;
    }
    report.help(store.is("sops")
                    ? set_command(group.secret) + " makes it"
                    : fmt::format("hlab encrypts for stores of the kind `sops`, and `{}` "
                                  "is none: put the file there yourself",
                                  store.name()));
  }

  /// "" where no file of it is left.
  [[nodiscard]] std::string file_of_old_name(const Group& group) const {
    const std::string old = former_name(group.secret);
    if (old.empty()) return "";
    const std::string suffix = fmt::format("{}.sops.yaml", group.secret.name());
    for (std::string file : group.files) {
      if (!file.ends_with("/" + suffix)) continue;
      file.replace(file.size() - suffix.size(), suffix.size(), old + ".sops.yaml");
      if (input_.lab_file(file)) return file;
    }
    return "";
  }

  void report_elsewhere(const Group& group) {
    output_.diags
        .report(kExternOnMachine, group.secret.set_at("extern"), group.secret.path(),
                named(group.users))
        .help("declare a second secret of the same value for the machines, without `extern`");
  }

  void report_readers(const Readers& readers) {
    if (readers.shut_out.empty() && readers.unknown.empty()) return;
    auto report = output_.diags.report(kOtherRecipients, readers.store.set_at("recipients"),
                                       readers.store.path());
    std::string options;
    for (const auto& [key, files] : readers.shut_out) {
      report.note(fmt::format("{} cannot open {}", key, named(files)));
      options += " --add-age " + key;
    }
    for (const auto& [key, files] : readers.unknown) {
      report.note(fmt::format("{} is no recipient, and can open {}", key, named(files)));
      options += " --rm-age " + key;
    }
    report.help(fmt::format(
        "`hlab secret set NAME --again` asks for a value anew; who has a key that opens "
        "them keeps the values:\nsops rotate --in-place{} FILE",
        options));
  }

  void report_undecrypted(const View& cluster, const Group& group) {
    output_.diags.report(kNobodyDecrypts, group.secret.declared_at(), cluster.path())
        .note("secrets are needed there by " + named(group.users))
        .help(fmt::format("declare a service that decrypts them there: {}",
                          named(operators(cluster))));
  }

  /// What the library and the lab have to offer: `service NAME: std.KIND {}`. Of several clusters each has its own.
  [[nodiscard]] std::vector<std::string> operators(const View& cluster) const {
    const bool several = input_.all("cluster").size() > 1;
    const std::string suffix = several ? fmt::format("-{}", cluster.name()) : "";
    const std::string body = several ? fmt::format("{{ cluster = {} }}", cluster.name()) : "{}";
    const program::Program& program = input_.program;
    const program::KindId wanted = program.core_kind("secret-operator");
    std::vector<std::string> out;
    for (std::uint32_t i = 0; i < program.kinds.size(); ++i) {
      const program::KindId id{i};
      const program::Kind& kind = program.kinds[id];
      if (id == wanted || !program.is_kind(id, wanted)) continue;
      const std::string_view name = program.text(kind.name);
      const std::string_view module = program.text(program.modules[kind.module].path);
      out.push_back(fmt::format("service {}{}: {}{}{} {}", name, suffix, module,
                                module.empty() ? "" : ".", name, body));
    }
    return out;
  }

  const EmitInput& input_;
  EmitOutput& output_;
  std::vector<std::string> seen_;
  std::vector<Group> missing_;
  std::vector<Group> elsewhere_;
  std::vector<Readers> readers_;
  std::vector<std::pair<View, Group>> undecrypted_;
};

}  // namespace

void add_ciphertexts(const EmitInput& input, EmitOutput& output) {
  Ciphertexts(input, output).add_all();
}

}  // namespace hlab::emit::sops
