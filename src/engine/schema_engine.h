// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "godwit/connection.h"
#include "schema/catalog.h"
#include "schema/declared.h"
#include "schema/language.h"
#include "schema/plan.h"

namespace godwit::engine {

// What an engine knows of whole schemas.
class SchemaEngine {
 public:
  virtual ~SchemaEngine() = default;

  // Everything in the database but what is the database's own, members of
  // extensions, and godwit's and other runners' tables. A handful of queries,
  // one round trip. Throws Error(kStatementFailed).
  virtual schema::Catalog Inspect(Connection& connection) const = 0;

  // The statements that turn `from` into `to`, in an order that works. Pure:
  // the same catalogs give the same plan. From the empty catalog it is the
  // declarative form of `to`. Two catalogs mean the same where their plan has
  // no change: layout and comments make none.
  virtual schema::Plan MakePlan(const schema::Catalog& from,
                                const schema::Catalog& to,
                                const schema::PlanOptions& options) const = 0;

  // Takes out of both what the plan between them, and nothing that it touches,
  // has to do with: what is left is enough to try it on. By itself nothing.
  virtual void LeaveOutUntouched(const schema::Plan& plan,
                                 schema::Catalog& from,
                                 schema::Catalog& to) const;

  // What may stand in a document that declares a schema.
  virtual const schema::Language& language() const = 0;

  // The statements that make what is declared, out of declarations that keep to
  // the language. Pure. Throws Error(kUnsupported) where the engine cannot.
  virtual schema::Declared Declare(
      const std::vector<schema::Declaration>& declarations) const;

  // A catalog as declarations, in the order and the forms in which a document
  // has them: what is made from them is the catalog again. Pure. Throws
  // Error(kUnsupported) where the engine cannot.
  virtual std::vector<schema::Declaration> Describe(
      const schema::Catalog& catalog) const;
};

// Throws Error(kUnsupported) where the engine is not built in.
const SchemaEngine& SchemaEngineOf(EngineKind engine);

}  // namespace godwit::engine
