#include "compiler/syntax/parse.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "HlabParser.h"
#include "compiler/base/utf8.h"
#include "compiler/syntax/antlr_bridge.h"
#include "compiler/syntax/bracket_list.h"
#include "compiler/syntax/describe.h"
#include "compiler/syntax/foreign_words.h"
#include "compiler/syntax/line_ahead.h"
#include "compiler/syntax/mend_types.h"
#include "compiler/syntax/nameless_head.h"
#include "compiler/syntax/near_words.h"
#include "compiler/syntax/syntax_diags.h"
#include "compiler/syntax/torn_types.h"

namespace hlab::syntax {
namespace {

constexpr int kMaxControls = 20;  // of one file that are told

static_assert(HlabParser::NEWLINE == static_cast<int>(TokenType::newline));
static_assert(HlabParser::UNSET == static_cast<int>(TokenType::unset));
static_assert(HlabParser::ASSERT == static_cast<int>(TokenType::assert_));
static_assert(HlabParser::SECRET == static_cast<int>(TokenType::secret));
static_assert(HlabParser::LEFT_BRACE == static_cast<int>(TokenType::left_brace));
static_assert(HlabParser::FAT_ARROW == static_cast<int>(TokenType::fat_arrow));
static_assert(HlabParser::UNEXPECTED == static_cast<int>(TokenType::unexpected));

constexpr int kMostLookedFor = 200;

/// Errors are told in our own words, once, and the entry that holds one is left out: rules inside it
/// pass the exception on, `entry` skips to its end, and its siblings live.
class Recovery final : public antlr4::ANTLRErrorStrategy {
 public:
  Recovery(TokenWindow& tokens, Scanner& scanner, Builder& builder, SymbolTable& symbols,
           FileId file, Ast& ast, std::string_view text, diag::Diagnostics& diags)
      : tokens_(tokens),
        scanner_(scanner),
        builder_(builder),
        symbols_(symbols),
        file_(file),
        ast_(ast),
        text_(text),
        diags_(diags) {}

