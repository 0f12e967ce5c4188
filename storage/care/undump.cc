#include <fmt/format.h>

#include <map>

#include "base/check.h"
#include "storage/care/dump.h"
#include "storage/care/dump_rows.h"
#include "storage/care/expected.h"
#include "storage/record/loads.h"
#include "storage/record/table_store.h"

namespace entente::storage {
namespace {

constexpr std::size_t kRowsAtOnce = 10'000;

class Undumper {
 public:
  Undumper(std::istream& in, TableStore& store) : in_(in), store_(store) {}

  Result<void> run() {
    if (auto read = read_lines(); !read) return read;
    if (auto put = put_blocks(); !put) return put;
    if (auto put = put_pending(); !put) return put;
    if (auto derived = derive(); !derived) return derived;
    return put_pending();
  }

 private:
  Error wrong(const std::string& what) const {
    return {ErrorCode::invalid_argument,
            fmt::format("line {} of the dump {}; nothing was loaded: mend the line, or dump the store again", number_, what), {}};
  }

  Result<void> read_lines() {
    std::string line;
    while (std::getline(in_, line)) {
      ++number_;
      const auto json = nlohmann::json::parse(line, nullptr, false);
      if (json.is_discarded() || !json.is_object()) return wrong("is no JSON object");
      const auto is = json.find("is");
      if (is == json.end() || !is->is_string()) return wrong("does not say what it is");
      if (ended_) return wrong("comes after the end");
      if (auto done = read(is->get<std::string>(), json); !done) return done;
      if (pending_.size() >= kRowsAtOnce)
        if (auto put = put_pending(); !put) return put;
    }
    if (in_.bad()) return Error{ErrorCode::io, "the dump cannot be read to its end; nothing was loaded: look at the disk", {}};
    if (!ended_)
      return Error{ErrorCode::invalid_argument,
                   fmt::format("the dump breaks off after line {}; nothing was loaded: dump the store again", number_), {}};
    return {};
  }

  template <class Line, class Put>
  Result<void> take(const nlohmann::json& json, Put put) {
    JsonIn in(json);
    std::string is;
    in("is", is);
    Line line;
    describe(in, line);
    if (const std::string fault = in.fault(); !fault.empty()) return wrong(fault);
    return put(line);
  }

  template <class Value>
  Result<void> put(Family family, std::string key, const Value& value) {
    pending_.push_back({family, std::move(key), encode_value(value)});
    return {};
  }

  // A version behind the one that stands has its own time in its key.
  template <class Record>
  Result<void> put_version_of(Family family, std::string stem, bool latest, const Record& record) {
    put_big_endian(stem, (latest ? Version::current() : Version::since(record.since)).bits);
    return put(family, std::move(stem), record);
  }

  Result<void> read(const std::string& is, const nlohmann::json& json) {
    if (number_ == 1 && is != "dump") return wrong("is not the head of a dump");
    if (is == "dump") return take<HeadLine>(json, [&](const HeadLine& line) { return head(line); });
    if (is == "meta") return take<MetaLine>(json, [&](const MetaLine& line) { return meta(line); });
    if (is == "term") return take<TermLine>(json, [&](const TermLine& line) { return term(line); });
    if (is == "commit") return take<CommitLine>(json, [&](const CommitLine& line) { return commit(line); });
    if (is == "entity")
      return take<EntityLine>(json, [&](const EntityLine& line) {
        return put_version_of(Family::entities, encode_stem(EntityKey{line.number, {}}), line.latest, line.record);
      });
    if (is == "release") return take<ReleaseLine>(json, [&](const ReleaseLine& line) { return release(line); });
    if (is == "text") return take<TextLine>(json, [&](TextLine& line) { return text(line); });
    if (is == "claim") return take<ClaimLine>(json, [&](const ClaimLine& line) { return claim(line, json["body"]); });
    if (is == "join") return take<JoinLine>(json, [&](const JoinLine& line) { return join(line); });
    if (is == "event") return take<EventLine>(json, [&](EventLine& line) { return event(line); });
    if (is == "correction") return take<CorrectionLine>(json, [&](CorrectionLine& line) { return correction(line); });
    if (is == "state")
      return take<StateLine>(json, [&](const StateLine& line) {
        const SourceStateKey key{fnv1a64(line.record.source), fnv1a64(line.record.item)};
        return put(Family::source_state, encode_key(key), line.record);
      });
    if (is == "load")
      return take<LoadLine>(json, [&](const LoadLine& line) -> Result<void> {
        pending_.push_back({Family::loads, encode_key(LoadKey{line.number}), encode_load(line.record)});
        return {};
      });
    if (is == "load_source") return take<LoadSourceLine>(json, [&](LoadSourceLine& line) { return load_source(line); });
    if (is == "load_event") return take<LoadEventLine>(json, [&](const LoadEventLine& line) { return load_event(line); });
    if (is == "end") return take<EndLine>(json, [&](const EndLine& line) { return end(line); });
    return wrong(fmt::format("is '{}', which is nothing that this version knows", is));
  }

