#include "compiler/graph/graph_svg.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace hlab::graph {
namespace {

// In pixels.
constexpr double kRow = 34;
constexpr double kBox = 24;
constexpr double kLetter = 7.3;  // of the 12-pixel font, at most
constexpr double kGap = 90;
constexpr double kMargin = 16;
constexpr std::uint32_t kNoColumn = 0xffffffff;

constexpr std::string_view kStyle =
    "<style>\n"
    ":root { color-scheme: light dark }\n"
    "text { font: 12px ui-monospace, monospace; fill: #1f2328 }\n"
    "rect { fill: #f6f8fa; stroke: #8c959f }\n"
    "path { fill: none; stroke: #57606a; opacity: .55 }\n"
    ".run { stroke-dasharray: 6 4 } .value { stroke-dasharray: 2 4 }\n"
    "@media (prefers-color-scheme: dark) {\n"
    "  text { fill: #e6edf3 } rect { fill: #161b22; stroke: #6e7681 } path { stroke: #8b949e }\n"
    "}\n"
    "</style>\n";

std::string xml_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

std::size_t letters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

struct Box {
  std::string label;
  std::uint32_t column = 0;
  double x = 0;
  double y = 0;
  double width = 0;
};

class Picture {
 public:
  Picture(const LabGraph& graph, const program::Program& program, const program::Lab& lab)
      : graph_(graph) {
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
      at_.emplace(graph.nodes[i], i);
      Box box;
      box.label = program::instance_path(program, lab, graph.nodes[i]);
      box.width = static_cast<double>(letters(box.label)) * kLetter + 16;
      boxes_.push_back(std::move(box));
    }
    choose_columns();
    order_columns();
    lay_out();
  }

  [[nodiscard]] std::string text() const {
    std::string out = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" viewBox=\"0 0 {0:.0f} {1:.0f}\">\n",
        width_, height_);
    out += kStyle;
    for (const Edge& edge : graph_.edges) out += line(edge);
    for (const Box& box : boxes_) {
      out += fmt::format(
          "<rect x=\"{:.0f}\" y=\"{:.0f}\" width=\"{:.0f}\" height=\"{:.0f}\" rx=\"4\"/>"
          "<text x=\"{:.0f}\" y=\"{:.0f}\">{}</text>\n",
          box.x, box.y, box.width, kBox, box.x + 8, box.y + 16, xml_text(box.label));
    }
    return out + "</svg>\n";
  }

 private:
  /// To the right of all that it needs to start; edges that would close a circle do not count.
  void choose_columns() {
    enum class Seen : std::uint8_t { no, open, done };
    std::vector<Seen> seen(boxes_.size(), Seen::no);
    std::vector<std::size_t> stack;
    for (std::size_t root = 0; root < boxes_.size(); ++root) {
      if (seen[root] == Seen::no) stack.push_back(root);
      while (!stack.empty()) {
        const std::size_t at = stack.back();
        if (seen[at] != Seen::no) {
          stack.pop_back();
          if (seen[at] == Seen::open) settle_column(at);
          seen[at] = Seen::done;
          continue;
        }
        seen[at] = Seen::open;
        boxes_[at].column = kNoColumn;
        for (const Edge* edge : graph_.needs_of(graph_.nodes[at])) {
          const auto found = at_.find(edge->to);
          const bool counts = edge->mode == EdgeMode::start && found != at_.end();
          if (counts && seen[found->second] == Seen::no) stack.push_back(found->second);
        }
      }
    }
  }

  void settle_column(std::size_t box) {
    std::uint32_t column = 0;
    for (const Edge* edge : graph_.needs_of(graph_.nodes[box])) {
      const auto found = at_.find(edge->to);
      if (edge->mode != EdgeMode::start || found == at_.end()) continue;
      if (boxes_[found->second].column == kNoColumn) continue;
      column = std::max(column, boxes_[found->second].column + 1);
    }
    boxes_[box].column = column;
  }

  /// Each column in the order of the places, in the column before, of what its boxes need.
  void order_columns() {
    for (std::size_t i = 0; i < boxes_.size(); ++i) {
      if (boxes_[i].column >= columns_.size()) columns_.resize(boxes_[i].column + 1);
      columns_[boxes_[i].column].push_back(i);
    }
    columns_.erase(
        std::remove_if(columns_.begin(), columns_.end(), [](const auto& c) { return c.empty(); }),
        columns_.end());
    std::vector<double> row(boxes_.size(), 0);
    for (auto& column : columns_) {
      std::vector<std::pair<double, std::size_t>> wanted;
      for (const std::size_t box : column) wanted.emplace_back(mean_row(box, row), box);
      std::stable_sort(wanted.begin(), wanted.end(),
                       [](const auto& a, const auto& b) { return a.first < b.first; });
      for (std::size_t i = 0; i < wanted.size(); ++i) {
        column[i] = wanted[i].second;
        row[column[i]] = static_cast<double>(i);
      }
    }
  }

  [[nodiscard]] double mean_row(std::size_t box, const std::vector<double>& row) const {
    double sum = 0;
    int count = 0;
    for (const Edge* edge : graph_.needs_of(graph_.nodes[box])) {
      const auto found = at_.find(edge->to);
      if (found == at_.end() || boxes_[found->second].column >= boxes_[box].column) continue;
      sum += row[found->second];
      ++count;
    }
    return count == 0 ? 0 : sum / count;
  }

  void lay_out() {
    double x = kMargin;
    for (const auto& column : columns_) {
      double widest = 0;
      double y = kMargin;
      for (const std::size_t i : column) {
        boxes_[i].x = x;
        boxes_[i].y = y;
        y += kRow;
        widest = std::max(widest, boxes_[i].width);
      }
      height_ = std::max(height_, y + kMargin);
      x += widest + kGap;
    }
    width_ = std::max(width_, x - kGap + kMargin);
  }

  /// From the right side of what is needed to the left side of what needs it.
  [[nodiscard]] std::string line(const Edge& edge) const {
    const Box& to = boxes_[at_.at(edge.to)];
    const Box& from = boxes_[at_.at(edge.from)];
    const double x1 = to.x + to.width;
    const double y1 = to.y + kBox / 2;
    const double y2 = from.y + kBox / 2;
    const double bend = std::max(kGap / 2, (from.x - x1) / 2);
    const std::string_view mode = edge.mode == EdgeMode::start ? "start"
                                  : edge.mode == EdgeMode::run ? "run"
                                                               : "value";
    return fmt::format(
        "<path class=\"{}\" d=\"M{:.0f},{:.0f} C{:.0f},{:.0f} {:.0f},{:.0f} {:.0f},{:.0f}\"><title>{} needs {}: {}</title></path>\n",
        mode, x1, y1, x1 + bend, y1, from.x - bend, y2, from.x, y2, xml_text(from.label),
        xml_text(to.label), xml_text(*edge.reason));
  }

  const LabGraph& graph_;
  std::map<InstanceId, std::size_t> at_;
  std::vector<Box> boxes_;
  std::vector<std::vector<std::size_t>> columns_;
  double width_ = 2 * kMargin;
  double height_ = 2 * kMargin;
};

}  // namespace

std::string to_svg(const LabGraph& graph, const program::Program& program,
                   const program::Lab& lab) {
  return Picture(graph, program, lab).text();
}

}  // namespace hlab::graph
