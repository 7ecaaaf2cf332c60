// What is told is certain: a field that may be given another value somewhere is left to `Evaluator::finish`.
#include "compiler/evaluate/endless_kinds.h"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "compiler/evaluate/evaluate_diags.h"

namespace hlab::evaluate {

using namespace program;
using syntax::Entry;
using syntax::EntryKind;
using types::TypeKind;

namespace {

/// What one may be given, or be without: it may be, where it is written, another one that ends.
std::set<std::uint32_t> given_names(const syntax::Ast& ast) {
  std::set<std::uint32_t> out;
  for (const Entry& e : ast.entries) {
    const bool gives = e.kind == EntryKind::set || e.kind == EntryKind::append ||
                       e.kind == EntryKind::unset || e.kind == EntryKind::override_;
    if (!gives) continue;
    for (std::uint32_t i = 0; i < e.path.count; ++i)
      out.insert(ast.segments[e.path.begin + i].name.index);
  }
  return out;
}

class EndlessKinds {
 public:
  /// Fields of the names in `given` are left out; nothing is told without `diags`.
  EndlessKinds(const Program& program, const std::set<std::uint32_t>& given,
               diag::Diagnostics* diags)
      : program_(program),
        given_(given),
        diags_(diags),
        state_(program.kinds.size(), State::unseen),
        endless_(program.kinds.size()) {}

  /// By KindId; empty where there is no circle.
  std::vector<bool> found() {
    for (std::uint32_t i = 0; i < program_.kinds.size(); ++i) walk(KindId(i));
    if (!found_) endless_.clear();
    return std::move(endless_);
  }

 private:
  enum class State : std::uint8_t { unseen, open, done };
  struct Step {
    KindId kind;
    std::uint32_t field;  // the next one; what led on is the one before it
  };

  /// Without recursion: kinds may lie in one another a hundred thousand deep.
  void walk(KindId root) {
    if (state_[root.index] != State::unseen) return;
    open(root);
    while (!path_.empty()) {
      Step& step = path_.back();
      const Kind& kind = program_.kinds[step.kind];
      if (step.field == kind.fields.size()) {
        close();
        continue;
      }
      const Field& field = kind.fields[step.field++];
      if (!is_made(field)) continue;
      const KindId held = program_.types[field.type].of;
      if (state_[held.index] == State::unseen) {
        open(held);
      } else if (state_[held.index] == State::open) {
        close_circle(held);
      } else if (endless_[held.index]) {
        endless_[step.kind.index] = true;
      }
    }
  }

  void open(KindId kind) {
    state_[kind.index] = State::open;
    path_.push_back({kind, 0});
  }

  void close() {
    const KindId ended = path_.back().kind;
    state_[ended.index] = State::done;
    path_.pop_back();
    if (endless_[ended.index] && !path_.empty()) endless_[path_.back().kind.index] = true;
  }

  /// A required field of a kind or a record, which is there without being mentioned.
  [[nodiscard]] bool is_made(const Field& field) const {
    const types::Type& type = program_.types[field.type];
    if (type.kind != TypeKind::nested || !type.of.valid()) return false;
    if (program_.ast->entries[field.entry].value.valid()) return false;
    if (program_.kinds[field.owner].torn || program_.kinds[type.of].torn) return false;
    return !given_.contains(field.name.index);
  }

  [[nodiscard]] Span held_by(const Step& step) const {
    const Field& field = program_.kinds[step.kind].fields[step.field - 1];
    return program_.ast->entries[field.entry].name_span;
  }

  void close_circle(KindId held) {
    std::size_t begin = path_.size() - 1;
    while (path_[begin].kind != held) --begin;
    for (std::size_t i = begin; i < path_.size(); ++i) endless_[path_[i].kind.index] = true;
    found_ = true;
    if (diags_ != nullptr) tell(begin);
  }

  void tell(std::size_t begin) {
    const Span first = held_by(path_[begin]);
    if (!told_.insert({first.file.index, first.begin}).second) return;
    auto report = diags_->report(kKindContainsItself, first,
                                 program_.text(program_.kinds[path_[begin].kind].name));
    report.here("it holds one here");
    for (std::size_t i = begin + 1; i < path_.size() && i < begin + kMostLabels; ++i)
      report.label(held_by(path_[i]), "which holds one here");
    report.help(fmt::format("make the field optional, or a reference: `&{}`",
                            program_.text(program_.kinds[next_kind(begin)].name)));
  }

  /// The kind of the field that the message points at.
  [[nodiscard]] KindId next_kind(std::size_t at) const {
    const Step& step = path_[at];
    return program_.types[program_.kinds[step.kind].fields[step.field - 1].type].of;
  }

  static constexpr std::size_t kMostLabels = 4;

  const Program& program_;
  const std::set<std::uint32_t>& given_;
  diag::Diagnostics* diags_;
  std::vector<State> state_;
  std::vector<bool> endless_;
  std::vector<Step> path_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> told_;  // places of fields: each once
  bool found_ = false;
};

}  // namespace

std::vector<bool> tell_endless_kinds(const Program& program, diag::Diagnostics& diags) {
  const std::set<std::uint32_t> none;
  // Hardly any lab has one, and what is given where takes a look at each entry.
  if (EndlessKinds(program, none, nullptr).found().empty()) return {};
  const std::set<std::uint32_t> given = given_names(*program.ast);
  return EndlessKinds(program, given, &diags).found();
}

}  // namespace hlab::evaluate
