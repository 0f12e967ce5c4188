// The HTTP gate as programs and strangers use it: real sockets, bytes as they are sent.
#include <zlib.h>

#include <array>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "rpc/access/tokens.h"
#include "rpc/http/api.h"
#include "tests/rpc/raw.h"
#include "tests/rpc/tell.h"

using namespace entente;
using nlohmann::json;
using test::Kind;
using test::must;
using test::RawClient;
using test::Served;

namespace {

rpc::ServerOptions with_http(bool open = true) {
  rpc::ServerOptions options;
  options.http = {must(rpc::parse_address("127.0.0.1:0"))};
  options.http_open = open;
  options.http_origins = {"https://example.org"};
  return options;
}

rpc::Address http_of(Served& served) { return must(rpc::parse_address(served.server().http_addresses().at(0))); }


struct Got {
  int status = 0;
  std::string head;
  std::string body;
  json parsed() const { return json::parse(body); }
  bool has(const std::string& text) const { return head.find(text) != std::string::npos; }
};

Got taken_apart(const std::string& bytes) {
  Got got;
  const std::size_t end = bytes.find("\r\n\r\n");
  INFO(bytes);
  REQUIRE(end != std::string::npos);
  got.head = bytes.substr(0, end);
  got.body = bytes.substr(end + 4);
  got.status = std::stoi(got.head.substr(9, 3));
  return got;
}

Got get(Served& served, const std::string& target, const std::string& headers = {}, const std::string& method = "GET", const std::string& body = {}) {
  RawClient client(http_of(served));
  client.send(method + " " + target + " HTTP/1.1\r\nHost: entente\r\nConnection: close\r\n" + headers + (body.empty() ? "" : "Content-Length: " + std::to_string(body.size()) + "\r\n") + "\r\n" + body);
  return taken_apart(client.rest());
}

std::string field(const Got& got, const std::string& name) {
  const std::size_t at = got.head.find("\r\n" + name + ": ");
  if (at == std::string::npos) return {};
  const std::size_t begin = at + name.size() + 4;
  return got.head.substr(begin, got.head.find("\r\n", begin) - begin);
}

std::string unzipped(const std::string& bytes) {
  z_stream stream{};
  REQUIRE(inflateInit2(&stream, 16 + MAX_WBITS) == Z_OK);
  std::string out(1U << 20U, '\0');
  std::string in = bytes;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return out;
}

}  // namespace

TEST_CASE("what the record holds is asked over HTTP as JSON of the same schema") {
  Served served(GENERATE(Kind::memory, Kind::rocks), with_http());
  tell(served, "FR --visit 2023-04-05--> CN @FR-MEAE\nFR --visit 2023-05-05--> DE\nKR --meeting 2023-06-05 minister -- JP");
  const auto timeline = get(served, "/api/timeline?of=country:FR");
  CHECK(timeline.status == 200);
  CHECK(timeline.has("Content-Type: application/json"));
  REQUIRE(timeline.parsed()["events"].size() == 2);
  CHECK(timeline.parsed()["events"][0]["facts"]["date"] == "2023-05-05");
  CHECK(timeline.parsed()["next"].is_null());
  CHECK(get(served, "/api/timeline?of=FR&with=CN").parsed()["events"].size() == 1);
  CHECK(get(served, "/api/timeline?of=FR&from=2023-05-01&type=visit&order=oldest").parsed()["events"].size() == 1);
  const std::string id = timeline.parsed()["events"][0]["id"];
  CHECK(get(served, "/api/event/" + id).parsed()["id"] == id);
  const auto why = get(served, "/api/why/" + id).parsed();
  REQUIRE(why["proofs"].size() == 1);
  const std::string release = why["proofs"][0]["release"]["id"];
  CHECK(get(served, "/api/release/" + release).parsed()["id"] == release);
  CHECK(get(served, "/api/entity/country%3AFR").parsed()["events"] == "2");
  CHECK(get(served, "/api/status").parsed()["events"] == "3");
  CHECK(get(served, "/api/changes?since=1970-01-02").parsed()["changes"].size() == 3);
  CHECK(get(served, "/api/ask", "", "POST", R"({"ask":"timeline","of":"country:FR"})").parsed()["rows"].size() == 2);
  CHECK(get(served, "/healthz").body == "ok\n");
  CHECK(get(served, "/readyz").status == 200);
}

