// How a message says which call, which round and which instance it is about.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "compiler/evaluate/evaluator.h"

namespace hlab::evaluate {

using namespace program;

namespace {

constexpr std::size_t kMostSteps = 6;   // of one message
constexpr std::size_t kLastSteps = 2;   // of these, the outermost
constexpr std::size_t kMostKnown = 64;  // words about one place, whose ways are counted
constexpr std::size_t kMostSaid = 3;    // of one place, where the same goes wrong with other values

}  // namespace

bool Evaluator::is_of_library(Span at) const { return sources_.file(at.file).is_library; }

void Evaluator::add_rounds(const Env* env, std::vector<diag::Label>& steps) const {
  auto rounds = rounds_around(program_, lab_, sources_, env);
  std::move(rounds.begin(), rounds.end(), std::back_inserter(steps));
}

/// Where several instances have one text, for its name is computed.
void Evaluator::tell_computed(InstanceId holder, std::vector<diag::Label>& steps) const {
  for (InstanceId id = holder; id.valid(); id = lab_.instances[id].owner) {
    const Span named = lab_.instances[id].name_span;
    if (!named.valid() || sources_.text(named).find("${") == std::string_view::npos) continue;
    steps.push_back({named, fmt::format("in `{}`", path(holder))});
    return;
  }
}

/// What a message about a text of many instances needs to say: whose it is.
void Evaluator::tell_holder(InstanceId holder, Span at, std::vector<diag::Label>& steps) const {
  InstanceId top = holder;
  for (; lab_.instances[top].owner.valid(); top = lab_.instances[top].owner) {
    const auto [first, last] = lab_.claims_of.equal_range(lab_.instances[top].owner.index);
    for (auto it = first; it != last; ++it) {
      const Claim& claim = lab_.claims[it->second];
      if (claim.made != top) continue;
      const Span call = ast().exprs[claim.call].span;
      steps.push_back(
          {call, fmt::format("in `{}`, which `{}` claims here", path(holder), path(claim.by))});
      return;
    }
  }
  const Instance& declared = lab_.instances[top];
  if (!declared.name_span.valid() || is_of_library(declared.name_span)) return;
  if (declared.entry.valid()) {
    const Span whole = ast().entries[declared.entry].span;
    const bool is_seen = std::any_of(steps.begin(), steps.end(), [&](const diag::Label& step) {
      return contains(whole, step.span);
    });
    if (is_seen) return;
    if (contains(whole, at)) return tell_computed(holder, steps);
    const Span named = lab_.instances[holder].name_span;
    if (holder != top && named.valid() && contains(whole, named)) {
      steps.push_back({named, fmt::format("in `{}`", path(holder))});
      return;
    }
  }
  steps.push_back({declared.name_span,
                   top == holder || path(top) == path(holder)
                       ? fmt::format("in `{}`, declared here", path(top))
                       : fmt::format("in `{}`, part of what is declared here", path(holder))});
}

void Evaluator::walk(const std::vector<Frame>& stack, Span at,
                     std::vector<diag::Label>& steps) const {
  bool inside = true;  // of no step between this one and the place
  for (auto frame = stack.rbegin(); frame != stack.rend(); ++frame) {
    if (inside) add_rounds(frame->env, steps);
    inside = frame->kind == Frame::Kind::call;
    if (inside) {
      const Span call = ast().exprs[frame->call].span;
      if (!is_of_library(call))
        steps.push_back({call, call_text(program_, lab_, frame->call, frame->env)});
    }
    if (frame->kind != Frame::Kind::value) continue;
    if (!frame->holder.valid()) return;
    const auto maker = makers_.find(frame->holder.index);
    return maker != makers_.end() ? walk(maker->second, at, steps)
                                  : tell_holder(frame->holder, at, steps);
  }
}

void Evaluator::note_maker(InstanceId made) {
  const auto value = std::find_if(frames_.rbegin(), frames_.rend(), [](const Frame& frame) {
    return frame.kind == Frame::Kind::value;
  });
  const auto begin = value == frames_.rend() ? frames_.begin() : value.base() - 1;
  const bool in_call = std::any_of(
      begin, frames_.end(), [](const Frame& frame) { return frame.kind == Frame::Kind::call; });
  if (in_call) makers_[made.index].assign(begin, frames_.end());
}

diag::Report Evaluator::trace(diag::Report report, Span at, std::string_view said) {
  std::vector<diag::Label> steps;
  walk(frames_, at, steps);
  std::string way;
  for (const diag::Label& step : steps)
    way += fmt::format("{} {} {}\n", step.span.file.index, step.span.begin, step.message);
  std::vector<Told::Said>& known = told_[{at.file, at.begin}].said;
  auto found = std::find_if(known.begin(), known.end(),
                            [&](const Told::Said& one) { return one.what == said; });
  if (found == known.end() && known.size() < kMostKnown)
    found = known.insert(found, Told::Said{std::string(said), report, {}});
  if (found != known.end()) found->ways.insert(std::move(way));
  show_steps(report, at, std::move(steps));
  return report;
}

diag::Report Evaluator::trace_first(diag::Report report, const Env* first) {
  const Env* now = frames_.empty() ? nullptr : frames_.back().env;
  for (diag::Label& step : rounds_around(program_, lab_, sources_, first, now))
    report.label(step.span, "first " + step.message);
  return report;
}

void Evaluator::show_steps(diag::Report report, Span at, std::vector<diag::Label> steps) {
  const bool folds = steps.size() > kMostSteps;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (folds && i >= kMostSteps - kLastSteps && i + kLastSteps < steps.size()) continue;
    if (steps[i].span == at) {
      report.here(std::move(steps[i].message));
    } else {
      report.label(steps[i].span, std::move(steps[i].message));
    }
  }
  if (folds)
    report.note(
        fmt::format("{} calls and rounds between these are not shown", steps.size() - kMostSteps));
}

