#include "compiler/diag/render_json.h"

#include <fmt/format.h>

#include "compiler/base/utf8.h"
#include "compiler/diag/fold_repeats.h"
#include "compiler/diag/join_places.h"
#include "compiler/diag/render_text.h"

namespace hlab::diag {
namespace {

class JsonRenderer {
 public:
  explicit JsonRenderer(const SourceMap& sources) : sources_(sources) {}

  std::string run(const std::vector<const Diagnostic*>& items) {
    out_ = "{\"version\":1,\"diagnostics\":[";
    list(items, [&](const Diagnostic* item) { diagnostic(*item); });
    out_ += "]}\n";
    return std::move(out_);
  }

 private:
  template <class Items, class Write>
  void list(const Items& items, Write write) {
    bool first = true;
    for (const auto& item : items) {
      if (!first) out_ += ',';
      first = false;
      write(item);
    }
  }

  void diagnostic(const Diagnostic& item) {
    member("{\"code\":", item.info->code);
    member(",\"name\":", item.info->name);
    member(",\"severity\":", item.severity == Severity::error ? "error" : "warning");
    member(",\"message\":", item.message);
    out_ += ',';
    place(item.at);
    out_ += ",\"labels\":[";
    // What the primary place shows is the first label: a reader of labels alone misses nothing.
    if (!item.here.empty() && item.at.valid()) {
      label(item.at, item.here);
      if (!item.labels.empty()) out_ += ',';
    }
    list(item.labels, [&](const Label& at) { label(at.span, at.message); });
    out_ += ']';
    member(",\"help\":", advice(item));
    out_ += ",\"fixes\":[";
    list(item.fixes, [&](const Fix& each) { fix(each); });
    out_ += "]}";
  }

  /// The form has one field for everything said beside the places.
  static std::string advice(const Diagnostic& item) {
    std::string text;
    for (const std::string& note : item.notes) text += "note: " + note + '\n';
    text += item.help;
    if (item.help.empty() && !text.empty()) text.pop_back();
    return text;
  }

  void label(Span span, std::string_view message) {
    out_ += '{';
    place(span);
    member(",\"message\":", message);
    out_ += '}';
  }

  void fix(const Fix& each) {
    member("{\"message\":", each.message);
    out_ += ",\"edits\":[";
    list(each.edits, [&](const Edit& edit) {
      out_ += '{';
      place(edit.span);
      member(",\"text\":", edit.text);
      out_ += '}';
    });
    out_ += "]}";
  }

  void place(Span span) {
    if (!span.valid()) {
      out_ += "\"file\":null,\"range\":null";
      return;
    }
    member("\"file\":", shown_path(sources_.file(span.file)));
    out_ += ",\"range\":{\"start\":";
    position(span.file, span.begin);
    out_ += ",\"end\":";
    position(span.file, span.end);
    out_ += '}';
  }

  void position(FileId file, std::uint32_t offset) {
    const Position at = sources_.position(file, offset);
    fmt::format_to(std::back_inserter(out_), "{{\"line\":{},\"column\":{},\"offset\":{}}}", at.line,
                   at.column, at.offset);
  }

  void member(std::string_view key, std::string_view text) {
    out_ += key;
    string(text);
  }

  /// Messages may quote broken bytes of the source; JSON may not hold them.
  void string(std::string_view text) {
    out_ += '"';
    for (std::size_t at = 0; at < text.size();) {
      const CodePoint c = decode_utf8(text, at);
      if (!c.valid) {
        out_ += "\\ufffd";
      } else if (c.value == '"' || c.value == '\\') {
        out_ += '\\';
        out_ += static_cast<char>(c.value);
      } else if (c.value < 0x20 || (c.value >= 0x7f && c.value < 0xa0)) {
        fmt::format_to(std::back_inserter(out_), "\\u{:04x}", c.value);
      } else {
        out_ += text.substr(at, c.size);
      }
      at += c.size;
    }
    out_ += '"';
  }

  const SourceMap& sources_;
  std::string out_;
};

}  // namespace

std::string render_json(const SourceMap& sources, const Diagnostics& diagnostics) {
  const Joined joined = join_places(diagnostics.sorted());
  return JsonRenderer(sources).run(fold_repeats(joined.items).items);
}

}  // namespace hlab::diag
