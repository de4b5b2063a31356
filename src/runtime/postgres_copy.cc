// SPDX-License-Identifier: Apache-2.0
#include "runtime/postgres_copy.h"

#include <poll.h>

namespace godwit::internal {

namespace {

constexpr std::size_t kPiece = 64 * 1024;

bool Readable(Wire& wire) {
  pollfd socket{PQsocket(wire.get()), POLLIN, 0};
  return poll(&socket, 1, 0) > 0;
}

// While data flows the server sends nothing but notices and an error. libpq
// keeps the error to itself until the data has ended, so bytes that arrive and
// are no notice mean: stop sending. Should that be wrong, the COPY fails; it is
// never cut.
bool ServerComplained(Wire& wire) {
  if (!Readable(wire)) return false;
  const std::size_t notices = wire.notices();
  wire.Read();
  PQisBusy(wire.get());  // parses
  return wire.notices() == notices;
}

void FlushAll(Wire& wire) {
  while (!wire.Flush()) wire.Wait(true);
}

void End(Wire& wire, const char* reason) {
  int ended = 0;
  while ((ended = PQputCopyEnd(wire.get(), reason)) == 0) FlushAll(wire);
  if (ended < 0) wire.SendFailed();
}

void Put(Wire& wire, std::string_view piece) {
  int put = 0;
  while ((put = PQputCopyData(wire.get(), piece.data(),
                              static_cast<int>(piece.size()))) == 0)
    FlushAll(wire);
  if (put < 0) wire.SendFailed();
}

}  // namespace

void SendCopyData(Wire& wire, const CopySource& source) {
  for (std::string_view data = source(); !data.empty(); data = source()) {
    while (!data.empty()) {
      const std::string_view piece = data.substr(0, kPiece);
      data.remove_prefix(piece.size());
      Put(wire, piece);
      bool complained = ServerComplained(wire);
      while (!complained && !wire.Flush()) {
        wire.Wait(true);
        complained = ServerComplained(wire);
      }
      if (complained) return End(wire, "the client stopped sending");
      if (wire.interrupted()) return End(wire, "interrupted");
    }
  }
  End(wire, nullptr);
}

void RefuseCopyData(Wire& wire) {
  End(wire, "there is no data");
}

void DropCopyData(Wire& wire) {
  while (true) {
    char* row = nullptr;
    const int length = PQgetCopyData(wire.get(), &row, 1);
    PQfreemem(row);
    if (length < 0) return;
    if (length > 0) continue;
    wire.Wait(!wire.Flush());
    wire.Read();
  }
}

}  // namespace godwit::internal
