// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "schema/catalog.h"

namespace godwit::engine::pg {

// An identifier in SQL: in quotes where it needs them, as the server's
// quote_ident does.
std::string Quoted(std::string_view identifier);
// "public.users", with quotes where needed; without a schema the name alone.
std::string Quoted(const schema::Name& name);
// 'it''s', E'a\\b'.
std::string Literal(std::string_view text);

// What names one thing in a catalog, for dependencies: "table public.users".
std::string Key(std::string_view kind, const schema::Name& name);
// Of what belongs to a relation: "column public.users.id".
std::string Key(std::string_view kind, const schema::Name& parent,
                std::string_view name);
// "public.users.id", for people.
std::string Shown(const schema::Name& parent, std::string_view name);
// Of a routine: "routine public.f(integer, text)".
std::string Key(const schema::Routine& routine);
std::string Signature(const schema::Routine& routine);

}  // namespace godwit::engine::pg
