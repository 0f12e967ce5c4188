// Which run holds which source of releases, in this process: forgotten with it.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "graph/view/source_state.h"

namespace entente::storage {

class Holds : public std::enable_shared_from_this<Holds> {
 public:
  // Fails with locked, naming the holder.
  Result<std::unique_ptr<graph::SourceHold>> take(std::string source, std::string holder);

 private:
  class Taken;

  std::mutex mutex_;
  std::map<std::string, std::string, std::less<>> holders_;
};

}  // namespace entente::storage
