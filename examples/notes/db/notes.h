// Made by godwit from queries/notes.sql; changes in here are lost.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "godwit/executor.h"

namespace notes::db {

std::int64_t AddNote(godwit::Executor db,
                     std::string_view title,
                     std::string_view body);

// Nothing where the note has the tag.
void AddTag(godwit::Executor db, std::int64_t note_id, std::string_view tag);

struct EditNoteParams {
  std::string title;
  std::string body;
  std::int64_t id = 0;
  bool operator==(const EditNoteParams&) const = default;
};

std::int64_t EditNote(godwit::Executor db, const EditNoteParams& params);

std::int64_t DeleteNote(godwit::Executor db, std::int64_t id);

struct ListNotesRow {
  std::int64_t id = 0;
  std::string title;
  std::string body;
  std::string tags;
  bool operator==(const ListNotesRow&) const = default;
};

// The newest first.
std::vector<ListNotesRow> ListNotes(godwit::Executor db);

struct SearchNotesRow {
  std::int64_t id = 0;
  std::string title;
  std::string body;
  std::string tags;
  bool operator==(const SearchNotesRow&) const = default;
};

// The best first; `words` is in the query language of FTS5.
std::vector<SearchNotesRow> SearchNotes(godwit::Executor db,
                                        std::string_view words);

}  // namespace notes::db
