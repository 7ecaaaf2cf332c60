#include "emit/core/object_book.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "compiler/diag/suggest.h"
#include "compiler/graph/handover.h"
#include "emit/core/document_lookup.h"
#include "emit/core/glob.h"
#include "emit/core/object_claims.h"
#include "emit/core/ways_out_diags.h"

namespace hlab::emit {

using model::View;

namespace {

/// Objects of one name in two versions of one API are one object.
std::string_view group_of(std::string_view api) {
  const std::size_t slash = api.find('/');
  return slash == api.npos ? std::string_view() : api.substr(0, slash);
}

std::string key_of(const KnownObject& object) {
  return fmt::format("{} {} {} {} {}", object.cluster, group_of(object.api), object.kind,
                     object.nspace, object.name);
}

/// `Deployment/legacy/web`: the last part is the name, which may not hold a slash.
KnownObject foreign_object(const View& foreign, std::string_view text) {
  KnownObject out;
  const std::size_t first = text.find('/');
  const std::size_t last = text.rfind('/');
  out.kind = text.substr(0, first);
  out.name = text.substr(last + 1);
  if (first != last) out.nspace = text.substr(first + 1, last - first - 1);
  out.owner = foreign;
  out.at = foreign.set_at("objects");
  return out;
}

}  // namespace

std::string KnownObject::shown() const {
  return nspace.empty() ? fmt::format("{}/{}", kind, name)
                        : fmt::format("{}/{} in {}", kind, name, nspace);
}

std::optional<KnownObject> object_of(const Doc& doc) {
  const auto& nodes = doc.nodes();
  if (nodes.empty()) return std::nullopt;
  KnownObject out;
  out.api = text_of(nodes, 0, "apiVersion");
  out.kind = text_of(nodes, 0, "kind");
  const std::uint32_t metadata = child_of(nodes, 0, "metadata");
  out.name = text_of(nodes, metadata, "name");
  out.nspace = text_of(nodes, metadata, "namespace");
  if (out.api.empty() || out.kind.empty() || out.name.empty()) return std::nullopt;
  return out;
}

ObjectBook::ObjectBook(const EmitInput& input, diag::Diagnostics& diags)
    : input_(input),
      diags_(diags),
      foreign_(input.all("foreign")),
      claims_(std::make_unique<ObjectClaims>(input)) {
  for (const View& declaration : input.all("patch")) patches_.push_back(read_patch(declaration));
  take_foreign();
}

ObjectBook::~ObjectBook() = default;

void ObjectBook::take_foreign() {
  const auto clusters = input_.all("cluster");
  for (const View& foreign : foreign_) {
    for (const std::string& text : foreign.texts("objects")) {
      KnownObject object = foreign_object(foreign, text);
      // Its group is not said, and whose cluster it is neither: it is taken in each of them.
      objects_.push_back(object);
      for (const View& cluster : clusters) {
        by_name_[fmt::format("{} {} {} {}", cluster.id().index, object.kind, object.nspace,
                             object.name)] = &objects_.back();
      }
    }
  }
}

void ObjectBook::note(KnownObject object) {
  objects_.push_back(std::move(object));
  const KnownObject& mine = objects_.back();
  const auto foreign =
      by_name_.find(fmt::format("{} {} {} {}", mine.cluster, mine.kind, mine.nspace, mine.name));
  const auto [found, fresh] = by_name_.try_emplace(key_of(mine), &mine);
  if (fresh && foreign == by_name_.end()) return;
  const KnownObject& other = fresh ? *foreign->second : *found->second;
  if (!mine.file.empty() && other.file == mine.file)
    return;  // the one file is told, as one mistake
  diags_
      .report(kObjectTwice, mine.at, mine.shown(), fmt::format("`{}`", other.owner.path()),
              fmt::format("`{}`", mine.owner.path()))
      .label(other.at, other.file.empty() ? "taken here, by hand" : "written for this")
      .note(other.file.empty() ? "" : "in " + other.file)
      .note("in " + mine.file);
}

namespace {

/// What makes an object another one, where the patched one has another value for it; "" where it has none.
std::string_view renamed_by(const Doc& patched, const Doc& before) {
  const auto differs = [](const Doc& a, std::uint32_t in_a, const Doc& b, std::uint32_t in_b,
                          std::string_view part) {
    return text_of(a.nodes(), in_a, part) != text_of(b.nodes(), in_b, part);
  };
  for (const std::string_view part : {"apiVersion", "kind"}) {
    if (differs(patched, 0, before, 0, part)) return part;
  }
  const std::uint32_t now = child_of(patched.nodes(), 0, "metadata");
  const std::uint32_t then = child_of(before.nodes(), 0, "metadata");
  for (const std::string_view part : {"name", "namespace"}) {
    if (differs(patched, now, before, then, part)) return part;
  }
  return "";
}

}  // namespace

const Doc* ObjectBook::take(const Doc& doc, const View& declaration, const std::string& file,
                            std::string& said) {
  std::optional<KnownObject> object = object_of(doc);
  if (!object) return nullptr;
  object->owner = declaration.top();
  object->at = object->owner.declared_at();
  object->file = file;
  const View cluster = object->owner.is("gitops") ? graph::cluster_of(object->owner)
                                                  : object->owner.ref("cluster");
  if (cluster) object->cluster = cluster.id().index;
  note(std::move(*object));
  const KnownObject& mine = objects_.back();
  const Doc* now = nullptr;
  for (Patch& patch : patches_) {
    if (!patch.fits(mine)) continue;
    patch.matched.push_back(&mine);
    const Doc* current = now == nullptr ? &doc : now;
    if (!patch.change.nodes().empty()) {
      Doc& merged = patched_.emplace_back();
      merge_patch(*current, patch.change, merged);
      current = &merged;
    }
    for (const std::string& pointer : patch.remove) {
      Doc& without = patched_.emplace_back();
      if (!remove_pointer(*current, pointer, without)) {
        diags_.report(kRemovesNothing, patch.declaration.set_at("remove"), mine.shown(), pointer);
      }
      current = &without;
    }
    if (const std::string_view renamed = renamed_by(*current, doc); !renamed.empty())
      diags_.report(kPatchRenames, patch.declaration.set_at("change"), mine.shown(), renamed);
    now = current;
    said += fmt::format("\nPatched by `{}`: {}", patch.declaration.path(),
                        patch.declaration.text("reason"));
  }
  claims_->take(now == nullptr ? doc : *now, mine, diags_);
  return now;
}

View ObjectBook::foreign_at(std::string_view path) const {
  for (const View& foreign : foreign_) {
    if (foreign.has("path") && glob_matches(foreign.text("path"), path)) return foreign;
  }
  return {};
}

namespace {

/// Objects that bear the name that a patch asks for, as another kind or elsewhere.
std::string namesakes(const std::deque<KnownObject>& objects, std::string_view target) {
  const std::string_view name = target.substr(target.find('/') + 1);
  std::string out;
  int count = 0;
  for (const KnownObject& object : objects) {
    if (object.name != name || object.file.empty() || ++count > 8) continue;
    out += (out.empty() ? "" : ", ") + object.shown();
  }
  return out;
}

void report_nothing(const std::deque<KnownObject>& objects, const Patch& patch,
                    diag::Diagnostics& diags) {
  const Span at = patch.declaration.set_at("target");
  const std::string target = patch.declaration.text("target");
  std::vector<std::string> names;
  for (const KnownObject& object : objects) {
    if (!object.file.empty()) names.push_back(object.kind + "/" + object.name);
  }
  auto report = diags.report(kPatchesNothing, at, target);
  const std::string same = namesakes(objects, target);
  if (!same.empty()) report.note("of that name there are " + same);
  const std::string_view near = diag::closest(target, {names.begin(), names.end()});
  if (near.empty() || near == target) return;
  report.help(fmt::format("did you mean `{}`?", near));
  report.fix(fmt::format("write `{}`", near), {{at, fmt::format("\"{}\"", near)}});
}

/// A place of which two patches say something else, and the fields that say it.
struct Contradiction {
  std::string where;
  std::string_view earlier = "change";
  std::string_view later = "change";
};

Contradiction contradiction(const Patch& earlier, const Patch& later) {
  Contradiction found{contradiction(earlier.change, later.change)};
  for (const std::string& pointer : later.remove) {
    if (found.where.empty()) found = {contradiction(earlier.change, pointer), "change", "remove"};
  }
  for (const std::string& pointer : earlier.remove) {
    if (found.where.empty()) found = {contradiction(later.change, pointer), "remove", "change"};
  }
  return found;
}

/// The last one would win, and which that is no declaration says.
void report_contradictions(const std::vector<Patch>& patches, diag::Diagnostics& diags) {
  std::map<const KnownObject*, std::vector<const Patch*>> of_object;
  for (const Patch& patch : patches) {
    if (patch.matched.size() == 1) of_object[patch.matched.front()].push_back(&patch);
  }
  for (const Patch& patch : patches) {
    if (patch.matched.size() != 1) continue;
    for (const Patch* const earlier : of_object[patch.matched.front()]) {
      if (earlier == &patch) break;
      const Contradiction found = contradiction(*earlier, patch);
      if (found.where.empty()) continue;
      diags
          .report(kPatchesDisagree, patch.declaration.set_at(found.later),
                  earlier->declaration.path(), patch.declaration.path(), found.where,
                  patch.matched.front()->shown())
          .label(earlier->declaration.set_at(found.earlier),
                 found.earlier == "change" ? "the other one changes it here"
                                           : "the other one takes it away here")
          .help("say it in one of them");
      break;
    }
  }
}

}  // namespace

void ObjectBook::finish() {
  report_contradictions(patches_, diags_);
  for (const Patch& patch : patches_) {
    if (patch.matched.size() == 1) continue;
    if (patch.matched.empty()) {
      report_nothing(objects_, patch, diags_);
      continue;
    }
    auto report = diags_.report(kPatchesSeveral, patch.declaration.set_at("target"),
                                patch.declaration.text("target"), patch.matched.size());
    for (const KnownObject* object : patch.matched) {
      report.label(object->at, fmt::format("{} ({})", object->shown(), object->file));
    }
    report.help("say its `namespace`, or the service that it is `of`");
  }
}

}  // namespace hlab::emit
