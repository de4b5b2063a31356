// SPDX-License-Identifier: Apache-2.0
#include "support/proxy.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <deque>
#include <list>
#include <stdexcept>
#include <vector>

#include "support/wire_message.h"

// One thread polls all sockets. What has been read waits in a queue until its
// moment has come, so a delay holds nothing back but the bytes themselves.
namespace godwit::test {

namespace {

using Clock = std::chrono::steady_clock;

// A client that sends faster than the server reads is not read any further.
constexpr std::size_t kMostQueued = 4 << 20;

struct Address {
  sockaddr_storage storage{};
  socklen_t size = 0;

  const sockaddr* get() const {
    return reinterpret_cast<const sockaddr*>(&storage);
  }
};

[[noreturn]] void Throw(const std::string& what) {
  throw std::runtime_error(what + ": " + std::strerror(errno));
}

Address UnixAddress(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path)
    throw std::runtime_error("too long for a socket: " + path);
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  Address out;
  std::memcpy(&out.storage, &address, sizeof address);
  out.size = sizeof address;
  return out;
}

Address TcpAddress(const std::string& host, int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  if (inet_pton(AF_INET, host.c_str(), &address.sin_addr) != 1)
    throw std::runtime_error("no numeric address: " + host);
  Address out;
  std::memcpy(&out.storage, &address, sizeof address);
  out.size = sizeof address;
  return out;
}

Address ParseAddress(const std::string& text) {
  if (text.starts_with('/')) return UnixAddress(text);
  const std::size_t colon = text.rfind(':');
  if (colon == std::string::npos)
    throw std::runtime_error("neither a path nor HOST:PORT: " + text);
  return TcpAddress(text.substr(0, colon), std::stoi(text.substr(colon + 1)));
}

int OpenSocket(const Address& address) {
  const int opened = socket(address.storage.ss_family,
                            SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (opened < 0) Throw("socket");
  return opened;
}

int Listen(const Address& address) {
  const int listener = OpenSocket(address);
  if (bind(listener, address.get(), address.size) != 0 ||
      listen(listener, SOMAXCONN) != 0) {
    close(listener);
    Throw("listen");
  }
  return listener;
}

int PortOf(int listener) {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  return address.sin_family == AF_INET ? ntohs(address.sin_port) : 0;
}

// On a unix socket connecting is over at once or refused.
int ConnectTo(const Address& server) {
  const int connection = OpenSocket(server);
  if (connect(connection, server.get(), server.size) == 0 ||
      errno == EINPROGRESS)
    return connection;
  close(connection);
  return -1;
}

// Small messages leave at once.
void NoDelay(int connection) {
  const int on = 1;
  setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

// Bytes on their way to a socket.
class Queue {
 public:
  void Add(std::string bytes, Clock::time_point due) {
    size_ += bytes.size();
    waiting_.push_back({due, std::move(bytes)});
  }
  bool empty() const { return waiting_.empty(); }
  bool full() const { return size_ > kMostQueued; }
  Clock::time_point due() const { return waiting_.front().due; }

  // Writes what is due; false where the other end is gone.
  bool Write(int socket, Clock::time_point now) {
    while (!empty() && due() <= now) {
      std::string& bytes = waiting_.front().bytes;
      const ssize_t sent =
          send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent < 0) return errno == EAGAIN || errno == EINTR;
      size_ -= static_cast<std::size_t>(sent);
      bytes.erase(0, static_cast<std::size_t>(sent));
      if (bytes.empty()) waiting_.pop_front();
    }
    return true;
  }

 private:
  struct Piece {
    Clock::time_point due;
    std::string bytes;
  };
  std::deque<Piece> waiting_;
  std::size_t size_ = 0;
};

// One direction's end: a socket, what it says, what is to be said to it.
struct End {
  End(int opened, WireReader::Side side) : socket(opened), reader(side) {}
  End(const End&) = delete;
  End& operator=(const End&) = delete;
  ~End() { Close(); }

  void Close() {
    if (socket >= 0) close(socket);
    socket = -1;
  }
  bool open() const { return socket >= 0; }

  int socket;
  WireReader reader;
  Queue queue;
};

bool AwaitsReady(const WireMessage& message) {
  if (message.kind == WireMessage::Kind::kStartup) return true;
  return message.kind == WireMessage::Kind::kTyped &&
         (message.type == 'Q' || message.type == 'S' || message.type == 'F');
}

// The server waits for the client: a password, data of a COPY, or encryption
// was answered.
bool AsksClient(const WireMessage& message) {
  if (message.kind == WireMessage::Kind::kByte) return true;
  if (message.type == 'G' || message.type == 'W') return true;
  constexpr std::string_view kOk("\0\0\0\0", 4);
  constexpr std::string_view kSaslFinal("\0\0\0\x0c", 4);
  return message.type == 'R' && !message.body().starts_with(kOk) &&
         !message.body().starts_with(kSaslFinal);
}

bool TellsCommit(const WireMessage& message) {
  return message.type == 'C' && message.body() == std::string_view("COMMIT", 7);
}

}  // namespace

// One client's connection and the proxy's own to the server.
class Proxy::Link {
 public:
  Link(int client, int server, Clock::duration delay, Shared& shared)
      : client_(client, WireReader::Side::kClient),
        server_(server, WireReader::Side::kServer),
        delay_(delay),
        shared_(shared) {
    const std::lock_guard lock(shared_.mutex);
    ++shared_.traffic.connections;
  }

