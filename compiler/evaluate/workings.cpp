// What `hlab why` wants to know of how values came about. Nothing is noted where nobody asks.
#include "compiler/evaluate/evaluator.h"

namespace hlab::evaluate {

using namespace program;

void Evaluator::note_read(InstanceId instance, std::uint32_t index, ExprId at) {
  Read read{running_.back().instance, running_.back().field, instance, index, at, {}, nullptr};
  for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
    if (read.env == nullptr) read.env = frame->env;
    if (frame->kind == Frame::Kind::value) break;
    if (frame->kind != Frame::Kind::call) continue;
    read.call = frame->call;
    read.env = nullptr;  // that of the function tells nothing of the reader's own text
  }
  workings->reads.push_back(read);
}

void Evaluator::note_call(ExprId call, const Context& context, const Env* given) {
  if (workings == nullptr || running_.empty()) return;
  workings->calls.push_back(
      {running_.back().instance, running_.back().field, call, given, context.env});
}

void Evaluator::note_item(const values::List& list, const Env* env) {
  if (workings != nullptr) workings->items[{&list, list.items.size() - 1}] = env;
}

void Evaluator::note_items(const values::List& list, std::size_t begin, const Value& from) {
  if (workings == nullptr || !from.is(ValueKind::list)) return;
  for (std::size_t i = 0; i < from.list->items.size(); ++i) {
    const auto known = workings->items.find({from.list, i});
    if (known != workings->items.end()) workings->items[{&list, begin + i}] = known->second;
  }
}

void Evaluator::note_entry(const values::Map& map, values::MapKey key) {
  if (workings != nullptr) workings->entries[{&map, key.is_instance, key.id}] = frames_.back().env;
}

}  // namespace hlab::evaluate
