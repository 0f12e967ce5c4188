// Whether a short list holds a value: for lists that are looked through from their start.
#pragma once

#include <algorithm>
#include <vector>

namespace entente {

template <class T>
bool contains(const std::vector<T>& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace entente
