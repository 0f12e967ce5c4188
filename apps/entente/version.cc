#include <fmt/format.h>

#include "apps/entente/commands.h"
#include "apps/entente/common.h"

namespace entente::app {

void add_version(CLI::App& program, int& code) {
  auto place = std::make_shared<Place>();
  CLI::App* const command = program.add_subcommand("version", "The version of the program and of the store's format");
  add_json_option(*command, *place);
  command->footer("Example: entente version");
  command->callback([place, &code] {
    if (place->json)
      fmt::print("{}\n", nlohmann::json{{"version", ENTENTE_VERSION}, {"format", storage::kFormatNumber}}.dump());
    else
      fmt::print("entente {}\nstore format {}\n", ENTENTE_VERSION, storage::kFormatNumber);
    code = kOk;
  });
}

}  // namespace entente::app
