// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

#include "engine/dialect.h"
#include "godwit/error.h"
#include "migrate/formats/format.h"
#include "migrate/migration.h"
#include "migrate/pending.h"

namespace godwit::migrate {

// How one section will run.
struct Runnable {
  std::span<const sql::StatementView>
      body;  // without a BEGIN … COMMIT around the whole file
  bool transaction = true;
  std::optional<ErrorInfo> refusal;
};

// BEGIN and its synonyms without options. With options (an isolation level) the
// file means more than the transaction that it runs in.
bool IsPlainBegin(const sql::StatementView& statement);

// Looks at a section's statements before anything runs: transaction control,
// statements that cannot run in a transaction, statements that would release
// the run's lock. Pure.
Runnable Check(const Section& section, const Format& format,
               const Migration& migration);

// A statement of an up that drops the tracker itself or its schema: the version
// could not be recorded. Null where there is none.
const sql::StatementView* FindTrackerDrop(
    std::span<const sql::StatementView> body, const sql::Lexicon& lexicon,
    const engine::TableName& tracker);
ErrorInfo RefuseTrackerDrop(const Section& section,
                            const sql::StatementView& statement,
                            const Migration& migration,
                            const std::string& tracker);

// The place of a statement, or of a position in it (code points from 1; 0: its
// start), in its file.
Place PlaceOf(const Section& section, const sql::StatementView& statement,
              int position);

// "migration 20 add_email"
std::string Name(const Migration& migration);

}  // namespace godwit::migrate
