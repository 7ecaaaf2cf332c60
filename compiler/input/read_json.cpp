#include "compiler/input/read_json.h"

#include <iterator>
#include <string>
#include <nlohmann/json.hpp>

#include "compiler/input/problem.h"
#include "compiler/input/tree_maker.h"

namespace hlab::input {
namespace {

using nlohmann::json;
using values::Value;
using values::ValueKind;

/// Goes over the text and says how far the parser has come: its events carry no place.
class Counted {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Counted(const char* at, const char** reached) : at_(at), reached_(reached) {}
  reference operator*() const { return *at_; }
  Counted& operator++() {
    *reached_ = ++at_;
    return *this;
  }
  Counted operator++(int) {
    Counted before = *this;
    ++*this;
    return before;
  }
  [[maybe_unused]] friend bool operator==(const Counted& a, const Counted& b) {
    return a.at_ == b.at_;
  }
  friend bool operator!=(const Counted& a, const Counted& b) { return a.at_ != b.at_; }

 private:
  const char* at_;
  const char** reached_;
};

/// "... - invalid literal; last read: 'x'" without the library's own introduction.
std::string words_of(std::string_view message) {
  const std::size_t at = message.find("syntax error");
  if (at != std::string_view::npos) return std::string(message.substr(at));
  if (message.find("out_of_range.406") != std::string_view::npos)
    return "a number does not fit 64 bits";
  return "it cannot be parsed";
}

class JsonEvents final : public nlohmann::json_sax<json> {
 public:
  JsonEvents(const InputFile& input, const char* begin, const char* const& reached)
      : input_(input),
        maker_(input.symbols, input.heap, input.origin),
        begin_(begin),
        reached_(reached) {}

  bool null() override { return put(maker_.scalar(ValueKind::null)); }
  bool boolean(bool flag) override { return put(values::make_bool(flag, input_.origin)); }
  bool number_integer(std::int64_t number) override {
    return put(values::make_number(ValueKind::integer, number, input_.origin));
  }
  bool number_unsigned(std::uint64_t number) override {
    if (number > INT64_MAX) return fail("a number does not fit 64 bits");
    return number_integer(static_cast<std::int64_t>(number));
  }
  bool number_float(double number, const std::string& text) override {
    // An integer that fits nothing arrives as the nearest double.
    if (text.find_first_of(".eE") == std::string::npos)
      return fail("a number does not fit 64 bits");
    Value value = maker_.scalar(ValueKind::floating);
    value.real = number == 0 ? 0 : number;
    return put(value);
  }
  bool string(std::string& text) override {
    if (text.find('\0') != std::string::npos) return fail("a text holds NUL");
    return put(maker_.text(text));
  }
  bool binary(json::binary_t&) override { return false; }
  bool start_object(std::size_t) override {
    maker_.open_map();
    return check({});
  }
  bool key(std::string& name) override {
    if (name.find('\0') != std::string::npos) return fail("a text holds NUL");
    maker_.key(name);
    return check(name);
  }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override {
    maker_.open_list();
    return check({});
  }
  bool end_array() override { return close(); }
  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    report_malformed(input_, "JSON", position == 0 ? 0 : position - 1, words_of(error.what()));
    return false;
  }

  [[nodiscard]] const Value& root() const { return maker_.root(); }

 private:
  /// The parser has read one character too many for numbers, and none for texts: good enough a place
  /// is the word that ends there.
  [[nodiscard]] std::size_t place() const {
    const std::string_view read(begin_, static_cast<std::size_t>(reached_ - begin_));
    const std::size_t last = read.find_last_not_of(" \t\r\n,:]}");
    if (last == std::string_view::npos) return 0;
    if (read[last] == '[' || read[last] == '{') return last;
    const std::size_t before = read.find_last_of(" \t\r\n,{[", last);
    return before == std::string_view::npos ? 0 : before + 1;
  }
  bool fail(std::string_view problem) {
    report_malformed(input_, "JSON", place(), problem);
    return false;
  }
  bool check(std::string_view detail) {
    if (maker_.fault() == TreeFault::none) return true;
    report_fault(input_, "JSON", place(), maker_.fault(), detail);
    return false;
  }
  bool put(const Value& value) {
    maker_.add(value);
    return check({});
  }
  bool close() {
    (void)maker_.close();
    return true;
  }

  const InputFile& input_;
  TreeMaker maker_;
  const char* begin_;
  const char* const& reached_;
};

}  // namespace

std::optional<Value> read_json(const InputFile& input) {
  const std::string_view text = input.sources.text(input.file);
  const char* reached = text.data();
  JsonEvents events(input, text.data(), reached);
  const bool whole = json::sax_parse(Counted(text.data(), &reached),
                                     Counted(text.data() + text.size(), &reached), &events);
  if (!whole) return std::nullopt;
  return events.root();
}

}  // namespace hlab::input
