// Options of the commands that are asked about one thing.
#include "compiler/commands/options_help.h"
#include "compiler/commands/verb_options.h"

namespace hlab::commands {

void declare_questions(CLI::App& app, Options& options) {
  CLI::App& eval = add_verb(app, options, Verb::eval, "Compute an expression in a lab",
                            help::kEval);
  eval.add_option("EXPR", options.topic, "an expression, as after `=` in a lab")
      ->type_name("")
      ->required();
  CLI::Option* lab = add_lab(eval, options);
  add_site(eval, options);
  eval.parse_complete_callback([&options, lab] { options.lab_given = lab->count() > 0; });
  add_value_format(eval, options);

  CLI::App& doc = add_verb(app, options, Verb::doc, "Print the reference of kinds and modules",
                           help::kDoc);
  doc.add_option("TOPIC", options.topic,
                 "a module or a kind (default: what the lab itself declares)")
      ->type_name("");
  CLI::Option* of = doc.add_option("--lab", options.lab,
                                   "the lab's folder (default: the current folder)")
                        ->type_name("LAB");
  doc.parse_complete_callback([&options, of] { options.lab_given = of->count() > 0; });
  doc.add_flag("--html", options.html, "one page of HTML that needs no other file");
  doc.add_option("--out,-o", options.out, "file to write instead of standard output")
      ->type_name("FILE");

  CLI::App& show = add_verb(app, options, Verb::show,
                            "Show fields, their values and where these come from", help::kShow);
  show.add_option(
          "PATH", options.paths,
          "what to show: a declaration, a field of one, a kind (default: the whole lab); the last "
          "one may be LAB")
      ->type_name("");
  show.add_flag("--blame", options.blame, "say where each value comes from, and what it displaced");
  show.add_flag("--ways-out", options.ways_out,
                "list where the lab leaves what hlab knows (hlab ways-out)");
  add_lab_option(show, options);
  add_site(show, options);
  add_format(show, options);

  CLI::App& why = add_verb(app, options, Verb::why, "Say where a line of the output comes from",
                           help::kWhy);
  why.add_option(
         "FILE", options.paths,
         "FILE or FILE:LINE: a file that hlab writes, a line of it; LAB may stand beside it")
      ->type_name("")
      ->required();
  add_lab_option(why, options);
  add_site(why, options);
  add_format(why, options);
}

}  // namespace hlab::commands
