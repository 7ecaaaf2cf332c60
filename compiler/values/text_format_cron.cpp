#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "compiler/values/characters.h"
#include "compiler/values/text_format.h"

namespace hlab::values {
namespace {

using Problem = std::optional<std::string>;

struct Field {
  std::string_view name;
  int low;
  int high;
  std::string_view names;  // three letters each, the first one stands for `low`
};

constexpr std::array kFields{Field{"minute", 0, 59, ""}, Field{"hour", 0, 23, ""},
                             Field{"day of month", 1, 31, ""},
                             Field{"month", 1, 12, "janfebmaraprmayjunjulaugsepoctnovdec"},
                             Field{"day of week", 0, 6, "sunmontuewedthufrisat"}};

constexpr std::array<std::string_view, 7> kShorthands{"@hourly",  "@daily",  "@midnight", "@weekly",
                                                      "@monthly", "@yearly", "@annually"};

std::string of_field(const Field& field, std::string_view part) {
  return "in " + in_quotes(part) + " (" + std::string(field.name) + ") ";
}

std::optional<int> plain_number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  return whole && is_digit(text[0]) ? std::optional(value) : std::nullopt;
}

std::optional<int> number_or_name(const Field& field, std::string_view text) {
  if (text.size() != 3 || !is_letter(text[0])) return plain_number(text);
  for (std::size_t at = 0; at < field.names.size(); at += 3) {
    const std::string_view name = field.names.substr(at, 3);
    if (to_lower(text[0]) == name[0] && to_lower(text[1]) == name[1] &&
        to_lower(text[2]) == name[2]) {
      return field.low + static_cast<int>(at / 3);
    }
  }
  return std::nullopt;
}

Problem bound_problem(const Field& field, std::string_view part, std::string_view text, int& out) {
  const auto value = number_or_name(field, text);
  if (!value) return of_field(field, part) + in_quotes(text) + " is no number";
  if (*value == 7 && field.high == 6) {
    return of_field(field, part) + "not every cron reads 7 as Sunday; write 0";
  }
  if (*value < field.low || *value > field.high) {
    return of_field(field, part) + std::string(text) + " is outside " + std::to_string(field.low) +
           " to " + std::to_string(field.high);
  }
  out = *value;
  return std::nullopt;
}

Problem step_problem(const Field& field, std::string_view part, std::string_view text) {
  const auto step = plain_number(text);
  if (!step || *step < 1) {
    return of_field(field, part) + "the step " + in_quotes(text) + " is no number from 1 on";
  }
  const int values = field.high - field.low + 1;
  if (*step > values) {
    return of_field(field, part) + "the step " + std::to_string(*step) + " is larger than all " +
           std::to_string(values) + " values";
  }
  return std::nullopt;
}

/// One piece between commas; marks the values that it means.
Problem part_problem(const Field& field, std::string_view part, std::vector<bool>& values) {
  const bool has_step = part.find('/') != std::string_view::npos;
  std::string_view step = part;
  std::string_view span = take_until(step, '/');
  int first = field.low;
  int last = field.high;
  const bool is_range = span.find('-') != std::string_view::npos;
  if (span != "*") {
    std::string_view end = span;
    const std::string_view begin = take_until(end, '-');
    if (auto problem = bound_problem(field, part, begin, first)) return problem;
    last = first;
    if (is_range) {
      if (auto problem = bound_problem(field, part, end, last)) return problem;
    }
    if (first > last) return of_field(field, part) + "the range ends before it begins";
  }
  if (has_step) {
    if (span != "*" && !is_range) {
      return of_field(field, part) + "a step needs a range: " +
             in_quotes(std::string(span) + "-" + std::to_string(field.high) + "/" +
                       std::string(step));
    }
    if (auto problem = step_problem(field, part, step)) return problem;
  }
  const int stride = has_step ? plain_number(step).value_or(1) : 1;
  for (int value = first; value <= last; value += stride) {
    values[static_cast<std::size_t>(value)] = true;
  }
  return std::nullopt;
}

Problem field_problem(const Field& field, std::string_view text, std::vector<bool>& values) {
  values.assign(static_cast<std::size_t>(field.high) + 1, false);
  for (bool last = false; !last;) {
    last = text.find(',') == std::string_view::npos;
    const std::string_view part = take_until(text, ',');
    if (part.empty()) return "the " + std::string(field.name) + " has an empty part";
    if (auto problem = part_problem(field, part, values)) return problem;
  }
  return std::nullopt;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == ' ' || text[at] == '\t') {
      ++at;
      continue;
    }
    const std::size_t end = std::min(text.find_first_of(" \t", at), text.size());
    words.push_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

bool some_day_exists(const std::vector<bool>& days, const std::vector<bool>& months) {
  constexpr std::array<std::size_t, 13> kDays{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  for (std::size_t month = 1; month <= 12; ++month) {
    for (std::size_t day = 1; months[month] && day <= kDays[month]; ++day) {
      if (days[day]) return true;
    }
  }
  return false;
}

Problem shorthand_problem(std::string_view text) {
  for (const std::string_view known : kShorthands) {
    if (text == known) return std::nullopt;
  }
  return in_quotes(text) + " is not one of @hourly, @daily, @weekly, @monthly, @yearly";
}

}  // namespace

Problem cron_problem(std::string_view text) {
  if (text.empty()) return "it is empty";
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_control(text[i]) && text[i] != '\t') return "it has " + shown_character(text, i);
  }
  const auto words = words_of(text);
  if (words.size() == 1 && words[0][0] == '@') return shorthand_problem(words[0]);
  if (words.size() != kFields.size()) {
    return "it has " + std::to_string(words.size()) + (words.size() == 1 ? " field" : " fields") +
           "; cron has five: minute, hour, day of month, month, day of week";
  }
  std::array<std::vector<bool>, kFields.size()> values;
  for (std::size_t i = 0; i < kFields.size(); ++i) {
    if (auto problem = field_problem(kFields[i], words[i], values[i])) return problem;
  }
  // A day of week that is not `*` is an alternative to the day of month, so it still runs then.
  if (words[4][0] == '*' && !some_day_exists(values[2], values[3])) {
    return "no month of those has such a day, so it never runs";
  }
  return std::nullopt;
}

}  // namespace hlab::values
