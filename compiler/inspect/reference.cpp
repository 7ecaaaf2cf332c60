#include "compiler/inspect/reference.h"

#include <fmt/format.h>

#include <algorithm>

namespace hlab::inspect {

using program::KindId;
using program::ModuleId;
using syntax::Entry;
using syntax::EntryId;
using syntax::EntryKind;

namespace {

constexpr std::size_t kLongestDefault = 60;

std::string code(std::string_view text) { return text.empty() ? "" : fmt::format("`{}`", text); }

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  return fmt::format("{}", fmt::join(parts, between));
}

/// On one line, with one blank where there were several, and none inside parentheses.
std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (blank) {
      if (!out.empty() && out.back() != ' ' && out.back() != '(') out += ' ';
      continue;
    }
    if (c == ')' && !out.empty() && out.back() == ' ') out.pop_back();
    out += c;
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

class Writer {
 public:
  Writer(const Declared& declared, Page& page) : d_(declared), page_(page) {}

  void kind(EntryId id, int level) {
    const Entry& e = entry(id);
    page_.heading(level, head(e));
    page_.paragraph(doc(e));
    members(e.body);
  }

  /// What a body adds and sets: fields, other names of fields, functions, checks.
  void members(Range body) {
    std::vector<std::vector<std::string>> fields;
    std::vector<std::string> sets, functions, offers, checks, renamed;
    for (const EntryId id : entries(body)) {
      const Entry& e = entry(id);
      switch (e.kind) {
        case EntryKind::field: fields.push_back(field(e)); break;
        case EntryKind::set:
        case EntryKind::append:
        case EntryKind::block: sets.push_back(code(setting(e))); break;
        case EntryKind::function: functions.push_back(function(e)); break;
        case EntryKind::offer: offers.push_back(offer(e)); break;
        case EntryKind::check:
          if (e.name.valid()) checks.push_back(code(text(e.name)));
          break;
        case EntryKind::renamed:
          renamed.push_back(
              fmt::format("{}, now {}{}", code(text(e.name)),
                          code(text(syntax::view(ast().path_names, e.base)[0].name)),
                          e.alias.valid() ? fmt::format(" ({})", one_line(text(e.alias))) : ""));
          break;
        default: break;
      }
    }
    page_.table({"Field", "Type", "Default", ""}, std::move(fields));
    if (!sets.empty()) page_.paragraph("Sets " + joined(sets, ", ") + ".");
    if (!renamed.empty()) page_.paragraph("Old names: " + joined(renamed, "; ") + ".");
    if (!functions.empty()) {
      page_.paragraph("Functions:");
      page_.list(std::move(functions));
    }
    if (!offers.empty()) {
      page_.paragraph("Offers, to whoever asks it:");
      page_.list(std::move(offers));
    }
    if (!checks.empty()) page_.paragraph("Checks: " + joined(checks, ", ") + ".");
  }

  std::string function(const Entry& e) const {
    const std::string signature = one_line(before_value(e, e.name_span.begin));
    const std::string said = one_line(doc(e));
    return code(signature) + (said.empty() ? "" : ": " + said);
  }

  /// `database(name: DnsLabel): one-database`, without the body that it is given.
  [[nodiscard]] std::string offer(const Entry& e) const {
    const std::string_view whole =
        d_.sources.text(Span{e.span.file, e.name_span.begin, e.span.end});
    const std::string_view body = whole.substr(0, whole.find('{'));
    const std::string said = one_line(doc(e));
    return code(one_line(body)) + (said.empty() ? "" : ": " + said);
  }

  [[nodiscard]] std::string doc(const Entry& e) const {
    std::string out(e.doc.valid() ? text(e.doc) : "");
    while (!out.empty() && (out.back() == '\n' || out.back() == ' ')) out.pop_back();
    return out;
  }

  [[nodiscard]] const syntax::Ast& ast() const { return *d_.program.ast; }
  [[nodiscard]] const Entry& entry(EntryId id) const { return ast().entries[id]; }
  [[nodiscard]] std::string_view text(Symbol symbol) const { return d_.program.text(symbol); }
  [[nodiscard]] syntax::View<EntryId> entries(Range body) const {
    return syntax::view(ast().entry_lists, body);
  }

