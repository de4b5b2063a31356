// SPDX-License-Identifier: Apache-2.0
#include "command/settings.h"

#include "base/duration.h"
#include "base/text.h"
#include "godwit/error.h"
#include "migrate/tracker.h"

namespace godwit::command {

namespace {

[[noreturn]] void BadValue(std::string_view flag, std::string_view value,
                           std::string_view known) {
  throw Error(ErrorCode::kUsage, Cat("'", value, "' is no value of ", flag),
              Cat("it takes ", known));
}

// One of two words.
template <typename Field, typename T>
void Choose(Field& field, std::string_view flag, const std::string& value,
            std::string_view first, T one, std::string_view second, T other) {
  if (value.empty()) return;
  if (value != first && value != second)
    BadValue(flag, value, Cat(first, " or ", second));
  field = value == first ? one : other;
}

void ReadDuration(std::chrono::milliseconds& field, std::string_view flag,
                  const std::string& value) {
  if (value.empty()) return;
  const auto duration = ParseDuration(value);
  if (!duration) BadValue(flag, value, "a duration such as 500ms, 30s or 2m");
  field = *duration;
}

}  // namespace

std::optional<migrate::FormatKind> ParseFormat(std::string_view name) {
  if (name.empty() || name == "auto") return std::nullopt;
  const migrate::Format* format = migrate::FindFormat(name);
  if (format) return format->kind;
  std::string known = "auto";
  for (const migrate::Format& row : migrate::Formats())
    known += Cat(", ", row.name);
  BadValue("--format", name, known);
}

MigrateOptions ReadOptions(const Flags& flags, MigrateOptions options) {
  if (!flags.tracker.empty()) options.tracker = flags.tracker;
  if (!flags.tracker_kind.empty()) {
    const migrate::TrackerEntry* entry =
        migrate::FindTracker(flags.tracker_kind);
    if (!entry)
      BadValue("--tracker-kind", flags.tracker_kind,
               "applied-set, goose, golang-migrate or dbmate");
    options.tracker_kind = entry->kind;
  }
  Choose(options.out_of_order, "--out-of-order", flags.out_of_order, "apply",
         OutOfOrder::kApply, "refuse", OutOfOrder::kRefuse);
  Choose(options.on_drift, "--on-drift", flags.on_drift, "refuse",
         OnDrift::kRefuse, "warn", OnDrift::kWarn);
  Choose(options.on_missing, "--on-missing", flags.on_missing, "warn",
         OnMissing::kWarn, "refuse", OnMissing::kRefuse);
  ReadDuration(options.lock_wait, "--lock-wait", flags.lock_wait);
  ReadDuration(options.lock_timeout, "--lock-timeout", flags.lock_timeout);
  return options;
}

}  // namespace godwit::command
