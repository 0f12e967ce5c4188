#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>

#include "base/utf8.h"
#include "importers/lexicon/each_row.h"

namespace entente::importers {
namespace {

std::string past_of(const std::string& verb) {
  if (verb.ends_with("e")) return verb + "d";
  if (verb.size() > 1 && verb.ends_with("y") && std::string_view("aeou").find(verb[verb.size() - 2]) == std::string_view::npos)
    return verb.substr(0, verb.size() - 1) + "ied";
  return verb + "ed";
}

std::string third_of(const std::string& verb) {
  if (verb.size() > 1 && verb.ends_with("y") && std::string_view("aeou").find(verb[verb.size() - 2]) == std::string_view::npos)
    return verb.substr(0, verb.size() - 1) + "ies";
  for (const std::string_view end : {"s", "sh", "ch", "x", "z", "o"})
    if (verb.ends_with(end)) return verb + "es";
  return verb + "s";
}

std::string gerund_of(const std::string& verb) {
  if (verb.ends_with("e") && !verb.ends_with("ee")) return verb.substr(0, verb.size() - 1) + "ing";
  return verb + "ing";
}

std::string plural_of(const std::string& phrase) {
  // memorandum of understanding -> memorandums of understanding is covered by its own row; plain heads end the phrase.
  return third_of(phrase);
}

class EventLoader {
 public:
  explicit EventLoader(const LoadContext& context) : context_(context), tables_(*context.tables) {
    for (std::size_t i = 0; i < tables_.verbs.size(); ++i) verbs_[tables_.verbs[i].lemma] = static_cast<VerbId>(i);
    before_ = tables_.verbs.size();
  }

  Result<void> run() {
    if (auto done = each_row(context_, "verbs.tsv", {"verb", "forms", "acts", "kind"},
                             [&](const TableFile& t, const TableFile::Row& r) { return take_verb(t, r); }); !done)
      return done;
    if (auto done = each_row(context_, "nouns.tsv", {"phrase", "class", "type", "sets", "parts"},
                             [&](const TableFile& t, const TableFile::Row& r) { return take_noun(t, r); }); !done)
      return done;
    if (auto done = each_row(context_, "frames.tsv",
                             {"rule", "verbs", "particle", "object", "required", "type", "sets", "parts", "confidence"},
                             [&](const TableFile& t, const TableFile::Row& r) { return take_frame(t, r); }); !done)
      return done;
    if (!std::filesystem::exists(table_path(context_, "cues.tsv"))) return {};  // a language may do without
    return each_row(context_, "cues.tsv", {"rule", "signs", "with", "sides", "type", "sets", "parts", "confidence"},
                    [&](const TableFile& t, const TableFile::Row& r) { return take_cue(t, r); });
  }

 private:
  static std::optional<VerbKind> parse_kind(std::string_view name) {
    if (name.empty() || name == "plain") return VerbKind::plain;
    if (name == "light") return VerbKind::light;
    if (name == "occur") return VerbKind::occur;
    if (name == "plan") return VerbKind::plan;
    if (name == "cancel") return VerbKind::cancel;
    if (name == "wish") return VerbKind::wish;
    if (name == "report") return VerbKind::report;
    if (name == "attend") return VerbKind::attend;
    if (name == "chair") return VerbKind::chair;
    if (name == "accompany") return VerbKind::accompany;
    if (name == "be_at") return VerbKind::be_at;
    if (name == "refuse") return VerbKind::refuse;
    if (name == "shift") return VerbKind::shift;
    return std::nullopt;
  }

  static std::optional<VerbTrait> parse_trait(std::string_view name) {
    static constexpr std::array<std::string_view, kVerbTraits> kNames{
        "hosts", "convenes", "represents", "leads", "takes_part", "succeeds", "presents", "confirms", "no_news", "effects", "marks", "unveils", "helps", "sends",
        "ends_stay", "leaves", "pledges", "decides", "shelves", "signs", "comes", "meets", "hosts_together", "proceeds", "spans", "accepts", "causes", "founds"};
    const auto* const found = std::find(kNames.begin(), kNames.end(), name);
    return found == kNames.end() ? std::nullopt : std::optional(static_cast<VerbTrait>(found - kNames.begin()));
  }

