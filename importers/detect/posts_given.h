// Posts that an appointment gives, wherever the text names them: behind the verb, or in a list under it.
#pragma once

#include <optional>
#include <vector>

#include "importers/detect/draft.h"

namespace entente::importers {

// How a verb tells that a person is given a post, by itself and with no particle; null where it does not.
const Frame* appointment_by(const LexiconTables& tables, VerbId verb);

// The rank that a post gives to whoever gets it. None for an envoy on mission, nor for a seat that an organisation gives.
std::optional<graph::Level> level_given(const LexiconTables& tables, const PostMention& post);

// The side that a post is of: the state or body that it names, else `side`.
PartyIndex side_given(const LexiconTables& tables, const PostMention& post, PartyIndex side);

// Gives a post to the person whom a mention means, who is added to the cast where it is a bare name.
void give_post(Cast& cast, const LexiconTables& tables, ActorMention& appointee, const PostMention& post, PartyIndex side);

// Adds to an appointment where the post sends whoever gets it, with `besides` where it is for others, too, and the side that gives it.
void add_sides_of_post(Draft& draft, const PostMention& post, const std::vector<PartyIndex>& besides, PartyIndex side);

// "announces the following appointments:" over lines such as "A – Ambassador to B": a draft for each of two lines or more, in
// place of what the sentence itself tells of it. False where no such list follows.
bool expand_appointments(TextView& view, Cast& cast, std::uint32_t sentence, std::vector<Draft>& drafts);

}  // namespace entente::importers