TEST_CASE("pages of a timeline are of one view, whatever is recorded between them") {
  Served served(GENERATE(Kind::memory, Kind::rocks), with_http());
  std::string drawing;
  for (int day = 1; day <= 25; ++day) drawing += "FR --visit 2023-04-" + std::string(day < 10 ? "0" : "") + std::to_string(day) + "--> CN\n";
  tell(served, drawing);
  std::vector<std::string> dates;
  std::string next;
  int pages = 0;
  do {
    const auto page = get(served, "/api/timeline?of=FR&limit=10" + (next.empty() ? "" : "&cursor=" + next)).parsed();
    for (const auto& event : page["events"]) dates.push_back(event["facts"]["date"]);
    next = page["next"].is_null() ? "" : page["next"].get<std::string>();
    tell(served, "FR --visit 2024-01-0" + std::to_string(++pages) + "--> CN");
  } while (!next.empty());
  CHECK(pages == 3);
  REQUIRE(dates.size() == 25);
  CHECK(std::is_sorted(dates.rbegin(), dates.rend()));
}

TEST_CASE("an answer has a tag that stands as long as the record does, and is sent zipped to who takes that") {
  Served served(Kind::memory, with_http());
  tell(served, "FR --visit 2023-04-05--> CN\nFR --visit 2023-05-05--> DE\nFR --visit 2023-06-05--> IT\nFR --visit 2023-07-05--> ES");
  const auto first = get(served, "/api/timeline?of=FR");
  const std::string tag = field(first, "ETag");
  REQUIRE(!tag.empty());
  const auto same = get(served, "/api/timeline?of=FR", "If-None-Match: " + tag + "\r\n");
  CHECK(same.status == 304);
  CHECK(same.body.empty());
  const auto small = get(served, "/api/timeline?of=FR", "Accept-Encoding: br, gzip\r\n");
  CHECK(field(small, "Content-Encoding") == "gzip");
  CHECK(json::parse(unzipped(small.body)) == first.parsed());
  CHECK(get(served, "/api/timeline?of=FR", "Accept-Encoding: gzip\r\nIf-None-Match: " + field(small, "ETag") + "\r\n").status == 304);
  tell(served, "FR --visit 2023-08-05--> ES");
  CHECK(get(served, "/api/timeline?of=FR", "If-None-Match: " + tag + "\r\n").status == 200);
  const auto head = get(served, "/api/timeline?of=FR", "", "HEAD");
  CHECK(head.status == 200);
  CHECK(head.body.empty());
}

TEST_CASE("what is asked wrongly is answered with a sentence and its status") {
  Served served(Kind::memory, with_http());
  tell(served, "FR --visit 2023-04-05--> CN");
  const auto status = [&](const std::string& target) { return get(served, target).status; };
  CHECK(status("/api/timeline") == 400);
  CHECK(status("/api/timeline?of=nobody-of-this-name") == 404);
  CHECK(status("/api/timeline?of=FR&type=party") == 400);
  CHECK(status("/api/timeline?of=FR&limit=1001") == 400);
  CHECK(status("/api/timeline?of=FR&limit=0") == 400);
  CHECK(status("/api/changes?since=1970-01-02&limit=0") == 400);
  const auto asked = [&](const char* question) { return get(served, "/api/ask", "", "POST", question); };
  CHECK(asked("no question").status == 400);
  CHECK(asked(R"({"ask":"timeline","of":"country:XX"})").status == 404);
  CHECK(asked(R"({"ask":"timeline","of":"country:XX"})").parsed()["error"]["kind"] == "unknown_id");
  CHECK(status("/api/timeline?of=FR&cursor=x") == 400);
  CHECK(status("/api/timeline?of=FR&as_of=soon") == 400);
  CHECK(status("/api/event/event:0000000000000000") == 404);
  CHECK(status("/api/nothing") == 404);
  CHECK(status("/api/../etc/passwd") == 400);
  CHECK(status("/api/timeline?of=%ff") == 400);
  CHECK(status("/api/timeline?of=%4") == 400);
  CHECK(status("/") == 404);
  CHECK(get(served, "/api/timeline?of=FR", "", "DELETE").status == 405);
  CHECK(get(served, "/api/timeline?of=FR", "", "POST", "{}").status == 405);
  CHECK(get(served, "/api/timeline").parsed()["error"].get<std::string>().find("/api/timeline?of=") != std::string::npos);
}

