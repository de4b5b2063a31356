// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "migrate/formats/format.h"

// The rows of the table in format.cc, one file each.
namespace godwit::migrate {

NameVerdict ReadGooseName(std::string_view file_name);
ParsedMigration ParseGoose(const Migration& migration,
                           const sql::Lexicon& lexicon,
                           const Environment& environment);
std::vector<Format::NewFile> CreateGoose(std::string_view version,
                                         std::string_view title);
std::vector<Format::NewFile> WriteGoose(std::string_view version,
                                        std::string_view title,
                                        const Written& migration);

NameVerdict ReadPairsName(std::string_view file_name);
ParsedMigration ParsePairs(const Migration& migration,
                           const sql::Lexicon& lexicon,
                           const Environment& environment);
std::vector<Format::NewFile> CreatePairs(std::string_view version,
                                         std::string_view title);
std::vector<Format::NewFile> WritePairs(std::string_view version,
                                        std::string_view title,
                                        const Written& migration);

NameVerdict ReadDbmateName(std::string_view file_name);
ParsedMigration ParseDbmate(const Migration& migration,
                            const sql::Lexicon& lexicon,
                            const Environment& environment);
std::vector<Format::NewFile> CreateDbmate(std::string_view version,
                                          std::string_view title);
std::vector<Format::NewFile> WriteDbmate(std::string_view version,
                                         std::string_view title,
                                         const Written& migration);

NameVerdict ReadFlywayName(std::string_view file_name);
ParsedMigration ParseFlyway(const Migration& migration,
                            const sql::Lexicon& lexicon,
                            const Environment& environment);
std::vector<Format::NewFile> CreateFlyway(std::string_view version,
                                          std::string_view title);
std::vector<Format::NewFile> WriteFlyway(std::string_view version,
                                         std::string_view title,
                                         const Written& migration);

NameVerdict ReadPlainName(std::string_view file_name);
ParsedMigration ParsePlain(const Migration& migration,
                           const sql::Lexicon& lexicon,
                           const Environment& environment);
std::vector<Format::NewFile> CreatePlain(std::string_view version,
                                         std::string_view title);
std::vector<Format::NewFile> WritePlain(std::string_view version,
                                        std::string_view title,
                                        const Written& migration);

}  // namespace godwit::migrate
