#include "emit/nix_text/nix_writer.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <utility>

#include "emit/nix_text/nix_string.h"

namespace hlab::emit {
namespace {

constexpr std::size_t kWidth = 100;

/// Printed on one line, and without a brace or script in it.
bool is_simple(const NixExpr& expr) {
  switch (expr.kind) {
    case NixKind::script: return !fits_indented_string(expr.text);
    case NixKind::list:
    case NixKind::attrs: return expr.entries.empty();
    case NixKind::function:
    case NixKind::concat: return false;
    case NixKind::apply:
    case NixKind::template_string:
      return std::all_of(expr.entries.begin(), expr.entries.end(),
                         [](const NixEntry& entry) { return is_simple(entry.value); });
    default: return true;
  }
}

/// Beside other items or arguments it would fall apart.
bool needs_parentheses(const NixExpr& expr) {
  switch (expr.kind) {
    case NixKind::function:
    case NixKind::concat:
    case NixKind::apply: return true;
    case NixKind::integer: return expr.number < 0;
    case NixKind::path: return !is_path_literal(expr.text);
    default: return false;
  }
}

std::string integer_text(std::int64_t number) {
  // The lowest integer has no literal: Nix reads the minus and the digits apart.
  if (number == std::numeric_limits<std::int64_t>::min()) return "-9223372036854775807 - 1";
  return std::to_string(number);
}

class Writer {
 public:
  explicit Writer(LineSources* lines) : lines_(lines) {}

  void header(std::string_view words) {
    if (words.empty()) return;
    remark();
    put(nix_comment(words, 0));
  }
  void file(const NixExpr& body) {
    value(body, 0);
    put("\n");
  }
  std::string take() && { return std::move(done_); }

 private:
  void put(std::string_view text) {
    line_ += static_cast<std::uint32_t>(std::count(text.begin(), text.end(), '\n'));
    done_ += text;
  }
  void remark() {
    if (lines_ != nullptr) lines_->push_back({line_, LineSource::Kind::remark, "", {}, false});
  }
  void mark(const NixExpr& expr) {
    if (lines_ == nullptr) return;
    const bool block = !is_simple(expr) && expr.kind != NixKind::script;
    lines_->push_back(
        {line_, block ? LineSource::Kind::block : LineSource::Kind::value, path_, {}, false});
    LineSource& made = lines_->back();
    made.own = is_known(around_.back());
    made.origins.assign(around_.rbegin(), around_.rend());
    std::erase_if(made.origins, [](Origin origin) { return !is_known(origin); });
  }

  void gap() {
    put("\n");
    remark();
  }
  void start_line(int indent) {
    put("\n");
    put(std::string(static_cast<std::size_t>(indent), ' '));
  }

  /// Prints at the place reached; further lines of it stand after `indent` spaces or more.
  void value(const NixExpr& expr, int indent) {
    if (lines_ == nullptr) return print(expr, indent);
    around_.push_back(expr.origin);
    mark(expr);
    const std::uint32_t begin = line_;
    print(expr, indent);
    if (line_ != begin) mark(expr);  // where it ends
    around_.pop_back();
  }

  void print(const NixExpr& expr, int indent) {
    switch (expr.kind) {
      case NixKind::string: return put(nix_string(expr.text));
      case NixKind::script: return script(expr, indent);
      case NixKind::template_string: return template_string(expr, indent);
      case NixKind::path: return put(nix_path(expr.text));
      case NixKind::integer: return put(integer_text(expr.number));
      case NixKind::boolean: return put(expr.number != 0 ? "true" : "false");
      case NixKind::name: return put(dotted(expr.names));
      case NixKind::list: return list(expr, indent);
      case NixKind::attrs: return attrs(expr, indent);
      case NixKind::function: return function(expr, indent);
      case NixKind::apply: return apply(expr, indent);
      case NixKind::concat: return concat(expr, indent);
    }
  }

  void operand(const NixExpr& expr, int indent) {
    const bool wrap = needs_parentheses(expr);
    if (wrap) put("(");
    value(expr, indent);
    if (wrap) put(")");
  }

  static std::string dotted(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) {
      if (!out.empty()) out += '.';
      out += nix_attribute(name);
    }
    return out;
  }

  void script(const NixExpr& expr, int indent) {
    const bool fits = fits_indented_string(expr.text);
    put(fits ? nix_indented_string(expr.text, indent) : nix_string(expr.text));
  }

