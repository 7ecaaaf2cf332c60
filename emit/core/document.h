// The typed tree that every YAML and JSON output is built as: maps in declared order, sequences and
// scalars whose type is stated, so that no writer ever guesses one. Built front to back; nodes lie
// in one vector in that order and strings in an arena, so building costs no more than copying.
//
//   Doc doc;
//   doc.open_map();
//   doc.entry("replicas", 3, origin);
//   doc.key("args");
//   doc.open_seq();
//   doc.item("--verbose");
//   doc.close();
//   doc.close();
#pragma once

#include <concepts>
#include <cstdint>
#include <string_view>
#include <vector>

#include "emit/core/origin.h"
#include "emit/core/text_arena.h"

namespace hlab::emit {

/// Text that the consumer evaluates (an Ansible expression), as opposed to a plain string.
struct Template {
  std::string_view text;
};

enum class NodeKind : std::uint8_t {
  map,
  seq,
  string,
  template_string,
  integer,
  real,
  boolean,
  null,  // only what a loaded file says: the language has none
};

struct Node {
  std::string_view key;      // in a map
  std::string_view comment;  // lines to stand above the node
  union {                    // by kind; containers use none
    std::string_view text = {};
    std::int64_t integer;
    double real;
    bool boolean;
  };
  std::uint32_t end = 0;  // one past the last node inside this one
  NodeKind kind = NodeKind::map;
  Origin origin = kNoOrigin;

  [[nodiscard]] bool is_container() const { return kind <= NodeKind::seq; }
};

/// In the place of a node's number: none.
inline constexpr std::uint32_t kNoNode = 0xffffffffu;

template <class T>
concept TextLike = std::convertible_to<const T&, std::string_view>;

class Doc {
 public:
  static constexpr std::size_t kMaxDepth = 512;

  /// Forgets the content and keeps the memory; a tree of many files reuses one Doc.
  void clear();

  /// A container is a document of its own where none is open, else the next item or, after
  /// `key`, the value of that key.
  void open_map(Origin origin = kNoOrigin) { open(NodeKind::map, origin); }
  void open_seq(Origin origin = kNoOrigin) { open(NodeKind::seq, origin); }
  void close();
  void key(std::string_view name);
  /// Stands above the next key, item or document.
  void comment(std::string_view text) { comment_ = arena_.store(text); }

  template <std::same_as<bool> T>
  void value(T flag, Origin origin = kNoOrigin) {
    add(NodeKind::boolean, origin).boolean = flag;
  }
  template <std::integral T>
  requires(!std::same_as<T, bool> &&
           (sizeof(T) < 8 || std::signed_integral<T>)) void value(T number,
                                                                  Origin origin = kNoOrigin) {
    add(NodeKind::integer, origin).integer = number;
  }
  template <std::floating_point T>
  void value(T number, Origin origin = kNoOrigin) {
    add(NodeKind::real, origin).real = number;
  }
  template <TextLike T>
  void value(const T& text, Origin origin = kNoOrigin) {
    add(NodeKind::string, origin).text = arena_.store(text);
  }
  void value(Template text, Origin origin = kNoOrigin) {
    add(NodeKind::template_string, origin).text = arena_.store(text.text);
  }

  void null(Origin origin = kNoOrigin) { add(NodeKind::null, origin); }

  template <class T>
  void entry(std::string_view name, const T& content, Origin origin = kNoOrigin) {
    key(name);
    value(content, origin);
  }
  template <class T>
  void item(const T& content, Origin origin = kNoOrigin) {
    value(content, origin);
  }

  /// All nodes; each subtree is a run [i, end). Documents follow one another.
  [[nodiscard]] const std::vector<Node>& nodes() const { return nodes_; }
  /// Bytes of all strings: writers size their buffer by it.
  [[nodiscard]] std::size_t text_size() const { return arena_.size(); }
  /// What the builder was called wrongly with, or ""; a container left open counts.
  [[nodiscard]] std::string_view fault() const;

 private:
  Node& add(NodeKind kind, Origin origin);
  void open(NodeKind kind, Origin origin);

  std::vector<Node> nodes_;
  std::vector<std::uint32_t> open_;
  TextArena arena_;
  std::string_view key_;
  std::string_view comment_;
  std::string_view fault_;
  bool has_key_ = false;
};

}  // namespace hlab::emit
