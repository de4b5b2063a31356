// SPDX-License-Identifier: Apache-2.0
#include "command/opening.h"

#include <utility>

#include "engine/dsn.h"

namespace godwit::command {

Opening::Opening(std::string dsn, ConnectOptions options, Use use)
    : dsn_(std::move(dsn)),
      options_(std::move(options)),
      use_(std::move(use)),
      callers_stop_(std::exchange(options_.stop, stop_.get_token()),
                    Pass{stop_}) {
  if (!engine::NamesServer(dsn_)) return;
  engine::LoadClient(dsn_);
  opened_ = std::async(std::launch::async, [this] { Open(); });
}

void Opening::Finish() {
  if (opened_.valid())
    opened_.get();
  else
    Open();
}

}  // namespace godwit::command
