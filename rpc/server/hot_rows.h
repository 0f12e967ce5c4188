// The newest rows of whose timeline is asked for often: with the events kept too, such a question is answered on the loop,
// without the store. What is written since is noticed by itself. May be used from any thread.
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "graph/view/reader.h"
#include "graph/view/rows.h"
#include "storage/store.h"

namespace entente::rpc {

class HotRows {
 public:
  // The store outlives this.
  HotRows(storage::Store& store, std::size_t bytes_max);
  HotRows(const HotRows&) = delete;
  HotRows& operator=(const HotRows&) = delete;

  // Only these: newest first, of one, or of two together, and no more than this many rows.
  static constexpr std::size_t kRows = 256;
  static bool may_answer(const graph::TimelineQuery& query);

  // All events of the answer in their order, as a view of `at` has them; absent when the rows that are kept do not tell.
  // REQUIRES: may_answer(query).
  std::optional<std::vector<graph::EventRef>> find(const graph::TimelineQuery& query, RecordedTime at);
  // Reads and keeps the rows that would answer such a question, the second time that it is wanted. On a worker.
  // REQUIRES: may_answer(query); the reader has rows() and is of `at`.
  Result<void> keep(graph::Reader& reader, const graph::TimelineQuery& query, RecordedTime at);

 private:
  struct Whose {
    graph::EntityNumber entity = 0;
    graph::EntityNumber with = 0;
    friend bool operator==(const Whose&, const Whose&) = default;
  };
  struct Hash {
    std::size_t operator()(const Whose& whose) const { return std::hash<std::uint64_t>()((std::uint64_t{whose.entity} << 32U) | whose.with); }
  };
  struct Entry {
    Whose whose;
    std::shared_ptr<const std::vector<graph::Row>> rows;
    bool whole = false;  // there are no more
    RecordedTime since;  // read then; it may have been so before
    RecordedTime until;  // from then on it may be another; kOpen: as far as is known it is still so
  };
  using Entries = std::list<Entry>;

  // Outlives this as long as a write still tells of itself.
  struct State {
    std::mutex mutex;
    RecordedTime known;
    Entries entries;  // the last used first
    std::unordered_map<Whose, Entries::iterator, Hash> by_whose;
    std::unordered_map<std::string, graph::EntityNumber> numbers;  // a number once given stays
    std::unordered_set<std::string> wanted_once;
    std::size_t bytes = 0;

    void note(const storage::Written& written);
    std::optional<Whose> whose_of(const graph::TimelineQuery& query) const;
  };

  std::size_t bytes_max_;
  std::shared_ptr<State> state_ = std::make_shared<State>();
  std::shared_ptr<void> telling_;
};

}  // namespace entente::rpc
