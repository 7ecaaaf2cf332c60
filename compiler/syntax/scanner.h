// Text to tokens, one at a time. Decides all that depends on context, so that the grammar needs one
// token of look-ahead: which words are keywords, which line ends count, which braces open a block.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/source/source_map.h"
#include "compiler/syntax/ast.h"
#include "compiler/syntax/parse.h"
#include "compiler/syntax/token.h"

namespace hlab::syntax {

class LineAhead;

/// Whether that word begins an entry wherever a name or a value follows, so that no kind can be called so.
[[nodiscard]] bool begins_entry(std::string_view word);

class Scanner {
 public:
  Scanner(std::string_view text, FileId file, SymbolTable& symbols, Ast& ast,
          diag::Diagnostics& diags, const ParseLimits& limits, std::vector<Comment>* comments);

  Token next();
  /// Nothing but the end comes from now on; the reason has been told.
  void stop() { stopped_ = true; }
  /// What stands at `at` does not fit, and that has been told.
  void told(std::uint32_t at) { told_at_ = at; }
  [[nodiscard]] bool stopped() const { return stopped_; }
  /// Whether a text was told not to end that reaches over `at`: what is amiss there comes of it.
  [[nodiscard]] bool torn_at(std::uint32_t at) const {
    return torn() && at >= torn_begin_ && at <= torn_end_;
  }
  /// Whether the fields of a kind or record stand here.
  [[nodiscard]] bool in_fields() const { return !brackets_.empty() && brackets_.back().fields; }
  /// The same where the brace of something else was opened last.
  [[nodiscard]] bool around_fields() const {
    return brackets_.size() > 1 && brackets_[brackets_.size() - 2].fields;
  }
  /// The text ends at `at`, where `wanted` is expected: of brackets that are open there, that is told with them.
  bool cut_off(std::uint32_t at, std::string wanted);
  /// Whether any was: it may have swallowed a bracket.
  [[nodiscard]] bool torn() const { return torn_end_ != 0; }
  /// Whether a bracket may stand in what is torn: one too many elsewhere may be the other one of it.
  [[nodiscard]] bool torn_brackets() const { return torn_brackets_; }

 private:
  static constexpr std::uint32_t kNoReason = 0xffffffffu;
  static constexpr std::size_t kNotClosing = ~std::size_t{0};

  struct Bracket {
    char open;  // { [ ( or $ for an interpolation
    std::uint32_t at;
    bool block_text;        // $: inside """
    std::uint32_t indent;   // of its line; $: of the """ block
    std::uint32_t close;    // $: where the """ block ends
    bool fields = false;    // {: the body of a kind or record
    bool of_test = false;   // {: the body of a test
    bool of_match = false;  // {: its arms
  };