  // Where every form is listed, "rencontré" is not "rencontre": what has an accent is taken as it is spelt.
  WordId word_id(const std::string& word) {
    const bool accents = std::any_of(word.begin(), word.end(), [](char c) { return static_cast<std::uint8_t>(c) >= 0x80U; });
    if (!tables_.traits.listed_forms || !accents || tables_.traits.particles) return tables_.vocabulary.add(fold(word));
    return tables_.vocabulary.add_spelt("=" + word);
  }

  VerbForm& form_of(WordId id) {
    if (tables_.verb_forms.size() <= id) tables_.verb_forms.resize(std::size_t{id} + 1);
    return tables_.verb_forms[id];
  }

  // A word can be a form of one verb only; the first row that has it keeps it.
  VerbForm* claim(const std::string& word, VerbId verb) {
    VerbForm& form = form_of(word_id(word));
    if (form.verb != kNoVerb && form.verb != verb) return nullptr;
    form.verb = verb;
    return &form;
  }

  Result<void> take_verb(const TableFile& table, const TableFile::Row& row) {
    const std::string& lemma = table.cell(row, 0);
    const std::vector<std::string> said = table.values(row, 3);
    const auto kind = parse_kind(said.empty() ? "" : said[0]);
    if (!kind) return table.error_at(row, "'" + table.cell(row, 3) + "' is no kind of verb");
    std::bitset<kVerbTraits> traits;
    for (std::size_t i = 1; i < said.size(); ++i) {
      const auto trait = parse_trait(said[i]);
      if (!trait) return table.error_at(row, "'" + said[i] + "' is no trait of a verb");
      traits.set(static_cast<std::size_t>(*trait));
    }
    if (lemma.empty()) return table.error_at(row, "the verb is missing");
    const auto known = verbs_.find(lemma);
    if (known != verbs_.end() && known->second >= before_) return table.error_at(row, "'" + lemma + "' stands here a second time");
    if (tables_.verbs.size() + 1 >= kNoVerb) return table.error_at(row, "there are more than " + std::to_string(kNoVerb - 1) + " verbs");
    // A verb of an earlier folder gets the forms and acts of this row as well.
    const auto id = known == verbs_.end() ? static_cast<VerbId>(tables_.verbs.size()) : known->second;
    if (known == verbs_.end()) {
      tables_.verbs.push_back({lemma, *kind, {}});
      tables_.frames.emplace_back();
      verbs_[lemma] = id;
    }
    tables_.verbs[id].traits |= traits;
    if (const std::size_t blank = lemma.find(' '); blank != std::string::npos) {
      const auto base = verbs_.find(lemma.substr(0, blank));
      if (base == verbs_.end()) return table.error_at(row, "'" + lemma.substr(0, blank) + "' has to stand above '" + lemma + "'");
      tables_.phrasals[{base->second, tables_.vocabulary.add(fold(lemma.substr(blank + 1)))}] = id;
      return {};
    }
    if (*kind == VerbKind::be_at) {  // its forms are grammar: words.tsv has them
      tables_.be = id;
      return {};
    }
    std::vector<std::string> forms = table.values(row, 1);
    if (tables_.traits.listed_forms) return take_listed_forms(table, row, id, forms);
    if (forms.empty()) forms = {past_of(lemma)};
    if (forms.size() == 1) forms.push_back(forms[0]);
    if (forms.size() == 2) forms.push_back(third_of(lemma));
    if (forms.size() == 3) forms.push_back(gerund_of(lemma));
    if (VerbForm* f = claim(lemma, id)) f->base = true;
    if (VerbForm* f = claim(forms[0], id)) f->past = true;
    if (VerbForm* f = claim(forms[1], id)) f->participle = true;
    if (VerbForm* f = claim(forms[2], id)) f->third = true;
    if (VerbForm* f = claim(forms[3], id)) f->gerund = true;
    for (const std::string& act : table.values(row, 2))
      if (VerbForm* f = claim(act, id)) f->noun = true;
    return {};
  }

