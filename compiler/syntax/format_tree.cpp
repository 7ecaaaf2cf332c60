#include "compiler/syntax/format_tree.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "compiler/syntax/parse.h"
#include "compiler/syntax/scanner.h"

namespace hlab::syntax {
namespace {

using enum TokenType;

/// A token or a comment, in the order of the text.
struct Event {
  Token token;
  bool comment = false;
  bool own_line = false;
};

bool opens(TokenType t) {
  return t == left_brace || t == block_open || t == left_bracket || t == left_paren;
}
bool closes(TokenType t) { return t == right_brace || t == right_bracket || t == right_paren; }
bool brace(TokenType t) { return t == left_brace || t == block_open; }

class TreeMaker {
 public:
  explicit TreeMaker(std::string_view text) : text_(text) {
    SourceMap sources;
    const FileId file = sources.add_static("", text);
    parse(sources, file, symbols_, ast_, diags_);
    for (const Entry& e : ast_.entries) entries_.emplace(e.span.begin, e.kind);
    for (const Expr& e : ast_.exprs) {
      if (e.kind == ExprKind::list) lists_.insert(e.span.begin);
    }
    for (const Entry& e : ast_.entries) {
      if (e.kind == EntryKind::override_) apart_.insert(after_blanks(e.name_span.end));
    }
    for (std::uint32_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') lines_.push_back(i + 1);
    }
    read_events(file);
  }

  FormatTree make() {
    tree_.groups.emplace_back();
    tree_.groups[0].broken = true;
    fill(0, 0);
    return std::move(tree_);
  }

 private:
  void read_events(FileId file) {
    Ast literals;
    std::vector<Comment> comments;
    Scanner scanner(text_, file, symbols_, literals, diags_, {}, &comments);
    std::size_t seen = 0;
    while (true) {
      const Token t = scanner.next();
      for (; seen < comments.size() && comments[seen].span.begin < std::max(t.end, t.begin + 1);
           ++seen) {
        push_comment(comments[seen]);
      }
      if (t.type == end) break;
      events_.push_back({t, false, false});
    }
    for (; seen < comments.size(); ++seen) push_comment(comments[seen]);
  }

  void push_comment(const Comment& comment) {
    Event e;
    e.token.begin = comment.span.begin;
    e.token.end = comment.span.end;
    e.comment = true;
    e.own_line = comment.own_line;
    // a newline token begins where the line's words end, so before the comment that follows them
    if (!comment.own_line && !events_.empty() && events_.back().token.type == newline &&
        !events_.back().comment) {
      events_.insert(events_.end() - 1, e);
    } else {
      events_.push_back(e);
    }
  }

  [[nodiscard]] int newlines(std::uint32_t from, std::uint32_t to) const {
    return from >= to
               ? 0
               : static_cast<int>(std::count(text_.begin() + from, text_.begin() + to, '\n'));
  }

  [[nodiscard]] std::uint32_t after_blanks(std::uint32_t at) const {
    return static_cast<std::uint32_t>(std::min(text_.find_first_not_of(" \t", at), text_.size()));
  }

  [[nodiscard]] std::string_view slice(std::uint32_t from, std::uint32_t to) const {
    return text_.substr(from, to - from);
  }

  /// The item that is being read, and where it lies.
  struct Reading {
    FormatItem item;
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    bool sets = false;  // `path = value`
  };

  void flush(std::uint32_t group, Reading& reading) {
    if (!reading.item.pieces.empty()) {
      reading.item.source = slice(reading.begin, reading.end);
      tree_.groups[group].items.push_back(std::move(reading.item));
    }
    reading = {};
  }

  void start(Reading& reading, std::uint32_t begin, std::uint32_t last) {
    if (!reading.item.pieces.empty()) return;
    reading.begin = begin;
    reading.item.column = begin - *std::prev(std::upper_bound(lines_.begin(), lines_.end(), begin));
    reading.item.blank_before = newlines(last, begin) > 1;
  }

  void add_comment(std::uint32_t group, Reading& reading, const Event& e, std::uint32_t last) {
    const std::string_view words = slice(e.token.begin, e.token.end);
    FormatGroup& g = tree_.groups[group];
    g.broken = true;
    if (!e.own_line && !reading.item.pieces.empty() && reading.item.comment.empty()) {
      reading.item.comment = words;
    } else if (!e.own_line && reading.item.pieces.empty() && !g.items.empty() &&
               g.items.back().comment.empty()) {
      g.items.back().comment = words;
    } else if (!e.own_line && g.items.empty() && reading.item.pieces.empty() && g.comment.empty() &&
               group != 0) {
      g.comment = words;
    } else if (!reading.item.pieces.empty()) {
      reading.item.verbatim = true;
      reading.end = e.token.end;
    } else {
      FormatItem line;
      line.comment = words;
      line.blank_before = newlines(last, e.token.begin) > 1;
      g.items.push_back(std::move(line));
    }
  }

  /// `for i, x in xs` in a list: the comma parts no elements.
  [[nodiscard]] static bool counts(const Reading& reading) {
    return reading.item.pieces.size() == 2 && reading.item.pieces.front().type == for_;
  }

