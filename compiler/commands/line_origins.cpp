#include "compiler/commands/line_origins.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/commands/emitted_file.h"
#include "compiler/driver/compile.h"
#include "compiler/inspect/value_text.h"

namespace hlab::commands {

using driver::Compilation;
using emit::LineSource;
using emit::ReadOrigin;
using inspect::Part;
using program::InstanceId;

namespace {

/// How many names at their ends two paths have in common: `env.TZ` and `data.TZ` one.
/// Paths in documents have no quotes around names.
std::size_t common_end(std::string_view a, std::string path) {
  std::erase(path, '"');
  const std::string_view b = path;
  std::size_t same = 0, names = 0;
  while (same < a.size() && same < b.size() && a[a.size() - 1 - same] == b[b.size() - 1 - same]) {
    const char c = a[a.size() - 1 - same++];
    if (c == '.' || c == '[') ++names;
  }
  return names;
}

/// What of `value` the rest of a path means; false where it goes on to what is not there.
bool follow(const model::View& context, const values::Value& value, std::string_view path,
            std::vector<inspect::Step>& steps) {
  if (path.empty()) return true;
  const auto goes_on = [&](std::string_view name, inspect::Step step, const values::Value& inner) {
    if (!path.starts_with(name)) return false;
    std::string_view rest = path.substr(name.size());
    if (!rest.empty() && rest.front() != '.' && rest.front() != '[') return false;
    if (rest.starts_with('.')) rest.remove_prefix(1);
    steps.push_back(step);
    if (follow(context, inner, rest, steps)) return true;
    steps.pop_back();
    return false;
  };
  if (value.is(values::ValueKind::map)) {
    for (const values::MapItem& item : value.map->items) {
      if (goes_on(inspect::key_name(context, item.key), {item.key, 0, false}, item.value))
        return true;
    }
  } else if (value.is(values::ValueKind::list)) {
    for (std::uint32_t i = 0; i < value.list->items.size(); ++i) {
      if (goes_on(fmt::format("[{}]", i), {{}, i, true}, value.list->items[i])) return true;
    }
  }
  return false;
}

class Resolver {
 public:
  Resolver(const Compilation& run, const emit::OutputFile& file)
      : run_(run),
        history_(run.history, run.pieces),
        finder_(run.program, run.lab, run.sources, history_, run.workings),
        owner_(declaration_of(run, file)) {}

  LineOrigin resolve(const LineSource& source) const {
    LineOrigin out;
    out.path = source.path;
    out.is = source.kind;
    if (source.origins.empty()) return out;
    out.own = source.own;
    const ReadOrigin from = emit::read_origin(source.origins.front());
    switch (from.kind) {
      case ReadOrigin::Kind::none: break;
      case ReadOrigin::Kind::name:
        out.from = LineOrigin::From::name;
        out.instance = from.instance;
        break;
      case ReadOrigin::Kind::field:
      case ReadOrigin::Kind::item: {
        const inspect::Subject subject{from.instance, from.field, {}};
        const bool item = from.kind == ReadOrigin::Kind::item;
        Part part = item ? finder_.item_of(subject, from.item) : Part{subject, {}};
        // What stands in the block of a map or list under a name of it is that part of it.
        if (!out.own && !item) out.own = narrow(part, source.path);
        tell(out, part);
        break;
      }
      case ReadOrigin::Kind::expression: expression(out, source, from.expression); break;
    }
    return out;
  }

 private:
  /// The longest end of a path in the document that leads on inside the field.
  [[nodiscard]] bool narrow(Part& part, std::string_view path) const {
    const model::View context(run_.program, run_.lab, {});
    const values::Value& whole = run_.lab.known(part.subject.instance, part.subject.field);
    for (std::size_t begin = 0; begin < path.size(); ++begin) {
      const bool at_name = begin == 0 || path[begin - 1] == '.' || path[begin] == '[';
      if (at_name && follow(context, whole, path.substr(begin), part.within)) return true;
    }
    return false;
  }

  void tell(LineOrigin& out, const Part& part) const {
    out.from = LineOrigin::From::field;
    out.causes = finder_.of(part);
  }

