// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iterator>
#include <memory>
#include <utility>

namespace godwit {

namespace internal {
class PreparedQuery;
class Rows;
// Out of line, so that who only passes a stream on needs no more than this.
struct EndRows {
  void operator()(Rows* rows) const;
};
bool NextRow(Rows& rows);
}  // namespace internal

// The rows of a query, which stay with the database until they are asked for:
//
//   for (const Note& note : ListNotes(db)) …
//
// It may be left before its end. Until it has ended, its connection serves
// nothing else on PostgreSQL; the end of its transaction ends it.
template <typename Row>
class Stream {
 public:
  Stream(std::unique_ptr<internal::Rows> rows,
         void (*read)(internal::Rows&, Row&))
      : rows_(rows.release()), read_(read) {}

  // The next row, which stands until the next call; null behind the last.
  // Throws what the query's function would.
  Row* Next() {
    if (rows_ == nullptr) return nullptr;
    if (!internal::NextRow(*rows_)) {
      rows_.reset();
      return nullptr;
    }
    row_ = Row{};
    read_(*rows_, row_);
    return &row_;
  }

  // Goes forward only, and once.
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Row;
    using difference_type = std::ptrdiff_t;
    using pointer = Row*;
    using reference = Row&;

    Iterator() = default;
    explicit Iterator(Stream& stream) : stream_(&stream), row_(stream.Next()) {}
    Row& operator*() const { return *row_; }
    Row* operator->() const { return row_; }
    Iterator& operator++() {
      row_ = stream_->Next();
      return *this;
    }
    void operator++(int) { ++*this; }
    bool operator==(const Iterator& other) const { return row_ == other.row_; }

   private:
    Stream* stream_ = nullptr;
    Row* row_ = nullptr;
  };
  Iterator begin() { return Iterator(*this); }
  Iterator end() { return {}; }

 private:
  std::unique_ptr<internal::Rows, internal::EndRows> rows_;
  void (*read_)(internal::Rows&, Row&);
  Row row_{};
};

}  // namespace godwit