  Result<void> head(const HeadLine& line) {
    if (number_ != 1) return wrong("is a second head");
    if (line.version <= kDumpVersion) return {};
    return Error{ErrorCode::unsupported_format,
                 fmt::format("the dump has version {}, and this program reads up to {}: load it with a newer entente", line.version, kDumpVersion), {}};
  }
  Result<void> end(const EndLine& line) {
    ended_ = true;
    return line.lines == number_ ? Result<void>() : wrong(fmt::format("ends a dump of {} lines: some are missing, or too many", line.lines));
  }
  Result<void> meta(const MetaLine& line) {
    for (const auto& [name, number] : {std::pair{MetaName::next_number, &line.next_number},
                                       std::pair{MetaName::last_recorded, &line.last_recorded},
                                       std::pair{MetaName::last_load, &line.last_load}})
      if (*number)
        if (auto done = put(Family::meta, encode_key(MetaKey{name}), Number{**number}); !done) return done;
    if (!line.gazetteer_version) return {};
    return put(Family::meta, encode_key(MetaKey{MetaName::gazetteer_version}), PlainText{*line.gazetteer_version});
  }
  Result<void> term(const TermLine& line) {
    if (!numbers_.emplace(line.id, line.number).second) return wrong(fmt::format("gives a second number to '{}'", line.id));
    // What leads from the id to the number is needed to work out the rest.
    if (auto done = put(Family::term_numbers, encode_key(TermNumberKey{fnv1a64(line.id), line.number}), Present{}); !done) return done;
    return put(Family::terms, encode_key(TermKey{line.number}), PlainText{line.id});
  }
  Result<void> commit(const CommitLine& line) {
    Commit commit{line.kind, line.outcome, line.load.value_or(0), line.revision, line.counts};
    if (line.release) {
      const auto release = number_of(*line.release);
      if (!release) return wrong(fmt::format("has '{}' for a release", line.release->str()));
      commit.release = *release;
    }
    return put(Family::commits, encode_key(CommitKey{static_cast<std::uint64_t>(line.recorded.micros)}), commit);
  }
  Result<void> release(const ReleaseLine& line) {
    const auto number = number_of(line.id);
    if (!number) return wrong(fmt::format("has '{}' for a release", line.id.str()));
    return put_version_of(Family::releases, encode_stem(ReleaseKey{*number, {}}), line.latest, line.record);
  }
  Result<void> text(TextLine& line) {
    const auto release = number_of(line.release);
    if (!release) return wrong(fmt::format("has '{}' for a release", line.release.str()));
    if (line.text.size() > kTextBytesMax) return wrong("has a text that is too long");
    return put(Family::texts, encode_key(TextKey{*release, line.revision}), CompressedText{std::move(line.text)});
  }
  Result<void> claim(const ClaimLine& line, const nlohmann::json& body) {
    const auto key = key_of(line.id);
    if (!key) return wrong(fmt::format("has '{}' for a claim", line.id.str()));
    if (body.size() != 1) return wrong("is a claim that asserts nothing, or several things");
    return put(Family::claims, encode_key(*key), line.record);
  }
  Result<void> join(const JoinLine& line) {
    const auto key = key_of(line.claim);
    if (!key) return wrong(fmt::format("has '{}' for a claim", line.claim.str()));
    const JoinKeyOfClaim row{key->release, key->revision, key->number, {}};
    return put_version_of(Family::joins, encode_stem(row), line.latest, line.record);
  }
  Result<void> event(EventLine& line) {
    const auto number = number_of(line.id);
    if (!number) return wrong(fmt::format("has '{}' for an event", line.id.str()));
    if (line.record.event) line.record.event->id = line.id;
    return put_version_of(Family::events, encode_stem(EventKey{*number, {}}), line.latest, line.record);
  }
  Result<void> correction(CorrectionLine& line) {
    const auto subject = subject_of(line.kind, line.subject);
    if (!subject) return wrong(fmt::format("corrects '{}', which is not known", line.subject));
    if (line.kind != CorrectionKind::retract) {
      const auto target = subject_of(line.kind == CorrectionKind::split ? CorrectionKind::join : line.kind, line.target);
      if (!target) return wrong(fmt::format("leads to '{}', which is not known", line.target));
      line.record.target = *target;
    }
    return put_version_of(Family::corrections, encode_stem(CorrectionKey{line.kind, *subject, {}}), line.latest, line.record);
  }
  std::optional<std::uint64_t> subject_of(CorrectionKind kind, const std::string& text) const {
    if (kind == CorrectionKind::join) return number_of(graph::EventId(text));
    // The digits stand for themselves, as those of an event's id do.
    if (kind != CorrectionKind::same) return number_of(graph::EventId("event:" + text));
    const auto number = numbers_.find(text);
    return number == numbers_.end() ? std::nullopt : std::optional<std::uint64_t>(number->second);
  }