  void reset(antlr4::Parser*) override { failing_ = false; }
  /// Called at each turn of a loop: what can neither begin nor follow an entry is told here and
  /// skipped, so that the body goes on.
  void sync(antlr4::Parser* parser) override {
    const std::size_t rule = parser->getContext()->getRuleIndex();
    if (rule != HlabParser::RuleBody && rule != HlabParser::RuleBlock &&
        rule != HlabParser::RuleTreeBody) {
      return;
    }
    if (tokens_.index() == 0) return;
    while (!begins_entry(tokens_.current().type)) {
      const Token t = tokens_.current();
      if (!failing_ && !scanner_.torn_at(t.begin)) refuse(t);
      skip(t);
    }
  }
  void refuse(const Token& t) {
    // `w-${i}`: the scanner says what is wrong with `$`.
    if (t.type == TokenType::minus && text_.substr(t.end).starts_with("${")) return;
    const std::string_view word = first_word_before(t);
    if (t.type == TokenType::pipe || t.type == TokenType::then || t.type == TokenType::else_) {
      if (follows_skipped(t)) return;  // of one value that goes over several lines
      if (t.type == TokenType::pipe) tear_before(t);
    }
    if (refuse_of_list(t) || refuse_of_default(t)) return;
    if (tell_near_entry(t)) return tear_before(t);
    const std::string_view more = goes_on_value(t)
                                      ? instead_of_more(t.type, text_.substr(t.begin, 3))
                                      : std::string_view();
    if (goes_on_with(t.type) && !t.line_start) tear_before(t);
    const bool dot = t.type == TokenType::dot || t.type == TokenType::self;
    if (dot && !t.line_start && behind_brace(t)) {
      diags_.report(kNotAnEntry, Span{file_, t.begin, t.end}, describe(t, symbols_))
          .help(
              "a brace opens the body of an `if` or `for`: a value with one stands in parentheses, `if (r { a = 1 }).a == 1 {`");
      return;
    }
    if (dot && t.line_start && !sets_on_line(t.begin) && !text_.substr(t.end).starts_with('/')) {
      const bool value = ast_.entries.size() > 0 && std::prev(ast_.entries.end())->value.valid();
      if (value) tear_before(t);
      diags_.report(kNotAnEntry, Span{file_, t.begin, t.end}, describe(t, symbols_))
          .help(
              "a value goes on in the next line where the dot ends this one; fields are set without it");
      return;
    }
    if (t.type == TokenType::assign && names_variable(word)) return refuse_variable(t);
    if (word == "return") {
      diags_.report(kNotAnEntry, Span{file_, t.begin, t.end}, describe(t, symbols_))
          .help(
              "a function is one value, without `return` and braces: `fn f(x: Int) -> Int = x + 1`");
      return;
    }
    if (t.type == TokenType::comma && parts_entries(t)) return refuse_comma(t);
    if (t.type == TokenType::left_brace && tell_nameless_head(text_, file_, t.begin, diags_))
      return;
    if (more.empty()) return builder_.not_an_entry(t, text_);
    diags_.report(kNotAnEntry, Span{file_, t.begin, t.end}, describe(t, symbols_))
        .help(std::string(more));
  }
  /// `} .`
  [[nodiscard]] bool behind_brace(const Token& t) const {
    const std::string_view before = text_.substr(0, t.begin);
    const std::size_t last = before.find_last_not_of(" \t");
    return last != std::string_view::npos && before[last] == '}';
  }
  /// `a = 1, b = 2`
  [[nodiscard]] bool parts_entries(const Token& t) const {
    if (!goes_on_value(t)) return false;
    LineAhead rest(text_, t.end);
    rest.blanks();
    if (rest.ended() || rest.peek() == '}') return true;
    const bool named = rest.path() > 0;
    rest.blanks();
    return named &&
           (rest.peek() == '{' || rest.colon() || (rest.peek() == '=' && rest.peek(1) != '='));
  }
  void refuse_comma(const Token& t) {
    LineAhead rest(text_, t.end);
    rest.blanks();
    const bool ends = rest.ended() || rest.peek() == '}';
    diags_.report(kNotAnEntry, Span{file_, t.begin, t.end}, describe(t, symbols_))
        .help(std::string(instead_of_entry(t.type, {}, {})))
        .fix("take it away", {{Span{file_, t.begin, ends ? t.end : rest.at()}, ends ? "" : "  "}});
  }
  /// `let x = 5`
  void refuse_variable(const Token& t) {
    builder_.tear_last_entry();
    diags_.report(kNotAnEntry, Span{file_, t.begin, t.end}, "`=`")
        .help(
            "there are no variables; a function without parameters names a value: `fn x() -> Int = 5`");
  }
  bool inErrorRecoveryMode(antlr4::Parser*) override { return failing_; }
  void reportMatch(antlr4::Parser*) override { failing_ = false; }
  antlr4::Token* recoverInline(antlr4::Parser* parser) override {
    const antlr4::InputMismatchException unexpected(parser);
    if (parser->getContext()->getRuleIndex() == HlabParser::RuleBlock) {
      reportError(parser, unexpected);
      auto* const head = dynamic_cast<antlr4::ParserRuleContext*>(parser->getContext()->parent);
      if (head != nullptr && reads_on_behind(head)) {
        antlr4::Token* const open = parser->getCurrentToken();
        parser->consume();
        return open;
      }
    }
    throw unexpected;
  }

