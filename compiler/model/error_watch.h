// Whether what is read of a lab is in error.
#pragma once

#include <cstdint>

namespace hlab::model {

/// While one lives, it notes whether a View of this thread gives a value in error. A View cannot say what such a
/// value would have been, so what is found by it may be the doing of that one mistake.
class ErrorWatch {
 public:
  /// Who looks at errors itself lets none of them be noted around it.
  enum class Tells : std::uint8_t { around, nobody };
  explicit ErrorWatch(Tells tells = Tells::around);
  ~ErrorWatch();
  ErrorWatch(const ErrorWatch&) = delete;
  ErrorWatch& operator=(const ErrorWatch&) = delete;

  [[nodiscard]] bool met() const { return met_; }
  /// To be called by whoever gives such a value.
  static void note();

 private:
  ErrorWatch* around_;
  Tells tells_;
  bool met_ = false;
};

}  // namespace hlab::model