bool Evaluator::is_enough(Span at, std::string_view said) {
  const auto found = told_.find({at.file, at.begin});
  if (found == told_.end() || found->second.said.size() < kMostSaid) return false;
  const auto& known = found->second.said;
  if (std::any_of(known.begin(), known.end(), [&](const auto& one) { return one.what == said; }))
    return false;
  ++found->second.more;
  return true;
}

bool Evaluator::counts_again(Span at, std::string_view said, std::string_view way) {
  const auto found = told_.find({at.file, at.begin});
  if (found == told_.end()) return false;
  for (Told::Said& known : found->second.said) {
    if (known.what != said) continue;
    known.ways.insert(std::string(way));
    return true;
  }
  return false;
}

void Evaluator::count_ways() {
  for (auto& [_, told] : told_) {
    for (Told::Said& one : told.said) {
      const std::size_t more = one.ways.size() - 1 + (&one == &told.said.back() ? told.more : 0);
      if (more > 0) one.report.note(fmt::format("and {} more like it, which are not shown", more));
    }
  }
  told_.clear();
}

/// The nearest place that the lab itself wrote, where the library is at fault's place: a call, else the
/// declaration whose value it is.
Span Evaluator::blamed(Span at) const {
  if (!is_of_library(at)) return at;
  for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
    if (frame->kind == Frame::Kind::call) {
      const Span call = ast().exprs[frame->call].span;
      if (!is_of_library(call)) return call;
    } else if (frame->kind == Frame::Kind::value) {
      return frame->holder.valid() ? place_in_lab(at, frame->holder) : at;
    }
  }
  return at;
}

Span Evaluator::place_in_lab(Span at, InstanceId holder) const {
  if (at.valid() && !is_of_library(at)) return at;
  for (InstanceId id = holder; id.valid(); id = lab_.instances[id].owner) {
    const Span named = lab_.instances[id].name_span;
    if (named.valid() && !is_of_library(named)) return named;
  }
  return at;
}

}  // namespace hlab::evaluate