 private:
  [[nodiscard]] std::string head(const Entry& e) const {
    std::string out = fmt::format("{} {}", e.kind == EntryKind::record ? "record" : "kind",
                                  text(e.name));
    std::string base;
    for (const syntax::PathName& part : syntax::view(ast().path_names, e.base)) {
      base += fmt::format("{}{}", base.empty() ? "" : ".", text(part.name));
    }
    return base.empty() ? out : out + " is " + base;
  }

  [[nodiscard]] std::vector<std::string> field(const Entry& e) const {
    const std::string_view rest = d_.sources.text(Span{e.span.file, e.name_span.end, e.span.end});
    std::string type = one_line(rest.substr(rest.find(':') + 1));
    std::string fallback;
    if (e.value.valid()) {
      const std::string_view head = before_value(e, e.name_span.end);
      type = one_line(head.substr(head.find(':') + 1));
      const auto sign = static_cast<std::uint32_t>(e.name_span.end + head.size());
      std::string_view written = d_.sources.text(Span{e.span.file, sign, behind_value(e)});
      written.remove_prefix(std::min(written.find_first_not_of(" ="), written.size()));
      const bool brief = written.size() <= kLongestDefault && written.find('\n') == written.npos;
      fallback = brief ? code(written) : "computed";
    }
    std::string said = one_line(doc(e));
    if ((e.flags & syntax::kFlagFinal) != 0) said += said.empty() ? "Final." : " Final.";
    if ((e.flags & syntax::kFlagDeprecated) != 0) {
      said += said.empty() ? "Deprecated" : " Deprecated";
      said += e.alias.valid() ? fmt::format(": {}", one_line(text(e.alias))) : ".";
    }
    return {code(text(e.name)), code(type), fallback, said};
  }

  /// Where the value ends, with its brackets and without the reason that may follow.
  [[nodiscard]] std::uint32_t behind_value(const Entry& e) const {
    if (!e.alias.valid()) return e.span.end;
    const Span rest{e.span.file, ast().exprs[e.value].span.end, e.span.end};
    const std::string_view text = d_.sources.text(rest);
    const std::size_t more = text.substr(0, text.find('"')).rfind(')');
    return rest.begin + static_cast<std::uint32_t>(more == text.npos ? 0 : more + 1);
  }

  /// What stands from `begin` to the `=` before the value, whatever brackets the value begins with.
  [[nodiscard]] std::string_view before_value(const Entry& e, std::uint32_t begin) const {
    const std::string_view head =
        d_.sources.text(Span{e.span.file, begin, ast().exprs[e.value].span.begin});
    return head.substr(0, head.rfind('='));
  }

  /// `image = ...` where it is short, else the path alone.
  [[nodiscard]] std::string setting(const Entry& e) const {
    const std::string whole = one_line(d_.sources.text(e.span));
    if (whole.size() <= kLongestDefault && whole.find('`') == whole.npos) return whole;
    return one_line(d_.sources.text(e.name_span));
  }

  const Declared& d_;
  Page& page_;
};

/// Files of the module, in their order.
template <class Visit>
void each_entry(const Declared& d, ModuleId module, const Visit& visit) {
  for (const syntax::FileRoot& file : d.program.ast->files) {
    if (d.program.file_modules[file.file.index] != module) continue;
    for (const EntryId id : syntax::view(d.program.ast->entry_lists, file.body)) visit(id);
  }
}

std::string place(const Declared& d, Span at) {
  return fmt::format("{}:{}", d.sources.file(at.file).path,
                     d.sources.position(at.file, at.begin).line);
}

/// What a module keeps to itself nobody else can use; the lab's own folder is for its own people.
bool is_hidden(const Declared& d, const Entry& entry, ModuleId module) {
  return (entry.flags & syntax::kFlagPrivate) != 0 && module != d.program.lab_module;
}

/// What the module itself declares as instances; those of the library are its rules.
void declarations(const Declared& d, ModuleId module, const Writer& writer, Page& page) {
  std::vector<std::vector<std::string>> rows;
  for (std::uint32_t i = 0; i < d.lab.instances.size(); ++i) {
    const program::InstanceId id(i);
    const program::Instance& one = d.lab.instances[id];
    if (one.owner.valid() || !one.entry.valid()) continue;
    const Entry& e = writer.entry(one.entry);
    if (d.program.module_of(e.span) != module || is_hidden(d, e, module)) continue;
    rows.push_back({code(program::instance_path(d.program, d.lab, id)),
                    code(kind_path(d.program, one.kind)) + (one.planned ? ", planned" : ""),
                    code(place(d, one.name_span)), one_line(writer.doc(e))});
  }
  if (rows.empty()) return;
  page.heading(2, "Declarations");
  page.table({"Name", "Kind", "Place", ""}, std::move(rows));
}

}  // namespace