  void reportError(antlr4::Parser* parser, const antlr4::RecognitionException&) override {
    if (failing_) return;
    failing_ = true;
    const Token& t = tokens_.current();
    const bool told = t.type == TokenType::unexpected || t.type == TokenType::missing ||
                      scanner_.stopped() || scanner_.torn_at(t.begin);
    if (told) return;  // by the scanner
    const std::string wanted = expected(parser);
    if (t.type == TokenType::newline && scanner_.cut_off(t.begin, wanted)) return;
    scanner_.told(t.begin);
    if (tell_near_entry(t)) return;
    if (t.type == TokenType::name && looked_for_ <= kMostLookedFor &&
        tell_near(near_middle_word(text_, t.begin, wanted)))
      return;
    const Span at{file_, t.begin, std::max(t.end, t.begin)};
    auto report = diags_.report(kUnexpectedToken, at, wanted, describe(t, symbols_));
    if (t.type == TokenType::newline) report.here("the line ends here");
    lacks_value_ = t.type == TokenType::newline && (wanted == "a value" || wanted == "`,`");
    report.help(std::string(mend(wanted, t)));
    const bool key = t.type == TokenType::colon && t.begin > 0 && text_[t.begin - 1] == '"';
    if (key) report.fix("write `=`", {{at, " ="}});
    if (wanted == "a type" && t.type == TokenType::string &&
        mend_union(report, text_, Span{file_, t.begin, t.end}))
      return;
    if (wanted == "a type" && !scanner_.in_fields())
      mend_colon(report, text_, Span{file_, t.begin, t.end}, t.type);
  }

  void recover(antlr4::Parser* parser, std::exception_ptr e) override {
    const std::size_t rule = parser->getContext()->getRuleIndex();
    const bool head = rule == HlabParser::RuleLoopHead || rule == HlabParser::RuleBranchHead;
    if (head && reads_on_behind(parser->getContext())) return;
    if (parser->getContext()->getRuleIndex() != HlabParser::RuleEntry) std::rethrow_exception(e);
    auto* entry = static_cast<HlabParser::EntryContext*>(parser->getContext());
    const Token first = builder_.first_token(entry->frame);
    builder_.abandon(entry->frame);
    if (std::exchange(lacks_value_, false)) skip_below(first);
    skip(first);
  }

 private:
  friend class FileParser;
  /// The draft of a loop or branch whose head or block that is; none of anything else.
  static std::optional<Builder::Frame> frame_of_head(antlr4::ParserRuleContext* context) {
    switch (context->getRuleIndex()) {
      case HlabParser::RuleLoopHead:
        return static_cast<HlabParser::LoopHeadContext*>(context)->frame;
      case HlabParser::RuleBranchHead:
        return static_cast<HlabParser::BranchHeadContext*>(context)->frame;
      case HlabParser::RuleBranch: return static_cast<HlabParser::BranchContext*>(context)->frame;
      case HlabParser::RuleEntry: return static_cast<HlabParser::EntryContext*>(context)->frame;
      default: return std::nullopt;
    }
  }

  /// `for i in 1..2 whre i > 1 {`: the head is wrong, and the body is read all the same.
  bool reads_on_behind(antlr4::ParserRuleContext* context) {
    const auto frame = frame_of_head(context);
    if (!frame) return false;
    const Token first = builder_.first_token(*frame);
    const bool loop = first.type == TokenType::for_;
    if (!loop && first.type != TokenType::if_) return false;
    const auto opens = [&](const Token& t) {
      return t.type == TokenType::block_open && t.depth == first.depth;
    };
    while (!ends_entry(tokens_.current(), first) && !opens(tokens_.current())) tokens_.consume();
    if (!opens(tokens_.current()) || !builder_.break_head(*frame, loop, tokens_.current().begin))
      return false;
    failing_ = false;
    return true;
  }

  /// To the end of the entry: a line end or closing brace at its depth.
  void skip(const Token& first) {
    while (!ends_entry(tokens_.current(), first)) tokens_.consume();
    skipped_to_ = tokens_.current().begin;
    builder_.torn(first.begin, std::max(first.end, skipped_to_));
  }

  /// Lines below an entry that ends too early, as far as they are indented deeper or only close something:
  /// they were to be the rest of it.
  void skip_below(const Token& first) {
    while (!ends_entry(tokens_.current(), first)) tokens_.consume();
    while (tokens_.current().type == TokenType::newline && goes_on_below(first)) {
      tokens_.consume();
      while (!ends_entry(tokens_.current(), first)) tokens_.consume();
    }
  }

