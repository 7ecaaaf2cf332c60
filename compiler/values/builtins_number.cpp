#include <cmath>

#include "compiler/values/builtin_rows.h"

namespace hlab::values {
namespace {

using types::TypeKind;

constexpr double kTwoTo63 = 9223372036854775808.0;
constexpr std::int64_t kMostDigits = 64;

OpResult magnitude(const Call& call) {
  const std::int64_t number = call.receiver.number;
  if (number == INT64_MIN) return problem_of(call, "the number has no positive form in 64 bits");
  return number_of(call, number < 0 ? -number : number);
}

OpResult padded(const Call& call) {
  const std::int64_t width = call.args[0].number;
  if (width < 0 || width > kMostDigits) {
    return problem_of(call, "a number is padded to 0 to 64 digits, not " + std::to_string(width));
  }
  std::string text = std::to_string(call.receiver.number);
  const bool negative = text.front() == '-';
  std::string digits = text.substr(negative ? 1 : 0);
  if (digits.size() < static_cast<std::size_t>(width)) {
    digits.insert(0, static_cast<std::size_t>(width) - digits.size(), '0');
  }
  return text_of(call, (negative ? "-" : "") + digits);
}

OpResult real_magnitude(const Call& call) { return real_of(call, std::fabs(call.receiver.real)); }

template <double (*Round)(double)>
OpResult whole(const Call& call) {
  const double rounded = Round(call.receiver.real);
  if (!(rounded >= -kTwoTo63 && rounded < kTwoTo63)) {
    return problem_of(call, "the number does not fit 64 bits");
  }
  return number_of(call, static_cast<std::int64_t>(rounded));
}

double down(double number) { return std::floor(number); }
double up(double number) { return std::ceil(number); }
double nearest(double number) { return std::round(number); }

constexpr TypeKind kInt = TypeKind::integer;
constexpr TypeKind kFloat = TypeKind::floating;

constexpr std::array kRows{
    Builtin{"abs", kInt, true, 0, 0, simple_result<kInt>, magnitude, "abs: Int",
            "The number without its sign.", R"((3 - 5).abs == 2)"},
    Builtin{"pad", kInt, false, 1, 1, simple_result<TypeKind::string, kInt>, padded,
            "pad(width: Int) -> String", "The number with zeros before it, to that many digits.",
            R"((3 + 4).pad(2) == "07")"},
    Builtin{"abs", kFloat, true, 0, 0, simple_result<kFloat>, real_magnitude, "abs: Float",
            "The number without its sign.", R"((0.5 - 2.0).abs == 1.5)"},
    Builtin{"floor", kFloat, true, 0, 0, simple_result<kInt>, whole<down>, "floor: Int",
            "The whole number at or below.", R"((3.0 / 2.0).floor == 1)"},
    Builtin{"ceil", kFloat, true, 0, 0, simple_result<kInt>, whole<up>, "ceil: Int",
            "The whole number at or above.", R"((3.0 / 2.0).ceil == 2)"},
    Builtin{"round", kFloat, true, 0, 0, simple_result<kInt>, whole<nearest>, "round: Int",
            "The nearest whole number; halves go away from zero.", R"((3.0 / 2.0).round == 2)"},
};

}  // namespace

std::span<const Builtin> number_builtins() { return kRows; }

}  // namespace hlab::values
