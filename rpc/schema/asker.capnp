@0xe2b7c91f40d5a683;
# Questions of the query layer (docs/queries.md), worked out by the server next to its store. A question and its answer are
# JSON, as `entente ask --batch` has them; docs/query.schema.json is the schema.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("entente::rpc::wire");

const questionBytesMax :UInt32 = 1048576;
const answerRowsMax :UInt32 = 1000;         # of one part
const answerBytesMax :UInt32 = 1048576;     # of one part; a longer row comes alone

struct AnswerPart {
  # Head, rows with commas between them, and tail make one JSON object.
  head @0 :Text;         # with the first part
  rows @1 :List(Text);   # each a JSON object
  done @2 :Bool;         # no more parts
  tail @3 :Text;         # with the last part
  problem @4 :Text;      # instead of the tail: the object that stands for the whole answer; what came before is void
}

interface Answer @0xb19a6d03e87f25c4 {
  next @0 (max :UInt32) -> (part :AnswerPart);
}

interface Asker @0xf06c2ab7914ed358 {
  # Asks one question at a time: the next one ends the answer before it. Its view is the one of the reader that it came
  # from; a question's own `as_of` is heeded.
  ask @0 (question :Text, line :UInt64, first :UInt32) -> (part :AnswerPart, rest :Answer);
  # The first rows with the answer itself; the rest for the asking, absent when there is none. `line` is the number of the
  # question in a batch, named in problems; 0: none. Letting the call go ends the work.
}
