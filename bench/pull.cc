// How fast pull is: pages of a made site, from nginx on this machine to claims in a store, with politeness off. Beside
// it what curl alone and the text line alone need for the same pages. docs/benchmarks.md has the figures.
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

constexpr std::array kStates{"Japan",    "France",   "Kazakhstan", "Chile",  "Kenya",    "Norway",
                             "Viet Nam", "Portugal", "Morocco",    "Canada", "Mongolia", "Peru"};
constexpr std::array kCities{"Seoul", "Paris",  "Astana", "Santiago", "Nairobi",     "Oslo",
                             "Hanoi", "Lisbon", "Rabat",  "Ottawa",   "Ulaanbaatar", "Lima"};
constexpr std::array kMonths{"January", "February", "March",     "April",   "May",      "June",
                             "July",    "August",   "September", "October", "November", "December"};
constexpr std::array kTopics{"trade", "energy", "education", "water", "shipping", "health", "science", "tourism"};

template <class Array>
const char* pick(const Array& array, int n) {
  return array[static_cast<std::size_t>(n) % array.size()];
}

struct Made {
  int pages = 10'000;
  int sources = 20;
  int bytes = 50'000;
  int listings = 263;
};

std::string title_of(int n) {
  return fmt::format("Foreign Minister Holds Talks with Minister of {} on {}, No. {}", pick(kStates, n),
                     pick(kTopics, n / 3), n);
}
std::string day_of(int n) { return fmt::format("{} {} {}", 1 + n % 28, pick(kMonths, n / 28), 2000 + n / 336 % 24); }

// Prose of our own, with two or three things that happened, and sentences in which nothing did.
std::string body_of(int n) {
  std::string out;
  out += fmt::format(
      "<p>Foreign Minister Baek Do-yun met with the Minister of Foreign Affairs of {} in {} on {}. The two ministers "
      "spoke about {} and {}, and about matter number {} on their list.</p>",
      pick(kStates, n), pick(kCities, n), day_of(n), pick(kTopics, n), pick(kTopics, n + 1), n);
  out += fmt::format(
      "<p>On {}, Deputy Minister Han Ji-woo held a telephone conversation with the Vice Minister of Foreign Affairs of "
      "{}. They welcomed the growth of {} between both peoples.</p>",
      day_of(n + 1), pick(kStates, n + 5), pick(kTopics, n + 2));
  for (int i = 0; i < 8; ++i)
    out += fmt::format(
        "<p>Both sides noted that work on {} has gone well since last year, and that officials of the ministries keep "
        "in touch week by week. They thanked those who take part in it for patience with "
        "papers, forms and long evenings, and hoped that the {} meeting of experts would be as fruitful as the one "
        "before it.</p>",
        pick(kTopics, n + i), i % 2 == 0 ? "next" : "following");
  return out;
}

// What surrounds a release on sites as they are: styles, menus, scripts, a list of other news, a footer.
std::string page_of(int n, int bytes) {
  std::string out = fmt::format(
      "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{} | Ministry</title><meta "
      "property=\"article:published_time\" content=\"{}-{:02}-{:02}\"><style>",
      title_of(n), 2000 + n / 336 % 24, 1 + n / 28 % 12, 1 + n % 28);
  for (int i = 0; i < 60; ++i)
    out += fmt::format(".c{}{{margin:0 {}px;color:#{:06x};font:{}px/1.4 sans-serif}}", i, i, i * 4099, 10 + i % 9);
  out += "</style></head><body><nav><ul class=\"menu\">";
  for (int i = 0; i < 90; ++i)
    out += fmt::format(
        "<li class=\"menu-item c{}\"><a href=\"/section/{}/index.html\">Section {} of the ministry</a></li>", i % 60, i,
        i);
  out += fmt::format(
      "</ul></nav><main><article><h1>{}</h1><p class=\"date\">{}</p>{}</article></main><aside><ul class=\"related\">",
      title_of(n), day_of(n), body_of(n));
  for (int i = 1; i <= 12; ++i)
    out += fmt::format("<li><a href=\"/news/{0}.html\"><img src=\"/i/{0}.jpg\" alt=\"\"> {1}</a></li>", n + i,
                       title_of(n + i));
  out += "</ul></aside><footer><p>Ministry of Foreign Affairs</p></footer><script>var data=[";
  for (int i = 0; static_cast<int>(out.size()) + 60 < bytes; ++i)
    out += fmt::format("{{\"id\":{},\"k\":\"{:08x}\",\"on\":{}}},", i, static_cast<unsigned>(i) * 2654435761U,
                       i % 2 == 0 ? "true" : "false");
  return out + "0];</script></body></html>";
}

