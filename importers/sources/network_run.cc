// The kinds that are fetched: feeds, sitemaps, listing pages, JSON.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/bytes.h"
#include "graph/model/ids.h"
#include "importers/sources/feed.h"
#include "importers/sources/gunzip.h"
#include "importers/sources/run.h"
#include "importers/sources/sitemap.h"
#include "importers/sources/xml.h"

namespace entente::importers {
namespace {

constexpr int kTriesMax = 8;                       // of a page, over as many runs
constexpr std::size_t kMapsMax = 200;              // sitemaps read in one run
constexpr std::size_t kListBytesMax = 52U << 20U;  // what a sitemap may have, decompressed
constexpr std::size_t kTitleBytesMax = 500;
constexpr std::size_t kUrlsShownMax = 10'000;

struct ListTask {
  std::string url;
  int page = 1;         // which page of the list
  std::string changed;  // what the index of sitemaps says of it
};

class NetworkRun final : public SourceRun {
 public:
  using SourceRun::SourceRun;

  Result<void> feed() override {
    if (trouble_) return *trouble_;
    const int connections = source_.manners.connections;
    while (!lists_.empty() && lists_out_ < connections) fetch_list();
    if (!listed_ && lists_.empty() && lists_out_ == 0)
      if (auto finished = finish_lists(); !finished) return finished;
    while (listed_ && !queue_.empty() && pages_out_ < connections * 2 + 2 && has_room()) {
      const std::string key = queue_.front();
      queue_.pop_front();
      if (auto begun = begin_page(key); !begun) return begun;
    }
    return {};
  }

 protected:
  Result<void> begin() override {
    lists_.push_back({source_.url, 1, {}});
    return {};
  }

  bool more_is_done() const override { return lists_.empty() && lists_out_ == 0 && pages_out_ == 0; }

  void name_release(const std::string& key, const PageState& state, graph::Release& release) override {
    if (const auto url = parse_url(state.url)) release.url = without_tracking(*url).to_text();
    release.id = graph::release_id(key, {});
  }

 private:
  bool has_room() const { return !shared_.readers || shared_.readers->has_room(); }

  void fetch_list() {
    ListTask task = std::move(lists_.front());
    lists_.pop_front();
    ++lists_out_;
    Fetch fetch;
    fetch.url = task.url;
    fetch.manners = source_.manners;
    if (source_.kind == SourceKind::sitemap) fetch.manners.bytes_max = std::max(fetch.manners.bytes_max, kListBytesMax);
    // Only what is remembered of a list whose pages are all dealt with can be relied on.
    if (const auto known = state_.lists.find(task.url); known != state_.lists.end()) {
      fetch.etag = known->second.etag;
      fetch.last_modified = known->second.last_modified;
    }
    shared_.parts.fetcher->fetch(std::move(fetch), [this, task](Result<Fetched> got) {
      --lists_out_;
      take_list(task, std::move(got));
    });
  }

  void list_failed(const ListTask& task, const std::string& what) {
    fail(what.find(task.url) == std::string::npos ? fmt::format("{}: {}", task.url, what) : what,
         task.page == 1 && task.url == source_.url ? PullStatus::failed : PullStatus::partly);
  }

  void take_list(const ListTask& task, Result<Fetched> got) {
    if (!got) return list_failed(task, got.error().to_text());
    if (got->not_modified()) return list_is_unchanged(task);
    if (!got->ok()) return list_failed(task, fmt::format("the server answered {}", got->status));
    SourceState::Copy copy{got->etag, got->last_modified, fnv1a64(got->body), task.changed};
    const auto known = state_.lists.find(task.url);
    const bool unchanged = known != state_.lists.end() && known->second.hash == copy.hash;
    new_copies_[task.url] = std::move(copy);
    if (unchanged && !source_.content_from_list) return list_is_unchanged(task);
    const auto base = parse_url(got->url);
    if (!base) return list_failed(task, "the address it led to cannot be read");
    if (source_.kind == SourceKind::sitemap) return take_sitemap(task, *got, *base);
    const std::string text = as_utf8(got->body, got->content_type);
    auto listing = read_list(text, *base);
    if (!listing) return list_failed(task, listing.error().message);
    if (source_.kind == SourceKind::listing && task.page == 1 && listing->items.empty())
      return list_failed(task,
                         source_.selectors.says_which()
                             ? "the selectors find no link on the page; look at it and mend item: and link:"
                             : "nothing on the page reads like a list of releases; say where they are with link:");
    const bool any_new = take_items(*listing);
    report.listed += listing->items.size();
    if (listing->next && any_new && task.page < source_.pages_max && seen_lists_.insert(*listing->next).second)
      lists_.push_back({*listing->next, task.page + 1, {}});
  }

