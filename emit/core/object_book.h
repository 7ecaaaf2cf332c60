// The Kubernetes objects of a tree by name, as they are written: who patches them, and whose names are
// taken twice.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "emit/core/document.h"
#include "emit/core/emitter.h"
#include "emit/core/patch.h"

namespace hlab::emit {

struct KnownObject {
  std::string api;
  std::string kind;
  std::string nspace;  // "" for one of the whole cluster
  std::string name;
  std::uint32_t cluster = 0xffffffffu;
  model::View owner;  // the declaration at the top
  std::string file;   // of the tree; "" for what somebody else writes
  Span at;

  [[nodiscard]] std::string shown() const;
};

class ObjectClaims;

class ObjectBook {
 public:
  /// Begins with what is foreign.
  ObjectBook(const EmitInput& input, diag::Diagnostics& diags);
  ~ObjectBook();

  /// Notes the object that `doc` is, if it is one, and gives it back as patches want it; null where
  /// nothing changes. `said` gets what a reader of the file should know.
  const Doc* take(const Doc& doc, const model::View& declaration, const std::string& file,
                  std::string& said);
  /// One that is written as it was found.
  void note(KnownObject object);
  [[nodiscard]] const std::deque<KnownObject>& objects() const { return objects_; }
  /// The foreign part of the tree that a path lies in, or none.
  [[nodiscard]] model::View foreign_at(std::string_view path) const;
  /// Told once everything is written: patches that fit nothing, or too much.
  void finish();

 private:
  void take_foreign();

  const EmitInput& input_;
  diag::Diagnostics& diags_;
  std::vector<model::View> foreign_;
  std::deque<KnownObject> objects_;  // stable addresses
  std::unordered_map<std::string, const KnownObject*> by_name_;
  std::vector<Patch> patches_;
  std::deque<Doc> patched_;
  std::unique_ptr<ObjectClaims> claims_;
};

/// The object that a document is: it says its `apiVersion`, its `kind` and its name.
[[nodiscard]] std::optional<KnownObject> object_of(const Doc& doc);

}  // namespace hlab::emit
