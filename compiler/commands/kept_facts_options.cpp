// Options of the commands for what lies beside the lab: the lock, vendored facts, ciphertext.
#include "compiler/commands/options_help.h"
#include "compiler/commands/verb_options.h"

namespace hlab::commands {

namespace {

void declare_secret(CLI::App& app, Options& options) {
  CLI::App& secret = add_verb(app, options, Verb::secret, "Make and list the ciphertext of secrets",
                              help::kSecret);
  secret.require_subcommand(1);
  SecretOptions& given = options.secret;
  CLI::App& set = *secret.add_subcommand("set",
                                         "Encrypt a value, and write the files that are missing");
  set.footer(help::kSecretSet);
  set.add_option("NAME", given.name, "a secret of the lab")->type_name("")->required();
  add_lab(set, options);
  add_site(set, options);
  set.add_flag("--again", given.again, "make the files anew that are there, too");
  set.add_flag("--generate", given.generate, "make up the parts that are declared `random`");
  set.add_option("--from-file", given.from_file, "take the value of a part from a file, as it is")
      ->type_name("KEY=PATH")
      ->allow_extra_args(false);
  set.callback([&given] { given.set = true; });

  CLI::App& list = *secret.add_subcommand("list", "Show secrets, who needs them, and their files");
  add_lab(list, options);
  add_site(list, options);
  add_format(list, options);
}

}  // namespace

void declare_kept_facts(CLI::App& app, Options& options) {
  CLI::App& update = add_verb(app, options, Verb::update,
                              "Move versions in hlab.lock to those of the library", help::kUpdate);
  update.add_option("NAME", options.paths, "services to move; all of them without")->type_name("");
  update.add_flag("--check", options.check_only, "change nothing; list what would move");
  add_lab_option(update, options);

  CLI::App& vendor = add_verb(app, options, Verb::vendor,
                              "Take facts of charts, definitions and images from files",
                              help::kVendor);
  vendor.add_option("DIR", options.topic, "folder with charts, definitions (CRDs), image indexes")
      ->type_name("")
      ->required();
  vendor.add_flag("--dry-run", options.dry_run, "print what would change, write nothing");
  add_lab_option(vendor, options);

  CLI::App& out = add_verb(app, options, Verb::ways_out,
                           "List where the lab leaves what hlab knows", help::kWaysOut);
  add_lab(out, options);
  add_site(out, options);
  add_format(out, options);

  CLI::App& lock = add_verb(app, options, Verb::lock, "Work on hlab.lock", help::kLock);
  lock.require_subcommand(1);
  CLI::App& merge = *lock.add_subcommand("merge", "Join two branches: a merge driver for git");
  merge.add_option("FILE", options.paths, "the common base, ours (which is written), theirs")
      ->type_name("")
      ->expected(3)
      ->required();

  declare_secret(app, options);
}

}  // namespace hlab::commands