  Token token(TokenType type, std::uint32_t begin);
  bool skip_blanks();  // true when a line ended
  void comment();
  void end_of_line(std::uint32_t begin, diag::Report& report);
  [[nodiscard]] bool else_follows() const;
  [[nodiscard]] bool arm_follows() const;
  [[nodiscard]] bool goes_on() const;
  Token end_of_line_in_text(std::uint32_t at);
  void tear(std::uint32_t begin, std::uint32_t end);
  [[nodiscard]] bool body_is_cut_off() const;
  Token punctuation(std::uint32_t begin);
  Token open(std::uint32_t begin, char c);
  Token close(std::uint32_t begin, char c);
  void drop_brackets(std::size_t kept);
  [[nodiscard]] bool closes_interpolation() const;
  Token rest_of_text(std::uint32_t begin);
  // scan_recovery.cpp
  enum class LineBegin : std::uint8_t { other, field, head, block };  // block: `if` or `for`
  [[nodiscard]] LineBegin line_begin(std::uint32_t at) const;
  const std::vector<std::uint32_t>& unclosed();
  bool has_unclosed_brace();
  [[nodiscard]] bool closes_in_place(const Bracket& open, std::uint32_t close) const;
  bool is_one_too_many(std::uint32_t begin);
  Token behind_one_too_many(std::uint32_t begin);
  [[nodiscard]] std::size_t next_line(std::uint32_t at) const;
  std::size_t open_on_new_line();
  bool leaves_match();
  std::size_t open_after_list();
  std::size_t open_before_brace();
  std::size_t open_after_body();
  enum class BodyStyle : std::uint8_t {
    empty,
    indented,
    flush
  };  // flush: no further in than its head
  [[nodiscard]] BodyStyle body_style(const Bracket& b) const;
  Token close_down_to(std::size_t kept);
  Token closing();
  Token token_before(TokenType type, std::uint32_t at);
  // scan_slips.cpp
  enum class Head : std::uint8_t {
    none,
    kind,
    named,
    refined,
    word
  };  // of an entry; word: `for` ...
  [[nodiscard]] Head head_with(TokenType type) const;
  [[nodiscard]] bool in_name_text(TokenType type) const;
  [[nodiscard]] bool begins_entry() const;
  [[nodiscard]] bool head_is_whole() const;
  [[nodiscard]] bool lacks_colon(std::uint32_t begin) const;
  Token missing_colon(std::uint32_t begin);
  [[nodiscard]] TokenType meant_word(std::string_view written) const;
  void tell_meant_word(std::uint32_t begin, TokenType meant);
  [[nodiscard]] bool brace_on_next_line() const;
  void tell_brace_on_next_line();
  bool lacks_brace();
  [[nodiscard]] bool begins_block(std::uint32_t at) const;
  Token missing_brace();
  [[nodiscard]] bool value_on_next_line() const;
  void tell_value_on_next_line();
  bool goes_on_by_slip();
  [[nodiscard]] bool is_long_range() const;
  Token long_range();
  [[nodiscard]] bool lacks_path(std::uint32_t begin) const;
  Token missing_path(std::uint32_t begin);
  [[nodiscard]] bool is_bare_text(std::uint32_t begin) const;
  [[nodiscard]] bool names_by_variable(std::uint32_t begin) const;
  Token bare_text(std::uint32_t begin);
  // scan_line_slips.cpp
  [[nodiscard]] bool in_body() const;
  [[nodiscard]] bool begins_fields() const;
  [[nodiscard]] bool lacks_value(std::uint32_t begin) const;
  Token missing_value(std::uint32_t begin);
  [[nodiscard]] bool lacks_field_colon(std::uint32_t begin) const;
  Token missing_field_colon(std::uint32_t begin);
  [[nodiscard]] bool is_doubled(std::uint32_t begin) const;
  Token doubled(std::uint32_t begin);
  bool repeats_last(std::uint32_t begin);
  Token next_behind_repeated(std::uint32_t begin);
  [[nodiscard]] bool begins_body(std::uint32_t begin) const;
  [[nodiscard]] static bool declares_here(LineAhead rest);
  bool lacks_brace_here(std::uint32_t begin);
  bool lacks_brace_of_element(std::uint32_t begin);
  bool begins_element();
  Token missing_brace_of_element();
  [[nodiscard]] std::uint32_t head_of_element() const;
  bool unopened_behind();
  bool find_slip(std::uint32_t begin, Token& out);
  void note_entry(TokenType type);
  Token doubled_pipe(std::uint32_t begin);
  [[nodiscard]] bool lacks_of(std::uint32_t begin) const;
  Token missing_of(std::uint32_t begin);
  [[nodiscard]] bool member_below() const;
  [[nodiscard]] bool is_path_alone() const;
  [[nodiscard]] bool ends_behind(std::uint32_t at) const;
  Token missing_member(std::uint32_t begin);
  [[nodiscard]] std::uint32_t doubled_dot(std::uint32_t begin) const;
  [[nodiscard]] bool is_step_of_library(std::uint32_t begin) const;
  Token second_dot(std::uint32_t begin, std::uint32_t second);
  // scan_foreign.cpp
  [[nodiscard]] std::string_view operator_on_next_line() const;
  void tell_operator_on_next_line(std::string_view sign);
  bool find_foreign_lines(Token& out);
  Token lines_of_dashes(bool value);
  [[nodiscard]] bool is_indented_map() const;
  Token indented_map();
  [[nodiscard]] bool is_declaring_word(std::uint32_t begin) const;
  Token behind_declaring_word(std::uint32_t begin);
  [[nodiscard]] bool imports_names(std::uint32_t begin) const;
  Token import_of_names(std::uint32_t begin);
  Token lines_without_brackets();
  [[nodiscard]] bool expects_in_words(std::uint32_t begin) const;
  Token code_behind_words(std::uint32_t begin);
  [[nodiscard]] bool is_second_label(std::uint32_t begin) const;
  Token second_label(std::uint32_t begin);
  [[nodiscard]] bool is_foreign_text(std::uint32_t begin) const;
  Token foreign_text(std::uint32_t begin);
  [[nodiscard]] std::uint32_t end_of_quoted_lines(std::uint32_t begin) const;
  [[nodiscard]] bool is_foreign_comment(std::uint32_t begin) const;
  Token foreign_comment(std::uint32_t begin);
  Token other_quotes(std::uint32_t begin);
  // scan_word.cpp
  Token word(std::uint32_t begin);
  Token module_path(std::uint32_t begin);
  [[nodiscard]] TokenType keyword(std::string_view text) const;
  [[nodiscard]] TokenType entry_word(std::string_view text) const;
  [[nodiscard]] bool is_before_import() const;
  [[nodiscard]] TokenType second_word(std::string_view text) const;
  [[nodiscard]] bool entry_start() const;
  [[nodiscard]] bool follows_value() const;
  [[nodiscard]] bool ends_value() const;
  [[nodiscard]] static bool ends_operand(TokenType type);
  [[nodiscard]] std::uint32_t path_ahead() const;
  // scan_number.cpp
  Token number(std::uint32_t begin);
  [[nodiscard]] std::uint32_t parted_unit() const;
  std::uint32_t join_unit(std::uint32_t begin);
  Token quantity(std::uint32_t begin, std::uint32_t digits_end);
  Token leading_zero(std::uint32_t begin);
  Token real(std::uint32_t begin, const std::string& digits);
  Token unknown_unit(std::uint32_t begin, std::uint32_t unit_begin, std::string_view digits);
  // scan_literal.cpp
  Token ipv4(std::uint32_t begin);
  [[nodiscard]] std::uint32_t with_ipv4_tail(std::uint32_t begin, std::uint32_t end) const;
  bool ipv6_or_mac(std::uint32_t begin, Token& out);
  Token bad_number(std::uint32_t begin, std::string message);
  Token literal(std::uint32_t begin, const Literal& value);
  bool prefix_length(Literal& value, int bits);
  Token regex(std::uint32_t begin);
  // scan_string.cpp
  Token string(std::uint32_t begin);
  void trim_closing_line(std::string& out) const;
  Token string_part(std::uint32_t begin, bool first, bool block, std::uint32_t indent,
                    std::uint32_t close);
  void unterminated(std::uint32_t begin, bool first, bool block);
  Token open_interpolation(std::uint32_t begin, bool first, const Bracket& opened);
  [[nodiscard]] std::uint32_t quotes_that_begin_block();
  [[nodiscard]] std::uint32_t few_quotes_that_close(std::uint32_t begin, std::uint32_t close);
  [[nodiscard]] bool leaves_block_open(std::uint32_t begin);
  Token closed_by_few(std::uint32_t begin, std::uint32_t end);
  [[nodiscard]] bool opens_another(std::uint32_t close) const;
  [[nodiscard]] bool block_is_open_at_end(std::uint32_t at) const;
  [[nodiscard]] std::uint32_t end_of_two_lines(std::uint32_t begin) const;
  Token unclosed_block(std::uint32_t begin, std::uint32_t close);
  bool escape(std::string& out);
  [[nodiscard]] std::uint32_t block_end(std::uint32_t from) const;
  [[nodiscard]] std::uint32_t interpolation_end(std::uint32_t from) const;
  [[nodiscard]] std::uint32_t quote_of_torn(std::uint32_t begin) const;
  Token torn_interpolation(std::uint32_t begin, bool first, std::uint32_t quote);
  [[nodiscard]] std::uint32_t head_of_torn(std::uint32_t begin) const;
  [[nodiscard]] std::uint32_t block_indent(std::uint32_t from, std::uint32_t end) const;

