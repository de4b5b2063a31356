// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "godwit/generated.h"

namespace godwit::internal {

enum class RowMode {
  kAll,     // what the run returns is fetched when it starts
  kStream,  // row by row, while they are asked for
};

// A query of generated code, prepared on one connection: its arguments, and the
// rows of its run. One run at a time.
class PreparedQuery {
 public:
  virtual ~PreparedQuery() = default;

  // Between Begin and End.
  bool in_use() const { return in_use_; }

  // Forgets the arguments of the run before. Those given now are borrowed until
  // Start; of a stream they are copied.
  virtual Arguments& Begin(RowMode mode) = 0;
  // False where the arguments have to be given again, in another form. Throws
  // Error(kStatementFailed).
  virtual bool Start() = 0;
  virtual bool Next() = 0;
  // The row that Next has given. Stands until the next one is asked for.
  std::span<const Field> row() const { return fields_; }
  virtual std::string ColumnName(std::size_t column) const = 0;
  virtual std::size_t count() const = 0;
  virtual std::int64_t changed() const = 0;
  // Runs what writes to its end; rows are dropped.
  virtual void Finish() = 0;
  // Ends what goes on with the database; who reads a stream is told that it has
  // ended. Must not throw.
  virtual void Abandon() = 0;
  // Ends a run, also one that was not read to its end. Must not throw.
  virtual void End() = 0;

  // `count` runs together; `read` is called for each that returns rows, which
  // stand as if it had been started. Throws the first error, with the index of
  // its run in `failed`.
  using Reader = Callback<void(std::size_t)>;
  virtual std::int64_t RunEach(std::size_t count, const EachBinder& bind,
                               const Reader& read, std::size_t& failed) = 0;
  // The same for an INSERT, by the COPY that does what it does. Nothing where
  // it cannot be used; no row was sent then.
  virtual std::optional<std::int64_t> CopyEach(std::string_view copy,
                                               std::size_t count,
                                               const EachBinder& bind,
                                               std::size_t& failed) = 0;

 protected:
  bool in_use_ = false;
  std::vector<Field> fields_;  // of a row
};

}  // namespace godwit::internal
