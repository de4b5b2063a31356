// SPDX-License-Identifier: Apache-2.0
// A library that is loaded before a program (LD_PRELOAD) and puts a shim of
// SQLite's own VFS in its place: what changes a database's files is counted
// and, at the operation that is asked for, goes wrong.
// https://sqlite.org/vfs.html
//
// GODWIT_FAULT=KIND:N     the kind, and at which operation, from 1
// GODWIT_FAULT_COUNT=FILE a file of eight bytes in which they are counted
//
// Kinds: kill (before the operation), torn (half of a write is done, then the
// kill), after (the kill follows the operation), full (from there on nothing
// grows any more), error (from there on nothing can be written).
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/mman.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string_view>

namespace {

enum class Kind { kNone, kKill, kTorn, kAfter, kFull, kError };

struct Plan {
  Kind kind = Kind::kNone;
  std::uint64_t at = 0;
  std::uint64_t* counted = nullptr;
};
Plan plan;                           // NOLINT: read from the environment, once
sqlite3_vfs* real;                   // NOLINT: SQLite's own
sqlite3_vfs shim;                    // NOLINT
sqlite3_io_methods methods_of_shim;  // NOLINT

struct File {
  sqlite3_file base;
  bool counts;  // belongs to a database, and is not temporary
  sqlite3_file* under() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

File* Of(sqlite3_file* file) {
  return reinterpret_cast<File*>(file);
}
sqlite3_file* Under(sqlite3_file* file) {
  return Of(file)->under();
}

[[noreturn]] void Die() {
  kill(getpid(), SIGKILL);
  while (true) pause();
}

// Whether the operation that begins is the one, or comes after it.
struct Moment {
  bool is_it = false;
  bool is_past = false;
};
Moment Count() {
  if (plan.counted == nullptr) return {};
  const std::uint64_t now = ++*plan.counted;
  return {plan.kind != Kind::kNone && now == plan.at,
          plan.kind != Kind::kNone && now >= plan.at};
}

// The fault before an operation: an error code, or SQLITE_OK to go on.
int Before(const Moment& moment, bool grows, int error) {
  if (moment.is_it && plan.kind == Kind::kKill) Die();
  if (moment.is_past && plan.kind == Kind::kFull && grows) return SQLITE_FULL;
  if (moment.is_past && plan.kind == Kind::kError) return error;
  return SQLITE_OK;
}

int After(const Moment& moment, int code) {
  const bool dies = plan.kind == Kind::kAfter || plan.kind == Kind::kTorn;
  if (moment.is_it && dies) Die();
  return code;
}

bool Grows(sqlite3_file* file, sqlite3_int64 end) {
  sqlite3_int64 size = 0;
  Under(file)->pMethods->xFileSize(Under(file), &size);
  return end > size;
}

int Write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
  const auto* methods = Under(file)->pMethods;
  if (!Of(file)->counts) return methods->xWrite(Under(file), bytes, size, at);
  const Moment moment = Count();
  const int fault = Before(moment, Grows(file, at + size), SQLITE_IOERR_WRITE);
  if (fault != SQLITE_OK) return fault;
  const bool torn = moment.is_it && plan.kind == Kind::kTorn;
  return After(moment,
               methods->xWrite(Under(file), bytes, torn ? size / 2 : size, at));
}

int Truncate(sqlite3_file* file, sqlite3_int64 size) {
  const auto* methods = Under(file)->pMethods;
  if (!Of(file)->counts) return methods->xTruncate(Under(file), size);
  const Moment moment = Count();
  const int fault = Before(moment, false, SQLITE_IOERR_TRUNCATE);
  if (fault != SQLITE_OK) return fault;
  return After(moment, methods->xTruncate(Under(file), size));
}

int Sync(sqlite3_file* file, int flags) {
  const auto* methods = Under(file)->pMethods;
  if (!Of(file)->counts) return methods->xSync(Under(file), flags);
  const Moment moment = Count();
  const int fault = Before(moment, false, SQLITE_IOERR_FSYNC);
  if (fault != SQLITE_OK) return fault;
  // Nothing here outlives the machine, so nobody waits for the disk.
  return After(moment, SQLITE_OK);
}

int ShmMap(sqlite3_file* file, int page, int size, int extend,
           void volatile** memory) {
  const auto* methods = Under(file)->pMethods;
  if (extend == 0)
    return methods->xShmMap(Under(file), page, size, extend, memory);
  const Moment moment = Count();
  const int fault = Before(moment, true, SQLITE_IOERR_SHMMAP);
  if (fault != SQLITE_OK) return fault;
  return After(moment,
               methods->xShmMap(Under(file), page, size, extend, memory));
}

int Close(sqlite3_file* file) {
  return Under(file)->pMethods->xClose(Under(file));
}
int Read(sqlite3_file* file, void* bytes, int size, sqlite3_int64 at) {
  return Under(file)->pMethods->xRead(Under(file), bytes, size, at);
}
int FileSize(sqlite3_file* file, sqlite3_int64* size) {
  return Under(file)->pMethods->xFileSize(Under(file), size);
}
int Lock(sqlite3_file* file, int level) {
  return Under(file)->pMethods->xLock(Under(file), level);
}
int Unlock(sqlite3_file* file, int level) {
  return Under(file)->pMethods->xUnlock(Under(file), level);
}
int CheckReservedLock(sqlite3_file* file, int* held) {
  return Under(file)->pMethods->xCheckReservedLock(Under(file), held);
}
int FileControl(sqlite3_file* file, int operation, void* argument) {
  return Under(file)->pMethods->xFileControl(Under(file), operation, argument);
}
int SectorSize(sqlite3_file* file) {
  return Under(file)->pMethods->xSectorSize(Under(file));
}
int DeviceCharacteristics(sqlite3_file* file) {
  return Under(file)->pMethods->xDeviceCharacteristics(Under(file));
}
int ShmLock(sqlite3_file* file, int offset, int count, int flags) {
  return Under(file)->pMethods->xShmLock(Under(file), offset, count, flags);
}
void ShmBarrier(sqlite3_file* file) {
  Under(file)->pMethods->xShmBarrier(Under(file));
}
int ShmUnmap(sqlite3_file* file, int remove) {
  return Under(file)->pMethods->xShmUnmap(Under(file), remove);
}

int Open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags,
         int* out_flags) {
  constexpr int kOfADatabase = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_MAIN_JOURNAL |
                               SQLITE_OPEN_WAL | SQLITE_OPEN_SUPER_JOURNAL;
  File* own = Of(file);
  own->base.pMethods = nullptr;
  own->counts = (flags & kOfADatabase) != 0 && name != nullptr;
  std::memset(own->under(), 0, static_cast<std::size_t>(real->szOsFile));
  const bool makes = own->counts && (flags & SQLITE_OPEN_CREATE) != 0 &&
                     access(name, F_OK) != 0;
  const Moment moment = makes ? Count() : Moment{};
  const int fault = Before(moment, true, SQLITE_CANTOPEN);
  if (fault != SQLITE_OK) return fault;
  const int code = real->xOpen(real, name, own->under(), flags, out_flags);
  if (own->under()->pMethods != nullptr) own->base.pMethods = &methods_of_shim;
  return After(moment, code);
}

