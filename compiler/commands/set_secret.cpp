#include "compiler/commands/set_secret.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include <sys/prctl.h>
#include <sys/resource.h>

#include "compiler/commands/run_sops.h"
#include "compiler/commands/secret_values.h"
#include "compiler/diag/suggest.h"
#include "compiler/driver/exit_status.h"
#include "compiler/load/read_file.h"
#include "emit/core/secret_form.h"
#include "emit/sops/ciphertext.h"

namespace hlab::commands {

using driver::kFine;
using driver::kOurFault;
using driver::kSystemFailed;
using driver::kWrongUse;

namespace {

namespace fs = std::filesystem;
using emit::SecretUse;
using model::View;

/// What is to be said, and the status to leave with.
struct Outcome {
  int status = kFine;
  std::string text;
};

struct Sealed {
  fs::path place;
  std::string shown;
  std::string bytes;
};

const LabSecret* find(const std::vector<LabSecret>& secrets, std::string_view name) {
  for (const LabSecret& one : secrets) {
    if (one.secret.name() == name || one.secret.path() == name) return &one;
  }
  return nullptr;
}

Outcome unknown(const std::vector<LabSecret>& secrets, const std::string& name) {
  std::vector<std::string_view> names;
  for (const LabSecret& one : secrets) names.push_back(one.secret.name());
  std::string text = fmt::format("the lab declares no secret `{}`", load::printable_name(name));
  const std::string_view near = diag::closest(name, names);
  if (!near.empty()) text += fmt::format("; did you mean `{}`?", near);
  return {kWrongUse, text};
}

/// A debugger or a core file would show what we hold.
void close_memory() {
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

/// Whether the file will lie in the lab's folder, links and all: elsewhere nobody would look for it.
bool lies_inside(const fs::path& root, const std::string& source) {
  std::error_code failed;
  const fs::path real_root = fs::weakly_canonical(root, failed);
  const fs::path real = fs::weakly_canonical(root / source, failed);
  const std::string below = real.lexically_relative(real_root).generic_string();
  return !failed && !below.empty() && below != "." && !below.starts_with("..");
}

class Setting {
 public:
  Setting(const driver::Compilation& run, const LabSecret& secret, const Options& options)
      : run_(run), of_(secret), options_(options) {}

  Outcome perform(Console& console) {
    if (Outcome problem = prepare(); !problem.text.empty()) return problem;
    close_memory();
    if (Outcome problem = get_values(console); !problem.text.empty()) return problem;
    for (const SecretUse* use : wanted_) {
      if (Outcome problem = seal(*use); !problem.text.empty()) return problem;
    }
    return write(console);
  }

 private:
  Outcome prepare() {
    const std::string_view name = of_.secret.name();
    if (of_.secret.flag("extern")) {
      return {kWrongUse,
              fmt::format("something else makes `{}` (`extern`), so no file is made of it", name)};
    }
    if (of_.uses.empty()) {
      return {kWrongUse, fmt::format("nothing needs `{}`, so no file is made of it", name)};
    }
    store_ = of_.secret.ref("store");
    if (!store_.is("sops")) {
      return {kWrongUse,
              fmt::format("`{}` is kept by `{}`, which is no `sops`: hlab cannot encrypt "
                          "for it",
                          name, store_.path())};
    }
    for (std::size_t i = 0; i < of_.uses.size(); ++i) {
      if (options_.secret.again || !of_.exists[i]) wanted_.push_back(&of_.uses[i]);
    }
    if (wanted_.empty()) {
      return {kFine, fmt::format("all files of `{}` are there; --again makes them anew", name)};
    }
    for (const SecretUse* use : wanted_) {
      if (!lies_inside(run_.loaded.root, use->source)) {
        return {kSystemFailed, fmt::format("`{}` leads out of the lab's folder", use->source)};
      }
    }
    return check_generated();
  }

  /// A made-up value for some of the files would differ from what the others hold.
  Outcome check_generated() {
    const std::vector<std::string> random = of_.secret.texts("random");
    const bool some_exist = wanted_.size() < of_.uses.size();
    if (options_.secret.generate && random.empty()) {
      return {kWrongUse,
              fmt::format("no part of `{0}` may be any text: `random = [\"{1}\"]` in its "
                          "declaration says that one may",
                          of_.secret.name(), of_.secret.texts("keys").front())};
    }
    if (options_.secret.generate && some_exist) {
      return {
          kWrongUse,
          fmt::format("`{}` has a value already, which --generate does not know: give that value, "
                      "or make all files anew with --again",
                      of_.secret.name())};
    }
    sops_ = find_sops();
    if (!sops_.empty()) return {};
    return {
        kSystemFailed,
        "the program `sops` (3.10 or newer) is not in PATH. It is a single file: take it from the "
        "releases of github.com/getsops/sops, or from your system's packages"};
  }

  Outcome get_values(Console& console) {
    const std::vector<std::string> keys = of_.secret.texts("keys");
    const std::vector<std::string> random = of_.secret.texts("random");
    values_ = read_files(keys, options_.secret.from_file);
    if (!values_.error.empty()) return {kWrongUse, values_.error};
    const auto is_given = [&](const std::string& key) {
      return std::any_of(values_.values.begin(), values_.values.end(),
                         [&](const SecretValue& one) { return one.key == key; });
    };
    const auto is_made = [&](const std::string& key) {
      return options_.secret.generate && !is_given(key) &&
             std::find(random.begin(), random.end(), key) != random.end();
    };
    std::vector<std::string> asked;
    std::copy_if(keys.begin(), keys.end(), std::back_inserter(asked),
                 [&](const std::string& key) { return !is_made(key) && !is_given(key); });
    if (!asked.empty()) {
      introduce(console);
      SecretValues answered = read_values(
          asked, keys.size() == 1 ? PipeForm::whole : PipeForm::lines, console);
      if (!answered.error.empty()) return {kWrongUse, answered.error};
      std::move(answered.values.begin(), answered.values.end(), std::back_inserter(values_.values));
    }
    for (const std::string& key : keys) {
      if (is_made(key)) values_.values.push_back({key, random_value()});
    }
    return {};
  }

  void introduce(Console& console) const {
    const std::string about = of_.secret.text("description");
    if (!about.empty()) console.complain(fmt::format("{}: {}\n", of_.secret.name(), about));
    for (const auto& [key, value] : of_.secret.entries("about")) {
      console.complain(fmt::format("{}: {}\n", key, of_.secret.text_of(value)));
    }
    if (wanted_.size() == of_.uses.size() || options_.secret.again) return;
    console.complain("Its other files stay as they are: give the value that these have.\n");
  }

  [[nodiscard]] std::string_view value_of(const std::string& key) const {
    for (const SecretValue& one : values_.values) {
      if (one.key == key) return text_of(one.value);
    }
    return {};
  }

  /// No word of sops that holds a value is passed on.
  [[nodiscard]] std::string without_values(const std::string& words) const {
    for (const SecretValue& one : values_.values) {
      if (words.find(text_of(one.value)) != std::string::npos) return "(its message holds a value)";
    }
    return words;
  }

  Outcome seal(const SecretUse& use) {
    const std::vector<std::string> keys = of_.secret.texts("keys");
    const std::vector<std::string> pieces = emit::secret_form(use);
    if (pieces.empty())
      return {kWrongUse, fmt::format("`{}` cannot be written as YAML", use.source)};
    SecretBytes form;
    append(form, pieces.front());
    for (std::size_t i = 0; i < keys.size(); ++i) {
      append_quoted(form, value_of(keys[i]));
      append(form, pieces[i + 1]);
    }
    const bool object = use.target == emit::SecretTarget::kubernetes;
    SopsAnswer answer = encrypt(
        {sops_, store_.texts("recipients"), object ? std::string(emit::sops::kEncryptedParts) : "",
         use.output},
        text_of(form));
    if (!answer.error.empty()) {
      return {kSystemFailed, "sops failed: " + without_values(answer.error)};
    }
    const emit::sops::Ciphertext read = emit::sops::read_ciphertext(use, answer.ciphertext);
    if (!read.plain.empty() || !read.misfits.empty()) {
      return {kSystemFailed,
              fmt::format("what {} gave is no ciphertext of `{}`; nothing was written", sops_,
                          use.source)};
    }
    sealed_.push_back({run_.loaded.root / use.source, use.source, std::move(answer.ciphertext)});
    return {};
  }

  Outcome write(Console& console) const {
    for (const Sealed& one : sealed_) {
      std::error_code failed;
      fs::create_directories(one.place.parent_path(), failed);
      const std::string problem = failed ? failed.message()
                                         : load::replace_file(one.place, one.bytes);
      if (!problem.empty())
        return {kSystemFailed, fmt::format("cannot write {}: {}",
                                           load::printable_name(one.place.string()), problem)};
      console.print(one.shown + "\n");
    }
    return {};
  }

  const driver::Compilation& run_;
  const LabSecret& of_;
  const Options& options_;
  View store_;
  std::string sops_;
  std::vector<const SecretUse*> wanted_;
  SecretValues values_;
  std::vector<Sealed> sealed_;
};

}  // namespace

int set_secret(const driver::Compilation& run, const std::vector<LabSecret>& secrets,
               const Options& options, Console& console) {
  const LabSecret* secret = find(secrets, options.secret.name);
  const Outcome outcome = secret == nullptr ? unknown(secrets, options.secret.name)
                                            : Setting(run, *secret, options).perform(console);
  if (!outcome.text.empty()) console.complain("hlab secret set: " + outcome.text + "\n");
  return outcome.status;
}

}  // namespace hlab::commands
