// Text to tokens, one at a time. Decides all that depends on context, so that the grammar needs one
// token of look-ahead: which words are keywords, which line ends count, which braces open a block.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/diagnostics.h"
#include "compiler/source/source_map.h"
#include "compiler/syntax/ast.h"
#include "compiler/syntax/parse.h"
#include "compiler/syntax/token.h"

namespace hlab::syntax {

class Scanner {
 public:
  Scanner(std::string_view text, FileId file, SymbolTable& symbols, Ast& ast,
          diag::Diagnostics& diags, const ParseLimits& limits, std::vector<Comment>* comments);

  Token next();
  /// After an error: forget open brackets, as the text obviously goes on with the next declaration.
  void forget_brackets();
  /// Nothing but the end comes from now on; the reason has been told.
  void stop() { stopped_ = true; }
  [[nodiscard]] bool stopped() const { return stopped_; }
  /// Whether the end of the file has been told to come too early.
  [[nodiscard]] bool ended_inside() const { return unclosed_reported_; }
  /// Whether a text was told not to end that reaches over `at`: what is amiss there comes of it.
  [[nodiscard]] bool torn_at(std::uint32_t at) const {
    return torn() && at >= torn_begin_ && at <= torn_end_;
  }
  /// Whether any was: it may have swallowed a bracket.
  [[nodiscard]] bool torn() const { return torn_end_ != 0; }

 private:
  static constexpr std::uint32_t kNoReason = 0xffffffffu;

  struct Bracket {
    char open;            // { [ ( or $ for an interpolation
    std::uint32_t at;
    bool block_text;      // $: inside """
    std::uint32_t indent; // $: of the """ block
    std::uint32_t close;  // $: where the """ block ends
  };

  Token token(TokenType type, std::uint32_t begin);
  bool skip_blanks();  // true when a line ended
  void comment();
  [[nodiscard]] bool else_follows() const;
  Token end_of_line_in_text(std::uint32_t at);
  void tear(std::uint32_t begin, std::uint32_t end);
  Token punctuation(std::uint32_t begin);
  Token open(std::uint32_t begin, char c);
  Token close(std::uint32_t begin, char c);
  void drop_brackets(std::size_t kept);
  [[nodiscard]] bool closes_interpolation() const;
  Token rest_of_text(std::uint32_t begin);
  // scan_word.cpp
  Token word(std::uint32_t begin);
  Token module_path(std::uint32_t begin);
  [[nodiscard]] TokenType keyword(std::string_view text) const;
  [[nodiscard]] TokenType entry_word(std::string_view text) const;
  [[nodiscard]] TokenType second_word(std::string_view text) const;
  [[nodiscard]] bool entry_start() const;
  [[nodiscard]] bool follows_value() const;
  [[nodiscard]] std::uint32_t path_ahead() const;
  // scan_literal.cpp
  Token number(std::uint32_t begin);
  Token ipv4(std::uint32_t begin);
  bool ipv6_or_mac(std::uint32_t begin, Token& out);
  Token quantity(std::uint32_t begin, std::uint32_t digits_end);
  Token bad_number(std::uint32_t begin, std::string message);
  Token literal(std::uint32_t begin, const Literal& value);
  bool prefix_length(Literal& value, int bits);
  Token regex(std::uint32_t begin);
  // scan_string.cpp
  Token string(std::uint32_t begin);
  Token string_part(std::uint32_t begin, bool first, bool block, std::uint32_t indent,
                    std::uint32_t close);
  bool escape(std::string& out);
  [[nodiscard]] std::uint32_t block_end(std::uint32_t from) const;
  [[nodiscard]] std::uint32_t interpolation_end(std::uint32_t from) const;
  [[nodiscard]] std::uint32_t block_indent(std::uint32_t from, std::uint32_t end) const;

  [[nodiscard]] char peek(std::uint32_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  [[nodiscard]] Span span(std::uint32_t begin, std::uint32_t end) const { return {file_, begin, end}; }

  std::string_view text_;
  FileId file_;
  SymbolTable& symbols_;
  Ast& ast_;
  diag::Diagnostics& diags_;
  ParseLimits limits_;
  std::vector<Comment>* comments_;
  std::uint32_t at_ = 0;
  std::vector<Bracket> brackets_;
  std::vector<std::uint32_t> heads_;  // bracket depth of each open head
  TokenType previous_ = TokenType::newline;
  TokenType before_previous_ = TokenType::newline;
  bool previous_is_string_name_ = false;  // `String` right before `(`
  std::uint32_t path_end_ = 0;            // of the last override
  std::uint32_t reason_depth_ = kNoReason;  // brackets around a deprecation, whose reason may come
  std::uint32_t texts_on_line_ = 0;  // open interpolations of texts that end on their line
  bool line_start_ = true;
  std::string doc_;
  std::uint32_t count_ = 0;
  std::size_t errors_before_;
  bool stopped_ = false;
  bool unclosed_reported_ = false;
  std::uint32_t torn_begin_ = 0;  // the last text that did not end
  std::uint32_t torn_end_ = 0;
};

}  // namespace hlab::syntax
