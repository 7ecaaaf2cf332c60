#include "compiler/driver/library_image.h"

#include <algorithm>
#include <cstring>
#include <type_traits>
#include <utility>

#include "embedded/stdlib.h"

namespace hlab::driver {
namespace {

using program::Kind;

constexpr std::uint32_t kMagic = 0x424c4831;  // changes with the layout of what follows

class Writer {
 public:
  void number(std::size_t n) {
    const auto value = static_cast<std::uint32_t>(n);
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void text(std::string_view s) {
    number(s.size());
    bytes_.append(s);
    bytes_.append((4 - s.size() % 4) % 4, '\0');
  }
  template <class T>
  void table(const std::vector<T>& items) {
    static_assert(std::is_trivially_copyable_v<T>);
    text({reinterpret_cast<const char*>(items.data()), items.size() * sizeof(T)});
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  std::uint32_t number() {
    std::uint32_t value = 0;
    if (rest_.size() >= sizeof value) std::memcpy(&value, rest_.data(), sizeof value);
    rest_.remove_prefix(std::min(rest_.size(), sizeof value));
    return value;
  }
  std::string_view text() {
    const std::size_t size = std::min<std::size_t>(number(), rest_.size());
    const std::string_view s = rest_.substr(0, size);
    rest_.remove_prefix(std::min(rest_.size(), size + (4 - size % 4) % 4));
    return s;
  }
  template <class T>
  void table(std::vector<T>& items) {
    const std::string_view bytes = text();
    items.resize(bytes.size() / sizeof(T));
    if (!items.empty())
      std::memcpy(static_cast<void*>(items.data()), bytes.data(), items.size() * sizeof(T));
  }

 private:
  std::string_view rest_;
};

/// Every table of the Ast, in one order for both directions.
void each_table(auto& ast, const auto& visit) {
  visit(ast.exprs.raw());
  visit(ast.expr_lists);
  visit(ast.arguments);
  visit(ast.clauses);
  visit(ast.arms);
  visit(ast.literals.raw());
  visit(ast.types.raw());
  visit(ast.type_children);
  visit(ast.path_names);
  visit(ast.entries.raw());
  visit(ast.entry_lists);
  visit(ast.segments);
  visit(ast.parameters);
  visit(ast.files);
}

struct Pair {
  std::uint32_t key;
  std::uint32_t value;
};

template <class IdType>
void write_map(Writer& out, const std::unordered_map<std::uint32_t, IdType>& map) {
  std::vector<Pair> pairs;
  for (const auto& [key, id] : map) {
    if constexpr (std::is_integral_v<IdType>) {
      pairs.push_back({key, id});
    } else {
      pairs.push_back({key, id.index});
    }
  }
  std::sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) { return a.key < b.key; });
  out.table(pairs);
}

template <class IdType>
void read_map(Reader& in, std::unordered_map<std::uint32_t, IdType>& map) {
  std::vector<Pair> pairs;
  in.table(pairs);
  map.reserve(pairs.size());
  for (const Pair& pair : pairs) map.emplace(pair.key, IdType(pair.value));
}

void write_types(Writer& out, const types::TypeTable& table) {
  out.number(table.size());
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    const types::TypeId id(i);
    out.table(std::vector<types::Type>{table[id]});
    const auto tags = table.tags(id);
    out.table(std::vector<types::Tag>(tags.begin(), tags.end()));
  }
}

void read_types(Reader& in, types::TypeTable& table) {
  const std::uint32_t count = in.number();
  for (std::uint32_t i = 0; i < count; ++i) {
    std::vector<types::Type> type;
    std::vector<types::Tag> tags;
    in.table(type);
    in.table(tags);
    if (i >= table.size() && !type.empty()) table.intern(type[0], tags);
  }
}

void write_kind(Writer& out, const Kind& kind) {
  for (const std::uint32_t n : {kind.name.index, kind.module.index, kind.base.index,
                                std::uint32_t{kind.record}, kind.entry.index}) {
    out.number(n);
  }
  out.table(kind.fields);
  write_map(out, kind.methods);
  out.table(kind.checks);
  out.table(kind.chain);
}

void read_kind(Reader& in, Kind& kind) {
  kind.name = Symbol(in.number());
  kind.module = program::ModuleId(in.number());
  kind.base = program::KindId(in.number());
  kind.record = in.number() != 0;
  kind.entry = syntax::EntryId(in.number());
  in.table(kind.fields);
  read_map(in, kind.methods);
  in.table(kind.checks);
  in.table(kind.chain);
  for (std::uint32_t i = 0; i < kind.fields.size(); ++i)
    kind.field_index.emplace(kind.fields[i].name.index, i);
}

void write_program(Writer& out, const program::Program& program) {
  write_types(out, program.types);
  out.number(program.kinds.size());
  for (const Kind& kind : program.kinds) write_kind(out, kind);
  out.number(program.functions.size());
  for (const program::Function& function : program.functions) {
    for (const std::uint32_t n :
         {function.name.index, function.owner.index, function.module.index, function.entry.index,
          function.result.index, function.makes.index}) {
      out.number(n);
    }
    out.table(function.parameters);
  }
  out.number(program.modules.size());
  for (const program::Module& module : program.modules) {
    out.number(module.path.index);
    write_map(out, module.kinds);
    write_map(out, module.functions);
  }
  write_map(out, program.module_by_path);
  out.table(program.file_modules);
  out.number(program.prelude.index);
  out.number(program.lab_module.index);
  out.table(program.resolutions);
  out.table(program.segment_instances);
}

void read_program(Reader& in, program::Program& program) {
  read_types(in, program.types);
  program.kinds.resize(in.number());
  for (Kind& kind : program.kinds) read_kind(in, kind);
  program.functions.resize(in.number());
  for (program::Function& function : program.functions) {
    function.name = Symbol(in.number());
    function.owner = program::KindId(in.number());
    function.module = program::ModuleId(in.number());
    function.entry = syntax::EntryId(in.number());
    function.result = types::TypeId(in.number());
    function.makes = program::KindId(in.number());
    in.table(function.parameters);
  }
  program.modules.resize(in.number());
  for (program::Module& module : program.modules) {
    module.path = Symbol(in.number());
    read_map(in, module.kinds);
    read_map(in, module.functions);
  }
  read_map(in, program.module_by_path);
  in.table(program.file_modules);
  program.prelude = program::ModuleId(in.number());
  program.lab_module = program::ModuleId(in.number());
  in.table(program.resolutions);
  in.table(program.segment_instances);
}

}  // namespace

std::string write_library_image(const Compilation& library) {
  Writer out;
  out.number(kMagic);
  out.number(library.symbols.size());
  for (std::uint32_t i = 0; i < library.symbols.size(); ++i)
    out.text(library.symbols.text(Symbol(i)));
  each_table(library.ast, [&](const auto& table) { out.table(table); });
  write_program(out, library.program);
  return out.take();
}

bool read_library_image(std::string_view image, Compilation& run) {
  Reader in(image);
  if (image.empty() || in.number() != kMagic) return false;
  for (const embedded::EmbeddedFile& file : embedded::stdlib_files()) {
    run.sources.add_static(std::string(file.path), file.bytes);
  }
  const std::uint32_t symbols = in.number();
  for (std::uint32_t i = 0; i < symbols; ++i) run.symbols.intern_static(in.text());
  each_table(run.ast, [&](auto& table) { in.table(table); });
  read_program(in, run.program);
  run.program.ast = &run.ast;
  run.program.symbols = &run.symbols;
  return true;
}

}  // namespace hlab::driver
