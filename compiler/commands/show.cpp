// `hlab show [PATH...]`: what a lab comes to, field by field, and who said so.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "compiler/commands/commands.h"
#include "compiler/commands/field_notes.h"
#include "compiler/commands/lab_folder.h"
#include "compiler/commands/provenance_output.h"
#include "compiler/commands/show_holdings.h"
#include "compiler/commands/value_output.h"
#include "compiler/diag/render_text.h"
#include "compiler/driver/compile.h"
#include "compiler/driver/deep_stack.h"
#include "compiler/driver/exit_status.h"
#include "compiler/driver/one_expression.h"
#include "compiler/inspect/value_text.h"

namespace hlab::commands {

using driver::check_lab;
using driver::Compilation;
using driver::CompileRequest;
using driver::compute_planned;
using driver::copy_errors;
using driver::has_values;
using driver::kFine;
using driver::kLabHasErrors;
using driver::kWrongUse;
using driver::on_deep_stack;

namespace {

namespace fs = std::filesystem;
using inspect::OutlineLine;
using inspect::Selection;

/// A folder with .hlab files, or one such file; what is written like a path is none of the lab's names.
bool is_lab(const std::string& name) {
  std::error_code failed;
  if (name.ends_with(".hlab")) return fs::exists(name, failed);
  if (!fs::is_directory(name, failed)) return false;
  return holds_lab(name) || name.find('/') != std::string::npos || name.starts_with('.');
}

/// Planned instances have no values of their own accord.
void compute(Compilation& run, const model::View& shown) {
  const model::View top = shown.top();
  if (!run.lab.instances[top.id()].planned) return;
  on_deep_stack([&] { compute_planned(run, top.id()); });
}

/// The whole lab: every declaration of its files, in order.
std::vector<Selection> everything(const Compilation& run) {
  std::vector<Selection> out;
  for (std::uint32_t i = 0; i < run.lab.instances.size(); ++i) {
    const program::Instance& one = run.lab.instances[values::InstanceId(i)];
    if (one.owner.valid() || !one.entry.valid() || one.gone) continue;
    if (run.program.modules[one.module].library) continue;
    const model::View view(run.program, run.lab, values::InstanceId(i));
    out.push_back({view, inspect::outline(view)});
  }
  return out;
}

/// Nothing where a path names nothing: that was said.
std::optional<std::vector<Selection>> selected(Compilation& run, const Options& options,
                                               Console& console) {
  std::vector<Selection> out;
  for (const std::string& path : options.paths) {
    for (Selection& one : inspect::find(run.program, run.lab, path).selections)
      compute(run, one.instance);
    inspect::Found found = inspect::find(run.program, run.lab, path);
    if (found.missing.empty()) {
      std::move(found.selections.begin(), found.selections.end(), std::back_inserter(out));
      continue;
    }
    const std::string where = found.within.empty() ? "in the lab" : "in " + found.within;
    const std::string hint = found.near.empty() ? "" : "; did you mean `" + found.near + "`?";
    console.complain(fmt::format("hlab show: there is no `{}` {}{}\n",
                                 load::printable_name(found.missing), where, hint));
    return std::nullopt;
  }
  if (!options.paths.empty()) return out;
  for (const Selection& one : everything(run)) compute(run, one.instance);
  return everything(run);
}

/// Why it is not there, though it is declared; "" of what is.
std::string_view absence_of(const Compilation& run, const model::View& shown) {
  const program::Instance& top = run.lab.instances[shown.top().id()];
  if (top.gone) return "left out by the site";
  return top.planned ? "planned" : "";
}

/// Of all that lies in a declaration no value is longer than somebody reads; what is asked for by its path is whole.
inspect::ValueText value_of(const Compilation& run, const Selection& one, const OutlineLine& line) {
  const model::View context(run.program, run.lab, values::InstanceId());
  if (line.holds) return {std::string(context.of(line.value).kind_name())};
  const model::View holder(run.program, run.lab, line.subject.instance);
  const bool planned = run.lab.instances[holder.top().id()].planned;
  if (planned && line.value.is(values::ValueKind::error)) return {"(not there)"};
  return inspect::value_text(context, line.value, one.part ? inspect::Most{} : inspect::kMostShown);
}

/// The values of which only the beginning was shown.
struct CutValues {
  std::size_t count = 0;
  std::string first;  // the path of the first

