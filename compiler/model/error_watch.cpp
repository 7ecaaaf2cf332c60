#include "compiler/model/error_watch.h"

namespace hlab::model {

namespace {
thread_local ErrorWatch* innermost = nullptr;
}  // namespace

ErrorWatch::ErrorWatch(Tells tells) : around_(innermost), tells_(tells) { innermost = this; }

ErrorWatch::~ErrorWatch() {
  innermost = around_;
  if (met_ && tells_ == Tells::around) note();
}

void ErrorWatch::note() {
  if (innermost != nullptr) innermost->met_ = true;
}

}  // namespace hlab::model
