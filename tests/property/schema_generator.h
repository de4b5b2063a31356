// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <rapidcheck.h>

#include "schema_model.h"

namespace godwit::property {

// Random schemas of few names, so that two of them have much in common.
rc::Gen<Model> AnyModel();

}  // namespace godwit::property

namespace rc {
template <>
struct Arbitrary<godwit::property::Model> {
  static Gen<godwit::property::Model> arbitrary() {
    return godwit::property::AnyModel();
  }
};
}  // namespace rc