  [[nodiscard]] char peek(std::uint32_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  [[nodiscard]] Span span(std::uint32_t begin, std::uint32_t end) const {
    return {file_, begin, end};
  }

  std::string_view text_;
  FileId file_;
  SymbolTable& symbols_;
  Ast& ast_;
  diag::Diagnostics& diags_;
  ParseLimits limits_;
  std::vector<Comment>* comments_;
  std::uint32_t at_ = 0;
  std::uint32_t last_bad_escape_ = 0;  // where it ends; 0 before there is one
  std::vector<Bracket> brackets_;
  struct OpenHead {
    std::uint32_t depth;  // of brackets
    bool match;
  };
  std::vector<OpenHead> heads_;
  TokenType previous_ = TokenType::newline;
  TokenType before_previous_ = TokenType::newline;
  std::uint32_t open_maps_ = 0;  // `Map<` whose `>` has yet to come
  std::uint32_t path_end_ = 0;   // of the last override
  std::size_t path_depth_ = 0;   // brackets around that: within its own, a dot is one of a value
  std::uint32_t reason_depth_ = kNoReason;  // brackets around a deprecation, whose reason may come
  std::uint32_t texts_on_line_ = 0;         // open interpolations of texts that end on their line
  std::string doc_;
  std::uint32_t count_ = 0;
  std::size_t errors_before_;
  std::uint32_t word_end_ = 0;  // of the last token
  std::uint32_t told_at_ = 0;
  std::uint32_t line_begin_ = 0;
  std::uint32_t line_indent_ = 0;
  std::size_t closing_to_ = kNotClosing;  // brackets that stay open while the others are closed
  std::vector<std::uint32_t> dropped_;    // brackets that an outer one closed
  std::vector<std::uint32_t> unopened_;   // each `}` that closes nothing
  std::size_t opened_for_writer_ = 0;     // how many of these have been told
  TokenType entry_ = TokenType::newline;  // the word that began it: `kind`, `for` ...
  Head head_ = Head::none;                // how far the head of the entry has been read
  std::uint32_t head_begin_ = 0;
  std::uint32_t head_indent_ = 0;  // of its line
  std::size_t name_depth_ = 0;     // brackets in the last computed name
  std::vector<std::uint32_t> unclosed_;
  std::uint32_t torn_begin_ = 0;  // the last text that did not end
  std::uint32_t torn_end_ = 0;
  std::optional<bool> open_block_;  // whether of the blocks from here on one is never closed
  std::uint32_t torn_text_ = 0;     // where it began, if it was a text on one line
  bool torn_brackets_ = false;
  bool in_name_ = false;                  // within a computed name
  bool in_type_ = false;                  // behind the `:` of a field
  bool sets_field_ = false;               // the last `=` stands behind a field
  bool has_type_ = false;                 // a field stands on the line
  bool closes_map_ = false;               // the last `>` was one
  bool previous_is_string_name_ = false;  // `String` right before `(`
  bool line_start_ = true;
  bool stopped_ = false;
  bool closes_for_writer_ = true;
  bool line_closed_ = false;  // the line's end has yet to be told, after closing
  bool unclosed_known_ = false;
  bool unclosed_brace_ = false;
  bool unclosed_reported_ = false;
  std::string cut_;  // what is expected where the text ends within brackets
};

}  // namespace hlab::syntax
