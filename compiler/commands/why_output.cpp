#include "compiler/commands/why_output.h"

#include <fmt/format.h>

#include "compiler/base/utf8.h"
#include "compiler/commands/field_notes.h"
#include "compiler/commands/provenance_output.h"
#include "compiler/commands/value_output.h"
#include "compiler/diag/display_text.h"
#include "compiler/driver/compile.h"
#include "compiler/inspect/value_text.h"

namespace hlab::commands {

using driver::Compilation;
using emit::FileContent;
using inspect::Cause;
using inspect::CauseFinder;
using From = LineOrigin::From;
using Is = emit::LineSource::Kind;

namespace {

std::string value_of(const Compilation& run, const Cause& cause) {
  const model::View context(run.program, run.lab, values::InstanceId());
  return inspect::value_text(context, cause.value, inspect::kMostShown).text;
}

/// As much as goes on one line of a screen.
std::string shortened(const std::string& text) {
  constexpr std::size_t kWidth = 120;
  if (text.size() <= kWidth) return text;
  std::size_t end = kWidth - 4;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end) + " ...";
}

std::vector<std::string> notes_of(const Compilation& run, const inspect::Inspector& inspector,
                                  const Cause& cause) {
  inspect::OutlineLine line;
  line.path = cause.path;
  line.subject = cause.part.subject;
  line.value = cause.value;
  const auto& kind = run.program.kinds[run.lab.instances[line.subject.instance].kind];
  line.type = kind.fields[line.subject.field].type;
  const bool tells_origin = !cause.passed_on && cause.calls.empty();
  return field_notes(run, inspector, line, cause.from, tells_origin);
}

std::string call_text(const Compilation& run, const inspect::FunctionCall& call) {
  if (!call.by.empty())
    return fmt::format("offered by {}, which {} claims at {}{}", call.function, call.by,
                       place_text(run, call.at), call.given.empty() ? "" : " with " + call.given);
  return fmt::format("through fn {}, called at {}{}", call.function, place_text(run, call.at),
                     call.given.empty() ? "" : " with " + call.given);
}

void tell_causes(const Compilation& run, const inspect::Inspector& inspector,
                 const inspect::Causes& causes, std::string& out) {
  for (const Cause& cause : causes.list) {
    const std::string margin(2 + 2 * static_cast<std::size_t>(cause.depth), ' ');
    out += fmt::format("{}{}{} = {}\n", margin, cause.depth == 0 ? "" : "reads ", cause.path,
                       shortened(value_of(run, cause)));
    const auto add = [&](std::string_view text) { out += fmt::format("{}    {}\n", margin, text); };
    for (const inspect::Origin& origin : cause.from.set_by) add(described(run, origin));
    for (const inspect::FunctionCall& call : cause.calls) add(call_text(run, call));
    for (const std::string& note : notes_of(run, inspector, cause)) add(note);
    for (const inspect::Origin& origin : cause.from.displaced)
      add("displaced: " + described(run, origin));
  }
  if (causes.left_out != 0)
    out += fmt::format("  and {} more that it reads (`hlab show NAME --blame`)\n", causes.left_out);
}

std::string declared(const Compilation& run, const model::View& view) {
  // What a kind of the library holds is declared there; the lab declares what holds it.
  const Span at = view.declared_at();
  const bool library = at.valid() && run.sources.file(at.file).is_library;
  const std::string place = place_text(run, library ? view.top().declared_at() : at);
  return fmt::format("`{}`{}", view.path(), place.empty() ? "" : " (" + place + ")");
}

std::string_view what_stands(Is is) {
  return is == Is::value ? "value" : is == Is::block ? "block" : "remark";
}

/// A line that is nobody's value, with what speaks for its being in every such file.
std::string own_words(const Answer& answer, Is is) {
  if (is == Is::remark) return "  a remark of hlab's own, or an empty line\n";
  if (is == Is::block) return "  no value: a list or map begins or ends here\n";
  const Alike& alike = answer.alike;
  std::string out =
      "  no value of the lab is noted: hlab writes this itself, or makes it of what is declared\n";
  if (alike.files > 1 && alike.same == alike.files)
    out += fmt::format("  the same line stands in all {} files {}\n", alike.files, alike.what);
  if (alike.files > 1 && alike.same < alike.files)
    out += fmt::format(
        "  it stands in {} of the {} files {}: it follows from what the lab declares\n", alike.same,
        alike.files, alike.what);
  return out;
}

void tell_origin(const Compilation& run, const Answer& answer, const LineOrigin& origin,
                 std::string& out) {
  if (origin.from == From::hlab) {
    if (!origin.path.empty()) out += fmt::format("`{}`:\n", origin.path);
    out += own_words(answer, origin.is);
    return;
  }
  const std::string where = origin.path.empty() ? "this line" : "`" + origin.path + "`";
  if (origin.own) {
    out += fmt::format("{} comes from\n", where);
  } else {
    out += fmt::format("{} is hlab's own, and part of what it makes of\n", where);
  }
  const inspect::History history(run.history, run.pieces);
  const inspect::Inspector inspector(run.program, run.lab, run.sources, history);
  switch (origin.from) {
    case From::field: tell_causes(run, inspector, origin.causes, out); break;
    case From::name:
      out += fmt::format("  the name of {}\n",
                         declared(run, {run.program, run.lab, origin.instance}));
      break;
    case From::expression: {
      const std::string around = inspector.around(origin.at);
      out += fmt::format("  {}{}: {}\n", place_text(run, origin.at),
                         around.empty() ? "" : "  " + around, run.sources.text(origin.at));
      break;
    }
    case From::hlab: break;
  }
}

std::string_view state_name(OnDisk state) {
  switch (state) {
    case OnDisk::unknown: return "unknown";
    case OnDisk::missing: return "missing";
    case OnDisk::same: return "same";
    case OnDisk::older: return "older";
    case OnDisk::edited: return "edited";
    case OnDisk::foreign: return "foreign";
  }
  return "";
}

std::string_view content_name(FileContent content) {
  switch (content) {
    case FileContent::written: return "written";
    case FileContent::same: return "same";
    case FileContent::copied: return "copied";
    case FileContent::ciphertext: return "ciphertext";
  }
  return "";
}

std::string disk_text(const Answer& answer) {
  switch (answer.found.state) {
    case OnDisk::unknown:
    case OnDisk::same: return "";
    case OnDisk::missing: return "It is not on disk: `hlab build` writes it.\n";
    case OnDisk::older:
      if (answer.other_tree) return other_tree_text(answer);
      return "What lies on disk is of an earlier build: `hlab build` writes it anew.\n";
    case OnDisk::edited:
      return "What lies on disk is not what hlab would write: it was edited by hand, and `hlab build` "
             "will refuse to overwrite it.\n";
    case OnDisk::foreign:
      return "What lies on disk there is not of hlab, and `hlab build` will refuse to overwrite it.\n";
  }
  return "";
}

/// Files of whose lines there is nothing to tell one by one.
std::string whole_text(const Answer& answer) {
  const emit::OutputFile& file = *answer.found.file;
  switch (file.content) {
    case FileContent::same:
      return "These are hlab's own words: the file is the same in every lab.\n";
    case FileContent::ciphertext:
      return fmt::format(
          "Ciphertext, copied from `{}` of the lab's folder as it is: hlab looks no "
          "further into it.\n",
          file.copied_from);
    case FileContent::copied: {
      // Above it stands who copied it, where the format has comments.
      const std::uint32_t above = file.copied_from.ends_with(".json") ? 0 : 1;
      const bool inside = answer.line && *answer.line > above;
      return fmt::format("Copied from `{}{}` of the lab's folder as it is: change it there.\n",
                         file.copied_from,
                         inside ? fmt::format(":{}", *answer.line - above) : std::string());
    }
    case FileContent::written: break;
  }
  if (!file.lines.empty()) return "";
  return "hlab writes this text from the lab as a whole and keeps no record of single lines.\n";
}

std::string file_text(const Compilation& run, const Answer& answer) {
  const emit::OutputFile& file = *answer.found.file;
  const model::View view = declaration_of(run, file);
  std::string out = fmt::format("`{}` is made of {} by the emitter `{}`.\n", file.path,
                                view ? declared(run, view) : "`" + file.owner + "`", file.emitter);
  return out + disk_text(answer) + whole_text(answer);
}

std::string known_text(const emit::OutputFile& file) {
  const LineCount count = count_known(file);
  if (count.all == 0) return "";
  return fmt::format(
      "{} of its {} lines with a value say which of the lab's it is: ask FILE:LINE.\n", count.known,
      count.all);
}

/// Of ciphertext nothing is shown, however little that would tell.
bool shows_text(const Answer& answer) {
  return answer.found.file->content != FileContent::ciphertext;
}

void put_cause(emit::Doc& doc, const Compilation& run, const inspect::Inspector& inspector,
               const Cause& cause) {
  doc.open_map();
  doc.entry("path", cause.path);
  doc.entry("text", value_of(run, cause));
  doc.entry("depth", static_cast<std::int64_t>(cause.depth));
  put_origins(doc, run, "set_by", cause.from.set_by);
  put_origins(doc, run, "displaced", cause.from.displaced);
  doc.key("calls");
  doc.open_seq();
  for (const inspect::FunctionCall& call : cause.calls) {
    doc.open_map();
    doc.entry("function", call.function);
    put_place(doc, run, call.at);
    doc.entry("given", call.given);
    if (!call.by.empty()) doc.entry("claimed_by", call.by);
    doc.close();
  }
  doc.close();
  put_texts(doc, "notes", notes_of(run, inspector, cause));
  doc.close();
}

void put_found(emit::Doc& doc, const Compilation& run, const LineOrigin& origin) {
  doc.open_map();
  doc.entry("path", origin.path);
  doc.entry("is", what_stands(origin.is));
  constexpr std::string_view kFrom[] = {"hlab", "field", "name", "expression"};
  doc.entry("from", kFrom[static_cast<std::size_t>(origin.from)]);
  doc.entry("own", origin.own);
  if (origin.from == From::name) {
    const model::View named(run.program, run.lab, origin.instance);
    doc.entry("name_of", named.path());
    put_place(doc, run, named.declared_at());
  }
  if (origin.from == From::expression) put_place(doc, run, origin.at);
  if (origin.from == From::field) {
    const inspect::History history(run.history, run.pieces);
    const inspect::Inspector inspector(run.program, run.lab, run.sources, history);
    doc.key("causes");
    doc.open_seq();
    for (const Cause& cause : origin.causes.list) put_cause(doc, run, inspector, cause);
    doc.close();
  }
  doc.close();
}

}  // namespace