void write(const fs::path& file, const std::string& bytes) {
  std::ofstream out(file, std::ios::binary);
  out << bytes;
  if (!out.flush().good()) {
    fmt::print(stderr, "cannot write {}\n", file.string());
    std::exit(1);
  }
}

// Each source is a host of its own: loopback has addresses enough.
std::string host_of(int source) { return fmt::format("127.0.{}.{}", 1 + source / 200, 1 + source % 200); }

int free_port() {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in where{};
  where.sin_family = AF_INET;
  where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof where;
  const bool bound = descriptor >= 0 && ::bind(descriptor, reinterpret_cast<sockaddr*>(&where), size) == 0 &&
                     ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&where), &size) == 0;
  ::close(descriptor);
  return bound ? ntohs(where.sin_port) : 0;
}

void make_site(const fs::path& folder, const Made& made, int port) {
  std::string yaml =
      "contact: bench@tests.invalid\ndefaults: {delay: 0, robots: ignore, private_addresses: true, connections: 8, "
      "items_max: 1000000, pages_max: 1}\nsources:\n";
  std::string lists =
      "contact: bench@tests.invalid\ndefaults: {delay: 0, robots: ignore, private_addresses: true, items_max: 1, "
      "pages_max: 1}\nsources:\n";
  std::string urls;
  const int each = made.pages / made.sources;
  fs::create_directories(folder / "www" / "news");
  for (int n = 0; n < made.pages; ++n)
    write(folder / "www" / "news" / (std::to_string(n) + ".html"), page_of(n, made.bytes));
  for (int source = 0; source < made.sources; ++source) {
    std::string feed = "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>News</title>";
    for (int n = source * each; n < (source + 1) * each; ++n) {
      const std::string url = fmt::format("http://{}:{}/news/{}.html", host_of(source), port, n);
      feed += fmt::format("<item><title>{}</title><link>{}</link></item>", title_of(n), url);
      urls += fmt::format("url = \"{}\"\noutput = \"/dev/null\"\n", url);
    }
    write(folder / "www" / fmt::format("feed{}.rss", source), feed + "</channel></rss>");
    yaml += fmt::format("  - {{id: s{0}, kind: feed, url: 'http://{1}:{2}/feed{0}.rss', publisher: KR-MOFA}}\n", source,
                        host_of(source), port);
  }
  for (int list = 0; list < made.listings; ++list) {
    std::string page = "<html lang=\"en\"><head><title>News</title></head><body><ul class=\"list\">";
    for (int i = 0; i < 20; ++i)
      page += fmt::format("<li><a href=\"/news/{}.html\">{}</a> <span>{}</span></li>", (list * 20 + i) % made.pages,
                          title_of(list * 20 + i), day_of(list * 20 + i));
    write(folder / "www" / fmt::format("list{}.html", list), page + "</ul></body></html>");
    lists += fmt::format("  - {{id: l{0}, kind: listing, url: 'http://{1}:{2}/list{0}.html', publisher: KR-MOFA}}\n",
                         list, host_of(list), port);
  }
  write(folder / "sources.yaml", yaml);
  write(folder / "lists.yaml", lists);
  write(folder / "urls", urls);
  write(
      folder / "nginx.conf",
      fmt::format(
          "{}worker_processes 1; daemon off; pid nginx.pid; error_log error.log; events {{ worker_connections 1024; "
          "}}\n"
          "http {{ types {{ text/html html; application/rss+xml rss; }} access_log off; sendfile on; "
          "keepalive_requests 1000000;\n"
          "client_body_temp_path t1; proxy_temp_path t2; fastcgi_temp_path t3; uwsgi_temp_path t4; scgi_temp_path t5;\n"
          "server {{ listen 0.0.0.0:{} backlog=1024; root www; }} }}\n",
          ::geteuid() == 0 ? "user root;\n" : "", port));
}

struct Cost {
  double seconds = 0;
  double processor = 0;  // seconds of it
  double mib = 0;        // of memory, at most
  int code = 0;
};