  bool over() const { return !client_.open() && !server_.open(); }
  void AddTo(std::vector<pollfd>& polled) const {
    polled.push_back(Polled(client_, server_));
    polled.push_back(Polled(server_, client_));
  }
  // What is next to be written.
  std::optional<Clock::time_point> due() const;
  void Move(short client_events, short server_events);

 private:
  pollfd Polled(const End& end, const End& other) const;
  void Read(End& from);
  void Take(End& from, WireMessage message);
  void TakeFromClient(WireMessage message);
  void TakeFromServer(WireMessage message);
  void CountClient(const WireMessage& message);
  void CountServer(const WireMessage& message);
  void Refuse(WireMessage message);
  bool BeginsRefusal(const WireMessage& message);
  bool Fires(Fault::Kind kind);
  void Send(End& to, std::string bytes) {
    to.queue.Add(std::move(bytes), Clock::now() + delay_);
  }
  // Nothing is read any more; what is on its way still arrives.
  void Cut() { cut_ = true; }
  void Finish();

  End client_;
  End server_;
  Clock::duration delay_;
  Shared& shared_;
  bool cut_ = false;
  bool logged_in_ = false;
  bool in_answer_ = false;  // until the server is ready again
  bool refusing_ = false;   // likewise
  bool answered_ = true;    // the client's turn
  std::size_t owed_ = 0;    // ReadyForQuery that are to come
};

std::optional<Clock::time_point> Proxy::Link::due() const {
  std::optional<Clock::time_point> next;
  for (const End* end : {&client_, &server_}) {
    if (end->queue.empty() || !end->open()) continue;
    next = std::min(next.value_or(end->queue.due()), end->queue.due());
  }
  return next;
}

pollfd Proxy::Link::Polled(const End& end, const End& other) const {
  short events = 0;
  if (!cut_ && !other.queue.full()) events |= POLLIN;
  if (!end.queue.empty() && end.queue.due() <= Clock::now()) events |= POLLOUT;
  // Without an event to wait for, a closed socket would still be reported.
  return {events == 0 ? -1 : end.socket, events, 0};
}

void Proxy::Link::Move(short client_events, short server_events) {
  constexpr short kReadable = POLLIN | POLLHUP | POLLERR;
  if ((client_events & kReadable) && !cut_) Read(client_);
  if ((server_events & kReadable) && !cut_) Read(server_);
  const auto now = Clock::now();
  for (End* end : {&client_, &server_}) {
    if (end->open() && !end->queue.Write(end->socket, now)) {
      end->Close();
      Cut();
    }
  }
  if (cut_) Finish();
}

void Proxy::Link::Finish() {
  for (End* end : {&client_, &server_}) {
    if (end->queue.empty()) end->Close();
  }
}

void Proxy::Link::Read(End& from) {
  char buffer[65536];
  const ssize_t got = recv(from.socket, buffer, sizeof buffer, 0);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got <= 0) return Cut();
  from.reader.Feed({buffer, static_cast<std::size_t>(got)});
  const std::lock_guard lock(shared_.mutex);
  while (!cut_) {
    auto message = from.reader.Next();
    if (!message) break;
    Take(from, std::move(*message));
  }
}

