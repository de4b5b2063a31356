// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace godwit {

class Connection;
class Lease;
class Transaction;

// What a generated function runs on: a connection, a transaction of one, or
// what a pool has lent. It is made where it is needed and owns nothing.
class Executor {
 public:
  Executor(Connection& connection) : connection_(&connection) {}
  Executor(Transaction& transaction);
  Executor(Lease& lease);

  Connection& connection() const { return *connection_; }

 private:
  Connection* connection_;
};

}  // namespace godwit