  void list_is_unchanged(const ListTask& task) {
    if (task.url == source_.url) {
      report.list_unchanged = true;
      report.listed = state_.listed;
    }
  }

  Result<Listing> read_list(const std::string& text, const Url& base) const {
    if (source_.kind == SourceKind::json) return read_json_listing(text, base, source_.json, source_.language);
    if (source_.kind == SourceKind::listing) return read_listing(text, base, source_.selectors, source_.language);
    auto feed = read_feed(text, base);
    if (!feed) return feed.error();
    return std::move(feed->listing);
  }

  void take_sitemap(const ListTask& task, const Fetched& got, const Url& base) {
    std::string text = got.body;
    if (is_gzip(text)) {
      auto whole = gunzip(text, kListBytesMax);
      if (!whole) return list_failed(task, whole.error().message);
      text = std::move(*whole);
    }
    auto sitemap = read_sitemap(as_utf8(text, got.content_type), base);
    if (!sitemap) return list_failed(task, sitemap.error().message);
    Listing listing;
    listing.items = std::move(sitemap->pages);
    take_items(listing);
    report.listed += listing.items.size();
    // The newest first: what is left out by the bound is the oldest.
    std::stable_sort(sitemap->maps.begin(), sitemap->maps.end(),
                     [](const ListedPage& a, const ListedPage& b) { return a.changed > b.changed; });
    for (const ListedPage& map : sitemap->maps) {
      const auto known = state_.lists.find(map.url);
      const bool as_it_was =
          known != state_.lists.end() && !map.changed.empty() && known->second.changed == map.changed;
      if (as_it_was || seen_lists_.size() >= kMapsMax || !seen_lists_.insert(map.url).second) continue;
      lists_.push_back({map.url, 2, map.changed});
    }
  }

  bool too_old(const std::optional<CivilDate>& date) const {
    return shared_.options.since && date && *date < *shared_.options.since;
  }

  // Whether any of them was not known.
  bool take_items(const Listing& listing) {
    bool any_new = false;
    for (const ListedPage& item : listing.items) {
      const auto url = parse_url(item.url);
      if (!url || !takes_path(source_, url->path_and_query())) continue;
      // In sitemaps the day of the last change is all there is: what was not changed since is older.
      std::optional<CivilDate> day = item.date;
      if (!day && source_.kind == SourceKind::sitemap)
        day = parse_iso_date(std::string_view(item.changed).substr(0, 10));
      const std::string key = canonical_url(*url);
      const auto [at, fresh] = pages_.try_emplace(key);
      PageState& state = at->second;
      const std::string changed = source_.content_from_list && item.changed.empty() && !item.content.empty()
                                      ? graph::hex_digits(fnv1a64(item.content))
                                      : item.changed;
      if (fresh) {
        state.first_seen = now();
        any_new = true;
      } else if (changed.empty() || state.changed == changed) {
        if (source_.content_from_list && state.status == PageStatus::pending) contents_[key] = item.content;
        continue;
      } else {
        state.status = PageStatus::pending;
      }
      state.url = item.url;
      state.title = item.title.substr(0, kTitleBytesMax);
      if (item.date) state.listed = item.date;
      state.changed = changed;
      if (source_.content_from_list) contents_[key] = item.content;
      changed_.push_back(key);
      // Written down all the same: another run may ask for it, when the list has not changed.
      if (fresh && too_old(day)) {
        state.status = PageStatus::old;
        state.published = day;
        ++report.old;
      }
    }
    return any_new;
  }

  // What is to be fetched is written down before the list counts as read.
  Result<void> finish_lists() {
    listed_ = true;
    for (const std::string& key : changed_)
      if (auto kept = keep(key); !kept) return kept;
    if (auto flushed = flush(); !flushed) return flushed;
    if (report.status != PullStatus::failed) {
      state_.listed = report.listed;
      if (state_.listed > state_.listed_most) {
        state_.listed_most = state_.listed;
        state_.listed_most_at = now();
      }
    }
    // A list that brings the texts is as good as unread until they are.
    if (!source_.content_from_list && report.status != PullStatus::failed) {
      take_copies();
      if (stores()) {
        const graph::StateRow head{source_.id, "", encode(state_)};
        if (auto put = shared_.parts.states->put_states({&head, 1}); !put) return put;
      }
    }
    queue_pages();
    return {};
  }

  void take_copies() {
    for (auto& [url, copy] : new_copies_) state_.lists[url] = std::move(copy);
    // What is remembered of pages of lists that nobody asks for any more only takes room.
    constexpr std::size_t kCopiesMax = 2 * kMapsMax;
    for (auto at = state_.lists.begin(); state_.lists.size() > kCopiesMax && at != state_.lists.end();)
      at = new_copies_.contains(at->first) || at->first == source_.url ? std::next(at) : state_.lists.erase(at);
    new_copies_.clear();
  }