  [[nodiscard]] bool goes_on_below(const Token& first) const {
    std::size_t next = text_.find_first_not_of(" \t\r\n", tokens_.current().begin);
    while (next != std::string_view::npos && text_[next] == '#')
      next = text_.find_first_not_of(" \t\r\n", text_.find('\n', next));
    if (next == std::string_view::npos || text_[next] == '}') return false;
    return text_[next] == ']' || text_[next] == ')' || indent(next) > indent(first.begin);
  }

  /// Blanks at the begin of the line of a place.
  [[nodiscard]] std::size_t indent(std::size_t at) const {
    const std::size_t line = text_.substr(0, at).rfind('\n') + 1;  // 0 where there is none
    return text_.find_first_not_of(" \t", line) - line;
  }

  /// Leaves out the entry right before the token: it goes on with what is wrong.
  void tear_before(const Token& t) {
    if (ast_.entries.size() == 0) return;
    const Span last = std::prev(ast_.entries.end())->span;
    if (last.file == file_ && last.end <= t.begin && is_blank(last.end, t.begin))
      builder_.tear_last_entry();
  }

  /// Whether nothing stands between this token and what was skipped last.
  [[nodiscard]] bool follows_skipped(const Token& t) const {
    return skipped_to_ > 0 && skipped_to_ <= t.begin && is_blank(skipped_to_, t.begin);
  }

  /// What can only go on with the entry before it: that is what is wrong, and so nothing else of it is told.
  static bool goes_on_with(TokenType t) {
    using enum TokenType;
    return t == left_paren || t == left_brace || t == right_bracket || t == question || t == less ||
           t == plus || t == minus || t == slash || t == colon;
  }

  /// `web: part { w = 2 }`: what stands in the braces is the field's default.
  bool refuse_of_default(const Token& t) {
    if (t.type != TokenType::left_brace || t.line_start || ast_.entries.size() == 0) return false;
    const Entry& last = *std::prev(ast_.entries.end());
    if (last.kind != EntryKind::field || last.value.valid() || !scanner_.around_fields())
      return false;
    if (last.span.file != file_ || last.span.end > t.begin || !is_blank(last.span.end, t.begin))
      return false;
    diags_.report(kNotAnEntry, Span{file_, t.begin, t.end}, describe(t, symbols_))
        .help("what a field is where nobody says it stands behind a `=`")
        .fix("put it there", {{Span{file_, t.begin, t.begin}, "= "}});
    builder_.tear_last_entry();
    return true;
  }

  /// `n = 10,000` and `n = 1,5`: a number as other places write it, or a list. Nobody can tell.
  bool tell_comma_of_number(const Token& t) {
    const auto digit_at = [&](std::uint32_t at) {
      return at < text_.size() && text_[at] >= '0' && text_[at] <= '9';
    };
    if (t.begin == 0 || !digit_at(t.begin - 1) || !digit_at(t.end)) return false;
    diags_.report(kNotAnEntry, Span{file_, t.begin, t.end}, describe(t, symbols_))
        .help("a number has no comma: `10_000`, `1.5`; a list stands in brackets: `[80, 443]`");
    builder_.tear_last_entry();
    return true;
  }

  /// `dns = 9.9.9.9, 1.1.1.1` and `dns = 9.9.9.9]`: a list without its brackets.
  bool refuse_of_list(const Token& t) {
    const bool comma = t.type == TokenType::comma;
    if ((!comma && t.type != TokenType::right_bracket) || ast_.entries.size() == 0) return false;
    const Entry& last = *std::prev(ast_.entries.end());
    const bool sets = last.kind == EntryKind::set || last.kind == EntryKind::append ||
                      last.kind == EntryKind::field;
    if (!sets || !last.value.valid() || last.span.file != file_) return false;
    if (last.span.end > t.begin || !is_blank(last.span.end, t.begin)) return false;
    if (comma && tell_comma_of_number(t)) return true;
    const auto mend = bracket_list(text_, ast_.exprs[last.value], Span{file_, t.begin, t.end});
    if (!mend) return false;
    auto report = diags_.report(kNotAnEntry, Span{file_, t.begin, t.end}, describe(t, symbols_));
    const bool whole = !comma && ast_.exprs[last.value].kind == ExprKind::list;
    report
        .help(whole ? "the list has ended"
                    : fmt::format("a list stands in brackets: `{}`", mend->mended))
        .fix(whole ? "take it away" : "write it so", mend->edits);
    if (!mend->certain) report.unsure();
    builder_.tear_last_entry();
    return true;
  }