void Proxy::Link::Take(End& from, WireMessage message) {
  if (&from == &client_)
    TakeFromClient(std::move(message));
  else
    TakeFromServer(std::move(message));
}

// Whether the armed fault of this kind is due at what is passing now.
bool Proxy::Link::Fires(Fault::Kind kind) {
  if (shared_.fired || !shared_.fault || shared_.fault->kind != kind)
    return false;
  if (++shared_.counted != shared_.fault->at) return false;
  shared_.fired = true;
  if (shared_.fault->then) shared_.fault->then();
  return true;
}

void Proxy::Link::CountClient(const WireMessage& message) {
  ++shared_.traffic.client_messages;
  shared_.traffic.client_bytes += message.bytes.size();
  const bool farewell = message.type == 'X';
  if (answered_ && !farewell) ++shared_.traffic.round_trips;
  answered_ = answered_ && farewell;
  if (AwaitsReady(message)) ++owed_;
}

void Proxy::Link::TakeFromClient(WireMessage message) {
  if (Fires(Fault::Kind::kCutBeforeClient)) return Cut();
  CountClient(message);
  if (message.code == kSslRequest || message.code == kGssRequest) {
    server_.reader.ExpectByte();
    --owed_;
  }
  Send(server_, std::move(message.bytes));
  if (Fires(Fault::Kind::kCutAfterClient)) Cut();
}

void Proxy::Link::CountServer(const WireMessage& message) {
  ++shared_.traffic.server_messages;
  shared_.traffic.server_bytes += message.bytes.size();
  if (message.type == 'Z' && owed_ > 0) --owed_;
  if ((message.type == 'Z' && owed_ == 0) || AsksClient(message) ||
      message.kind == WireMessage::Kind::kOpaque)
    answered_ = true;
}

// In place of what the server says: one error, then nothing until it is ready.
// A transaction has failed then for the client, which rolls it back.
void Proxy::Link::Refuse(WireMessage message) {
  constexpr std::size_t kStatus = 5;
  if (message.type != 'Z') return;
  if (message.bytes[kStatus] == 'T') message.bytes[kStatus] = 'E';
  Send(client_, std::move(message.bytes));
}

// Whether this begins an answer, and that is the one to be refused.
bool Proxy::Link::BeginsRefusal(const WireMessage& message) {
  constexpr std::string_view kUnasked = "NSA";  // notices, settings, NOTIFY
  if (!logged_in_ || in_answer_ || message.type == 'Z' ||
      kUnasked.find(message.type) != std::string_view::npos)
    return false;
  in_answer_ = true;
  return Fires(Fault::Kind::kRefuse);
}

void Proxy::Link::TakeFromServer(WireMessage message) {
  if (Fires(Fault::Kind::kCutBeforeServer)) return Cut();
  if (TellsCommit(message) && Fires(Fault::Kind::kCutAtCommit)) return Cut();
  CountServer(message);
  if (BeginsRefusal(message)) {
    refusing_ = true;
    Send(client_, ErrorResponse("ERROR", shared_.fault->sqlstate,
                                shared_.fault->message));
  }
  const bool ready = message.type == 'Z';
  const bool encrypts =
      message.kind == WireMessage::Kind::kByte && message.type != 'N';
  if (refusing_)
    Refuse(std::move(message));
  else
    Send(client_, std::move(message.bytes));
  if (ready) {
    logged_in_ = true;
    in_answer_ = refusing_ = false;
  }
  if (encrypts) {
    client_.reader.TurnOpaque();
    server_.reader.TurnOpaque();
  }
  if (Fires(Fault::Kind::kCutAfterServer)) Cut();
}

