// Who goes along on another's journey: "Accompanied President B.", in an entry that tells of one.
#include <algorithm>

#include "importers/detect/sentence_events.h"

namespace entente::importers {
namespace {

using graph::EventType;

// What somebody is accompanied to; a journey alone is not.
bool is_occasion(const Draft& draft) {
  return draft.type == EventType::meeting || draft.type == EventType::conference || draft.type == EventType::consultation || draft.type == EventType::agreement;
}

}  // namespace

void SentenceEvents::read_company() {
  if (entry_ == nullptr || !entry_->traveller || entry_->countries.empty()) return;
  for (std::uint32_t i = 0; i < sentence_.items.size(); ++i) {
    if (sentence_.items[i].kind != ItemKind::verb) continue;
    const VerbGroup& group = verb(i);
    if (group.main == kNoVerb || is_no_fact(group) || group.passive) continue;
    const VerbKind kind = view_.tables->verbs[group.main].kind;
    if (kind != VerbKind::accompany && kind != VerbKind::attend) continue;
    const Arguments arguments = clause_.of_verb(i);
    const std::uint32_t object = first_object(arguments);
    if (object == kNone || !clause_.is_actor(object) || !is_person(object)) continue;
    Draft draft = draft_at(arguments.begin, arguments.end);
    draft.type = EventType::visit;
    draft.rule = "visit.accompanied";
    const PartyIndex said = cast_.persons()[*entry_->traveller].of;
    const PartyIndex side = said == kNoParty ? cast_.own() : said;
    for (const Argument& a : arguments.all) {
      if (a.slot != Slot::object || !clause_.is_actor(a.item)) continue;
      // Those who travel together are of one side, unless the words say otherwise.
      for (const std::uint32_t person : clause_.actor(a.item).persons)
        if (cast_.persons()[person].of == kNoParty) cast_.person(person).of = side;
      take_one(draft, Part::guest, a.slot, a.item);
    }
    if (draft.takings.empty() || kind != VerbKind::accompany) continue;
    for (Draft& told : drafts_) {
      for (Taking& taking : told.takings)
        for (const std::uint32_t person : taking.who.persons)
          if (cast_.persons()[person].of == side && side != kNoParty && taking.who.parties.empty()) taking.who.parties = {side};

    }
    if (std::any_of(drafts_.begin(), drafts_.end(), is_occasion)) continue;
    draft.takings.push_back({Part::guest, Slot::subject, traveller(), false});
    draft.takings.push_back({Part::host, Slot::to, Meant{entry_->countries, {}, {}, {}}, false});
    draft.date = entry_->date;
    draft.entry_date = true;
    draft.home = entry_->countries[0];
    draft.city = entry_->city;
    draft.place_country = entry_->countries[0];
    drafts_.push_back(std::move(draft));
  }
}

}  // namespace entente::importers