TEST_CASE("a field that nobody knows is named, not passed over") {
  Served served(Kind::memory, with_http());
  tell(served, "FR --visit 2023-04-05--> CN");
  for (const std::string target : {"/api/timeline?of=FR&wiht=CN", "/api/watch?of=FR&wiht=CN", "/api/status?wiht=1", "/api/changes?since=1970-01-02&wiht=CN"}) {
    INFO(target);
    const auto got = get(served, target);
    CHECK(got.status == 400);
    CHECK(got.parsed()["error"].get<std::string>().find("'wiht'") != std::string::npos);
  }
  CHECK(get(served, "/api/timeline?of=FR&wiht=CN").parsed()["error"].get<std::string>().find("with") != std::string::npos);
  CHECK(get(served, "/api/timeline?of=FR&evidence=yes").status == 400);
  CHECK(get(served, "/api/changes?since=1970-01-02&as_of=2999-01-01").status == 200);
}

TEST_CASE("a stream of changes ends when its client is gone, though nothing is recorded") {
  Served served(Kind::memory, with_http());
  {
    RawClient client(http_of(served));
    client.send("GET /api/watch HTTP/1.1\r\nHost: entente\r\n\r\n");
    client.until("event: caught-up");
    CHECK(served.server().figures().watches == 1);
  }
  while (served.server().figures().watches > 0) get(served, "/healthz");
}

TEST_CASE("a stream of changes ends when its token is revoked") {
  const test::TempFolder folder;
  auto options = with_http(false);
  options.access.token_file = folder / "tokens";
  const auto made = must(rpc::create_token(folder / "tokens", {{}, rpc::Role::reader, {}, {}, {}, {}, {}}));
  Served served(Kind::memory, options);
  RawClient client(http_of(served));
  client.send("GET /api/watch HTTP/1.1\r\nHost: entente\r\nAuthorization: Bearer " + made.token + "\r\n\r\n");
  client.until("event: caught-up");
  CHECK(rpc::revoke_token(folder / "tokens", must(rpc::read_tokens(folder / "tokens")).rows.at(0).id).ok());
  client.rest();
  CHECK(get(served, "/api/watch", "Authorization: Bearer " + made.token + "\r\n").status == 401);
}

TEST_CASE("a server that stops does not wait for streams that have no end") {
  auto options = with_http();
  options.limits.drain_ms_max = 3'600'000;
  Served served(Kind::memory, options);
  RawClient client(http_of(served));
  client.send("GET /api/watch HTTP/1.1\r\nHost: entente\r\n\r\n");
  client.until("event: caught-up");
  const auto watching = served.connect();
  const auto watch = must(watching->watch({}));
  CHECK(must(watch->next()).changes.empty());
  served.server().stop();
  client.rest();
  const auto after = watch->next();
  REQUIRE(!after);
  CHECK(after.error().code == ErrorCode::unavailable);
}