std::string module_path(const program::Program& program, ModuleId module) {
  const std::string_view path = program.text(program.modules[module].path);
  if (program.modules[module].library || !program.lab_module) return std::string(path);
  std::string_view called;  // of several names the first
  for (const auto& [alias, import] : program.modules[program.lab_module].imports) {
    const std::string_view text = program.text(Symbol(alias));
    if (import.module == module && (called.empty() || text < called)) called = text;
  }
  return std::string(called.empty() ? path : called);
}

std::string kind_path(const program::Program& program, KindId kind) {
  const std::string module = module_path(program, program.kinds[kind].module);
  const std::string_view name = program.text(program.kinds[kind].name);
  if (module.empty() || module == "core") return std::string(name);
  return fmt::format("{}.{}", module, name);
}

ModuleId find_module(const program::Program& program, std::string_view path) {
  const Symbol symbol = program.symbols->find(path);
  if (!symbol) return {};
  const auto found = program.module_by_path.find(symbol.index);
  if (found != program.module_by_path.end()) return found->second;
  for (std::uint32_t i = 0; i < program.modules.size(); ++i) {
    const ModuleId id(i);
    const bool own = id == program.lab_module || program.modules[id].library;
    if (!own && module_path(program, id) == path) return id;
  }
  return {};
}

KindId find_kind(const program::Program& program, std::string_view path) {
  const ModuleId own = program.lab_module ? program.lab_module : program.prelude;
  if (const KindId kind = program.find_kind(own, path)) return kind;
  const std::size_t dot = path.rfind('.');
  if (dot == path.npos) return {};
  const ModuleId module = find_module(program, path.substr(0, dot));
  return module ? program.find_kind(module, path.substr(dot + 1)) : KindId();
}

std::vector<std::string> documented_names(const program::Program& program) {
  std::vector<std::string> names;
  for (const auto& [path, module] : program.module_by_path) {
    names.emplace_back(program.text(Symbol(path)));
  }
  for (std::uint32_t i = 0; i < program.modules.size(); ++i) {
    const ModuleId id(i);
    if (!program.modules[id].library && id != program.lab_module)
      names.push_back(module_path(program, id));
  }
  for (const program::Kind& kind : program.kinds) {
    if (!kind.chain.empty()) names.push_back(kind_path(program, kind.chain.back()));
  }
  std::sort(names.begin(), names.end());
  return names;
}

Page module_page(const Declared& d, ModuleId module) {
  Page page;
  const std::string name = module_path(d.program, module);
  page.title = name.empty() ? "The lab" : name;
  Writer writer(d, page);
  if (!d.program.modules[module].library) declarations(d, module, writer, page);
  std::vector<std::string> functions;
  each_entry(d, module, [&](EntryId id) {
    const Entry& e = writer.entry(id);
    if (is_hidden(d, e, module)) return;
    if (e.kind == EntryKind::kind || e.kind == EntryKind::record) writer.kind(id, 2);
    if (e.kind == EntryKind::function) functions.push_back(writer.function(e));
  });
  if (functions.empty()) return page;
  page.heading(2, "Functions");
  page.list(std::move(functions));
  return page;
}

Page kind_page(const Declared& d, KindId kind) {
  Page page;
  page.title = kind_path(d.program, kind);
  Writer writer(d, page);
  writer.kind(d.program.kinds[kind].entry, 2);
  for (KindId base = d.program.kinds[kind].base; base; base = d.program.kinds[base].base) {
    page.heading(3, fmt::format("From `{}`", kind_path(d.program, base)));
    writer.members(writer.entry(d.program.kinds[base].entry).body);
  }
  return page;
}

}  // namespace hlab::inspect
