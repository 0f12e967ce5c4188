// How fast the text line reads, on one core: releases and megabytes a second, and time against length.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "bench/growth.h"
#include "bench/inputs.h"
#include "bench/stopwatch.h"
#include "importers/lexicon/lexicon.h"
#include "importers/line.h"

namespace entente::bench {
namespace {

struct Options {
  std::vector<std::string> paths{ENTENTE_SOURCE "/samples"};
  std::string data = ENTENTE_SOURCE "/data";
  std::string site_pages = ENTENTE_SOURCE "/tests/golden/pages";
  double seconds = 5;
  std::string only;
  bool no_growth = false;
  GrowthOptions growth;
};

int complain(const Error& error) {
  fmt::print(stderr, "bench_text_line: {}\n", error.to_text());
  return 1;
}

// The documents again and again for so long, whole rounds only.
void repeat(const importers::TextLine& line, std::string_view what, const std::vector<importers::Document>& documents,
            const Options& options) {
  if (what.find(options.only) == std::string_view::npos) return;
  std::size_t releases = 0;
  std::size_t bytes = 0;
  std::size_t claims = 0;
  const CpuStopwatch watch;
  while (watch.seconds() < options.seconds)
    for (const auto& document : documents) {
      const auto result = line.read(document);
      if (!result) continue;
      ++releases;
      bytes += document.bytes.size();
      claims += result->reading.claims.size();
    }
  const double took = watch.seconds();
  fmt::print("{:<24} {:>9.0f} releases/s {:>9.2f} MB/s {:>9.0f} claims/s   ({} documents, {:.1f} s)\n", what,
             static_cast<double>(releases) / took, static_cast<double>(bytes) / 1e6 / took,
             static_cast<double>(claims) / took, documents.size(), took);
}

int run(const Options& options) {
  const Stopwatch loading;
  const auto lexicon = importers::Lexicon::load(options.data);
  if (!lexicon) return complain(lexicon.error());
  fmt::print("lexicon loaded in {:.0f} ms\n\n", loading.seconds() * 1000);
  const importers::TextLine line(*lexicon);
  const auto documents = read_documents(options.paths);
  if (!documents) return complain(documents.error());
  const auto site_pages = read_documents({options.site_pages});
  if (!site_pages) return complain(site_pages.error());

  std::vector<importers::Document> plain;
  std::vector<importers::Document> pages;
  std::string all;
  for (const auto& document : *documents) {
    const auto result = line.read(document);
    if (!result) continue;
    const graph::Release& release = result->reading.release;
    plain.push_back({"bench.txt", release.text, release.publisher, release.published});
    pages.push_back({"bench.html", page_around(release.title, release.text), release.publisher, release.published});
    all += release.text + "\n\n";
  }
  if (plain.empty()) return complain(Error{ErrorCode::invalid_argument, "none of these documents can be read", {}});
  repeat(line, "as they are", *documents, options);
  repeat(line, "their text as plain text", plain, options);
  repeat(line, "pages around their text", pages, options);
  repeat(line, "pages as sites send them", *site_pages, options);
  if (options.no_growth) return 0;
  fmt::print("\n");
  measure_growth(line, all, options.growth);
  return 0;
}

}  // namespace
}  // namespace entente::bench

int main(int argc, char** argv) {
  entente::bench::Options options;
  CLI::App program{"Measures the text line on one core", "bench_text_line"};
  program.add_option("paths", options.paths, "Releases and folders of them (samples/)");
  program.add_option("--data", options.data, "Folder of lexicon and gazetteer");
  program.add_option("--site-pages", options.site_pages, "Folder of pages with all that sites put around a text (tests/golden/pages)");
  program.add_option("--seconds", options.seconds, "How long each of the four runs lasts (5)");
  program.add_option("--only", options.only, "Only the runs whose name holds this");
  program.add_flag("--no-growth", options.no_growth, "Leave time against length out");
  program.add_option("--form", options.growth.only, "Of time against length, only forms whose name holds this");
  program.add_option("--bytes-max", options.growth.bytes_max, "The longest text (10000000)");
  program.add_option("--patience", options.growth.patience_s,
                     "Leave out what would take longer than so many seconds (60)");
  CLI11_PARSE(program, argc, argv);
  return entente::bench::run(options);
}
