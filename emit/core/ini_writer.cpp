#include "emit/core/ini_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "emit/core/comment.h"
#include "emit/core/flat_text.h"

namespace hlab::emit {
namespace {

constexpr std::string_view kQuotes = "\"'`";

/// What keeps a text from standing on a line of INI, as the end of a sentence; "" for none.
std::string text_problem(std::string_view text) {
  if (const auto breaker = line_breaker(text); !breaker.empty()) {
    return fmt::format("holds {}", breaker);
  }
  if (has_outer_blanks(text)) return "begins or ends with a blank, which readers cut off";
  for (const std::string_view sign : {" #", " ;", "\t#", "\t;"}) {
    if (text.find(sign) == std::string_view::npos) continue;
    return fmt::format("holds `{}` after a blank, where a comment begins for some readers",
                       sign[1]);
  }
  return {};
}

std::string value_problem(std::string_view text) {
  if (text.empty()) return {};
  if (text.front() == '#' || text.front() == ';') {
    return fmt::format("begins with `{}`, which is a comment for some readers", text.front());
  }
  if (kQuotes.find(text.front()) != std::string_view::npos) {
    return fmt::format("begins with `{}`, which some readers take away and others keep",
                       text.front());
  }
  if (text.back() == '\\') return "ends with `\\`, which joins lines for some readers";
  return text_problem(text);
}

std::string name_problem(std::string_view name) {
  if (name.empty()) return "is empty";
  if (std::string_view("#;[").find(name.front()) != std::string_view::npos) {
    return fmt::format("begins with `{}`", name.front());
  }
  const std::size_t at = name.find_first_of("=:");
  if (at != std::string_view::npos) {
    return fmt::format("holds `{}`, where the name ends for some readers", name[at]);
  }
  return text_problem(name);
}

std::string section_problem(std::string_view name) {
  if (name.empty()) return "is empty";
  if (name.find(']') != std::string_view::npos) return "holds `]`";
  return text_problem(name);
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

class IniCheck {
 public:
  explicit IniCheck(const std::vector<Node>& nodes) : nodes_(nodes) {}

  std::optional<DocError> run() {
    std::set<std::string> known;
    for (std::uint32_t i = 1; i < nodes_[0].end; i = nodes_[i].end) {
      const bool section = nodes_[i].kind == NodeKind::map;
      if (auto error = section ? this->section(i) : entry(i, known)) return error;
    }
    return std::nullopt;
  }

 private:
  std::optional<DocError> section(std::uint32_t map) const {
    if (const std::string problem = section_problem(nodes_[map].key); !problem.empty()) {
      return unfit_node(nodes_, map, "the name of the section " + problem);
    }
    std::set<std::string> known;
    for (std::uint32_t i = map + 1; i < nodes_[map].end; i = nodes_[i].end) {
      if (nodes_[i].kind == NodeKind::map) {
        return unfit_node(nodes_, i, "INI has sections, and nothing inside them but values");
      }
      if (auto error = entry(i, known)) return error;
    }
    return std::nullopt;
  }

  std::optional<DocError> entry(std::uint32_t at, std::set<std::string>& known) const {
    const Node& node = nodes_[at];
    if (const std::string problem = name_problem(node.key); !problem.empty()) {
      return unfit_node(nodes_, at, "the name " + problem);
    }
    if (!known.insert(lower(node.key)).second) {
      return unfit_node(nodes_, at, "the name stands twice for readers that ignore case");
    }
    if (node.kind == NodeKind::seq) {
      return unfit_node(nodes_, at, "INI has no lists; join it to the text that the reader splits");
    }
    if (node.kind == NodeKind::null) return unfit_node(nodes_, at, "INI has no null");
    if (const std::string problem = value_problem(flat_text(node)); !problem.empty()) {
      return unfit_node(nodes_, at, "the text " + problem);
    }
    return std::nullopt;
  }

  const std::vector<Node>& nodes_;
};

class IniWriter {
 public:
  IniWriter(const std::vector<Node>& nodes, std::string& out, LineMarks* lines)
      : nodes_(nodes), out_(out), lines_(lines), start_(out.size()) {}

  void run(std::string_view header) {
    comment(header);
    entries(0);
    for (std::uint32_t i = 1; i < nodes_[0].end; i = nodes_[i].end) {
      if (nodes_[i].kind != NodeKind::map) continue;
      if (out_.size() != start_) {
        mark(kNoNode);
        end_line();
      }
      comment(nodes_[i].comment);
      mark(i);
      out_.append("[").append(nodes_[i].key).append("]");
      end_line();
      entries(i);
    }
  }

 private:
  void entries(std::uint32_t map) {
    for (std::uint32_t i = map + 1; i < nodes_[map].end; i = nodes_[i].end) {
      const Node& node = nodes_[i];
      if (node.kind == NodeKind::map) continue;
      comment(node.comment);
      mark(i);
      const std::string text = flat_text(node);
      out_.append(node.key).append(text.empty() ? " =" : " = ").append(text);
      end_line();
    }
  }

  /// `;`, for there are readers that know no other sign.
  void comment(std::string_view text) {
    if (text.empty()) return;
    mark(kNoNode);
    line_ += static_cast<std::uint32_t>(append_comment(out_, text, 0, ";"));
  }
  void mark(std::uint32_t at) {
    if (lines_ != nullptr) add_mark(*lines_, line_, at);
  }
  void end_line() {
    out_ += '\n';
    ++line_;
  }

  const std::vector<Node>& nodes_;
  std::string& out_;
  LineMarks* lines_;
  std::size_t start_;
  std::uint32_t line_ = 1;
};

}  // namespace

std::optional<DocError> write_ini(const Doc& doc, std::string_view header, std::string& out,
                                  LineMarks* lines) {
  if (auto error = check_one_map(doc, "INI")) return error;
  if (auto error = IniCheck(doc.nodes()).run()) return error;
  IniWriter(doc.nodes(), out, lines).run(header);
  return std::nullopt;
}

}  // namespace hlab::emit
