#include "emit/core/yaml_writer.h"

#include "emit/core/comment.h"
#include "emit/core/escape.h"
#include "emit/core/yaml_scalar.h"

namespace hlab::emit {
namespace {

constexpr std::size_t kStep = 2;
constexpr std::size_t kNoBlock = static_cast<std::size_t>(-1);  // a document that is one scalar
constexpr std::size_t kLongKey = 120;  // YAML readers look only so far for the colon of a key

class YamlWriter {
 public:
  YamlWriter(const std::vector<Node>& nodes, const YamlOptions& options, std::string& out,
             LineMarks* lines)
      : nodes_(nodes), options_(options), out_(out), lines_(lines) {}

  void run() {
    if (!options_.header.empty()) comment(options_.header, 0);
    for (std::uint32_t i = 0; i < nodes_.size(); i = nodes_[i].end) {
      if (i != 0) separator();
      comment(nodes_[i].comment, 0);
      document(i);
    }
  }

 private:
  void document(std::uint32_t at) {
    const Node& node = nodes_[at];
    if (is_empty(at) || !node.is_container()) {
      inline_value(at, kNoBlock);
    } else if (node.kind == NodeKind::map) {
      entries(at, 0, false);
    } else {
      items(at, 0, false);
    }
  }

  /// `on_line`: the first entry goes on behind a dash, and its comment already stands above that.
  void entries(std::uint32_t map, std::size_t indent, bool on_line) {
    for (std::uint32_t i = map + 1; i < nodes_[map].end; i = nodes_[i].end) {
      if (!on_line) {
        comment(nodes_[i].comment, indent);
        out_.append(indent, ' ');
      }
      on_line = false;
      key(nodes_[i].key, indent);
      value_of_entry(i, indent);
    }
  }

  void key(std::string_view name, std::size_t indent) {
    if (name.size() > kLongKey) {
      out_ += "? ";
      string_on_line(name);
      end_line();
      out_.append(indent, ' ');
    } else {
      string_on_line(name);
    }
    out_ += ':';
  }

  void value_of_entry(std::uint32_t at, std::size_t indent) {
    if (!nodes_[at].is_container() || is_empty(at)) {
      out_ += ' ';
      inline_value(at, indent);
      return;
    }
    mark(at);
    end_line();
    if (nodes_[at].kind == NodeKind::map) {
      entries(at, indent + kStep, false);
    } else {
      items(at, indent + kStep, false);
    }
  }

  void items(std::uint32_t seq, std::size_t indent, bool on_line) {
    for (std::uint32_t i = seq + 1; i < nodes_[seq].end; i = nodes_[i].end) {
      if (!on_line) {
        comments_of(i, indent);
        out_.append(indent, ' ');
      }
      on_line = false;
      out_ += "- ";
      if (nodes_[i].is_container() && !is_empty(i)) mark(i);
      if (!nodes_[i].is_container() || is_empty(i)) {
        inline_value(i, indent);
      } else if (nodes_[i].kind == NodeKind::map) {
        entries(i, indent + kStep, true);
      } else {
        items(i, indent + kStep, true);
      }
    }
  }

  /// The rest of a line: a scalar or an empty container. `indent` is that of the parent.
  void inline_value(std::uint32_t at, std::size_t indent) {
    const Node& node = nodes_[at];
    mark(at);
    switch (node.kind) {
      case NodeKind::map: out_ += "{}"; break;
      case NodeKind::seq: out_ += "[]"; break;
      case NodeKind::integer: append_integer(out_, node.integer); break;
      case NodeKind::real: append_real(out_, node.real); break;
      case NodeKind::boolean: out_ += node.boolean ? "true" : "false"; break;
      case NodeKind::null: out_ += "null"; break;
      case NodeKind::template_string: append_quoted(out_, node.text, QuoteStyle::yaml); break;
      case NodeKind::string:
        if (string(node.text, indent)) return;
        break;
    }
    end_line();
  }

  /// True where the line break is written already.
  bool string(std::string_view text, std::size_t indent) {
    if (options_.dialect == YamlDialect::ansible && looks_templated(text)) {
      out_ += "!unsafe ";
      append_quoted(out_, text, QuoteStyle::yaml);
      return false;
    }
    switch (scalar_style(text)) {
      case ScalarStyle::plain: out_ += text; return false;
      case ScalarStyle::quoted: append_quoted(out_, text, QuoteStyle::yaml); return false;
      case ScalarStyle::literal: break;
    }
    if (indent == kNoBlock) {
      append_quoted(out_, text, QuoteStyle::yaml);
      return false;
    }
    line_ += append_literal(out_, text, indent + kStep);
    return true;
  }

  void string_on_line(std::string_view text) {
    if (fits_plain(text)) {
      out_ += text;
    } else {
      append_quoted(out_, text, QuoteStyle::yaml);
    }
  }

  /// The comments of everything that begins on the line of the node at `at`.
  void comments_of(std::uint32_t at, std::size_t indent) {
    comment(nodes_[at].comment, indent);
    while (nodes_[at].is_container() && !is_empty(at)) {
      const bool map = nodes_[at].kind == NodeKind::map;
      comment(nodes_[++at].comment, indent);
      if (map) return;
    }
  }

  void comment(std::string_view text, std::size_t indent) {
    if (text.empty()) return;
    mark(kNoNode);
    line_ += static_cast<std::uint32_t>(append_comment(out_, text, indent));
  }

  void end_line() {
    out_ += '\n';
    ++line_;
  }
  void separator() {
    mark(kNoNode);
    out_ += "---";
    end_line();
  }
  void mark(std::uint32_t at) {
    if (lines_ != nullptr) add_mark(*lines_, line_, at);
  }
  [[nodiscard]] bool is_empty(std::uint32_t at) const { return nodes_[at].end == at + 1; }

  const std::vector<Node>& nodes_;
  const YamlOptions& options_;
  std::string& out_;
  LineMarks* lines_;
  std::uint32_t line_ = 1;
};

}  // namespace

std::optional<DocError> write_yaml(const Doc& doc, const YamlOptions& options, std::string& out,
                                   LineMarks* lines) {
  if (auto error = check_document(doc)) return error;
  const auto& nodes = doc.nodes();
  out.reserve(out.size() + options.header.size() + doc.text_size() + nodes.size() * 12 + 64);
  if (lines != nullptr) lines->reserve(lines->size() + nodes.size());
  YamlWriter(nodes, options, out, lines).run();
  return std::nullopt;
}

}  // namespace hlab::emit
