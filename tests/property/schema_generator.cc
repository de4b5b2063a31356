// SPDX-License-Identifier: Apache-2.0
#include "schema_generator.h"

namespace godwit::property {

namespace {

rc::Gen<int> Below(int end) {
  return rc::gen::inRange(0, end);
}

template <typename T>
rc::Gen<std::vector<T>> Few(rc::Gen<T> gen, int end) {
  return rc::gen::mapcat(Below(end), [gen](int size) {
    return rc::gen::container<std::vector<T>>(static_cast<std::size_t>(size),
                                              gen);
  });
}

rc::Gen<bool> Seldom() {
  return rc::gen::map(Below(4), [](int number) { return number == 3; });
}

rc::Gen<ModelColumn> AnyColumn() {
  return rc::gen::build<ModelColumn>(
      rc::gen::set(&ModelColumn::name, Below(5)),
      rc::gen::set(&ModelColumn::type, Below(3)),
      rc::gen::set(&ModelColumn::not_null, Seldom()),
      rc::gen::set(&ModelColumn::default_value, Below(5)),
      rc::gen::set(&ModelColumn::check, Seldom()),
      rc::gen::set(&ModelColumn::collation, Below(3)),
      rc::gen::set(&ModelColumn::generated, rc::gen::map(Below(8), [](int n) {
        return n < 6 ? 0 : n - 5;
      })));
}

rc::Gen<ModelIndex> AnyIndex() {
  return rc::gen::build<ModelIndex>(
      rc::gen::set(&ModelIndex::name, Below(4)),
      rc::gen::set(&ModelIndex::columns, Few(Below(5), 3)),
      rc::gen::set(&ModelIndex::unique, Seldom()),
      rc::gen::set(&ModelIndex::descending, Seldom()),
      rc::gen::set(&ModelIndex::partial, Seldom()),
      rc::gen::set(&ModelIndex::expression, Seldom()));
}

rc::Gen<ModelTable> AnyTable() {
  return rc::gen::build<ModelTable>(
      rc::gen::set(&ModelTable::name, Below(4)),
      rc::gen::set(&ModelTable::columns, Few(AnyColumn(), 6)),
      rc::gen::set(&ModelTable::key, Below(3)),
      rc::gen::set(&ModelTable::unique_columns, Few(Below(5), 3)),
      rc::gen::set(&ModelTable::foreign_key, Below(4)),
      rc::gen::set(&ModelTable::on_delete, Below(3)),
      rc::gen::set(&ModelTable::form, Below(4)),
      rc::gen::set(&ModelTable::indexes, Few(AnyIndex(), 3)),
      rc::gen::set(&ModelTable::trigger, Seldom()),
      rc::gen::set(&ModelTable::rows, Below(4)));
}

}  // namespace

rc::Gen<Model> AnyModel() {
  return rc::gen::build<Model>(
      rc::gen::set(&Model::tables, Few(AnyTable(), 5)),
      rc::gen::set(&Model::views,
                   Few(rc::gen::build<ModelView>(
                           rc::gen::set(&ModelView::name, Below(3)),
                           rc::gen::set(&ModelView::of, Below(6))),
                       4)));
}

}  // namespace godwit::property
