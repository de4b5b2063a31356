// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace godwit::sql {

// What a statement's head tells about how it may run. Several may hold.
enum Trait : std::uint32_t {
  kTransactionControl =
      1u << 0,  // BEGIN, START TRANSACTION, COMMIT, END, ROLLBACK, ABORT,
                // PREPARE TRANSACTION, COMMIT/ROLLBACK PREPARED, AND CHAIN
  kOpensTransaction = 1u << 1,   // BEGIN, START TRANSACTION
  kClosesTransaction = 1u << 2,  // COMMIT, END, ROLLBACK, ABORT (not ROLLBACK
                                 // TO), PREPARE TRANSACTION
  kSavepoint = 1u << 3,          // SAVEPOINT, RELEASE, ROLLBACK TO
  kNoTransaction = 1u << 4,      // cannot run in a transaction block
  kCopyFromStdin = 1u << 5,
  kOwnStep = 1u << 6,            // SQLite: PRAGMA, VACUUM, ATTACH, DETACH
  kForeignKeysPragma = 1u << 7,  // SQLite: PRAGMA foreign_keys = …
  kForbidden = 1u << 8,          // DISCARD ALL, pg_advisory_unlock_all()
  kHarmless = 1u << 9,  // leaves no trace in the session: the closed list
  kDropTable = 1u << 10,
  kCommitsTransaction =
      1u << 11,  // COMMIT or END, plain: without PREPARED, without AND CHAIN
  kEmpty = 1u << 12,         // no token but a semicolon
  kCopyToStdout = 1u << 13,  // its rows would come to us
  // PostgreSQL: SET TRANSACTION that has to come before any query.
  kTransactionMode = 1u << 14,
  kCanShare = 1u << 15,  // for certain: what it does can be committed together
                         // with what is written about it
};

struct HeadView;  // sql/head.h

// The lexical facts of one dialect, and how it reads a statement's head. The
// tables themselves are the engines': engine/postgres/lexicon.cc and
// engine/sqlite/lexicon.cc.
struct Lexicon {
  bool nested_comments = false;       // /* /* */ */ is one comment
  bool dollar_quotes = false;         // $tag$ … $tag$
  bool escape_strings = false;        // E'it\'s'
  bool bracket_identifiers = false;   // [a b]
  bool backtick_identifiers = false;  // `a b`
  bool folds_names = false;           // a plain name means its lower case
  bool copy_data = false;             // COPY … FROM stdin; and its lines
  bool psql_commands = false;   // a backslash at a statement's start is psql's
  bool atomic_bodies = false;   // BEGIN ATOMIC … END
  bool trigger_bodies = false;  // CREATE TRIGGER … BEGIN … END
  bool rule_bodies = false;     // CREATE RULE … DO (…; …)
  bool carriage_return_ends_comment =
      false;  // `-- a` ends at CR too, not at LF alone
  // Names in lower case whose occurrence anywhere in a statement matters, plain
  // or quoted; at most 32.
  std::span<const std::string_view> watched_words;
  // The traits of a statement.
  std::uint32_t (*classify)(const HeadView& head) = nullptr;
};

}  // namespace godwit::sql
