#include "emit/core/toml_writer.h"

#include <algorithm>

#include "compiler/base/utf8.h"
#include "emit/core/comment.h"
#include "emit/core/escape.h"

namespace hlab::emit {
namespace {

constexpr std::size_t kLongLine = 100;  // an array goes on several lines beyond it

bool is_bare_key(std::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
}

void append_key(std::string& out, std::string_view key) {
  if (is_bare_key(key)) {
    out += key;
  } else {
    append_quoted(out, key, QuoteStyle::json);  // a basic string knows JSON's escapes
  }
}

/// Text of several lines that needs no escape but for backslashes and quotes.
bool fits_several_lines(std::string_view text) {
  if (text.find('\n') == std::string_view::npos) return false;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode_utf8(text, at);
    if (!fits_literal_block(c.value)) return false;
    at += c.size;
  }
  return true;
}

/// Returns the number of line breaks written.
std::uint32_t append_several_lines(std::string& out, std::string_view text) {
  std::uint32_t breaks = 1;
  out += "\"\"\"\n";
  for (std::size_t i = 0; i < text.size(); ++i) {
    // A quote is escaped where the next one follows, or the closing ones: three would end the text.
    const bool near_quote = i + 1 == text.size() || text[i + 1] == '"';
    if (text[i] == '\\' || (text[i] == '"' && near_quote)) out += '\\';
    out += text[i];
    if (text[i] == '\n') ++breaks;
  }
  out += "\"\"\"";
  return breaks;
}

class TomlWriter {
 public:
  TomlWriter(const std::vector<Node>& nodes, std::string& out, LineMarks* lines)
      : nodes_(nodes), out_(out), lines_(lines) {}

  void run(std::string_view header) {
    start_ = out_.size();
    comment(header);
    table(0);
  }

 private:
  [[nodiscard]] bool is_map(std::uint32_t at) const { return nodes_[at].kind == NodeKind::map; }
  [[nodiscard]] bool is_empty(std::uint32_t at) const { return nodes_[at].end == at + 1; }

  [[nodiscard]] bool is_table_array(std::uint32_t at) const {
    if (nodes_[at].kind != NodeKind::seq || is_empty(at)) return false;
    for (std::uint32_t i = at + 1; i < nodes_[at].end; i = nodes_[i].end) {
      if (!is_map(i)) return false;
    }
    return true;
  }
  [[nodiscard]] bool is_plain(std::uint32_t at) const { return !is_map(at) && !is_table_array(at); }

  /// A table without plain entries is there by its sub-tables, if it has any.
  [[nodiscard]] bool needs_header(std::uint32_t map) const {
    if (is_empty(map)) return true;
    for (std::uint32_t i = map + 1; i < nodes_[map].end; i = nodes_[i].end) {
      if (is_plain(i)) return true;
    }
    return false;
  }

  void table(std::uint32_t map) {
    for (std::uint32_t i = map + 1; i < nodes_[map].end; i = nodes_[i].end) {
      if (is_plain(i)) entry(i);
    }
    for (std::uint32_t i = map + 1; i < nodes_[map].end; i = nodes_[i].end) {
      if (is_plain(i)) continue;
      const std::size_t outer = path_.size();
      if (outer != 0) path_ += '.';
      append_key(path_, nodes_[i].key);
      if (is_map(i)) {
        if (needs_header(i)) head(i, "[", "]");
        table(i);
      } else {
        for (std::uint32_t item = i + 1; item < nodes_[i].end; item = nodes_[item].end) {
          head(item, "[[", "]]");
          table(item);
        }
      }
      path_.resize(outer);
    }
  }

  void head(std::uint32_t at, std::string_view open, std::string_view close) {
    if (out_.size() != start_) {
      mark(kNoNode);
      end_line();
    }
    comment(nodes_[at].comment);
    mark(at);
    out_.append(open).append(path_).append(close);
    end_line();
  }

  void entry(std::uint32_t at) {
    comment(nodes_[at].comment);
    const std::size_t begin = out_.size();
    append_key(out_, nodes_[at].key);
    out_ += " = ";
    const Node& node = nodes_[at];
    if (node.kind == NodeKind::seq) {
      array(at, begin);
    } else if (is_text(node) && fits_several_lines(node.text)) {
      mark(at);
      line_ += append_several_lines(out_, node.text);
    } else {
      inline_value(at);
    }
    end_line();
  }

  void array(std::uint32_t at, std::size_t begin) {
    const std::size_t value = out_.size();
    const std::size_t known = lines_ == nullptr ? 0 : lines_->size();
    inline_value(at);
    if (out_.size() - begin <= kLongLine) return;
    out_.resize(value);
    if (lines_ != nullptr) lines_->resize(known);
    mark(at);
    out_ += '[';
    for (std::uint32_t i = at + 1; i < nodes_[at].end; i = nodes_[i].end) {
      end_line();
      out_ += "  ";
      inline_value(i);
      out_ += ',';
    }
    end_line();
    mark(at);
    out_ += ']';
  }

  void inline_value(std::uint32_t at) {
    const Node& node = nodes_[at];
    if (!node.is_container() || is_empty(at)) mark(at);
    switch (node.kind) {
      case NodeKind::map: items(at, is_empty(at) ? "{" : "{ ", is_empty(at) ? "}" : " }"); break;
      case NodeKind::seq: items(at, "[", "]"); break;
      case NodeKind::integer: append_integer(out_, node.integer); break;
      case NodeKind::real: append_real(out_, node.real); break;
      case NodeKind::boolean: out_ += node.boolean ? "true" : "false"; break;
      case NodeKind::null: break;  // refused before
      case NodeKind::string:
      case NodeKind::template_string: append_quoted(out_, node.text, QuoteStyle::json); break;
    }
  }

  void items(std::uint32_t at, std::string_view open, std::string_view close) {
    out_ += open;
    for (std::uint32_t i = at + 1; i < nodes_[at].end; i = nodes_[i].end) {
      if (i != at + 1) out_ += ", ";
      if (is_map(at)) {
        append_key(out_, nodes_[i].key);
        out_ += " = ";
      }
      inline_value(i);
    }
    out_ += close;
  }

  static bool is_text(const Node& node) {
    return node.kind == NodeKind::string || node.kind == NodeKind::template_string;
  }
  void mark(std::uint32_t at) {
    if (lines_ != nullptr) add_mark(*lines_, line_, at);
  }
  void comment(std::string_view text) {
    if (text.empty()) return;
    mark(kNoNode);
    line_ += static_cast<std::uint32_t>(append_comment(out_, text));
  }
  void end_line() {
    out_ += '\n';
    ++line_;
  }

  const std::vector<Node>& nodes_;
  std::string& out_;
  LineMarks* lines_;
  std::string path_;  // of the table that is open: `a."b c"`
  std::size_t start_ = 0;
  std::uint32_t line_ = 1;
};

}  // namespace

std::optional<DocError> write_toml(const Doc& doc, std::string_view header, std::string& out,
                                   LineMarks* lines) {
  if (auto error = check_one_map(doc, "TOML")) return error;
  const auto& nodes = doc.nodes();
  for (std::uint32_t i = 0; i < nodes.size(); ++i) {
    if (nodes[i].kind == NodeKind::null) return unfit_node(nodes, i, "TOML has no null");
  }
  out.reserve(out.size() + header.size() + doc.text_size() + nodes.size() * 16 + 64);
  TomlWriter(nodes, out, lines).run(header);
  return std::nullopt;
}

}  // namespace hlab::emit