  // What a table holds comes in the order of its numbers, and is packed again.
  Result<void> load_source(LoadSourceLine& line) {
    if (events_.size() > 0) put_events();
    if (sources_.size() == kBlockRows || (!sources_.empty() && load_ != line.load))
      if (auto put = put_sources(); !put) return put;
    load_ = line.load;
    if (!sources_.empty() && sources_.back().id >= line.source.id) return wrong("is not in the order of its numbers");
    sources_.push_back(std::move(line.source));
    return {};
  }
  Result<void> load_event(const LoadEventLine& line) {
    if (auto put = put_sources(); !put) return put;
    if (events_.size() == kBlockRows || (events_.size() > 0 && load_ != line.load)) put_events();
    if (events_.size() > 0 && last_event_ >= line.event.event) return wrong("is not in the order of its numbers");
    load_ = line.load;
    last_event_ = line.event.event;
    events_.add(line.event);
    return {};
  }
  Result<void> put_blocks() {
    if (events_.size() > 0) put_events();
    return put_sources();
  }
  Result<void> put_sources() {
    if (sources_.empty()) return {};
    pending_.push_back({Family::load_sources, encode_key(LoadSourceKey{load_, sources_.front().id}), encode_sources(sources_)});
    sources_.clear();
    return {};
  }
  void put_events() {
    std::string key = encode_key(LoadEventKey{load_, events_.first_event()});
    pending_.push_back({Family::load_events, std::move(key), events_.take()});
  }

  // The orders by which things are found follow from the rows that are there now.
  Result<void> derive() {
    const auto view = store_.view();
    if (!view) return view.error();
    std::string fault;
    const ExpectedSink sink{[&](const ExpectedRow& row) -> Result<void> {
                              if (row.value) pending_.push_back({row.family, row.key, *row.value});
                              return pending_.size() < kRowsAtOnce ? Result<void>() : put_pending();
                            },
                            [&](Family family, std::string_view, const std::string& what) {
                              if (fault.empty()) fault = fmt::format("{}: {}", info(family).name, what);
                            }};
    if (auto walked = walk_expected(**view, sink); !walked) {
      if (walked.error().code != ErrorCode::corrupt) return walked;
      fault = walked.error().message;
    }
    if (!fault.empty())
      return Error{ErrorCode::invalid_argument, "the dump does not agree with itself: " + fault + "; nothing was loaded", {}};
    const auto loads = read_loads(**view);
    if (!loads) return loads.error();
    for (const auto& [number, load] : *loads) {
      const auto derived = derive_load_rows(**view, number, load, [&](Write write) -> Result<void> {
        pending_.push_back(std::move(write));
        return pending_.size() < kRowsAtOnce ? Result<void>() : put_pending();
      });
      if (!derived) return derived;
    }
    return {};
  }

  Result<void> put_pending() {
    if (pending_.empty()) return {};
    auto put = store_.put_rows(pending_);
    pending_.clear();
    return put;
  }

  std::istream& in_;
  TableStore& store_;
  std::uint64_t number_ = 0;  // of the line
  bool ended_ = false;
  std::vector<Write> pending_;
  std::map<std::string, EntityNumber> numbers_;
  LoadNumber load_ = 0;
  std::vector<PackedSource> sources_;
  EventBlockWriter events_;
  std::uint64_t last_event_ = 0;
};

}  // namespace

Result<void> undump(std::istream& in, Store& store) {
  auto* const tables = dynamic_cast<TableStore*>(&store);
  ENTENTE_CHECK(tables != nullptr, "a store that is not built on tables");
  return Undumper(in, *tables).run();
}

}  // namespace entente::storage
