// Questions as JSON and back, as docs/query.schema.json has them.
#pragma once

#include <string>
#include <string_view>

#include "graph/query/problem.h"
#include "graph/query/query.h"

namespace entente::graph::query {

// Fails with not_json, unknown_question, unknown_field, missing_field, bad_value, impossible_date or period_reversed,
// naming the field and what stands in it. Whether the ids exist is for the engine to say.
Try<Query> parse_query(std::string_view text);

// "2020-11-19", or a month or a year, which mean their first day, or, `last`, their last. A period named by year alone
// is the usual way to ask.
Try<Day> parse_day(std::string_view at, const std::string& text, bool last);

// A problem as the object that stands for an answer.
std::string to_json(const Problem& problem);

// Which fields a question takes, in the order in which docs/query.schema.json lists them.
std::vector<std::string_view> fields_of(Ask ask);

}  // namespace entente::graph::query