  // "participle=rencontré rencontrée|third=rencontre": every form stands in the table.
  Result<void> take_listed_forms(const TableFile& table, const TableFile::Row& row, VerbId id, const std::vector<std::string>& forms) {
    if (VerbForm* f = claim(table.cell(row, 0), id)) f->base = true;
    for (const std::string& item : forms) {
      const std::size_t equals = item.find('=');
      const std::string kind = item.substr(0, equals);
      if (equals == std::string::npos) return table.error_at(row, "'" + item + "': a form is written kind=words, like past=rencontra");
      for (const std::string& word : split_values(item.substr(equals + 1), ' ')) {
        VerbForm* const form = claim(word, id);
        if (form == nullptr) continue;
        if (kind == "base") form->base = true;
        else if (kind == "past") form->past = true;
        else if (kind == "participle") form->participle = true;
        else if (kind == "third") form->third = true;
        else if (kind == "gerund") form->gerund = true;
        else if (kind == "future") form->future = true;
        else return table.error_at(row, "'" + kind + "': a form is base, past, participle, third, gerund or future");
      }
    }
    for (const std::string& act : table.values(row, 2))
      if (VerbForm* f = claim(act, id)) f->noun = true;
    return {};
  }

  Result<void> read_sets(const TableFile& table, const TableFile::Row& row, const std::string& text, Sets& sets) const {
    for (const std::string& item : split_values(text, ' ')) {
      const std::size_t equals = item.find('=');
      const std::string key = item.substr(0, equals);
      const std::string value = equals == std::string::npos ? "" : item.substr(equals + 1);
      bool known = false;
      if (key == "voiced") known = sets.voiced = true;
      if (key == "together") known = sets.together = true;
      if (key == "now") known = sets.now = true;
      if (key == "finite") known = sets.finite = true;
      if (key == "ahead") known = sets.ahead = true;
      if (key == "here") known = sets.here = true;
      if (key == "since") known = sets.since = true;
      if (key == "stage") known = (sets.stage = graph::parse_stage(value)).has_value();
      if (key == "stance") known = (sets.stance = graph::parse_stance(value)).has_value();
      if (key == "mode") known = (sets.mode = graph::parse_mode(value)).has_value();
      if (key == "status") known = (sets.status = graph::parse_status(value)).has_value();
      if (key == "level") known = (sets.level = graph::parse_level(value)).has_value();
      if (!known) return table.error_at(row, "'" + item + "' sets nothing that an event has");
    }
    return {};
  }

  Result<void> read_parts(const TableFile& table, const TableFile::Row& row, const std::string& text, Parts& parts) const {
    for (const std::string& item : split_values(text, ' ')) {
      const std::size_t equals = item.find('=');
      const auto slot = parse_slot(item.substr(0, equals));
      if (!slot) return table.error_at(row, "'" + item.substr(0, equals) + "' is no place of an argument");
      std::optional<Part> part = Part::participant;
      if (equals != std::string::npos) part = parse_part(item.substr(equals + 1));
      if (!part) return table.error_at(row, "'" + item + "' gives no part that there is");
      parts[static_cast<std::size_t>(*slot)] = *part;
    }
    return {};
  }

  NounClass noun_class(const std::string& name) {
    const auto found = std::find(tables_.noun_classes.begin(), tables_.noun_classes.end(), name);
    if (found != tables_.noun_classes.end()) return static_cast<NounClass>(found - tables_.noun_classes.begin());
    tables_.noun_classes.push_back(name);
    return static_cast<NounClass>(tables_.noun_classes.size() - 1);
  }

  Result<void> take_noun(const TableFile& table, const TableFile::Row& row) {
    EventNoun noun;
    noun.noun_class = noun_class(table.cell(row, 1));
    if (const std::string& type = table.cell(row, 2); !type.empty()) {
      noun.type = graph::parse_event_type(type);
      if (!noun.type) return table.error_at(row, "'" + type + "' is no event type");
    }
    if (auto done = read_sets(table, row, table.cell(row, 3), noun.sets); !done) return done;
    if (auto done = read_parts(table, row, table.cell(row, 4), noun.parts); !done) return done;
    const auto single = static_cast<std::uint32_t>(tables_.nouns.size());
    tables_.nouns.push_back(noun);
    noun.plural = true;
    tables_.nouns.push_back(noun);
    for (std::string phrase : table.values(row, 0)) {
      Sense sense;
      sense.kind = SenseKind::noun;
      const bool plural_itself = phrase.ends_with("=");
      if (plural_itself) phrase.pop_back();
      sense.index = plural_itself ? single + 1 : single;
      tables_.phrases.add(phrase, sense, tables_.vocabulary);
      if (plural_itself || tables_.traits.listed_forms) continue;
      sense.index = single + 1;
      tables_.phrases.add(plural_of(phrase), sense, tables_.vocabulary);
    }
    return {};
  }