  /// An expression alone may have made values of many: those of the fields around it, of the declaration
  /// that the file is made of, and of all others are looked at in this order.
  void expression(LineOrigin& out, const LineSource& source, syntax::ExprId made_by) const {
    out.from = LineOrigin::From::expression;
    out.at = run_.ast.exprs[made_by].span;
    std::vector<inspect::Subject> fields;
    for (const emit::Origin around : source.origins) {
      const ReadOrigin read = emit::read_origin(around);
      if (read.kind == ReadOrigin::Kind::field || read.kind == ReadOrigin::Kind::item)
        fields.push_back({read.instance, read.field, {}});
    }
    if (tell_best(out, fields, made_by)) return;
    fields.clear();
    std::vector<inspect::Subject> others;
    for (std::uint32_t i = 0; i < run_.lab.instances.size(); ++i) {
      const program::Instance& one = run_.lab.instances[InstanceId(i)];
      const model::View top = model::View(run_.program, run_.lab, InstanceId(i)).top();
      for (std::uint32_t field = 0; field < one.slot_count; ++field)
        (owner_ && top == owner_.top() ? fields : others).push_back({InstanceId(i), field, {}});
    }
    if (!tell_best(out, fields, made_by)) tell_best(out, others, made_by);
  }

  bool tell_best(LineOrigin& out, const std::vector<inspect::Subject>& fields,
                 syntax::ExprId made_by) const {
    std::optional<Part> best;
    std::size_t most = 0;
    for (const inspect::Subject& field : fields) {
      for (const Part& part : finder_.made_by(made_by, field)) {
        const std::size_t common = common_end("." + out.path, finder_.path(part));
        if (best && common <= most) continue;
        best = part;
        most = common;
      }
    }
    if (best) tell(out, *best);
    return best.has_value();
  }

  const Compilation& run_;
  inspect::History history_;
  inspect::CauseFinder finder_;
  model::View owner_;
};

/// What stands on the line: what begins there, else what goes on from above.
std::vector<const LineSource*> sources_of(const emit::OutputFile& file, std::uint32_t line) {
  std::uint32_t begins = 0;
  for (const LineSource& source : file.lines) {
    if (source.line <= line) begins = std::max(begins, source.line);
  }
  std::vector<const LineSource*> out;
  for (const auto kind :
       {LineSource::Kind::value, LineSource::Kind::block, LineSource::Kind::remark}) {
    for (const LineSource& source : file.lines) {
      if (source.line == begins && source.kind == kind) out.push_back(&source);
    }
    if (!out.empty()) break;
  }
  return out;
}

std::string_view object_kind(std::string_view text) {
  for (const std::string_view line : lines_of(text.substr(0, 4096))) {
    if (line.starts_with("kind: ")) return line;
  }
  return {};
}

}  // namespace

model::View declaration_of(const Compilation& run, const emit::OutputFile& file) {
  for (std::uint32_t i = 0; i < run.lab.instances.size(); ++i) {
    const InstanceId id(i);
    if (program::instance_path(run.program, run.lab, id) == file.owner)
      return {run.program, run.lab, id};
  }
  return {};
}

std::vector<LineOrigin> line_origins(const Compilation& run, const emit::OutputFile& file,
                                     std::uint32_t line) {
  const Resolver resolver(run, file);
  std::vector<LineOrigin> out;
  for (const LineSource* source : sources_of(file, line)) out.push_back(resolver.resolve(*source));
  const auto has_value = [](const LineOrigin& one) { return one.from != LineOrigin::From::hlab; };
  if (std::any_of(out.begin(), out.end(), has_value))
    std::erase_if(out, [&](const LineOrigin& one) { return !has_value(one); });
  return out;
}

LineCount count_known(const emit::OutputFile& file) {
  std::set<std::uint32_t> known, all;
  for (const LineSource& source : file.lines) {
    if (source.kind != LineSource::Kind::value) continue;
    all.insert(source.line);
    if (source.own) known.insert(source.line);
  }
  return {known.size(), all.size()};
}

Alike alike(const emit::FileTree& tree, const emit::OutputFile& file, std::string_view line) {
  const std::string_view kind = object_kind(file.bytes);
  const auto name = [](const emit::OutputFile& one) {
    return std::string_view(one.path).substr(one.path.rfind('/') + 1);
  };
  Alike out;
  out.what = kind.empty() ? fmt::format("called `{}`", name(file))
                          : fmt::format("of the kind `{}`", kind.substr(6));
  for (const emit::OutputFile* other : tree.sorted()) {
    if (other->emitter != file.emitter) continue;
    if (kind.empty() ? name(*other) != name(file) : object_kind(other->bytes) != kind) continue;
    ++out.files;
    const auto lines = lines_of(other->bytes);
    if (std::find(lines.begin(), lines.end(), line) != lines.end()) ++out.same;
  }
  return out;
}

}  // namespace hlab::commands