  void template_string(const NixExpr& expr, int indent) {
    put("\"");
    for (const NixEntry& part : expr.entries) {
      if (part.value.kind == NixKind::string) {
        around_.push_back(part.value.origin);
        mark(part.value);
        around_.pop_back();
        put(nix_string_body(part.value.text));
        continue;
      }
      put("${");
      value(part.value, indent);
      put("}");
    }
    put("\"");
  }

  /// A text that would run over the edge goes on a line of its own.
  [[nodiscard]] bool fits_beside(const NixExpr& expr) const {
    const std::size_t column = done_.size() - (done_.rfind('\n') + 1);
    return expr.kind != NixKind::string || column + nix_string(expr.text).size() + 5 <= kWidth;
  }

  void list(const NixExpr& expr, int indent) {
    if (expr.entries.empty()) return put("[ ]");
    const NixEntry& first = expr.entries.front();
    if (expr.entries.size() == 1 && first.comment.empty() && is_simple(first.value) &&
        fits_beside(first.value)) {
      put("[ ");
      operand(first.value, indent);
      return put(" ]");
    }
    put("[");
    for (const NixEntry& item : expr.entries) list_item(item, indent + 2);
    start_line(indent);
    put("]");
  }

  void list_item(const NixEntry& item, int indent) {
    if (item.gap_before) gap();
    const bool behind = is_simple(item.value) && item.comment.find('\n') == std::string::npos;
    if (!behind) comment_above(item, indent);
    start_line(indent);
    operand(item.value, indent);
    if (behind && !item.comment.empty()) {
      std::string comment = nix_comment(item.comment, 1);
      comment.pop_back();
      put(comment);
    }
  }

  void comment_above(const NixEntry& entry, int indent) {
    if (entry.comment.empty()) return;
    std::string comment = nix_comment(entry.comment, indent);
    comment.pop_back();
    put("\n");
    remark();
    put(comment);
  }

  void attrs(const NixExpr& expr, int indent) {
    if (expr.entries.empty()) return put("{ }");
    put("{");
    for (const NixEntry& entry : expr.entries) {
      if (entry.gap_before) gap();
      comment_above(entry, indent + 2);
      start_line(indent + 2);
      const std::string names = dotted(entry.names);
      const std::size_t outer = path_.size();
      if (lines_ != nullptr) path_ += (outer == 0 ? "" : ".") + names;
      put(names);
      put(" =");
      if (entry.value.kind == NixKind::function) {
        start_line(indent + 4);
        value(entry.value, indent + 4);
      } else {
        put(" ");
        value(entry.value, indent + 2);
      }
      put(";");
      path_.resize(outer);
    }
    start_line(indent);
    put("}");
  }

  void function(const NixExpr& expr, int indent) {
    std::string head = "{ ";
    for (const std::string& argument : expr.names) head += argument + ", ";
    head += "... }:";
    if (head.size() + static_cast<std::size_t>(indent) <= kWidth) {
      put(head);
    } else {
      put("{");
      for (const std::string& argument : expr.names) {
        start_line(indent + 2);
        put(argument + ",");
      }
      start_line(indent + 2);
      put("...");
      start_line(indent);
      put("}:");
    }
    start_line(indent);
    value(expr.entries.front().value, indent);
  }

  void apply(const NixExpr& expr, int indent) {
    for (std::size_t i = 0; i < expr.entries.size(); ++i) {
      if (i != 0) put(" ");
      operand(expr.entries[i].value, indent);
    }
  }

  void concat(const NixExpr& expr, int indent) {
    for (std::size_t i = 0; i < expr.entries.size(); ++i) {
      const NixExpr& part = expr.entries[i].value;
      if (i != 0) {
        comment_above(expr.entries[i], indent);
        start_line(indent);
        put("++ ");
      }
      // Application binds tighter than ++, so it stands without parentheses.
      if (part.kind == NixKind::apply) {
        value(part, indent);
      } else {
        operand(part, indent);
      }
    }
  }

  std::string done_;
  LineSources* lines_;
  std::vector<Origin> around_;  // of what is being printed, outermost first
  std::string path_;            // likewise, where lines are wanted
  std::uint32_t line_ = 1;
};

}  // namespace

std::string write_nix(std::string_view header, const NixExpr& body, LineSources* lines) {
  Writer writer(lines);
  writer.header(header);
  writer.file(body);
  return std::move(writer).take();
}

}  // namespace hlab::emit
