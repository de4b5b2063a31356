// SPDX-License-Identifier: Apache-2.0
// What is rarely met, and default privileges.
#include "base/text.h"
#include "engine/postgres/schema/names.h"
#include "engine/postgres/schema/reader.h"

namespace godwit::engine::pg {

namespace {

// Each of these gives: catalog, oid, kind, identity, statements.

constexpr std::string_view kCasts = R"(
SELECT 2605::int8, c.oid::int8, 'CAST', '(' || s || ' AS ' || t || ')',
       'CREATE CAST (' || s || ' AS ' || t || ') ' ||
       CASE c.castmethod WHEN 'f' THEN 'WITH FUNCTION ' ||
              c.castfunc::regprocedure
            WHEN 'i' THEN 'WITH INOUT' ELSE 'WITHOUT FUNCTION' END ||
       CASE c.castcontext WHEN 'a' THEN ' AS ASSIGNMENT'
            WHEN 'i' THEN ' AS IMPLICIT' ELSE '' END
  FROM pg_catalog.pg_cast c,
       LATERAL (SELECT pg_catalog.format_type(c.castsource, NULL) AS s,
                       pg_catalog.format_type(c.casttarget, NULL) AS t) x
 WHERE c.oid >= 16384
   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
                    WHERE d.classid = 'pg_catalog.pg_cast'::regclass
                      AND d.objid = c.oid AND d.deptype = 'i'))";

constexpr std::string_view kOperators = R"(
SELECT 2617::int8, o.oid::int8, 'OPERATOR',
       quote_ident(n.nspname) || '.' || o.oprname || ' (' || l || ', ' || r ||
       ')',
       'CREATE OPERATOR ' || quote_ident(n.nspname) || '.' || o.oprname ||
       ' (FUNCTION = ' || o.oprcode::regproc ||
       CASE WHEN o.oprleft <> 0 THEN ', LEFTARG = ' || l ELSE '' END ||
       CASE WHEN o.oprright <> 0 THEN ', RIGHTARG = ' || r ELSE '' END ||
       CASE WHEN o.oprcom <> 0 AND com.oprcode <> 0 OR o.oprcom = o.oid
            THEN ', COMMUTATOR = OPERATOR(' ||
         quote_ident(cn.nspname) || '.' || com.oprname || ')' ELSE '' END ||
       CASE WHEN o.oprnegate <> 0 THEN ', NEGATOR = OPERATOR(' ||
         quote_ident(nn.nspname) || '.' || neg.oprname || ')' ELSE '' END ||
       CASE WHEN o.oprrest <> 0 THEN ', RESTRICT = ' || o.oprrest::regproc
            ELSE '' END ||
       CASE WHEN o.oprjoin <> 0 THEN ', JOIN = ' || o.oprjoin::regproc
            ELSE '' END ||
       CASE WHEN o.oprcanhash THEN ', HASHES' ELSE '' END ||
       CASE WHEN o.oprcanmerge THEN ', MERGES' ELSE '' END || ')'
  FROM pg_catalog.pg_operator o
  JOIN pg_catalog.pg_namespace n ON n.oid = o.oprnamespace
  LEFT JOIN pg_catalog.pg_operator com ON com.oid = o.oprcom
  LEFT JOIN pg_catalog.pg_namespace cn ON cn.oid = com.oprnamespace
  LEFT JOIN pg_catalog.pg_operator neg ON neg.oid = o.oprnegate
  LEFT JOIN pg_catalog.pg_namespace nn ON nn.oid = neg.oprnamespace,
       LATERAL (SELECT CASE WHEN o.oprleft = 0 THEN 'NONE' ELSE
                         pg_catalog.format_type(o.oprleft, NULL) END AS l,
                       CASE WHEN o.oprright = 0 THEN 'NONE' ELSE
                         pg_catalog.format_type(o.oprright, NULL) END AS r) x
 WHERE o.oprcode <> 0 AND)";

// {locale}, {rules}: named and placed differently by version.
constexpr std::string_view kCollations = R"(
SELECT 3456::int8, c.oid::int8, 'COLLATION',
       quote_ident(n.nspname) || '.' || quote_ident(c.collname),
       'CREATE COLLATION ' || quote_ident(n.nspname) || '.' ||
       quote_ident(c.collname) || ' (provider = ' ||
       CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin'
            ELSE 'libc' END ||
       CASE WHEN c.collisdeterministic THEN '' ELSE ', deterministic = false'
            END ||
       CASE WHEN c.collprovider <> 'c' THEN ', locale = ' ||
              quote_literal({locale})
            WHEN c.collcollate = c.collctype THEN ', locale = ' ||
              quote_literal(c.collcollate)
            ELSE ', lc_collate = ' || quote_literal(c.collcollate) ||
                 ', lc_ctype = ' || quote_literal(c.collctype) END ||
       {rules} || ')'
  FROM pg_catalog.pg_collation c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.collnamespace
 WHERE)";

constexpr std::string_view kDictionaries = R"(
SELECT 3600::int8, d.oid::int8, 'TEXT SEARCH DICTIONARY',
       quote_ident(n.nspname) || '.' || quote_ident(d.dictname),
       'CREATE TEXT SEARCH DICTIONARY ' || quote_ident(n.nspname) || '.' ||
       quote_ident(d.dictname) || ' (TEMPLATE = ' || quote_ident(m.nspname) ||
       '.' || quote_ident(t.tmplname) || coalesce(', ' || d.dictinitoption, '')
       || ')'
  FROM pg_catalog.pg_ts_dict d
  JOIN pg_catalog.pg_namespace n ON n.oid = d.dictnamespace
  JOIN pg_catalog.pg_ts_template t ON t.oid = d.dicttemplate
  JOIN pg_catalog.pg_namespace m ON m.oid = t.tmplnamespace
 WHERE)";

