#include "bench/growth.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>

#include "bench/inputs.h"
#include "bench/stopwatch.h"

namespace entente::bench {
namespace {

constexpr std::size_t kFirst = 1'000;
constexpr std::size_t kStep = 10;
constexpr double kSteepExponent = 1.3;  // time grows as length to this power: no longer called linear

struct Measured {
  std::size_t bytes = 0;
  double seconds = 0;
  bool refused = false;
};

Measured measure(const importers::TextLine& line, const Form& form, const std::string& text, std::size_t bytes) {
  importers::Document document;
  document.name = std::string("bench") + form.ending;
  document.bytes = form.make(text, bytes);
  document.publisher = "KR-MOFA";
  Measured out{document.bytes.size(), 0, false};
  // Short texts are read several times, and the quickest time is the one that nothing else disturbed.
  const int rounds = bytes < 100'000 ? 5 : 1;
  for (int i = 0; i < rounds; ++i) {
    const CpuStopwatch watch;
    const auto result = line.read(document);
    const double seconds = watch.seconds();
    out.refused = !result.ok();
    out.seconds = i == 0 ? seconds : std::min(out.seconds, seconds);
  }
  return out;
}

// The power of the length that the time between two sizes grew with: 1 linear, 2 quadratic.
double exponent(const Measured& before, const Measured& now) {
  return std::log(now.seconds / before.seconds) /
         std::log(static_cast<double>(now.bytes) / static_cast<double>(before.bytes));
}

void measure_form(const importers::TextLine& line, const std::string& text, const Form& form,
                  const GrowthOptions& options) {
  fmt::print("{:<32}", form.name);
  std::optional<Measured> before;
  double power = 1;
  bool refused = false;
  for (std::size_t bytes = kFirst; bytes <= options.bytes_max; bytes *= kStep) {
    if (before) {
      const double expected = before->seconds * std::pow(kStep, std::max(power, 1.0));
      if (expected > options.patience_s) {
        fmt::print("   left out, {:.0f} s expected", expected);
        break;
      }
    }
    const Measured now = measure(line, form, text, bytes);
    refused = refused || now.refused;
    if (before && now.bytes > before->bytes) power = exponent(*before, now);  // a form may be no shorter than one text
    fmt::print("{:>9.2f}", static_cast<double>(now.bytes) / 1e6 / now.seconds);
    std::fflush(stdout);
    before = now;
  }
  fmt::print("   grows as n^{:.2f}{}{}\n", power, power > kSteepExponent ? "  NOT LINEAR" : "",
             refused ? "  (refused at some length)" : "");
}

}  // namespace

void measure_growth(const importers::TextLine& line, const std::string& text, const GrowthOptions& options) {
  fmt::print("MB/s by length of the text          1 KB    10 KB   100 KB     1 MB    10 MB\n");
  for (const Form& form : forms())
    if (std::string_view(form.name).find(options.only) != std::string_view::npos)
      measure_form(line, text, form, options);
}

}  // namespace entente::bench
