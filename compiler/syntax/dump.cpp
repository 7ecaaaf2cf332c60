#include "compiler/syntax/dump.h"

#include <fmt/format.h>

#include <array>
#include <bit>

namespace hlab::syntax {
namespace {

constexpr std::array<std::string_view, 20> kOps{"",    "-",  "not", "+",  "-",  "*",     "/",
                                                "%",   "==", "!=",  "<",  "<=", ">",     ">=",
                                                "and", "or", "??",  "..", "in", "not in"};
constexpr std::array<std::string_view, 10> kUnits{"",  "f", "ip", "cidr", "mac",
                                                  "B", "m", "ms", "mW",   "bps"};

class Dump {
 public:
  Dump(const Ast& ast, const SymbolTable& symbols) : ast_(ast), symbols_(symbols) {}

  std::string entries(Range body, std::size_t indent) const {
    std::string out;
    for (const EntryId id : view(ast_.entry_lists, body)) out += entry(ast_.entries[id], indent);
    return out;
  }

  std::string expr(ExprId id) const {
    if (!id.valid()) return "?";
    const Expr& e = ast_.exprs[id];
    const auto a = [&] { return expr(ExprId(e.a)); };
    const auto b = [&] { return expr(ExprId(e.b)); };
    switch (e.kind) {
      case ExprKind::error: return "error";
      case ExprKind::boolean: return e.a != 0 ? "true" : "false";
      case ExprKind::integer:
      case ExprKind::floating:
      case ExprKind::domain: return literal(ast_.literals[LiteralId(e.a)]);
      case ExprKind::string: return quoted(Symbol(e.a));
      case ExprKind::interpolation: return fmt::format("(text{})", exprs(e.list));
      case ExprKind::name: return std::string(text(Symbol(e.a)));
      case ExprKind::self_field: return fmt::format(".{}", text(Symbol(e.a)));
      case ExprKind::self: return "self";
      case ExprKind::member: return fmt::format("{}.{}", a(), text(Symbol(e.b)));
      case ExprKind::index: return fmt::format("(index {} {})", a(), b());
      case ExprKind::call: return fmt::format("(call {}{})", a(), arguments(e.list));
      case ExprKind::refine: return fmt::format("(refine {}{})", a(), inline_entries(e.list));
      case ExprKind::tree: return fmt::format("(tree{})", inline_entries(e.list));
      case ExprKind::list: return fmt::format("(list{})", exprs(e.list));
      case ExprKind::spread: return fmt::format("(spread {})", a());
      case ExprKind::comprehension: return fmt::format("(each {}{})", a(), clauses(e.list));
      case ExprKind::unary:
        return fmt::format("({} {})", kOps[static_cast<std::size_t>(e.op)], a());
      case ExprKind::binary:
        return fmt::format("({} {} {})", kOps[static_cast<std::size_t>(e.op)], a(), b());
      case ExprKind::conditional: return fmt::format("(if {} {} {})", a(), b(), expr(ExprId(e.c)));
      case ExprKind::match: return fmt::format("(match {}{})", a(), arms(e.list));
      case ExprKind::all: return fmt::format("(all {})", text(Symbol(e.a)));
      case ExprKind::is:
        return fmt::format("(is {} {}{})", a(), text(Symbol(e.b)), binding(Symbol(e.c)));
      case ExprKind::has: return fmt::format("(has {})", a());
      case ExprKind::only: return fmt::format("(only {})", a());
      case ExprKind::because: return fmt::format("(because {} {})", a(), quoted(Symbol(e.b)));
    }
    return "?";
  }

 private:
  std::string_view text(Symbol s) const { return s.valid() ? symbols_.text(s) : "-"; }

  std::string quoted(Symbol s) const {
    std::string out = "\"";
    for (const char c : text(s)) {
      if (c == '\n') {
        out += "\\n";
      } else {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
      }
    }
    return out.append("\"");
  }

  static std::string literal(const Literal& l) {
    if (l.kind == LiteralKind::integer) return fmt::format("{}", static_cast<std::int64_t>(l.low));
    if (l.kind == LiteralKind::floating) return fmt::format("{}", std::bit_cast<double>(l.low));
    const std::string_view unit = kUnits[static_cast<std::size_t>(l.kind)];
    if (l.kind == LiteralKind::mac) return fmt::format("mac:{:012x}", l.low);
    if (l.kind != LiteralKind::ip && l.kind != LiteralKind::cidr)
      return fmt::format("{}{}", l.low, unit);
    std::string out = l.family == 4 ? fmt::format("ip4:{:08x}", l.low)
                                    : fmt::format("ip6:{:016x}{:016x}", l.high, l.low);
    if (l.kind == LiteralKind::cidr) out += fmt::format("/{}", l.prefix);
    return out;
  }

  std::string exprs(Range list) const {
    std::string out;
    for (const ExprId id : view(ast_.expr_lists, list)) out.append(" ").append(expr(id));
    return out;
  }