  Result<void> read_class(const TableFile& table, const TableFile::Row& row, const std::string& name, NounClass& to) {
    if (std::find(tables_.noun_classes.begin(), tables_.noun_classes.end(), name) == tables_.noun_classes.end())
      return table.error_at(row, "'" + name + "' is no class of nouns.tsv");
    to = noun_class(name);
    return {};
  }

  Result<void> read_required(const TableFile& table, const TableFile::Row& row, std::string slot, Frame& frame) {
    if (slot.empty()) return {};
    if (slot.starts_with("noun:")) return read_class(table, row, slot.substr(5), frame.required_class);
    if (slot == "post") {
      frame.required_post = true;
      return {};
    }
    const auto take_mark = [&slot](std::string_view mark) {
      if (!slot.ends_with(mark)) return false;
      slot.resize(slot.size() - mark.size());
      return true;
    };
    frame.required_person = take_mark(":person");
    frame.required_party = take_mark(":party");
    frame.required_clause = take_mark(":clause");
    frame.required = parse_slot(slot);
    if (!frame.required) return table.error_at(row, "'" + slot + "' is no place of an argument");
    return {};
  }

  Result<void> read_object(const TableFile& table, const TableFile::Row& row, const std::string& text, Frame& frame) {
    if (text.empty() || text == "none") return {};
    if (text == "actor") frame.object = ObjectNeed::actor;
    else if (text == "person") frame.object = ObjectNeed::person;
    else if (text == "post") frame.object = ObjectNeed::post;
    else if (text == "party") frame.object = ObjectNeed::party;
    else if (text == "city") frame.object = ObjectNeed::city;
    else if (text == "money") frame.object = ObjectNeed::money;
    else if (text == "counted") frame.object = ObjectNeed::counted;
    else if (text == "time") frame.object = ObjectNeed::time;
    else if (text == "any") frame.object = ObjectNeed::any;
    else if (text.starts_with("noun:")) {
      frame.object = ObjectNeed::noun;
      return read_class(table, row, text.substr(5), frame.object_class);
    } else if (text.starts_with("subject:")) {
      return read_class(table, row, text.substr(8), frame.subject_class);
    } else {
      return table.error_at(row, "'" + text + "' is no kind of object");
    }
    return {};
  }

  static Result<void> read_confidence(const TableFile& table, const TableFile::Row& row, const std::string& text, double& confidence) {
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), confidence);
    if (code != std::errc{} || confidence <= 0 || confidence > 1 || *end != '\0')
      return table.error_at(row, "'" + text + "': a confidence is above 0 and at most 1");
    return {};
  }

  // "its/their work": one row for each of the words that a stroke divides.
  static std::vector<std::vector<std::string>> each_particle(const std::string& cell) {
    std::vector<std::vector<std::string>> all{{}};
    for (const std::string& words : split_values(cell, ' ')) {
      std::vector<std::vector<std::string>> longer;
      for (const std::string& word : split_values(words, '/'))
        for (std::vector<std::string> particle : all) {
          particle.push_back(word);
          longer.push_back(std::move(particle));
        }
      all = std::move(longer);
    }
    return all;
  }

  Result<void> take_frame(const TableFile& table, const TableFile::Row& row) {
    for (const std::vector<std::string>& particle : each_particle(table.cell(row, 2)))
      if (auto done = take_frame_with(table, row, particle); !done) return done;
    return {};
  }