  bool is_due(const PageState& state) {
    if (state.status == PageStatus::pending) return true;
    if (state.status == PageStatus::old) return !too_old(state.published);
    if (state.status != PageStatus::read || source_.content_from_list) return false;
    if (shared_.options.recheck) return true;
    const auto check = static_cast<std::size_t>(std::max(0, state.checks));
    return check < source_.recheck_ms.size() && now().micros - state.read_at.micros >= source_.recheck_ms[check] * 1000;
  }

  void queue_pages() {
    // In the order of the list what is new; then what was left before.
    std::set<std::string> queued;
    const auto add = [&](const std::string& key) {
      if (!is_due(pages_.at(key)) || !queued.insert(key).second) return;
      if (queue_.size() < static_cast<std::size_t>(source_.items_max))
        queue_.push_back(key);
      else
        ++report.left;
    };
    for (const std::string& key : changed_) add(key);
    for (const auto& [key, state] : pages_) add(key);
    report.found = queue_.size();
    if (!shared_.options.dry_run) return;
    for (const std::string& key : queue_)
      if (report.would_fetch.size() < kUrlsShownMax) report.would_fetch.push_back(pages_.at(key).url);
    queue_.clear();
  }

  Result<void> begin_page(const std::string& key) {
    const PageState& state = pages_.at(key);
    out_.insert(key);
    if (source_.content_from_list) return read_content(key, state);
    Fetch fetch;
    fetch.url = state.url;
    fetch.manners = source_.manners;
    // A copy that was read: an answer without a body is enough. Not when the list says that it has changed.
    if (state.status == PageStatus::read) {
      fetch.etag = state.etag;
      fetch.last_modified = state.last_modified;
    }
    ++pages_out_;
    shared_.parts.fetcher->fetch(std::move(fetch), [this, key](Result<Fetched> got) {
      --pages_out_;
      if (auto taken = take_page(key, std::move(got)); !taken && !trouble_) trouble_ = taken.error();
    });
    return {};
  }

  Result<void> read_content(const std::string& key, const PageState& state) {
    const auto content = contents_.find(key);
    if (content == contents_.end() || content->second.empty())
      return settle(key, PageStatus::refused, "the list brings no text of it");
    Page page{state.url,
              "<!DOCTYPE html><html><head><title></title></head><body><article>" + content->second +
                  "</article></body></html>",
              "text/html; charset=utf-8", state.title, state.listed};
    contents_.erase(content);
    return read(key, std::move(page));
  }

  Result<void> page_failed(const std::string& key, const std::string& why) {
    PageState& state = page(key);
    if (++state.tries >= kTriesMax)
      return settle(key, PageStatus::refused, fmt::format("given up after {} runs: {}", state.tries, why));
    state.trouble = why;
    ++report.failed;
    ++done;
    out_.erase(key);
    fail(why, PullStatus::partly);
    return keep(key);
  }

  Result<void> take_page(const std::string& key, Result<Fetched> got) {
    PageState& state = page(key);
    if (!got) {
      const bool for_good = got.error().code == ErrorCode::permission || got.error().code == ErrorCode::too_large ||
                            got.error().code == ErrorCode::invalid_argument;
      return for_good ? settle(key, PageStatus::refused, got.error().to_text())
                      : page_failed(key, got.error().to_text());
    }
    if (got->not_modified()) {
      ++state.checks;
      state.checked = now();
      ++report.known;
      ++done;
      out_.erase(key);
      return keep(key);
    }
    if (got->gone()) return settle(key, PageStatus::gone, fmt::format("the server answered {}", got->status));
    if (!got->ok()) return page_failed(key, fmt::format("{}: the server answered {}", state.url, got->status));
    const auto asked = parse_url(state.url);
    const auto came = parse_url(got->url);
    if (asked && came && came->path == "/" && asked->path != "/")
      return settle(key, PageStatus::gone, "it leads to the front page");
    state.etag = got->etag;
    state.last_modified = got->last_modified;
    return read(key, {state.url, std::move(got->body), got->content_type, state.title, state.listed});
  }

  std::deque<ListTask> lists_;
  int lists_out_ = 0;
  int pages_out_ = 0;
  std::set<std::string> seen_lists_;
  std::map<std::string, SourceState::Copy> new_copies_;
  std::vector<std::string> changed_;             // pages that the list says are new or other than before
  std::map<std::string, std::string> contents_;  // of a list that brings the texts
  std::optional<Error> trouble_;                 // of the store
};

}  // namespace

std::unique_ptr<SourceRun> make_network_run(std::size_t number, const SourceConfig& source, Shared& shared) {
  return std::make_unique<NetworkRun>(number, source, shared);
}

}  // namespace entente::importers
