// Draws a graph from text, so that a test shows the world that it asks about.
//
//   FR --visit 2023-04-05--> CN                      FR is the guest, CN the host
//   KR, JP --meeting 2023-03-16 leader-- US          no roles
//   KR --conference 2020-11-25 minister edition=13 forum=korea-central-asia--> KZ, UZ
//   KR/kim-gunn, KR --consultation 2021 -- SG        an official takes part
//   FR --message 2022-01 congratulate--> DE @DE-AA   said by a publisher
//
// A side is a list of countries (two or four letters), of officials (country/slug) or of whole ids (org:un). After the
// type stand a date as EDTF has it and, in any order, the names of a status, level, mode, stage or stance, count=N,
// forum=SLUG and edition=N. Each line is a release of its own; lines that start with '+' belong to the one before.
// '#' starts a comment.
#pragma once

#include <string_view>
#include <vector>

#include "base/clock.h"
#include "graph/view/claim_sink.h"

namespace entente::test {

// A drawing that cannot be read throws CheckFailure with its line: it is a mistake in the test.
std::vector<graph::Reading> draw(std::string_view drawing);

// Tells of a person or a forum: to be put among the claims of a reading.
graph::Claim official(std::string_view id, std::string_view name, std::string_view of, std::string_view post);
graph::Claim forum(std::string_view id, std::string_view name);

// Each call of now() is one second later than the one before.
class StepClock final : public Clock {
 public:
  RecordedTime now() override { return {time_.micros += 1'000'000}; }

 private:
  RecordedTime time_{1'700'000'000'000'000};
};

}  // namespace entente::test
