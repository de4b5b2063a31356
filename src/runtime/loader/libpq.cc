// SPDX-License-Identifier: Apache-2.0
// libpq, loaded when its first function is called. With it come 24 libraries
// that cost 4 ms at each start; whoever works on SQLite, or asks for help, does
// not pay them. The command links this in place of libpq. A function that is
// missing here does not link: it gets its line.
#include <dlfcn.h>
#include <libpq-fe.h>

#include "base/text.h"
#include "godwit/error.h"

namespace godwit::internal {

namespace {

// All of libpq 10 and later; the major version of the interface never changed.
constexpr const char* kLibrary = "libpq.so.5";

void* Library() {
  static void* const library = dlopen(kLibrary, RTLD_LAZY | RTLD_LOCAL);
  if (library != nullptr) return library;
  const char* const reason = dlerror();
  throw Error(ErrorCode::kUnsupported,
              Cat("PostgreSQL's client library cannot be loaded: ",
                  reason == nullptr ? kLibrary : reason),
              "install it (Debian: libpq5)");
}

template <typename Function>
Function Find(const char* name) {
  void* const found = dlsym(Library(), name);
  if (found == nullptr) {
    throw Error(ErrorCode::kUnsupported,
                Cat("PostgreSQL's client library is too old: it has no ", name),
                "install version 14 or later");
  }
  return reinterpret_cast<Function>(found);
}

}  // namespace

}  // namespace godwit::internal

// Defines `name` as libpq-fe.h declares it.
#define LOADED(result_type, name, parameters, arguments) \
  extern "C" result_type name parameters {               \
    static const auto function =                         \
        godwit::internal::Find<decltype(&name)>(#name);  \
    return function arguments;                           \
  }

// clang-format off
LOADED(int, PQbackendPID, (const PGconn* connection), (connection))
LOADED(int, PQcancel, (PGcancel* request, char* buffer, int size), (request, buffer, size))
LOADED(void, PQclear, (PGresult* result), (result))
LOADED(char*, PQcmdStatus, (PGresult* result), (result))
LOADED(char*, PQcmdTuples, (PGresult* result), (result))
LOADED(PostgresPollingStatusType, PQconnectPoll, (PGconn* connection), (connection))
LOADED(PGconn*, PQconnectStartParams, (const char* const* keywords, const char* const* values, int expand), (keywords, values, expand))
LOADED(PQconninfoOption*, PQconninfo, (PGconn* connection), (connection))
LOADED(void, PQconninfoFree, (PQconninfoOption* options), (options))
LOADED(PQconninfoOption*, PQconninfoParse, (const char* text, char** message), (text, message))
LOADED(int, PQconsumeInput, (PGconn* connection), (connection))
LOADED(char*, PQdb, (const PGconn* connection), (connection))
LOADED(int, PQenterPipelineMode, (PGconn* connection), (connection))
LOADED(char*, PQerrorMessage, (const PGconn* connection), (connection))
LOADED(int, PQexitPipelineMode, (PGconn* connection), (connection))
LOADED(void, PQfinish, (PGconn* connection), (connection))
LOADED(int, PQflush, (PGconn* connection), (connection))
LOADED(char*, PQfname, (const PGresult* result, int column), (result, column))
LOADED(void, PQfreeCancel, (PGcancel* request), (request))
LOADED(void, PQfreemem, (void* memory), (memory))
LOADED(Oid, PQftable, (const PGresult* result, int column), (result, column))
LOADED(int, PQftablecol, (const PGresult* result, int column), (result, column))
LOADED(Oid, PQftype, (const PGresult* result, int column), (result, column))
LOADED(PGcancel*, PQgetCancel, (PGconn* connection), (connection))
LOADED(int, PQgetCopyData, (PGconn* connection, char** buffer, int asynchronous), (connection, buffer, asynchronous))
LOADED(PGresult*, PQgetResult, (PGconn* connection), (connection))
LOADED(int, PQgetisnull, (const PGresult* result, int row, int column), (result, row, column))
LOADED(int, PQgetlength, (const PGresult* result, int row, int column), (result, row, column))
LOADED(char*, PQgetvalue, (const PGresult* result, int row, int column), (result, row, column))
LOADED(char*, PQhost, (const PGconn* connection), (connection))
LOADED(char*, PQhostaddr, (const PGconn* connection), (connection))
LOADED(int, PQisBusy, (PGconn* connection), (connection))
LOADED(int, PQlibVersion, (), ())
LOADED(int, PQnfields, (const PGresult* result), (result))
LOADED(PGnotify*, PQnotifies, (PGconn* connection), (connection))
LOADED(int, PQnparams, (const PGresult* result), (result))
LOADED(int, PQntuples, (const PGresult* result), (result))
LOADED(const char*, PQparameterStatus, (const PGconn* connection, const char* name), (connection, name))
LOADED(Oid, PQparamtype, (const PGresult* result, int number), (result, number))
LOADED(PGpipelineStatus, PQpipelineStatus, (const PGconn* connection), (connection))
LOADED(int, PQpipelineSync, (PGconn* connection), (connection))
LOADED(char*, PQport, (const PGconn* connection), (connection))
LOADED(int, PQputCopyData, (PGconn* connection, const char* buffer, int size), (connection, buffer, size))
LOADED(int, PQputCopyEnd, (PGconn* connection, const char* message), (connection, message))
LOADED(char*, PQresultErrorField, (const PGresult* result, int field), (result, field))
LOADED(char*, PQresultErrorMessage, (const PGresult* result), (result))
LOADED(ExecStatusType, PQresultStatus, (const PGresult* result), (result))
LOADED(int, PQsendDescribePrepared, (PGconn* connection, const char* name), (connection, name))
LOADED(int, PQsendFlushRequest, (PGconn* connection), (connection))
LOADED(int, PQsendPrepare, (PGconn* connection, const char* name, const char* sql, int count, const Oid* types), (connection, name, sql, count, types))
LOADED(int, PQsendQueryParams, (PGconn* connection, const char* sql, int count, const Oid* types, const char* const* values, const int* lengths, const int* formats, int format), (connection, sql, count, types, values, lengths, formats, format))
LOADED(int, PQsendQueryPrepared, (PGconn* connection, const char* name, int count, const char* const* values, const int* lengths, const int* formats, int format), (connection, name, count, values, lengths, formats, format))
LOADED(int, PQserverVersion, (const PGconn* connection), (connection))
LOADED(PQnoticeReceiver, PQsetNoticeReceiver, (PGconn* connection, PQnoticeReceiver receiver, void* argument), (connection, receiver, argument))
LOADED(int, PQsetSingleRowMode, (PGconn* connection), (connection))
LOADED(int, PQsetnonblocking, (PGconn* connection, int argument), (connection, argument))
LOADED(int, PQsocket, (const PGconn* connection), (connection))
LOADED(ConnStatusType, PQstatus, (const PGconn* connection), (connection))
LOADED(PGTransactionStatusType, PQtransactionStatus, (const PGconn* connection), (connection))
LOADED(char*, PQuser, (const PGconn* connection), (connection))
// clang-format on
