#include "emit/core/json_writer.h"

#include "emit/core/escape.h"

namespace hlab::emit {
namespace {

class JsonWriter {
 public:
  JsonWriter(const std::vector<Node>& nodes, JsonLayout layout, std::string& out,
             LineOrigins* lines)
      : nodes_(nodes), pretty_(layout == JsonLayout::pretty), out_(out), lines_(lines) {}

  void run() {
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
    if (lines_ != nullptr && node.origin != kNoOrigin) lines_->push_back({line_, node.origin});
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
    out_ += map ? '{' : '[';
    for (std::uint32_t i = at + 1; i < nodes_[at].end; i = nodes_[i].end) {
      if (i != at + 1) out_ += ',';
      break_line(indent + 2);
      if (map) {
        append_quoted(out_, nodes_[i].key, QuoteStyle::json);
        out_ += pretty_ ? ": " : ":";
      }
      value(i, indent + 2);
    }
    break_line(indent);
    out_ += map ? '}' : ']';
  }

  void break_line(std::size_t indent) {
    if (!pretty_) return;
    out_ += '\n';
    out_.append(indent, ' ');
    ++line_;
  }

  const std::vector<Node>& nodes_;
  bool pretty_;
  std::string& out_;
  LineOrigins* lines_;
  std::uint32_t line_ = 1;
};

}  // namespace

std::optional<DocError> write_json(const Doc& doc, JsonLayout layout, std::string& out,
                                   LineOrigins* lines) {
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