  /// Whether a token inside a body begins its next entry.
  [[nodiscard]] bool begins_entry(const Reading& reading, const Token& t) const {
    if (entries_.find(t.begin) == entries_.end()) return false;
    return reading.item.pieces.empty() || reading.item.pieces.back().type != else_;
  }

  void add_piece(Reading& reading, FormatPiece piece, std::uint32_t begin, std::uint32_t end,
                 std::uint32_t last) {
    if (!reading.item.comment.empty()) reading.item.verbatim = true;
    start(reading, begin, last);
    if (reading.item.pieces.empty()) {
      const auto entry = entries_.find(begin);
      reading.sets = entry != entries_.end() && entry->second == EntryKind::set;
    } else {
      piece.touches = last == begin;
      piece.apart = apart_.contains(begin);
      piece.new_line = newlines(last, begin) > 0;
    }
    if (piece.type == assign && reading.sets && reading.item.assign == 0) {
      reading.item.assign = static_cast<std::uint32_t>(reading.item.pieces.size());
    }
    reading.item.pieces.push_back(piece);
    reading.end = end;
  }

  /// Reads what follows the opening bracket of `group`, and its closing one; says where that ends.
  std::uint32_t fill(std::uint32_t group, std::uint32_t last) {
    const bool body = group == 0 || brace(tree_.groups[group].open);
    Reading reading;
    int angles = 0;
    while (at_ < events_.size()) {
      const Event e = events_[at_++];
      const Token& t = e.token;
      if (!e.comment && t.type == newline) {
        if (body) flush(group, reading);
        continue;
      }
      if (body && newlines(last, t.begin) > 0) tree_.groups[group].broken = true;
      if (e.comment) {
        add_comment(group, reading, e, last);
        last = t.end;
        continue;
      }
      if (closes(t.type)) {
        flush(group, reading);
        return t.end;
      }
      if (body && begins_entry(reading, t)) flush(group, reading);
      const bool clause = tree_.groups[group].open == left_bracket && !body &&
                          (t.type == for_ || t.type == where);
      if (clause) {
        flush(group, reading);
        tree_.groups[group].comprehension = true;
      }
      if (!body && t.type == comma && angles == 0 && !counts(reading)) {
        flush(group, reading);
        last = t.end;
        continue;
      }
      last = opens(t.type) ? add_group(reading, t, last) : add_word(reading, t, last, angles);
      if (t.type == fat_arrow) tree_.groups[group].arms = true;
      if (t.type == comma && tree_.groups[group].arms) flush(group, reading);
    }
    flush(group, reading);
    return last;
  }

  std::uint32_t add_group(Reading& reading, const Token& t, std::uint32_t last) {
    FormatPiece piece;
    piece.type = t.type;
    piece.group = static_cast<std::uint32_t>(tree_.groups.size());
    tree_.groups.emplace_back();
    tree_.groups.back().open = t.type;
    tree_.groups.back().list = t.type == left_bracket && lists_.count(t.begin) != 0;
    add_piece(reading, piece, t.begin, t.end, last);
    const std::uint32_t end = fill(piece.group, t.end);
    reading.end = end;
    if (!brace(t.type)) {
      const auto& items = tree_.groups[piece.group].items;
      const bool hard = std::any_of(items.begin(), items.end(),
                                    [](const FormatItem& i) { return i.verbatim; });
      reading.item.verbatim = reading.item.verbatim || hard;
    }
    return end;
  }

  std::uint32_t add_word(Reading& reading, const Token& t, std::uint32_t last, int& angles) {
    FormatPiece piece;
    piece.type = t.type == step ? dot : t.type;
    std::uint32_t end = t.end;
    if (t.type == string_begin) end = skip_text();
    piece.text = slice(t.begin, end);
    const bool after_map = !reading.item.pieces.empty() && reading.item.pieces.back().type == map;
    if (t.type == less && after_map) {
      ++angles;
      piece.angle = true;
    } else if (t.type == greater && angles > 0) {
      --angles;
      piece.angle = true;
    }
    add_piece(reading, piece, t.begin, end, last);
    return end;
  }

  /// Past the tokens of an interpolated text; says where it ends.
  std::uint32_t skip_text() {
    int open = 1;
    std::uint32_t end = static_cast<std::uint32_t>(text_.size());
    while (at_ < events_.size() && open > 0) {
      const Event& e = events_[at_++];
      if (e.comment) continue;
      if (e.token.type == string_begin) ++open;
      if (e.token.type == string_end) --open;
      end = e.token.end;
    }
    return end;
  }

  std::string_view text_;
  SymbolTable symbols_;
  Ast ast_;
  diag::Diagnostics diags_;
  std::unordered_map<std::uint32_t, EntryKind> entries_;  // by where they begin
  std::unordered_set<std::uint32_t> lists_;               // likewise
  std::unordered_set<std::uint32_t> apart_;               // where the old values of overrides begin
  std::vector<std::uint32_t> lines_{0};                   // where they begin
  std::vector<Event> events_;
  std::size_t at_ = 0;
  FormatTree tree_;
};

}  // namespace

FormatTree format_tree(std::string_view text) { return TreeMaker(text).make(); }

}  // namespace hlab::syntax