int Delete(sqlite3_vfs*, const char* name, int sync_folder) {
  const Moment moment = Count();
  const int fault = Before(moment, false, SQLITE_IOERR_DELETE);
  if (fault != SQLITE_OK) return fault;
  return After(moment, real->xDelete(real, name, sync_folder));
}

void ReadPlan() {
  if (const char* path = std::getenv("GODWIT_FAULT_COUNT")) {
    const int file = open(path, O_RDWR | O_CLOEXEC);
    void* memory = file < 0 ? MAP_FAILED
                            : mmap(nullptr, sizeof(std::uint64_t),
                                   PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (file >= 0) close(file);
    if (memory != MAP_FAILED)
      plan.counted = static_cast<std::uint64_t*>(memory);
  }
  const char* fault = std::getenv("GODWIT_FAULT");
  const char* colon = fault == nullptr ? nullptr : std::strchr(fault, ':');
  if (colon == nullptr) return;
  constexpr struct {
    std::string_view name;
    Kind kind;
  } kKinds[] = {{"kill", Kind::kKill},
                {"torn", Kind::kTorn},
                {"after", Kind::kAfter},
                {"full", Kind::kFull},
                {"error", Kind::kError}};
  for (const auto& row : kKinds) {
    if (row.name == std::string_view(fault, colon - fault))
      plan.kind = row.kind;
  }
  plan.at = std::strtoull(colon + 1, nullptr, 10);
}

__attribute__((constructor)) void Register() {
  ReadPlan();
  real = sqlite3_vfs_find(nullptr);
  if (plan.counted == nullptr || real == nullptr) return;
  methods_of_shim = {3,
                     Close,
                     Read,
                     Write,
                     Truncate,
                     Sync,
                     FileSize,
                     Lock,
                     Unlock,
                     CheckReservedLock,
                     FileControl,
                     SectorSize,
                     DeviceCharacteristics,
                     ShmMap,
                     ShmLock,
                     ShmBarrier,
                     ShmUnmap,
                     nullptr,
                     nullptr};
  // Version 2: no mapped pages, whose writes nobody could count.
  methods_of_shim.iVersion = 2;
  shim = *real;
  shim.pNext = nullptr;
  shim.zName = "godwit-fault";
  shim.szOsFile = static_cast<int>(sizeof(File)) + real->szOsFile;
  shim.xOpen = Open;
  shim.xDelete = Delete;
  sqlite3_vfs_register(&shim, 1);
}

}  // namespace