constexpr std::string_view kConfigurations = R"(
SELECT 3602::int8, c.oid::int8, 'TEXT SEARCH CONFIGURATION', name,
       'CREATE TEXT SEARCH CONFIGURATION ' || name || ' (PARSER = ' ||
       quote_ident(m.nspname) || '.' || quote_ident(p.prsname) || ')' ||
       coalesce((SELECT string_agg(E'\x1f' || 'ALTER TEXT SEARCH CONFIGURATION '
           || name || ' ADD MAPPING FOR ' || quote_ident(k.alias) || ' WITH '
           || k.dictionaries, '' ORDER BY k.tokid)
         FROM (SELECT t.alias, t.tokid,
                 string_agg(e.mapdict::regdictionary::text, ', '
                            ORDER BY e.mapseqno) AS dictionaries
                 FROM pg_catalog.pg_ts_config_map e
                 JOIN pg_catalog.ts_token_type(c.cfgparser) t
                   ON t.tokid = e.maptokentype
                WHERE e.mapcfg = c.oid GROUP BY t.alias, t.tokid) k), '')
  FROM pg_catalog.pg_ts_config c
  JOIN pg_catalog.pg_namespace n ON n.oid = c.cfgnamespace
  JOIN pg_catalog.pg_ts_parser p ON p.oid = c.cfgparser
  JOIN pg_catalog.pg_namespace m ON m.oid = p.prsnamespace,
       LATERAL (SELECT quote_ident(n.nspname) || '.' ||
                       quote_ident(c.cfgname) AS name) x
 WHERE)";

constexpr std::string_view kEventTriggers = R"(
SELECT 3466::int8, e.oid::int8, 'EVENT TRIGGER', quote_ident(e.evtname),
       'CREATE EVENT TRIGGER ' || quote_ident(e.evtname) || ' ON ' ||
       e.evtevent || coalesce(' WHEN TAG IN (' ||
         (SELECT string_agg(quote_literal(t), ', ' ORDER BY t)
            FROM unnest(e.evttags) t) || ')', '') ||
       ' EXECUTE FUNCTION ' || e.evtfoid::regproc || '()' ||
       CASE e.evtenabled WHEN 'O' THEN '' ELSE E'\x1f' ||
         'ALTER EVENT TRIGGER ' || quote_ident(e.evtname) ||
         CASE e.evtenabled WHEN 'D' THEN ' DISABLE' WHEN 'R' THEN
              ' ENABLE REPLICA' ELSE ' ENABLE ALWAYS' END END
  FROM pg_catalog.pg_event_trigger e ORDER BY e.evtname)";

void TakeOther(Reader& reader, Row& row) {
  const std::int64_t catalog = row.Number();
  const std::int64_t oid = row.Number();
  if (reader.IsMember(catalog, oid)) return;
  schema::OtherObject object;
  object.kind = row.Text();
  object.identity = row.Text();
  object.definition = row.List();
  object.comment = reader.Comment(catalog, oid);
  reader.Know({catalog, oid, 0},
              Cat(AsciiLower(object.kind), " ", object.identity));
  reader.catalog.others.push_back(std::move(object));
}

constexpr std::string_view kDefaultPrivileges = R"(
SELECT pg_catalog.pg_get_userbyid(d.defaclrole), n.nspname,
       CASE d.defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES'
            WHEN 'f' THEN 'FUNCTIONS' WHEN 'T' THEN 'TYPES'
            ELSE 'SCHEMAS' END,
       array_to_string(d.defaclacl, E'\x1f'),
       CASE WHEN d.defaclnamespace = 0 THEN array_to_string(
         pg_catalog.acldefault(CASE d.defaclobjtype WHEN 'S' THEN 's'
             ELSE d.defaclobjtype END::"char", d.defaclrole), E'\x1f') END,
       d.defaclrole = (SELECT oid FROM pg_catalog.pg_roles
                        WHERE rolname = current_user)
  FROM pg_catalog.pg_default_acl d
  LEFT JOIN pg_catalog.pg_namespace n ON n.oid = d.defaclnamespace
 WHERE d.defaclobjtype <> 'L'
 ORDER BY 1, 2, 3)";

void TakeDefaultPrivileges(Reader& reader, Row& row) {
  schema::DefaultPrivileges privileges;
  const std::string owner = row.Text();
  privileges.schema = row.Text();
  privileges.kind = row.Text();
  privileges.grants = ReadGrants(row, owner);
  if (!row.Flag()) privileges.role = owner;
  reader.catalog.default_privileges.push_back(std::move(privileges));
}

std::string CollationsSql(int version) {
  std::string sql(kCollations);
  const auto fill = [&sql](std::string_view hole, std::string_view text) {
    sql.replace(sql.find(hole), hole.size(), text);
  };
  fill("{locale}", version >= 170000   ? "c.colllocale"
                   : version >= 150000 ? "c.colliculocale"
                                       : "c.collcollate");
  fill("{rules}", version >= 160000 ? "coalesce(', rules = ' || "
                                      "quote_literal(c.collicurules), '')"
                                    : "''");
  return sql;
}

}  // namespace

std::vector<Question> OtherQuestions(int version) {
  const auto of_users = [](std::string_view sql) {
    return Question{Cat(sql, kUserNamespace, "ORDER BY 4"), TakeOther};
  };
  return {of_users(CollationsSql(version)),
          of_users(kOperators),
          {std::string(kCasts) + " ORDER BY 4", TakeOther},
          of_users(kDictionaries),
          of_users(kConfigurations),
          {std::string(kEventTriggers), TakeOther},
          {std::string(kDefaultPrivileges), TakeDefaultPrivileges}};
}

}  // namespace godwit::engine::pg