  /// Each look costs a line and a search of the file: a text of mistakes is not gone through for each.
  bool tell_near_entry(const Token& t) {
    if (++looked_for_ > kMostLookedFor) return false;
    return tell_near(near_entry_word(text_, t.begin)) ||
           (t.type == TokenType::fat_arrow && tell_near(near_match(text_, t.begin)));
  }

  /// A kind of another file may be called so: the fix is a guess.
  bool tell_near(const std::optional<NearWord>& near) {
    if (!near) return false;
    const Span at{file_, near->begin, near->end};
    diags_.report(kMisspeltWord, at, text_.substr(near->begin, near->end - near->begin))
        .help(fmt::format("did you mean `{}`?", near->word))
        .fix(fmt::format("write `{}`", near->word), {{at, std::string(near->word)}})
        .unsure();
    return true;
  }

  /// Whether the token stands right behind the value of an entry.
  [[nodiscard]] bool goes_on_value(const Token& t) const {
    if (ast_.entries.size() == 0) return false;
    const Entry& last = *std::prev(ast_.entries.end());
    return last.value.valid() && last.span.file == file_ && last.span.end <= t.begin &&
           !t.line_start && is_blank(last.span.end, t.begin);
  }

  /// But for comments.
  [[nodiscard]] bool is_blank(std::uint32_t begin, std::uint32_t end) const {
    std::size_t at = text_.find_first_not_of(" \t\r\n", begin);
    while (at < end && text_[at] == '#')
      at = text_.find_first_not_of(" \t\r\n", text_.find('\n', at));
    return at >= end;
  }

  [[nodiscard]] bool sets_on_line(std::uint32_t at) const {
    const std::string_view rest = text_.substr(at, text_.find('\n', at) - at);
    return rest.find_first_of("={") != std::string_view::npos;
  }

  [[nodiscard]] std::string_view first_word_before(const Token& t) const {
    const std::size_t line = text_.rfind('\n', t.begin) + 1;  // 0 in the first line
    std::string_view before = text_.substr(line, t.begin - line);
    before.remove_prefix(std::min(before.find_first_not_of(" \t"), before.size()));
    return before.substr(0, before.find(' '));
  }

  [[nodiscard]] std::string_view mend(std::string_view wanted, const Token& t) const {
    const std::size_t next = text_.find_first_not_of(" \t\r\n", t.begin);
    const std::string_view rest = next == std::string_view::npos ? "" : text_.substr(next);
    if (t.type == TokenType::newline && (rest.starts_with("then ") || rest.starts_with("else ")))
      return "a value goes over several lines inside of `( )`: `x = (if c`, `then a`, `else b)`";
    if (wanted == "`{`" && (t.type == TokenType::name || t.type == TokenType::colon)) {
      const std::string_view first = first_word_before(t);
      if (first == "for" || first == "if")
        return "what a `for` or `if` holds stands in braces: `for x in xs { ... }`";
      if (first != "kind" && first != "record" && first != "private") return "";
    }
    const std::size_t line = text_.rfind('\n', t.begin == 0 ? 0 : t.begin - 1) + 1;
    const std::string_view before = text_.substr(line, t.begin - line);
    const std::string_view behind = text_.substr(t.begin);
    return instead_of({wanted, t.type, before, behind.substr(0, behind.find('\n'))});
  }