  void note(const Selection& one, const OutlineLine& line) {
    if (count++ == 0) first = one.instance.path() + "." + line.path;
  }
  void tell(Console& console) const {
    if (count == 0) return;
    console.complain(
        fmt::format("hlab show: {} too long to be shown in full: `hlab show {}` shows {}\n",
                    count == 1 ? "one value is" : fmt::format("{} values are", count), first,
                    count == 1 ? "all of it" : "all of the first one"));
  }
};

inspect::Provenance provenance_of(const inspect::Inspector& inspector, const OutlineLine& line) {
  return line.within.empty() ? inspector.of(line.subject) : inspector.of(line.subject, line.within);
}

void print_blame(const Compilation& run, const inspect::Inspector& inspector,
                 const OutlineLine& line, std::string& out) {
  const inspect::Provenance from = provenance_of(inspector, line);
  const auto add = [&](std::string_view text) { out += fmt::format("      {}\n", text); };
  for (const inspect::Origin& origin : from.set_by) add(described(run, origin));
  for (const std::string& note : field_notes(run, inspector, line, from)) add(note);
  for (const inspect::Origin& origin : from.displaced) add("displaced: " + described(run, origin));
}

/// A machine shown whole, because it was asked for: then what it holds is told too.
bool shows_machine(const Compilation& run, const Selection& one, const Options& options) {
  return !options.paths.empty() && one.instance.is("node") &&
         !run.lab.instances[one.instance.id()].planned && !one.part;
}

void print(const Compilation& run, const std::vector<Selection>& selections, const Options& options,
           Console& console) {
  const inspect::History history(run.history, run.pieces);
  const inspect::Inspector inspector(run.program, run.lab, run.sources, history);
  std::string out;
  CutValues cut;
  for (const Selection& one : selections) {
    if (!out.empty()) out += "\n";
    const std::string_view absence = absence_of(run, one.instance);
    out += fmt::format("{}: {}  {}{}{}\n", one.instance.path(), one.instance.kind_name(),
                       place_text(run, one.instance.declared_at()), absence.empty() ? "" : ", ",
                       absence);
    std::size_t width = 0;
    for (const OutlineLine& line : one.lines) {
      if (line.path.size() <= 36) width = std::max(width, line.path.size());
    }
    for (const OutlineLine& line : one.lines) {
      const inspect::ValueText value = value_of(run, one, line);
      if (!value.whole) cut.note(one, line);
      out += fmt::format("  {:<{}}  {}\n", line.path, width, value.text);
      if (options.blame) print_blame(run, inspector, line, out);
    }
    if (shows_machine(run, one, options)) out += holdings_text(one.instance);
  }
  console.print(out);
  cut.tell(console);
}

void put_line(emit::Doc& doc, const Compilation& run, const inspect::Inspector& inspector,
              const OutlineLine& line, const inspect::ValueText& value, bool blame) {
  const model::View context(run.program, run.lab, values::InstanceId());
  doc.open_map();
  doc.entry("path", line.path);
  doc.entry("type", program::type_text(run.program, line.type));
  doc.entry("text", value.text);
  if (!value.whole) doc.entry("whole", false);
  if (!line.holds && value.whole) {
    doc.key("value");
    put_shown(doc, context, line.value);
  }
  if (blame) {
    const inspect::Provenance from = provenance_of(inspector, line);
    put_origins(doc, run, "set_by", from.set_by);
    put_origins(doc, run, "displaced", from.displaced);
    put_texts(doc, "notes", field_notes(run, inspector, line, from));
  }
  doc.close();
}

int print_json(const Compilation& run, const std::vector<Selection>& selections,
               const Options& options, Console& console) {
  const inspect::History history(run.history, run.pieces);
  const inspect::Inspector inspector(run.program, run.lab, run.sources, history);
  emit::Doc doc;
  CutValues cut;
  doc.open_map();
  doc.entry("version", 1);
  doc.key("instances");
  doc.open_seq();
  for (const Selection& one : selections) {
    doc.open_map();
    doc.entry("path", one.instance.path());
    doc.entry("kind", one.instance.kind_name());
    put_place(doc, run, one.instance.declared_at());
    const std::string_view absence = absence_of(run, one.instance);
    if (!absence.empty()) doc.entry("absent", absence);
    doc.key("fields");
    doc.open_seq();
    for (const OutlineLine& line : one.lines) {
      const inspect::ValueText value = value_of(run, one, line);
      if (!value.whole) cut.note(one, line);
      put_line(doc, run, inspector, line, value, options.blame);
    }
    doc.close();
    if (shows_machine(run, one, options)) {
      doc.key("holds");
      put_holdings(doc, one.instance);
    }
    doc.close();
  }
  doc.close();
  doc.close();
  const Written written = document_text(doc, Format::json);
  console.print(written.text);
  cut.tell(console);
  if (written.problem.empty()) return kFine;
  console.complain("hlab show: the value cannot be written so: " + written.problem + "\n");
  return kLabHasErrors;
}

}  // namespace

int command_show(const Options& given, Console& console) {
  Options options = given;
  if (!options.paths.empty() && is_lab(options.paths.back())) {
    options.lab = options.paths.back();
    options.paths.pop_back();
  }
  if (options.ways_out) return command_ways_out(options, console);
  CompileRequest request;
  request.lab = options.lab;
  request.site = options.site;
  request.history = true;
  Compilation& run = console.keep(check_lab(request));
  diag::Diagnostics errors;
  copy_errors(run.diags, errors);
  Options look = options;
  look.format = Format::human;  // standard output is for what is shown
  show_diagnostics(run.sources, errors, look, console);
  if (!has_values(run)) return status_of(errors);
  const auto selections = selected(run, options, console);
  if (!selections) return kWrongUse;
  int status = kFine;
  on_deep_stack([&] {  // a value may be as deep as any that the evaluator makes
    if (options.format == Format::json) {
      status = print_json(run, *selections, options, console);
    } else {
      print(run, *selections, options, console);
    }
  });
  return status == kFine ? status_of(errors) : status;
}

}  // namespace hlab::commands
