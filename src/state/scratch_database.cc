// SPDX-License-Identifier: Apache-2.0
#include "state/scratch_database.h"

#include "base/text.h"

namespace godwit::state {

ScratchDatabase ScratchDatabase::Like(engine::Database& database) {
  ScratchDatabase scratch;
  if (database.dialect().is_embedded()) {
    scratch.folder_ = std::make_unique<ScratchFolder>();
    scratch.dsn_ = Cat("sqlite:", scratch.folder_->path(), "/scratch.db");
    return scratch;
  }
  scratch.cluster_ = ScratchCluster::Start(database.major_version());
  scratch.dsn_ = scratch.cluster_->NewDatabase();
  return scratch;
}

}  // namespace godwit::state
