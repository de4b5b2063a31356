// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace godwit::property {

// A schema as small numbers. Every value of it means some valid schema: what
// names nothing is left out, what would be there twice is there once. So each
// part can be taken away when a counter-example is made smaller.

struct ModelColumn {
  int name = 0;  // "c3"
  int type = 0;
  bool not_null = false;
  int default_value = 0;  // 0: none
  bool check = false;
  int collation = 0;  // of texts; 0: none
  int generated = 0;  // 0: no, 1: computed when read, 2: stored
};

struct ModelIndex {
  int name = 0;
  std::vector<int> columns;  // by their place
  bool unique = false;
  bool descending = false;
  bool partial = false;
  bool expression = false;
};

struct ModelTable {
  int name = 0;  // "t1"
  std::vector<ModelColumn> columns;
  int key = 0;  // 0: none, 1: a number of its own, 2: the first two columns
  std::vector<int> unique_columns;  // one constraint over all of them
  int foreign_key = 0;              // 0: none, else the table of this place
  int on_delete = 0;
  int form = 0;  // SQLite: STRICT, WITHOUT ROWID, AUTOINCREMENT
  std::vector<ModelIndex> indexes;
  bool trigger = false;
  int rows = 0;
};

struct ModelView {
  int name = 0;
  int of = 0;  // the relation of this place: tables, then views before it
};

struct Model {
  std::vector<ModelTable> tables;
  std::vector<ModelView> views;
};

// What engines say differently.
struct Words {
  std::vector<std::string> types;       // a number, a text, a fraction, …
  std::vector<std::string> collations;  // as behind COLLATE
  bool sqlite = false;                  // its table options, keys and triggers
};

// The statements that make it, in an order that works.
std::vector<std::string> SchemaSql(const Model& model, const Words& words);
// INSERTs for its rows. They may break constraints that another of them needs;
// those that do are left out.
std::vector<std::string> RowsSql(const Model& model, const Words& words);

std::ostream& operator<<(std::ostream& out, const Model& model);

}  // namespace godwit::property