// Accepts, polls, moves, until it is woken.
class Proxy::Loop {
 public:
  Loop(int listener, int wake, const ProxyOptions& options, Shared& shared)
      : listener_(listener),
        wake_(wake),
        server_(ParseAddress(options.server)),
        delay_(options.round_trip / 2),
        shared_(shared) {}

  void Run() {
    while (true) {
      std::vector<pollfd> polled = {{wake_, POLLIN, 0}, {listener_, POLLIN, 0}};
      for (const Link& link : links_) link.AddTo(polled);
      Wait(polled);
      if (polled[0].revents != 0) return;
      std::size_t at = 2;
      for (Link& link : links_) {
        link.Move(polled[at].revents, polled[at + 1].revents);
        at += 2;
      }
      links_.remove_if([](const Link& link) { return link.over(); });
      if (polled[1].revents != 0) Accept();
    }
  }

 private:
  void Accept() {
    const int client =
        accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (client < 0) return;
    const int server = ConnectTo(server_);
    if (server < 0) {
      close(client);
      return;
    }
    NoDelay(client);
    NoDelay(server);
    links_.emplace_back(client, server, delay_, shared_);
  }

  // Until a socket is ready, or the next bytes are due.
  void Wait(std::vector<pollfd>& polled) const {
    std::optional<Clock::time_point> next;
    for (const Link& link : links_) {
      if (const auto due = link.due())
        next = std::min(next.value_or(*due), *due);
    }
    timespec time{};
    if (next) {
      const auto left = std::max(*next - Clock::now(), Clock::duration::zero());
      const auto seconds = std::chrono::floor<std::chrono::seconds>(left);
      time.tv_sec = seconds.count();
      time.tv_nsec = std::chrono::nanoseconds(left - seconds).count();
    }
    ppoll(polled.data(), polled.size(), next ? &time : nullptr, nullptr);
  }

  int listener_;
  int wake_;
  Address server_;
  Clock::duration delay_;
  Shared& shared_;
  std::list<Link> links_;
};

Proxy::Proxy(ProxyOptions options) : options_(std::move(options)) {
  Address address = options_.listen.empty() ? TcpAddress("127.0.0.1", 0)
                                            : UnixAddress(options_.listen);
  listener_ = Listen(address);
  port_ = PortOf(listener_);
  wake_ = eventfd(0, EFD_CLOEXEC);
  thread_ =
      std::thread([this] { Loop(listener_, wake_, options_, shared_).Run(); });
}

Proxy::~Proxy() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t wrote = write(wake_, &one, sizeof one);
  thread_.join();
  close(wake_);
  close(listener_);
  if (!options_.listen.empty()) unlink(options_.listen.c_str());
}

std::string Proxy::Dsn(std::string_view database) const {
  return "postgres://postgres@127.0.0.1:" + std::to_string(port_) + "/" +
         std::string(database) + "?sslmode=disable";
}

Traffic Proxy::traffic() const {
  const std::lock_guard lock(shared_.mutex);
  return shared_.traffic;
}

void Proxy::ResetTraffic() {
  const std::lock_guard lock(shared_.mutex);
  shared_.traffic = {};
}

void Proxy::Arm(std::optional<Fault> fault) {
  const std::lock_guard lock(shared_.mutex);
  shared_.fault = std::move(fault);
  shared_.counted = 0;
  shared_.fired = false;
}

bool Proxy::fired() const {
  const std::lock_guard lock(shared_.mutex);
  return shared_.fired;
}

std::size_t Proxy::counted() const {
  const std::lock_guard lock(shared_.mutex);
  return shared_.counted;
}

}  // namespace godwit::test
