// Rows as values: getting, scanning and putting them without spelling out bytes, and the two ways in which rows
// remember: versions (each replaces the one before, all stay readable) and lifetimes (a row that held from, until).
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "storage/codec/keys.h"
#include "storage/codec/values.h"
#include "storage/layout/batch.h"
#include "storage/layout/table.h"

namespace entente::storage {

// The value at a key; absent when there is no such row. Fails with corrupt, or as the view does.
template <class Value>
Result<std::optional<Value>> get_row(const TableView& view, Family family, std::string_view key) {
  auto bytes = view.get(family, key);
  if (!bytes) return bytes.error();
  if (!bytes->has_value()) return std::optional<Value>();
  auto value = decode_value<Value>(**bytes);
  if (!value) return corrupt_row(family, key);
  return value;
}

template <class Value>
void put_row(Batch& batch, Family family, std::string key, const Value& value) {
  batch.put(family, std::move(key), encode_value(value));
}

// Calls visit(key, value) for each row of the range in its order, until it gives false or an error.
// visit: (const Key&, Value&) -> Result<bool>.
template <class Key, class Value, class Visit>
Result<void> for_each_row(const TableView& view, const Range& range, Visit visit) {
  for (auto scan = view.scan(range, Direction::forward);; scan->next()) {
    if (!scan->valid()) return scan->status();
    const auto key = decode_key<Key>(scan->key());
    auto value = decode_value<Value>(scan->value());
    if (!key || !value) return corrupt_row(range.family, scan->key());
    const Result<bool> more = visit(*key, *value);
    if (!more) return more.error();
    if (!*more) return {};
  }
}

// The version that stood at a recorded time; absent when there was none yet.
template <class Record>
Result<std::optional<Record>> find_version(const TableView& view, Family family, const std::string& stem,
                                           RecordedTime at) {
  const auto key_at = [&](Version version) {
    std::string key = stem;
    put_big_endian(key, version.bits);
    return key;
  };
  auto current = get_row<Record>(view, family, key_at(Version::current()));
  if (!current || !current->has_value() || (*current)->since <= at) return current;
  auto scan = view.scan({family, key_at(Version::since(at)), after_all(stem)}, Direction::forward);
  if (!scan->valid()) {
    if (auto status = scan->status(); !status) return status.error();
    return std::optional<Record>();
  }
  auto record = decode_value<Record>(scan->value());
  if (!record) return corrupt_row(family, scan->key());
  return record;
}

// Puts a version in the place of the one that stands, which is kept among the older ones.
// REQUIRES: `current` is the standing version as the batch has it, absent when there is none; record.since is not
// before its; an equal one (the same step) is replaced.
template <class Record>
void put_version_after(Batch& batch, Family family, const std::string& stem, const std::optional<Record>& current,
                       const Record& record) {
  if (current && current->since != record.since) {
    std::string old_key = stem;
    put_big_endian(old_key, Version::since(current->since).bits);
    put_row(batch, family, std::move(old_key), *current);
  }
  std::string current_key = stem;
  put_big_endian(current_key, Version::current().bits);
  put_row(batch, family, std::move(current_key), record);
}

// The same where the standing version is not at hand.
template <class Record>
Result<void> put_version(Batch& batch, Family family, const std::string& stem, const Record& record) {
  std::string current_key = stem;
  put_big_endian(current_key, Version::current().bits);
  const auto current = get_row<Record>(batch, family, current_key);
  if (!current) return current.error();
  put_version_after(batch, family, stem, *current, record);
  return {};
}

}  // namespace entente::storage
