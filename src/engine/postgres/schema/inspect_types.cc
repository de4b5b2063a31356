// SPDX-License-Identifier: Apache-2.0
// Schemas, extensions, types and sequences.
#include "base/text.h"
#include "engine/postgres/schema/names.h"
#include "engine/postgres/schema/reader.h"

namespace godwit::engine::pg {

namespace {

using schema::Name;

constexpr std::string_view kSchemas = R"(
SELECT n.oid::int8, n.nspname, pg_catalog.pg_get_userbyid(n.nspowner),
       array_to_string(n.nspacl, E'\x1f'),
       array_to_string(coalesce(
         (SELECT p.initprivs FROM pg_catalog.pg_init_privs p
           WHERE p.classoid = 'pg_catalog.pg_namespace'::regclass
             AND p.objoid = n.oid),
         pg_catalog.acldefault('n', n.nspowner)), E'\x1f')
  FROM pg_catalog.pg_namespace n WHERE)";

void TakeSchema(Reader& reader, Row& row) {
  const std::int64_t oid = row.Number();
  if (reader.IsMember(kNamespaceClass, oid)) return;
  schema::Schema schema;
  schema.name = row.Text();
  schema.grants = ReadGrants(row);
  schema.comment = reader.Comment(kNamespaceClass, oid);
  // As every database is made.
  if (schema.name == "public" && schema.comment == "standard public schema")
    schema.comment.clear();
  reader.Know({kNamespaceClass, oid, 0}, Key("schema", {"", schema.name}));
  reader.catalog.schemas.push_back(std::move(schema));
}

constexpr std::string_view kExtensions = R"(
SELECT e.oid::int8, e.extname, n.nspname, e.extversion,
       e.extversion = (SELECT a.default_version
                         FROM pg_catalog.pg_available_extensions() a
                        WHERE a.name = e.extname)
  FROM pg_catalog.pg_extension e
  JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
 WHERE e.extname <> 'plpgsql' ORDER BY e.extname)";

void TakeExtension(Reader& reader, Row& row) {
  const std::int64_t oid = row.Number();
  schema::Extension extension;
  extension.name = row.Text();
  extension.schema = row.Text();
  extension.version = row.Text();
  extension.usual_version = row.Flag();
  extension.comment = reader.Comment(kExtensionClass, oid);
  const std::string key = Key("extension", {"", extension.name});
  reader.Know({kExtensionClass, oid, 0}, key);
  for (const auto& [member, owner] : reader.members)
    if (owner == oid) reader.Know(member, key);
  reader.catalog.extensions.push_back(std::move(extension));
}

constexpr std::string_view kTypes = R"(
SELECT t.oid::int8, n.nspname, t.typname, t.typtype, t.typrelid::int8,
       CASE WHEN t.typtype = 'd' THEN
         pg_catalog.format_type(t.typbasetype, t.typtypmod) END,
       CASE WHEN t.typtype = 'd' AND t.typcollation <> b.typcollation THEN
         (SELECT quote_ident(m.nspname) || '.' || quote_ident(o.collname)
            FROM pg_catalog.pg_collation o
            JOIN pg_catalog.pg_namespace m ON m.oid = o.collnamespace
           WHERE o.oid = t.typcollation) END,
       t.typnotnull,
       coalesce(pg_catalog.pg_get_expr(t.typdefaultbin, 0),
                quote_literal(t.typdefault)),
       pg_catalog.pg_get_userbyid(t.typowner),
       array_to_string(t.typacl, E'\x1f'),
       array_to_string(pg_catalog.acldefault('T', t.typowner), E'\x1f')
  FROM pg_catalog.pg_type t
  JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
  LEFT JOIN pg_catalog.pg_type b ON b.oid = t.typbasetype
  LEFT JOIN pg_catalog.pg_class c ON c.oid = t.typrelid
 WHERE (t.typtype IN ('e', 'd', 'r') OR c.relkind = 'c') AND)";