  Result<void> take_frame_with(const TableFile& table, const TableFile::Row& row, const std::vector<std::string>& particle) {
    Frame frame;
    frame.rule = table.cell(row, 0);
    for (const std::string& word : particle) {
      frame.particle.push_back(word_id(word));
      frame.object_slot = word == "for" ? std::optional(Slot::for_) : parse_slot(word);
      if (frame.object_slot == Slot::subject || frame.object_slot == Slot::object) frame.object_slot.reset();
    }
    if (!frame.particle.empty()) frame.particle_first = frame.particle.front();
    if (auto done = read_object(table, row, table.cell(row, 3), frame); !done) return done;
    if (auto done = read_required(table, row, table.cell(row, 4), frame); !done) return done;
    const auto type = graph::parse_event_type(table.cell(row, 5));
    if (!type) return table.error_at(row, "'" + table.cell(row, 5) + "' is no event type");
    frame.type = *type;
    if (auto done = read_sets(table, row, table.cell(row, 6), frame.sets); !done) return done;
    if (auto done = read_parts(table, row, table.cell(row, 7), frame.parts); !done) return done;
    if (auto done = read_confidence(table, row, table.cell(row, 8), frame.confidence); !done) return done;
    for (const std::string& verb : table.values(row, 1)) {
      const auto found = verbs_.find(verb);
      if (found == verbs_.end()) return table.error_at(row, "'" + verb + "' is no verb of verbs.tsv");
      tables_.frames[found->second].push_back(frame);
    }
    return {};
  }

  static std::optional<CueSides> parse_sides(std::string_view name) {
    if (name == "persons") return CueSides::persons;
    if (name == "parties") return CueSides::parties;
    if (name == "person") return CueSides::person;
    if (name == "journey") return CueSides::journey;
    if (name == "one") return CueSides::one;
    return std::nullopt;
  }

  Result<void> take_sign(const TableFile& table, const TableFile::Row& row, const std::string& text, std::uint32_t sign) {
    if (text == "money") tables_.cues_of_kind[static_cast<std::size_t>(CueKind::money)].push_back(sign);
    else if (text == "post") tables_.cues_of_kind[static_cast<std::size_t>(CueKind::post)].push_back(sign);
    else if (text == "consultation") tables_.cues_of_kind[static_cast<std::size_t>(CueKind::consultation)].push_back(sign);
    else if (text == "conference") tables_.cues_of_kind[static_cast<std::size_t>(CueKind::conference)].push_back(sign);
    else if (text.starts_with("noun:")) {
      NounClass noun = kNoClass;
      if (auto done = read_class(table, row, text.substr(5), noun); !done) return done;
      tables_.cues_of_class[noun].push_back(sign);
    } else if (text.starts_with("verb:")) {
      const auto found = verbs_.find(text.substr(5));
      if (found == verbs_.end()) return table.error_at(row, "'" + text.substr(5) + "' is no verb of verbs.tsv");
      tables_.cues_of_verb[found->second].push_back(sign);
    } else {
      Sense sense;
      sense.kind = SenseKind::cue;
      sense.index = sign;
      tables_.phrases.add(text, sense, tables_.vocabulary);
    }
    return {};
  }

  Result<void> take_cue(const TableFile& table, const TableFile::Row& row) {
    Cue cue;
    cue.rule = table.cell(row, 0);
    const auto sides = parse_sides(table.cell(row, 3));
    if (!sides) return table.error_at(row, "'" + table.cell(row, 3) + "' says of nobody who has to be named");
    cue.sides = *sides;
    const auto type = graph::parse_event_type(table.cell(row, 4));
    if (!type) return table.error_at(row, "'" + table.cell(row, 4) + "' is no event type");
    cue.type = *type;
    cue.parts.fill(Part::participant);
    if (auto done = read_sets(table, row, table.cell(row, 5), cue.sets); !done) return done;
    if (auto done = read_parts(table, row, table.cell(row, 6), cue.parts); !done) return done;
    if (auto done = read_confidence(table, row, table.cell(row, 7), cue.confidence); !done) return done;
    const auto first = static_cast<std::uint32_t>(tables_.cues.size() * 2);
    for (const std::string& sign : table.values(row, 1))
      if (auto done = take_sign(table, row, sign, first); !done) return done;
    for (const std::string& sign : table.values(row, 2)) {
      cue.wants_second = true;
      if (auto done = take_sign(table, row, sign, first + 1); !done) return done;
    }
    tables_.cues.push_back(std::move(cue));
    return {};
  }

  const LoadContext& context_;
  LexiconTables& tables_;
  std::unordered_map<std::string, VerbId> verbs_;
  std::size_t before_ = 0;  // verbs of the folders before
};

}  // namespace

Result<void> load_events(const LoadContext& context) { return EventLoader(context).run(); }

}  // namespace entente::importers