std::string other_tree_text(const Answer& answer) {
  if (answer.other_tree->empty())
    return fmt::format("`{}` on disk is of the lab itself: ask without `--site`\n", answer.given);
  return fmt::format("`{}` on disk is of a site: ask with `{}`\n", answer.given,
                     *answer.other_tree);
}

std::string why_text(const Compilation& run, const Answer& answer) {
  std::string out;
  if (answer.asked_line) {
    out += fmt::format("{}:{}", answer.given, *answer.asked_line);
    const std::size_t begin = answer.text.find_first_not_of(" \t");
    if (shows_text(answer) && begin != std::string::npos)
      out += fmt::format(":{}: {}", begin + 1, shortened(diag::visible(answer.text.substr(begin))));
    out += '\n';
  }
  out += file_text(run, answer);
  if (!answer.asked_line) return out + known_text(*answer.found.file);
  if (!answer.line) return out + "hlab would write no such line there.\n";
  if (*answer.line != *answer.asked_line)
    out += fmt::format("It would be line {} there.\n", *answer.line);
  for (const LineOrigin& origin : answer.origins) {
    out += '\n';
    tell_origin(run, answer, origin, out);
  }
  return out;
}

std::string why_json(const Compilation& run, const Answer& answer) {
  const emit::OutputFile& file = *answer.found.file;
  emit::Doc doc;
  doc.open_map();
  doc.entry("version", 1);
  doc.entry("file", file.path);
  doc.entry("on_disk", state_name(answer.found.state));
  if (answer.other_tree) doc.entry("tree_on_disk", *answer.other_tree);
  if (!answer.found.place.empty()) doc.entry("path_on_disk", answer.found.place.generic_string());
  doc.entry("content", content_name(file.content));
  if (!file.copied_from.empty()) doc.entry("copied_from", file.copied_from);
  doc.entry("emitter", file.emitter);
  doc.key("declaration");
  doc.open_map();
  doc.entry("path", file.owner);
  if (const model::View view = declaration_of(run, file)) {
    doc.entry("kind", view.kind_name());
    put_place(doc, run, view.declared_at());
  }
  doc.close();
  if (answer.asked_line) {
    doc.key("line");
    if (answer.line) {
      doc.value(static_cast<std::int64_t>(*answer.line));
    } else {
      doc.null();
    }
    // What somebody edited may be no text at all.
    const bool is_text = find_invalid_utf8(answer.text) == std::string_view::npos &&
                         answer.text.find('\0') == std::string::npos;
    if (shows_text(answer)) doc.entry("text", is_text ? answer.text : diag::visible(answer.text));
    doc.key("found");
    doc.open_seq();
    for (const LineOrigin& origin : answer.origins) put_found(doc, run, origin);
    doc.close();
  }
  doc.close();
  return document_text(doc, Format::json).text;
}

}  // namespace hlab::commands