TEST_CASE("pages of named origins may ask, others are not told that they may") {
  Served served(Kind::memory, with_http());
  CHECK(field(get(served, "/api/status", "Origin: https://example.org\r\n"), "Access-Control-Allow-Origin") == "https://example.org");
  CHECK(field(get(served, "/api/status", "Origin: https://example.com\r\n"), "Access-Control-Allow-Origin").empty());
  const auto before = get(served, "/api/status", "Origin: https://example.org\r\nAccess-Control-Request-Method: GET\r\n", "OPTIONS");
  CHECK(before.status == 204);
  CHECK(field(before, "Access-Control-Allow-Methods").find("GET") != std::string::npos);
}

TEST_CASE("without a token nothing is read unless the gate is open to all, and a wrong one is no token") {
  const test::TempFolder folder;
  auto options = with_http(false);
  options.access.token_file = folder / "tokens";
  const std::string token = must(rpc::create_token(folder / "tokens", {{}, rpc::Role::reader, {}, {}, {}, {}, {}})).token;
  Served served(Kind::memory, options);
  CHECK(get(served, "/healthz").status == 200);
  CHECK(get(served, "/api/status").status == 401);
  CHECK(get(served, "/api/status").body.find("Authorization: Bearer") != std::string::npos);
  CHECK(get(served, "/metrics").status == 401);
  CHECK(get(served, "/api/status", "Authorization: Bearer " + token + "\r\n").status == 200);
  CHECK(get(served, "/api/status", "Authorization: Bearer " + token + "0\r\n").status == 401);
  CHECK(get(served, "/api/status", "Authorization: Basic abc\r\n").status == 401);
}

TEST_CASE("figures are given as Prometheus reads them") {
  Served served(Kind::rocks, with_http());
  tell(served, "FR --visit 2023-04-05--> CN");
  must(must(served.connect()->reader())->counts());
  const auto metrics = get(served, "/metrics");
  for (const std::string line : {"\nentente_store_events 1\n", "# TYPE entente_calls_total counter\n", "\nentente_snapshots ", "entente_call_seconds_bucket{le=\"+Inf\"} ", "entente_told_seconds_count ", "\nentente_rocksdb_live_sst_bytes "}) {
    INFO(metrics.body);
    CHECK(metrics.body.find(line) != std::string::npos);
  }
}

TEST_CASE("the page for programs names everything that can be asked, and every schema that it points to") {
  Served served(Kind::memory, with_http());
  const auto page = get(served, "/api/openapi.json").parsed();
  for (const auto& route : rpc::routes()) CHECK(page["paths"].contains(std::string(route.path)));
  CHECK(page["components"]["schemas"]["Event"]["properties"].contains("facts"));
  CHECK(page["components"]["schemas"]["EventFacts"]["properties"].contains("parties"));
  std::vector<json> left = {page};
  while (!left.empty()) {
    const json one = std::move(left.back());
    left.pop_back();
    if (!one.is_structured()) continue;
    if (one.is_object() && one.contains("$ref")) {
      const std::string name = one["$ref"].get<std::string>().substr(std::string("#/components/schemas/").size());
      INFO(name);
      CHECK(page["components"]["schemas"].contains(name));
    }
    for (const auto& part : one) left.push_back(part);
  }
  // What is answered has no field that the page does not know.
  tell(served, "FR --visit 2023-04-05--> CN");
  const auto event = get(served, "/api/timeline?of=FR").parsed()["events"][0];
  for (const auto& [name, value] : event.items()) CHECK(page["components"]["schemas"]["Event"]["properties"].contains(name));
}