  std::string arguments(Range list) const {
    std::string out;
    for (const Argument& a : view(ast_.arguments, list)) {
      out += a.name.valid() ? fmt::format(" {}=", text(a.name)) : " ";
      out += expr(a.value);
    }
    return out;
  }

  std::string clauses(Range list) const {
    std::string out;
    for (const Clause& c : view(ast_.clauses, list)) {
      out += c.variable.valid() ? fmt::format(" for {} {}", text(c.variable), expr(c.value))
                                : fmt::format(" where {}", expr(c.value));
    }
    return out;
  }

  std::string binding(Symbol s) const { return s.valid() ? fmt::format("({})", text(s)) : ""; }

  std::string arms(Range list) const {
    std::string out;
    for (const Arm& a : view(ast_.arms, list)) {
      const std::string pattern = a.literal.valid()
                                      ? expr(a.literal)
                                      : (a.tag.valid() ? std::string(text(a.tag)) : "_");
      out += fmt::format(" {}{}=>{}", pattern, binding(a.binding), expr(a.value));
    }
    return out;
  }

  std::string inline_entries(Range body) const {
    std::string out;
    for (const EntryId id : view(ast_.entry_lists, body)) {
      std::string one = entry(ast_.entries[id], 0);
      for (char& c : one) {
        if (c == '\n') c = ';';
      }
      out.append(" ").append(one);
    }
    return out;
  }

  std::string names(Range path) const {
    std::string out;
    for (const PathName& n : view(ast_.path_names, path)) {
      if (!out.empty()) out += '.';
      out += text(n.name);
    }
    return out;
  }

  std::string path(Range segments) const {
    std::string out;
    for (const Segment& s : view(ast_.segments, segments)) {
      if (!out.empty()) out += '.';
      out += s.key.valid() ? expr(s.key) : (s.quoted ? quoted(s.name) : std::string(text(s.name)));
    }
    return out;
  }

  std::string type(TypeNodeId id) const {
    if (!id.valid()) return "?";
    const TypeNode& t = ast_.types[id];
    const auto a = [&] { return type(TypeNodeId(t.a)); };
    std::string out;
    switch (t.kind) {
      case TypeNodeKind::error: return "error";
      case TypeNodeKind::optional: out = fmt::format("(optional {})", a()); break;
      case TypeNodeKind::list: out = fmt::format("(list {})", a()); break;
      case TypeNodeKind::map:
        out = t.b == 0xffffffffu ? fmt::format("(map {})", a())
                                 : fmt::format("(map {} {})", type(TypeNodeId(t.b)), a());
        break;
      case TypeNodeKind::reference: out = fmt::format("&{}", names(t.path)); break;
      case TypeNodeKind::secret: out = fmt::format("(secret {})", a()); break;
      case TypeNodeKind::union_of:
        out = "(or";
        for (const TypeNodeId child : view(ast_.type_children, t.children))
          out.append(" ").append(type(child));
        out += ")";
        break;
      case TypeNodeKind::pool: out = "." + names(t.path); break;
      case TypeNodeKind::name:
      case TypeNodeKind::tag:
        out = fmt::format("{}{}", t.kind == TypeNodeKind::tag ? "#" : "", names(t.path));
        if (t.a != 0xffffffffu) out += fmt::format("({})", a());
        break;
    }
    if (t.pattern.valid()) out += fmt::format("(/{}/)", text(t.pattern));
    if (t.low.valid() || t.high.valid()) {
      out += fmt::format("({}..{})", t.low.valid() ? expr(t.low) : "",
                         t.high.valid() ? expr(t.high) : "");
    }
    if (t.mode == EdgeMode::run) out += "@run";
    if (t.mode == EdgeMode::value) out += "@value";
    return out;
  }

