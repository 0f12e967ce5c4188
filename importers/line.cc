#include "importers/line.h"

#include <filesystem>

#include "base/utf8.h"
#include "graph/model/ids.h"
#include "importers/clean/clean.h"
#include "importers/detect/detect.h"
#include "importers/emit/compose.h"
#include "importers/emit/explain.h"
#include "importers/lexicon/tables.h"
#include "importers/mentions/mentions.h"
#include "importers/read/document.h"
#include "importers/resolve/cast.h"
#include "importers/resolve/entries.h"
#include "importers/resolve/imprint.h"
#include "importers/resolve/own_side.h"
#include "importers/split/sentences.h"

namespace entente::importers {
namespace {

graph::Claim claim_of(graph::ClaimBody body, std::vector<graph::Span> evidence, std::string rule, double confidence) {
  graph::Claim claim;
  claim.body = std::move(body);
  claim.evidence = std::move(evidence);
  claim.rule = std::move(rule);
  claim.confidence = confidence;
  return claim;
}

// The last year that a text without a date names: its names are those of that time.
std::optional<int> latest_year(const TextView& view) {
  constexpr int kFrom = 1800;
  constexpr int kTo = 2100;
  std::optional<int> latest;
  for (const Token& token : view.tokens) {
    const bool year = token.digits && !token.ordinal && token.end - token.begin == 4 && token.number >= kFrom && token.number < kTo;
    if (year && (!latest || token.number > *latest)) latest = token.number;
  }
  return latest;
}

void add_claims(Composition composition, std::vector<graph::Claim>& claims) {
  constexpr double kNamed = 0.9;
  claims.reserve(composition.officials.size() + composition.forums.size() + composition.events.size());
  for (std::size_t i = 0; i < composition.officials.size(); ++i)
    claims.push_back(claim_of(std::move(composition.officials[i]), {composition.official_spans[i]}, "official.named", kNamed));
  for (std::size_t i = 0; i < composition.forums.size(); ++i)
    claims.push_back(claim_of(std::move(composition.forums[i]), {composition.forum_spans[i]}, "forum.named", kNamed));
  for (Composed& event : composition.events)
    claims.push_back(claim_of(std::move(event.facts), std::move(event.evidence), std::move(event.rule), event.confidence));
}

}  // namespace

Result<LineResult> TextLine::read(const Document& document, Explain explain) const {
  LineResult result;

  auto source = read_document(document);
  if (!source) return source.error();
  result.id = source->id.empty() ? std::filesystem::path(document.name).stem().string() : source->id;
  // What a record says of its language holds; what a page says is often that of the site around it.
  const LexiconTables* const said = source->language.empty() ? nullptr : lexicon_.find_tables(source->language);
  auto clean_text = clean(std::move(*source), lexicon_.tables().boilerplate, result.notes);
  if (!clean_text) return clean_text.error();
  const LexiconTables& tables = said != nullptr ? *said : lexicon_.tables_for(clean_text->text);

  TextView view;
  view.text = clean_text->text;
  view.title = clean_text->title;
  view.tables = &tables;
  if (clean_text->published) view.year = clean_text->published->year;
  split_sentences(*clean_text, view);
  if (!view.year) view.year = latest_year(view);
  OwnSide own = own_side(lexicon_.tables(), clean_text->publisher);
  if (own.party == kNoParty) own = side_of_publisher(lexicon_.tables(), clean_text->publisher);
  view.of_organisation = own.party != kNoParty && lexicon_.tables().parties[own.party].kind == graph::EntityKind::organisation;
  find_mentions(view);
  if (own.party == kNoParty)
    own = side_of_imprint(lexicon_.tables(), clean_text->imprint, clean_text->url);
  Cast cast(view, own.party);
  cast.collect(view.sentences);
  std::vector<SetAside> set_aside;
  std::vector<Draft> drafts = detect_events(view, cast, find_entries(view, cast), explain == Explain::yes ? &set_aside : nullptr);
  if (explain == Explain::yes) result.explanation = explain_rooms(view, cast, drafts, set_aside);
  Composition composition = compose(view, cast, std::move(drafts), clean_text->published);
  if (explain == Explain::yes) result.explanation += explain_events(view, composition);

  graph::Release& release = result.reading.release;
  release.publisher = clean_text->publisher;
  release.url = clean_text->url.empty() ? document.name : clean_text->url;
  release.title = clean_text->title;
  release.language = clean_text->language;
  release.published = clean_text->published;
  add_claims(std::move(composition), result.reading.claims);
  release.text = std::move(clean_text->text);
  release.id = graph::release_id(release.url, release.text);
  release.content_hash = graph::content_hash(release);
  return result;
}

}  // namespace entente::importers