TEST_CASE("changes come as server-sent events, and go on from where a page broke off") {
  Served served(Kind::rocks, with_http());
  tell(served, "FR --visit 2023-04-05--> CN\nKR --visit 2023-05-05--> JP");
  RawClient client(http_of(served));
  client.send("GET /api/watch?of=FR&since=1970-01-02 HTTP/1.1\r\nHost: entente\r\n\r\n");
  const std::string missed = client.until("event: caught-up");
  CHECK(missed.find("Content-Type: text/event-stream") != std::string::npos);
  CHECK(missed.find("2023-04-05") != std::string::npos);
  CHECK(missed.find("2023-05-05") == std::string::npos);
  tell(served, "FR --visit 2023-06-05--> CN");
  const std::string news = client.until("2023-06-05");
  const std::size_t id = news.rfind("id: ");
  REQUIRE(id != std::string::npos);
  const std::string at = news.substr(id + 4, news.find('\n', id) - id - 4);
  tell(served, "FR --visit 2023-07-05--> CN");
  RawClient again(http_of(served));
  again.send("GET /api/watch?of=FR HTTP/1.1\r\nHost: entente\r\nLast-Event-ID: " + at + "\r\n\r\n");
  const std::string rest = again.until("event: caught-up");
  CHECK(rest.find("2023-07-05") != std::string::npos);
  CHECK(rest.find("2023-06-05") == std::string::npos);
}

TEST_CASE("requests that end in two ways are refused, and nothing behind them is read") {
  Served served(Kind::memory, with_http());
  const std::string second = "GET /api/status HTTP/1.1\r\nHost: entente\r\n\r\n";
  const auto answers = [&](const std::string& bytes) {
    RawClient client(http_of(served));
    client.send(bytes);
    const std::string all = client.rest();
    std::vector<int> statuses;
    for (std::size_t at = all.find("HTTP/1.1 "); at != std::string::npos; at = all.find("HTTP/1.1 ", at + 1)) statuses.push_back(std::stoi(all.substr(at + 9, 3)));
    return statuses;
  };
  const std::vector<int> once = {400};
  for (const std::string& head : std::vector<std::string>{
           "POST /api/ask HTTP/1.1\r\nHost: entente\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nX",
           "POST /api/ask HTTP/1.1\r\nHost: entente\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
           "POST /api/ask HTTP/1.1\r\nHost: entente\r\nContent-Length: 3\r\nContent-Length: 0\r\n\r\nabc",
           "POST /api/ask HTTP/1.1\r\nHost: entente\r\nContent-Length: +3\r\n\r\nabc",
           "GET /api/status HTTP/1.1\r\nHost: entente\r\nContent-Length: 45\r\n\r\n",
           "GET /api/status HTTP/1.1\r\nHost: entente\r\nTransfer-Encoding: xchunked\r\n\r\n",
           "GET /api/status HTTP/1.1\r\nHost: entente\r\nTransfer-Encoding : chunked\r\n\r\n",
           "GET /api/status HTTP/1.1\r\n: x\r\n\r\n",
           "GARBAGE\r\n\r\n",
           std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 no HTTP at all\r\n\r\n", 30)}) {
    INFO(head);
    // Some are answered, some only cut off; what stands behind them never is.
    const auto got = answers(head + second);
    CHECK((got.empty() || got == once));
  }
  CHECK(get(served, "/api/status").status == 200);
  CHECK(served.server().figures().refused >= 5);
}

TEST_CASE("a request that never ends is cut off, and others are served meanwhile") {
  auto options = with_http();
  options.limits.unproven_ms_max = 500;
  Served served(Kind::memory, options);
  RawClient slow(http_of(served));
  slow.send("GET /api/status HT");
  CHECK(get(served, "/api/status").status == 200);
  slow.rest();
  RawClient large(http_of(served));
  large.send("GET /api/status HTTP/1.1\r\nHost: entente\r\nX: " + std::string(200'000, 'x'));
  large.rest();
  CHECK(get(served, "/api/status").status == 200);
}

TEST_CASE("bytes that are no HTTP end their own connection, and the gate stays") {
  Served served(Kind::memory, with_http());
  CHECK(rpc::parse_target("/a/b?c=d,e&f=%20").ok());
  for (const std::string& bytes : {std::string("\x16\x03\x01\xff\xff", 5), std::string(1000, '\xff'), std::string("\0\0\0\0", 4)}) {
    RawClient client(http_of(served));
    client.send(bytes + "\r\n\r\n");
    client.rest();
  }
  CHECK(get(served, "/healthz").status == 200);
}
