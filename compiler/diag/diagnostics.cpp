#include "compiler/diag/diagnostics.h"

#include <algorithm>
#include <tuple>

namespace hlab::diag {

Report& Report::label(Span span, std::string text) {
  if (span.valid()) diagnostic_->labels.push_back({span, std::move(text)});
  return *this;
}

Report& Report::fix(std::string message, std::vector<Edit> edits) {
  diagnostic_->fixes.push_back({std::move(message), std::move(edits), true});
  return *this;
}

Report& Report::unsure() {
  if (!diagnostic_->fixes.empty()) diagnostic_->fixes.back().certain = false;
  return *this;
}

Report& Report::suggest(const Near& near) {
  if (near.empty()) return *this;
  help(fmt::format("did you mean `{}`?", near.name));
  fix(fmt::format("write `{}`", near.name), {{diagnostic_->at, std::string(near.name)}});
  return near.certain ? *this : unsure();
}

Report Diagnostics::add(const DiagInfo& info, Span at, std::string message) {
  Diagnostic& item = items_.emplace_back();
  item.info = &info;
  item.severity = info.severity;
  item.at = at;
  item.message = std::move(message);
  if (item.severity == Severity::error) ++errors_;
  return Report(&item);
}

Report Diagnostics::copy(const Diagnostic& found) {
  items_.push_back(found);
  if (found.severity == Severity::error) ++errors_;
  return Report(&items_.back());
}

void Diagnostics::keep_first(std::size_t count) {
  items_.erase(items_.begin() + static_cast<std::ptrdiff_t>(count), items_.end());
  count_errors();
}

void Diagnostics::count_errors() {
  const auto is_error = [](const Diagnostic& d) { return d.severity == Severity::error; };
  errors_ = static_cast<std::size_t>(std::count_if(items_.begin(), items_.end(), is_error));
}

std::vector<const Diagnostic*> Diagnostics::sorted() const {
  std::vector<const Diagnostic*> all;
  all.reserve(items_.size());
  for (const Diagnostic& item : items_) all.push_back(&item);
  const auto key = [](const Diagnostic* d) {
    return std::tuple(d->at.file.index, d->at.begin, d->info->code, std::string_view(d->message));
  };
  std::stable_sort(all.begin(), all.end(),
                   [&](const auto* a, const auto* b) { return key(a) < key(b); });
  const auto same = [&](const auto* a, const auto* b) { return key(a) == key(b); };
  all.erase(std::unique(all.begin(), all.end(), same), all.end());
  return all;
}

}  // namespace hlab::diag