  static bool begins_entry(TokenType t) {
    using enum TokenType;
    return t == newline || t == right_brace || t == end || t == name || t == string ||
           t == string_begin || t == ellipsis || t == for_ || t == if_ || t == unset ||
           is_entry_word(t);
  }

  static bool ends_entry(const Token& t, const Token& first) {
    return t.type == TokenType::end || (t.type == TokenType::newline && t.depth <= first.depth) ||
           (t.type == TokenType::right_brace && t.depth < first.depth);
  }

  /// What the grammar would take, by meaning: "a value" rather than thirty tokens.
  std::string expected(antlr4::Parser* parser) const {
    const auto set = parser->getExpectedTokens();
    std::vector<TokenType> types;
    for (ssize_t i : set.toList()) {
      if (i > 0 && i < 0xffff) types.push_back(static_cast<TokenType>(i));
    }
    const auto has = [&](TokenType t) {
      return std::find(types.begin(), types.end(), t) != types.end();
    };
    if (has(TokenType::string) && has(TokenType::integer) && has(TokenType::left_bracket))
      return "a value";
    if (has(TokenType::ampersand) && has(TokenType::map)) return "a type";
    if (has(TokenType::assign) && has(TokenType::left_brace) && has(TokenType::append)) {
      return "`=` and a value, or `{`";
    }
    if (has(TokenType::right_brace) && has(TokenType::newline)) return "an entry or `}`";
    if (types.size() > 6) return "an operator or the end of the line";
    std::vector<std::string_view> words;  // several tokens may be one thing to a person
    for (const TokenType type : types) {
      const std::string_view word = describe(type);
      if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(word);
    }
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
      text += words[i];
    }
    return text.empty() ? "something else" : text;
  }

  TokenWindow& tokens_;
  Scanner& scanner_;
  Builder& builder_;
  SymbolTable& symbols_;
  FileId file_;
  Ast& ast_;
  std::string_view text_;
  diag::Diagnostics& diags_;
  bool failing_ = false;
  bool lacks_value_ = false;      // the entry that fails, at the end of its line
  int looked_for_ = 0;            // mistakes at which a misspelt word was looked for
  std::uint32_t skipped_to_ = 0;  // where what was skipped last ends
};

/// Whole parser of one file.
class FileParser {
 public:
  FileParser(std::string_view text, FileId file, SymbolTable& symbols, Ast& ast,
             diag::Diagnostics& diags, const ParseLimits& limits, std::vector<Comment>* comments)
      : scanner_(text, file, symbols, ast, diags, limits, comments),
        builder_(file, symbols, ast, diags),
        tokens_(scanner_, builder_),
        parser_(&tokens_) {
    parser_.build = &builder_;
    parser_.setBuildParseTree(false);
    parser_.removeErrorListeners();
    recovery_ = std::make_shared<Recovery>(tokens_, scanner_, builder_, symbols, file, ast, text,
                                           diags);
    parser_.setErrorHandler(recovery_);
  }

  Range file(diag::Diagnostics& diags, FileId id) {
    const std::size_t mark = builder_.mark_entries();
    while (true) {
      const Token t = tokens_.current();
      if (t.type == TokenType::end) break;
      if (t.type == TokenType::newline) {
        tokens_.consume();
        continue;
      }
      if (t.type == TokenType::right_brace) {
        if (!scanner_.torn_brackets()) {
          diags.report(kNotAnEntry, Span{id, t.begin, t.end}, "`}`").help("no `{` is open here");
        }
        tokens_.consume();
        continue;
      }
      if (!Recovery::begins_entry(t.type)) {
        recovery_->refuse(t);
        recovery_->skip(t);
        continue;
      }
      builder_.add_entry(parser_.entry()->id);
      parser_.forget_contexts();
      tokens_.forget_consumed();
    }
    return builder_.take_entries(mark);
  }

