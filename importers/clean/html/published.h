// When a page was published, by what its visible text says.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/civil.h"
#include "importers/clean/html/body.h"

namespace entente::importers::html {

class PublishedDate {
 public:
  // Borrows all of them. `language` settles dates that are written alike.
  PublishedDate(const Flow& flow, const std::vector<Judgement>& judgements, std::optional<std::size_t> title,
                const Body& body, const Boilerplate& boilerplate, std::string language)
      : flow_(flow),
        judgements_(judgements),
        title_(title),
        body_(body),
        boilerplate_(boilerplate),
        language_(std::move(language)) {}

  // A date behind a word that says so, near the title or around the body; else one that stands by itself near the
  // title; else the one that the release is signed with.
  std::optional<CivilDate> find() const;

  // The line that says when the page was published ("Posted on 3 May 2015 by press") or changed is no text of the
  // release, and must not be taken for a heading that dates what stands under it.
  bool says_when(std::size_t leaf, const std::optional<CivilDate>& published) const;

 private:
  std::optional<CivilDate> labelled() const;
  std::optional<CivilDate> labelled_in(std::size_t leaf) const;
  std::optional<CivilDate> before_title() const;
  std::optional<CivilDate> near_title() const;
  std::optional<CivilDate> at_the_end() const;
  std::optional<CivilDate> bare_in(std::size_t leaf) const;
  bool is_dated_row(std::size_t leaf) const;

  const Flow& flow_;
  const std::vector<Judgement>& judgements_;
  std::optional<std::size_t> title_;
  const Body& body_;
  const Boilerplate& boilerplate_;
  std::string language_;
};

}  // namespace entente::importers::html
