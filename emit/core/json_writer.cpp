#include "emit/core/json_writer.h"

#include "emit/core/comment.h"
#include "emit/core/escape.h"

namespace hlab::emit {
namespace {

class JsonWriter {
 public:
  JsonWriter(const std::vector<Node>& nodes, JsonLayout layout, std::string& out, LineMarks* lines)
      : nodes_(nodes),
        pretty_(layout != JsonLayout::compact),
        commented_(layout == JsonLayout::commented),
        out_(out),
        lines_(lines) {}

  void run() {
    comment(0, 0);
    value(0, 0);
    if (pretty_) out_ += '\n';
  }

 private:
  void value(std::uint32_t at, std::size_t indent) {
    const Node& node = nodes_[at];
    if (node.is_container() && node.end != at + 1) {
      container(at, indent);
      return;
    }
    mark(at);
    switch (node.kind) {
      case NodeKind::map: out_ += "{}"; break;
      case NodeKind::seq: out_ += "[]"; break;
      case NodeKind::integer: append_integer(out_, node.integer); break;
      case NodeKind::real: append_real(out_, node.real); break;
      case NodeKind::boolean: out_ += node.boolean ? "true" : "false"; break;
      case NodeKind::null: out_ += "null"; break;
      case NodeKind::string:
      case NodeKind::template_string: append_quoted(out_, node.text, QuoteStyle::json); break;
    }
  }

  void container(std::uint32_t at, std::size_t indent) {
    const bool map = nodes_[at].kind == NodeKind::map;
    if (!map && short_list(at, indent)) return one_line(at);
    mark(at);
    out_ += map ? '{' : '[';
    for (std::uint32_t i = at + 1; i < nodes_[at].end; i = nodes_[i].end) {
      if (i != at + 1) out_ += ',';
      break_line(indent + 2);
      comment(i, indent + 2);
      if (map) {
        append_quoted(out_, nodes_[i].key, QuoteStyle::json);
        out_ += pretty_ ? ": " : ":";
      }
      value(i, indent + 2);
    }
    break_line(indent);
    mark(at);
    out_ += map ? '}' : ']';
  }

  /// Where people read the file too, a list of a few words is one line.
  [[nodiscard]] bool short_list(std::uint32_t at, std::size_t indent) const {
    constexpr std::size_t kWidth = 90;
    std::size_t width = indent + nodes_[at].key.size();
    for (std::uint32_t i = at + 1; i < nodes_[at].end; ++i) {
      if (nodes_[i].kind != NodeKind::string || !nodes_[i].comment.empty()) return false;
      width += nodes_[i].text.size() + 4;
    }
    return commented_ && width < kWidth;
  }

  void one_line(std::uint32_t at) {
    out_ += '[';
    for (std::uint32_t i = at + 1; i < nodes_[at].end; ++i) {
      if (i != at + 1) out_ += ", ";
      value(i, 0);
    }
    out_ += ']';
  }

  /// At the beginning of a line, indented already; ends at the beginning of the next one, likewise.
  void comment(std::uint32_t at, std::size_t indent) {
    if (!commented_ || nodes_[at].comment.empty()) return;
    out_.resize(out_.size() - indent);
    mark(kNoNode);
    line_ += static_cast<std::uint32_t>(append_comment(out_, nodes_[at].comment, indent, "//"));
    out_.append(indent, ' ');
  }

  void mark(std::uint32_t at) {
    if (lines_ != nullptr) add_mark(*lines_, line_, at);
  }
  void break_line(std::size_t indent) {
    if (!pretty_) return;
    out_ += '\n';
    out_.append(indent, ' ');
    ++line_;
  }

  const std::vector<Node>& nodes_;
  bool pretty_;
  bool commented_;
  std::string& out_;
  LineMarks* lines_;
  std::uint32_t line_ = 1;
};

}  // namespace

std::optional<DocError> write_json(const Doc& doc, JsonLayout layout, std::string& out,
                                   LineMarks* lines) {
  if (auto error = check_document(doc)) return error;
  const auto& nodes = doc.nodes();
  if (nodes.empty() || nodes[0].end != nodes.size()) {
    return DocError{DocFault::document_count, {}, {}, kNoOrigin};
  }
  out.reserve(out.size() + doc.text_size() + nodes.size() * 12 + 16);
  JsonWriter(nodes, layout, out, lines).run();
  return std::nullopt;
}

}  // namespace hlab::emit
