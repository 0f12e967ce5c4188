#include "storage/care/dump.h"

#include <fmt/format.h>

#include "base/check.h"
#include "storage/care/dump_rows.h"
#include "storage/record/dictionary.h"
#include "storage/record/loads.h"
#include "storage/record/table_store.h"

namespace entente::storage {
namespace {

class Dumper {
 public:
  Dumper(const TableView& view, const std::function<Result<void>(std::string_view)>& line) : view_(view), line_(line) {}

  Result<void> run() {
    HeadLine head;
    head.version = kDumpVersion;
    if (auto put = write("dump", head); !put) return put;
    for (const auto step : {&Dumper::meta, &Dumper::terms, &Dumper::commits, &Dumper::entities, &Dumper::releases, &Dumper::texts,
                            &Dumper::claims, &Dumper::joins, &Dumper::events, &Dumper::corrections, &Dumper::states, &Dumper::loads})
      if (auto done = (this->*step)(); !done) return done;
    EndLine end;
    end.lines = lines_ + 1;
    return write("end", end);
  }

 private:
  template <class Line>
  Result<void> write(const char* is, Line& line) {
    JsonOut out;
    out("is", std::string(is));
    describe(out, line);
    ++lines_;
    return line_(out.object.dump());
  }

  template <class Key, class Record, class Line>
  Result<void> each(const char* is, Family family, Line make) {
    return for_each_row<Key, Record>(view_, whole(family), [&](const Key& key, Record& record) -> Result<bool> {
      auto line = make(key, record);
      if (!line) return line.error();
      if (auto put = write(is, *line); !put) return put.error();
      return true;
    });
  }

  Result<void> meta() {
    MetaLine line;
    for (const auto& [name, number] : {std::pair{MetaName::next_number, &line.next_number},
                                       std::pair{MetaName::last_recorded, &line.last_recorded},
                                       std::pair{MetaName::last_load, &line.last_load}}) {
      const auto row = get_row<Number>(view_, Family::meta, encode_key(MetaKey{name}));
      if (!row) return row.error();
      if (row->has_value()) *number = (*row)->value;
    }
    const auto version = get_row<PlainText>(view_, Family::meta, encode_key(MetaKey{MetaName::gazetteer_version}));
    if (!version) return version.error();
    if (version->has_value()) line.gazetteer_version = (*version)->text;
    return write("meta", line);
  }
  Result<void> terms() {
    return each<TermKey, PlainText>("term", Family::terms, [](const TermKey& key, const PlainText& id) {
      return Result<TermLine>(TermLine{key.number, id.text});
    });
  }
  Result<void> commits() {
    return each<CommitKey, Commit>("commit", Family::commits, [](const CommitKey& key, const Commit& commit) {
      CommitLine line{{static_cast<std::int64_t>(key.recorded)}, commit.kind, commit.outcome, std::nullopt, std::nullopt, commit.revision, commit.counts};
      if (commit.kind == CommitKind::release) line.release = release_id_of(commit.release);
      else line.load = commit.release;
      return Result<CommitLine>(line);
    });
  }
  Result<void> entities() {
    return each<EntityKey, EntityRecord>("entity", Family::entities, [](const EntityKey& key, EntityRecord& record) {
      return Result<EntityLine>(EntityLine{key.entity, is_latest(key.version), std::move(record)});
    });
  }
  Result<void> releases() {
    return each<ReleaseKey, ReleaseRecord>("release", Family::releases, [](const ReleaseKey& key, ReleaseRecord& record) {
      return Result<ReleaseLine>(ReleaseLine{release_id_of(key.release), is_latest(key.version), std::move(record)});
    });
  }
  Result<void> texts() {
    return each<TextKey, CompressedText>("text", Family::texts, [](const TextKey& key, CompressedText& text) {
      return Result<TextLine>(TextLine{release_id_of(key.release), key.revision, std::move(text.text)});
    });
  }
  Result<void> claims() {
    return each<ClaimKey, ClaimRecord>("claim", Family::claims, [](const ClaimKey& key, ClaimRecord& record) {
      return Result<ClaimLine>(ClaimLine{claim_id_of(key), std::move(record)});
    });
  }
  Result<void> joins() {
    return each<JoinKeyOfClaim, JoinRecord>("join", Family::joins, [](const JoinKeyOfClaim& key, JoinRecord& record) {
      return Result<JoinLine>(JoinLine{claim_id_of({key.release, key.revision, key.number}), is_latest(key.version), std::move(record)});
    });
  }
  Result<void> events() {
    return each<EventKey, EventRecord>("event", Family::events, [](const EventKey& key, EventRecord& record) {
      return Result<EventLine>(EventLine{event_id_of(key.event), is_latest(key.version), std::move(record)});
    });
  }
  // What a correction is about is told as the id that it is, where it is one.
  Result<void> corrections() {
    return each<CorrectionKey, CorrectionRecord>(
        "correction", Family::corrections, [&](const CorrectionKey& key, CorrectionRecord& record) -> Result<CorrectionLine> {
          CorrectionLine line;
          line.kind = key.kind;
          line.latest = is_latest(key.version);
          line.subject = graph::hex_digits(key.subject);
          if (key.kind == CorrectionKind::join) line.subject = event_id_of(key.subject).str();
          if (key.kind != CorrectionKind::retract) line.target = event_id_of(record.target).str();
          if (key.kind == CorrectionKind::same)
            for (const auto& [number, text] : {std::pair{key.subject, &line.subject}, std::pair{record.target, &line.target}}) {
              auto id = id_of(view_, static_cast<EntityNumber>(number));
              if (!id) return id.error();
              *text = std::move(*id);
            }
          line.record = std::move(record);
          return line;
        });
  }
  Result<void> states() {
    return each<SourceStateKey, StateRecord>("state", Family::source_state, [](const SourceStateKey&, StateRecord& record) {
      return Result<StateLine>(StateLine{std::move(record)});
    });
  }
  Result<void> loads() {
    auto all = read_loads(view_);
    if (!all) return all.error();
    for (auto& [number, record] : *all) {
      LoadLine line{number, record};
      if (auto put = write("load", line); !put) return put;
      const auto sources = each_load_source(view_, number, [&](PackedSource& source) -> Result<bool> {
        LoadSourceLine row{number, std::move(source)};
        if (auto put = write("load_source", row); !put) return put.error();
        return true;
      });
      if (!sources) return sources;
      const auto events = each_load_event(view_, number, [&](const PackedEvent& event) -> Result<bool> {
        LoadEventLine row{number, event};
        if (auto put = write("load_event", row); !put) return put.error();
        return true;
      });
      if (!events) return events;
    }
    return {};
  }

  static bool is_latest(const Version& version) { return version == Version::current(); }

  const TableView& view_;
  const std::function<Result<void>(std::string_view)>& line_;
  std::uint64_t lines_ = 0;
};

}  // namespace

Result<void> dump(Store& store, const std::function<Result<void>(std::string_view)>& line) {
  auto* const tables = dynamic_cast<TableStore*>(&store);
  ENTENTE_CHECK(tables != nullptr, "a store that is not built on tables");
  const auto view = tables->view();
  if (!view) return view.error();
  return Dumper(**view, line).run();
}

}  // namespace entente::storage