  ExprId expression(diag::Diagnostics& diags, FileId id, const SymbolTable& symbols) {
    try {
      while (tokens_.current().type == TokenType::newline) tokens_.consume();
      const ExprId expr = parser_.expr()->id;
      while (tokens_.current().type == TokenType::newline) tokens_.consume();
      const Token t = tokens_.current();
      if (t.type == TokenType::end) return expr;
      if (t.type != TokenType::unexpected) {  // the scanner has said so
        diags.report(kUnexpectedToken, Span{id, t.begin, t.end}, "the end of the expression",
                     describe(t, symbols));
      }
      return {};
    } catch (const antlr4::RecognitionException&) {
      return {};
    }
  }

 private:
  Scanner scanner_;
  Builder builder_;
  TokenWindow tokens_;
  std::shared_ptr<Recovery> recovery_;
  HlabParser parser_;
};

bool is_control(std::string_view text, std::uint32_t at) {
  const auto c = static_cast<unsigned char>(text[at]);
  if (c == '\r') return at + 1 >= text.size() || text[at + 1] != '\n';
  if (c < 0x80) return (c < 0x20 && c != '\t' && c != '\n') || c == 0x7f;
  if (c == 0xc2) return decode_utf8(text, at).value < 0xa0;
  return c == 0xe2 && is_bidi_control(decode_utf8(text, at).value);
}

/// What makes a line read differently from what it says, in texts and comments too.
void report_controls(std::string_view text, FileId file, diag::Diagnostics& diags) {
  int left = kMaxControls;
  for (std::uint32_t at = 0; at < text.size() && left > 0; ++at) {
    if (!is_control(text, at)) continue;
    const CodePoint point = decode_utf8(text, at);
    diags.report(kControlCharacter, Span{file, at, at + static_cast<std::uint32_t>(point.size)},
                 fmt::format("U+{:04X}", static_cast<std::uint32_t>(point.value)));
    --left;
  }
}

bool readable(std::string_view text, FileId file, diag::Diagnostics& diags) {
  // A file with a NUL is no text: one message about the first, not one about each.
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    const auto at = static_cast<std::uint32_t>(nul);
    diags.report(kControlCharacter, Span{file, at, at + 1}, "U+0000");
    return false;
  }
  const std::size_t bad = find_invalid_utf8(text);
  if (bad == std::string_view::npos) {
    report_controls(text, file, diags);
    return true;
  }
  const auto at = static_cast<std::uint32_t>(bad);
  diags.report(kInvalidUtf8, Span{file, at, at + 1});
  return false;
}

}  // namespace

void parse(const SourceMap& sources, FileId file, SymbolTable& symbols, Ast& ast,
           diag::Diagnostics& diags, const ParseLimits& limits, std::vector<Comment>* comments) {
  const std::string_view text = sources.text(file);
  const std::size_t first_entry = ast.entries.size();
  const std::size_t first_type = ast.types.size();
  const std::size_t errors = diags.error_count();
  Range body;
  if (readable(text, file, diags)) {
    body = FileParser(text, file, symbols, ast, diags, limits, comments).file(diags, file);
  }
  if (diags.error_count() != errors)
    forget_torn_types(ast, first_entry, first_type, sources.text(file), file, diags);
  ast.files.push_back({file, body});
}

ExprId parse_expression(const SourceMap& sources, FileId file, SymbolTable& symbols, Ast& ast,
                        diag::Diagnostics& diags) {
  const std::string_view text = sources.text(file);
  if (!readable(text, file, diags)) return {};
  return FileParser(text, file, symbols, ast, diags, {}, nullptr).expression(diags, file, symbols);
}

std::optional<LiteralKind> literal_in(std::string_view text) {
  SymbolTable symbols;
  Ast ast;
  diag::Diagnostics diags;
  Scanner scanner(text, FileId(), symbols, ast, diags, ParseLimits(), nullptr);
  const Token first = scanner.next();
  const bool alone = first.end == text.size() && first.begin == 0 && !diags.has_errors();
  const bool literal = first.type == TokenType::integer || first.type == TokenType::floating ||
                       first.type == TokenType::domain;
  if (!alone || !literal) return std::nullopt;
  return ast.literals[LiteralId(first.payload)].kind;
}

}  // namespace hlab::syntax
