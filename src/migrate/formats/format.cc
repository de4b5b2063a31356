// SPDX-License-Identifier: Apache-2.0
#include "migrate/formats/format.h"

#include "migrate/formats/kinds.h"

namespace godwit::migrate {

namespace {
constexpr Format kFormats[] = {
    {FormatKind::kGoose, "goose", "N_title.sql", ReadGooseName, ParseGoose,
     CreateGoose, WriteGoose, true},
    {FormatKind::kPairs, "pairs", "N_title.up.sql or N_title.down.sql",
     ReadPairsName, ParsePairs, CreatePairs, WritePairs, false},
    {FormatKind::kDbmate, "dbmate", "N_title.sql", ReadDbmateName, ParseDbmate,
     CreateDbmate, WriteDbmate, true},
    {FormatKind::kFlyway, "flyway", "VN__title.sql or UN__title.sql",
     ReadFlywayName, ParseFlyway, CreateFlyway, WriteFlyway, false},
    {FormatKind::kPlain, "plain", "N_title.sql", ReadPlainName, ParsePlain,
     CreatePlain, WritePlain, false},
};
}  // namespace

std::span<const Format> Formats() {
  return kFormats;
}

const Format* FindFormat(std::string_view name) {
  for (const Format& format : kFormats) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

const Format& FindFormat(FormatKind kind) {
  return kFormats[static_cast<std::size_t>(kind)];
}

}  // namespace godwit::migrate