void TakeDomain(Reader& reader, std::int64_t oid, const Name& name, Row& row) {
  schema::Domain domain;
  domain.name = name;
  domain.type = row.Text();
  domain.collation = row.Text();
  domain.not_null = row.Flag();
  domain.default_value = row.Text();
  domain.grants = ReadGrants(row);
  domain.comment = reader.Comment(kTypeClass, oid);
  reader.catalog.domains.push_back(std::move(domain));
}

template <typename Type>
void TakeOtherType(Reader& reader, std::int64_t oid, const Name& name, Row& row,
                   std::vector<Type>& types) {
  Type type;
  type.name = name;
  for (int i = 0; i < 2; ++i) row.Text();
  row.Flag();
  row.Text();
  type.grants = ReadGrants(row);
  type.comment = reader.Comment(kTypeClass, oid);
  types.push_back(std::move(type));
}

void TakeType(Reader& reader, Row& row) {
  const std::int64_t oid = row.Number();
  if (reader.IsMember(kTypeClass, oid)) return;
  const Name name{row.Text(), row.Text()};
  const std::string kind = row.Text();
  const std::int64_t relation = row.Number();
  reader.Know({kTypeClass, oid, 0}, Key("type", name));
  schema::Catalog& catalog = reader.catalog;
  if (kind == "d") return TakeDomain(reader, oid, name, row);
  if (kind == "e") return TakeOtherType(reader, oid, name, row, catalog.enums);
  if (kind == "r") return TakeOtherType(reader, oid, name, row, catalog.ranges);
  reader.relations[relation] = {name, 'c', catalog.composites.size(), {}};
  reader.Know({kRelationClass, relation, 0}, Key("type", name));
  TakeOtherType(reader, oid, name, row, catalog.composites);
}

constexpr std::string_view kLabels = R"(
SELECT e.enumtypid::int8, e.enumlabel FROM pg_catalog.pg_enum e
 ORDER BY e.enumtypid, e.enumsortorder)";

void TakeLabel(Reader& reader, Row& row) {
  const auto key = reader.keys.find({kTypeClass, row.Number(), 0});
  if (key == reader.keys.end()) return;
  for (schema::Enum& type : reader.catalog.enums)
    if (Key("type", type.name) == key->second)
      type.labels.push_back(row.Text());
}

// {multirange}: from 14 on.
constexpr std::string_view kRanges = R"(
SELECT r.rngtypid::int8, pg_catalog.format_type(r.rngsubtype, NULL),
       (SELECT quote_ident(m.nspname) || '.' || quote_ident(o.opcname)
          FROM pg_catalog.pg_opclass o
          JOIN pg_catalog.pg_namespace m ON m.oid = o.opcnamespace
         WHERE o.oid = r.rngsubopc AND NOT o.opcdefault),
       (SELECT quote_ident(m.nspname) || '.' || quote_ident(o.collname)
          FROM pg_catalog.pg_collation o
          JOIN pg_catalog.pg_namespace m ON m.oid = o.collnamespace
          JOIN pg_catalog.pg_type s ON s.oid = r.rngsubtype
         WHERE o.oid = r.rngcollation AND o.oid <> s.typcollation),
       nullif(r.rngcanonical, 0)::regproc::text,
       nullif(r.rngsubdiff, 0)::regproc::text, {multirange}
  FROM pg_catalog.pg_range r WHERE r.rngtypid >= 16384)";

void TakeRange(Reader& reader, Row& row) {
  const auto key = reader.keys.find({kTypeClass, row.Number(), 0});
  if (key == reader.keys.end()) return;
  for (schema::Range& range : reader.catalog.ranges) {
    if (Key("type", range.name) != key->second) continue;
    std::string sql = Cat("CREATE TYPE ", Quoted(range.name), " AS RANGE (");
    sql += "subtype = " + row.Text();
    for (const std::string_view word :
         {"subtype_opclass", "collation", "canonical", "subtype_diff",
          "multirange_type_name"}) {
      const std::string value = row.Text();
      if (!value.empty()) sql += Cat(", ", word, " = ", value);
    }
    range.definition = sql + ")";
  }
}

