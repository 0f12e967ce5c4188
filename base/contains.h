// What a short list holds: for lists that are looked through from their start.
#pragma once

#include <algorithm>
#include <vector>

namespace entente {

// Whether a list holds a value.
template <class T>
bool contains(const std::vector<T>& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// Puts a value at the end of a list that does not hold it yet.
template <class T>
void add_once(std::vector<T>& list, const T& value) {
  if (!contains(list, value)) list.push_back(value);
}

}  // namespace entente
