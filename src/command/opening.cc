// SPDX-License-Identifier: Apache-2.0
#include "command/opening.h"

#include <utility>

#include "engine/dsn.h"

namespace godwit::command {

Opening::Opening(std::string dsn, ConnectOptions options)
    : dsn_(std::move(dsn)),
      options_(std::move(options)),
      callers_stop_(std::exchange(options_.stop, stop_.get_token()),
                    Pass{stop_}) {
  if (!engine::NamesServer(dsn_)) return;
  opened_ = std::async(std::launch::async,
                       [this] { return Connection::Open(dsn_, options_); });
}

Connection Opening::Take() {
  return opened_.valid() ? opened_.get() : Connection::Open(dsn_, options_);
}

}  // namespace godwit::command