constexpr std::string_view kSequences = R"(
SELECT c.oid::int8, n.nspname, c.relname, d.deptype, d.refobjid::int8,
       d.refobjsubid::int8, pg_catalog.format_type(s.seqtypid, NULL),
       s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle,
       c.relpersistence = 'u', pg_catalog.pg_get_userbyid(c.relowner),
       array_to_string(c.relacl, E'\x1f'),
       array_to_string(pg_catalog.acldefault('s', c.relowner), E'\x1f')
  FROM pg_catalog.pg_sequence s
  JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  LEFT JOIN pg_catalog.pg_depend d
    ON d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid
   AND d.refclassid = 'pg_catalog.pg_class'::regclass
   AND d.deptype IN ('a', 'i') AND d.refobjsubid > 0
 WHERE)";

schema::Identity ReadOptions(Row& row) {
  schema::Identity options;
  options.start = row.Number();
  options.increment = row.Number();
  options.minimum = row.Number();
  options.maximum = row.Number();
  options.cache = row.Number();
  options.cycle = row.Flag();
  return options;
}

void TakeIdentity(Reader& reader, const Reader::Relation& relation,
                  const std::string& column_name, const Name& name, Row& row) {
  row.Text();
  for (schema::Column& column : reader.catalog.tables[relation.index].columns) {
    if (column.name != column_name || !column.identity) continue;
    const bool always = column.identity->always;
    column.identity = ReadOptions(row);
    column.identity->always = always;
    column.identity_sequence = name.name;
  }
}

void TakeSequence(Reader& reader, Row& row) {
  const std::int64_t oid = row.Number();
  if (reader.IsMember(kRelationClass, oid)) return;
  schema::Sequence sequence;
  sequence.name = {row.Text(), row.Text()};
  const std::string link = row.Text();
  const std::int64_t table = row.Number();
  const auto number = static_cast<int>(row.Number());
  const Reader::Relation* owner = reader.FindRelation(table);
  if (!link.empty() && owner == nullptr) return;
  const std::string column =
      owner == nullptr ? std::string() : owner->columns.at(number);
  if (link == "i") {
    reader.Know({kRelationClass, oid, 0}, Key("column", owner->name, column));
    return TakeIdentity(reader, *owner, column, sequence.name, row);
  }
  sequence.type = row.Text();
  sequence.options = ReadOptions(row);
  sequence.unlogged = row.Flag();
  sequence.grants = ReadGrants(row);
  if (owner != nullptr) {
    sequence.owner_table = owner->name;
    sequence.owner_column = column;
  }
  sequence.comment = reader.Comment(kRelationClass, oid);
  reader.Know({kRelationClass, oid, 0}, Key("sequence", sequence.name));
  reader.catalog.sequences.push_back(std::move(sequence));
}

}  // namespace

std::vector<Question> TypeQuestions(int version) {
  std::string ranges(kRanges);
  const std::string_view hole = "{multirange}";
  ranges.replace(ranges.find(hole), hole.size(),
                 version >= 140000
                     ? "pg_catalog.format_type(r.rngmultitypid, NULL)"
                     : "NULL::text");
  return {
      {Cat(kSchemas, kUserNamespace, "ORDER BY n.nspname"), TakeSchema},
      {std::string(kExtensions), TakeExtension},
      {Cat(kTypes, kUserNamespace, "ORDER BY n.nspname, t.typname"), TakeType},
      {std::string(kLabels), TakeLabel},
      {ranges, TakeRange}};
}

std::vector<Question> SequenceQuestions() {
  return {{Cat(kSequences, kUserNamespace, "ORDER BY n.nspname, c.relname"),
           TakeSequence}};
}

}  // namespace godwit::engine::pg