  std::string head(const Entry& e) const {
    const std::string name = e.key.valid()
                                 ? expr(e.key)
                                 : ((e.flags & kFlagQuotedName) != 0 ? quoted(e.name)
                                                                     : std::string(text(e.name)));
    const auto also = [&](std::string_view word, Range path) {
      return path.empty() ? std::string() : fmt::format(" {} {}", word, names(path));
    };
    switch (e.kind) {
      case EntryKind::error: return "error";
      case EntryKind::set: return fmt::format("set {} {}", path(e.path), expr(e.value));
      case EntryKind::append: return fmt::format("append {} {}", path(e.path), expr(e.value));
      case EntryKind::block: return fmt::format("block {}", path(e.path));
      case EntryKind::unset: return fmt::format("unset {}", path(e.path));
      case EntryKind::field:
        return fmt::format("field {}: {}{}{}", name, type(e.type),
                           e.value.valid() ? fmt::format(" = {}", expr(e.value)) : "",
                           e.alias.valid() ? fmt::format(" because {}", quoted(e.alias)) : "");
      case EntryKind::check:
        return fmt::format("check {} {} {}{}", name, expr(e.value), expr(e.message),
                           e.path.empty() ? "" : fmt::format(" at {}", path(e.path)));
      case EntryKind::spread: return fmt::format("spread {}", expr(e.value));
      case EntryKind::loop:
        return fmt::format(
            "loop {}{} {}{}{}", e.index.valid() ? fmt::format("{}, ", text(e.index)) : "", name,
            expr(e.value), e.message.valid() ? fmt::format(" where {}", expr(e.message)) : "",
            e.alias.valid() ? fmt::format(" as {}", text(e.alias)) : "");
      case EntryKind::branch:
        return fmt::format("branch{} {}", (e.flags & kFlagElseIf) != 0 ? "(else-if)" : "",
                           expr(e.value));
      case EntryKind::allow: return fmt::format("allow {} {}", name, quoted(e.alias));
      case EntryKind::kind: return fmt::format("kind {}{}", name, also("is", e.base));
      case EntryKind::record: return fmt::format("record {}{}", name, also("is", e.base));
      case EntryKind::function: return function(e);
      case EntryKind::instance:
        return fmt::format("instance {} {}{}", names(e.base), name, also("of", e.refined));
      case EntryKind::defaults:
        return fmt::format("defaults {}", e.base.empty() ? name : names(e.base));
      case EntryKind::policy: return fmt::format("policy {}", name);
      case EntryKind::edition: return fmt::format("edition {}", expr(e.value));
      default: return later_head(e, name);
    }
  }

  /// Of modules, sites, tests, and of what a kind was once called.
  std::string later_head(const Entry& e, std::string_view name) const {
    const std::string reason = e.alias.valid() ? fmt::format(" because {}", quoted(e.alias))
                                               : std::string();
    switch (e.kind) {
      case EntryKind::import_:
        return fmt::format("import {}{}", name,
                           e.alias.valid() ? fmt::format(" as {}", text(e.alias)) : "");
      case EntryKind::site: return fmt::format("site {} of {}", name, names(e.base));
      case EntryKind::test: return fmt::format("test {}", name);
      case EntryKind::without: return fmt::format("without {} {}", names(e.base), name);
      case EntryKind::override_:
        return fmt::format("override {} {} -> {}", path(e.path),
                           e.message.valid() ? expr(e.message) : "any", expr(e.value));
      case EntryKind::expect:
        return fmt::format("expect {}{}", e.value.valid() ? expr(e.value) : std::string(name),
                           e.message.valid() ? fmt::format(", {}", expr(e.message)) : "");
      case EntryKind::moved:
        return fmt::format("moved from {}", e.key.valid() ? expr(e.key) : std::string(name));
      case EntryKind::offer:
        return fmt::format("offers {}({}) of {}", name, parameters(e.parameters), names(e.refined));
      case EntryKind::renamed:
        return fmt::format("renamed {} -> {}{}", name, names(e.base), reason);
      case EntryKind::assert_path:
        return fmt::format("assert{} path {} -> {}{}", (e.flags & kFlagNegated) != 0 ? " no" : "",
                           names(e.base), names(e.refined), reason);
      default: return "?";
    }
  }

  std::string parameters(Range list) const {
    std::string out;
    for (const Parameter& p : view(ast_.parameters, list)) {
      if (!out.empty()) out += ", ";
      out += fmt::format("{}: {}", text(p.name), type(p.type));
      if (p.fallback.valid()) out.append(" = ").append(expr(p.fallback));
    }
    return out;
  }

  std::string function(const Entry& e) const {
    std::string out = fmt::format("fn {}({})", text(e.name), parameters(e.parameters));
    if (e.type.valid()) out += fmt::format(" -> {}", type(e.type));
    return out.append(" = ").append(expr(e.value));
  }

  std::string entry(const Entry& e, std::size_t indent) const {
    const std::string blanks(indent, ' ');
    std::string out = blanks;
    if ((e.flags & kFlagPrivate) != 0) out += "private ";
    if ((e.flags & kFlagDeprecated) != 0) out += "deprecated ";
    if ((e.flags & kFlagPlanned) != 0) out += "planned ";
    if ((e.flags & kFlagFinal) != 0) out += "final ";
    out += head(e);
    if (e.doc.valid()) out += fmt::format(" ## {}", quoted(e.doc));
    out += '\n';
    out += entries(e.body, indent + 2);
    if (!e.else_body.empty()) out += blanks + "else\n" + entries(e.else_body, indent + 2);
    return out;
  }

  const Ast& ast_;
  const SymbolTable& symbols_;
};

}  // namespace

std::string dump(const Ast& ast, const SymbolTable& symbols, const FileRoot& file) {
  return Dump(ast, symbols).entries(file.body, 0);
}

std::string dump(const Ast& ast, const SymbolTable& symbols, ExprId expr) {
  return Dump(ast, symbols).expr(expr);
}

}  // namespace hlab::syntax