pid_t start(const std::vector<std::string>& arguments, const fs::path& out) {
  std::vector<char*> pointers;
  std::vector<std::string> copies = arguments;
  for (std::string& one : copies) pointers.push_back(one.data());
  pointers.push_back(nullptr);
  const pid_t pid = ::fork();
  if (pid != 0) return pid;
  const int descriptor = ::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  ::dup2(descriptor, STDOUT_FILENO);
  ::execvp(pointers[0], pointers.data());
  ::_exit(127);
}

Cost run(const std::vector<std::string>& arguments, const fs::path& out = "/dev/null") {
  const auto began = std::chrono::steady_clock::now();
  const pid_t pid = start(arguments, out);
  int status = 0;
  rusage used{};
  ::wait4(pid, &status, 0, &used);
  Cost cost;
  cost.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  cost.processor = seconds(used.ru_utime) + seconds(used.ru_stime);
  cost.mib = static_cast<double>(used.ru_maxrss) / 1024;
  cost.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return cost;
}

void print(const char* what, const Cost& cost, int things, const char* thing) {
  fmt::print("{:<44} {:>8.2f} s  {:>8.1f} {}/s  {:>7.2f} s of processor  {:>6.0f} MiB{}\n", what, cost.seconds,
             things / cost.seconds, thing, cost.processor, cost.mib,
             cost.code == 0 ? "" : fmt::format("  (left with {})", cost.code));
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  Made made;
  std::string folder;
  CLI::App program{"What pull needs, beside curl alone and the text line alone", "bench_pull"};
  program.add_option("--pages", made.pages, "Pages in all");
  program.add_option("--sources", made.sources, "Sources, each a host of its own");
  program.add_option("--bytes", made.bytes, "Of a page");
  program.add_option("--listings", made.listings, "Listing pages for the last figure");
  program.add_option("--folder", folder, "Where the site and the stores are made (a folder that goes away)");
  CLI11_PARSE(program, argc, argv);
  std::string made_folder = (fs::temp_directory_path() / "bench-pull-XXXXXX").string();
  const bool temporary = folder.empty();
  if (temporary && ::mkdtemp(made_folder.data()) == nullptr) return 1;
  const fs::path place = temporary ? fs::path(made_folder) : fs::path(folder);
  const int port = free_port();
  make_site(place, made, port);
  const pid_t nginx = start({"nginx", "-p", place.string(), "-c", "nginx.conf"}, place / "nginx.log");
  const std::string probe = fmt::format("http://127.0.1.1:{}/feed0.rss", port);
  run({"curl", "-s", "-o", "/dev/null", "--retry", "50", "--retry-connrefused", "--retry-delay", "0", probe});
  const std::string entente = ENTENTE_BENCH_PROGRAM;
  const std::vector<std::string> pull{entente,      "pull",
                                      "--sources",  (place / "sources.yaml").string(),
                                      "--db",       (place / "db").string(),
                                      "--registry", (place / "none").string(),
                                      "--json"};
  fmt::print("{} pages of {} bytes from {} sources\n", made.pages, made.bytes, made.sources);
  print("curl --parallel alone",
        run({"curl", "-s", "--parallel", "--parallel-max", "64", "-K", (place / "urls").string()}), made.pages,
        "pages");
  print("the text line alone (extract, 2 threads)",
        run({entente, "extract", "--jobs", "2", "--publisher", "KR-MOFA", "--json", (place / "www" / "news").string()}),
        made.pages, "pages");
  const Cost first = run(pull, place / "first.json");
  print("pull, first run, to claims in the store", first, made.pages, "pages");
  const Cost second = run(pull, place / "second.json");
  print("pull, second run, nothing changed", second, made.pages, "pages");
  fmt::print("the second run is {:.0f} times faster\n", first.seconds / second.seconds);
  const Cost lists = run({entente, "pull", "--sources", (place / "lists.yaml").string(), "--db",
                          (place / "db").string(), "--registry", (place / "none").string(), "--dry-run"},
                         place / "lists.txt");
  print(fmt::format("{} listing pages by structure (dry run)", made.listings).c_str(), lists, made.listings, "lists");
  ::kill(nginx, SIGTERM);
  ::waitpid(nginx, nullptr, 0);
  std::ifstream summary(place / "first.json");
  std::string line;
  std::getline(summary, line);
  fmt::print("{:.300}\n", line);
  if (temporary) fs::remove_all(place);
  return 0;
}
