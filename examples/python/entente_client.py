#!/usr/bin/env python3
"""A client of Entente that shares no code with it: Cap'n Proto's encoding and RPC in two hundred lines of Python.

    entente_client.py unix:/run/entente/socket timeline country:KR country:KZ [--newest N]
    entente_client.py 127.0.0.1:7410 counts          (the token in ENTENTE_TOKEN)

It writes the messages that rpc/schema/ describes, by their offsets (`capnp compile -ocapnp FILE` prints them), and makes its
calls on answers that have not come yet: the whole question is one round trip.
"""
import os
import socket
import struct
import sys

GATE, SESSION, READER, ROWS = 0xEE90E413B348AD65, 0x87CE983794E42C3E, 0xDA2A9FEABA0D0AB6, 0x9D52E8A07C61FB34


class Struct:
    """A struct to be written: its data section as bytes, its pointers as None, str, Struct or a list of one kind."""

    def __init__(self, data=b"", pointers=()):
        self.data = data + b"\0" * (-len(data) % 8)
        self.pointers = list(pointers)


class Writer:
    def __init__(self):
        self.words = bytearray(8)

    def place(self, content):
        at = len(self.words)
        self.words += content + b"\0" * (-len(content) % 8)
        return at

    def point(self, at, value):
        """Writes the pointer at byte `at`, and what it points to behind all that is there."""
        if value is None:
            return
        if isinstance(value, Struct):
            target = self.place(value.data + b"\0" * 8 * len(value.pointers))
            sizes = len(value.data) // 8 | len(value.pointers) << 16
            self.put(at, target, 0, sizes)
            for i, pointer in enumerate(value.pointers):
                self.point(target + len(value.data) + 8 * i, pointer)
        elif isinstance(value, str):
            text = value.encode() + b"\0"
            self.put(at, self.place(text), 1, 2 | len(text) << 3)
        elif all(isinstance(one, str) for one in value):
            target = self.place(b"\0" * 8 * len(value))
            self.put(at, target, 1, 6 | len(value) << 3)
            for i, one in enumerate(value):
                self.point(target + 8 * i, one)
        else:  # a list of structs of one size: a tag, then the structs
            first = value[0]
            size = len(first.data) // 8 + len(first.pointers)
            tag = struct.pack("<II", len(value) << 2, len(first.data) // 8 | len(first.pointers) << 16)
            body = tag + b"".join(one.data + b"\0" * 8 * len(one.pointers) for one in value)
            target = self.place(body)
            self.put(at, target, 1, 7 | size * len(value) << 3)
            for n, one in enumerate(value):
                for i, pointer in enumerate(one.pointers):
                    self.point(target + 8 + n * size * 8 + len(one.data) + 8 * i, pointer)

    def put(self, at, target, kind, upper):
        offset = (target - at) // 8 - 1
        struct.pack_into("<II", self.words, at, (offset << 2 | kind) & 0xFFFFFFFF, upper)


def frame(root):
    writer = Writer()
    writer.point(0, root)
    return struct.pack("<II", 0, len(writer.words) // 8) + bytes(writer.words)


class Seen:
    """A struct that was read. Fields past its end are zero: an older server does not know them."""

    def __init__(self, segments, segment, at, data_words, pointers):
        self.segments, self.segment, self.at = segments, segment, at
        self.data_words, self.pointers = data_words, pointers

    def number(self, form, offset):
        if offset + struct.calcsize(form) > self.data_words * 8:
            return 0
        return struct.unpack_from("<" + form, self.segments[self.segment], self.at + offset)[0]

    def get(self, index):
        """What the pointer points to: None, Seen, str or a list."""
        if index >= self.pointers:
            return None
        return follow(self.segments, self.segment, self.at + 8 * (self.data_words + index))


def follow(segments, segment, at):
    lower, upper = struct.unpack_from("<II", segments[segment], at)
    if lower | upper == 0 or lower & 3 == 3:
        return None
    if lower & 3 == 2:  # far: the pointer stands in another segment
        landing = (lower >> 3) * 8
        if not lower & 4:
            return follow(segments, upper, landing)
        far, _ = struct.unpack_from("<II", segments[upper], landing)
        _, far_segment = struct.unpack_from("<II", segments[upper], landing)
        tag, tag_upper = struct.unpack_from("<II", segments[upper], landing + 8)
        return read_target(segments, far_segment, (far >> 3) * 8, tag, tag_upper)
    offset = lower >> 2
    if offset & 1 << 29:
        offset -= 1 << 30
    return read_target(segments, segment, at + 8 + 8 * offset, lower, upper)


def read_target(segments, segment, target, lower, upper):
    if lower & 3 == 0:
        return Seen(segments, segment, target, upper & 0xFFFF, upper >> 16)
    kind, count = upper & 7, upper >> 3
    if kind == 2:
        return segments[segment][target:target + count - 1].decode()
    if kind == 6:
        return [follow(segments, segment, target + 8 * i) for i in range(count)]
    if kind == 7:
        tag, sizes = struct.unpack_from("<II", segments[segment], target)
        data, pointers = sizes & 0xFFFF, sizes >> 16
        step = 8 * (data + pointers)
        return [Seen(segments, segment, target + 8 + step * i, data, pointers) for i in range(tag >> 2)]
    raise ValueError(f"a list of kind {kind} was not expected")


class Refused(Exception):
    pass


class Client:
    def __init__(self, address):
        if address.startswith("unix:"):
            self.socket = socket.socket(socket.AF_UNIX)
            self.socket.connect(address[5:])
        else:
            host, port = address.rsplit(":", 1)
            self.socket = socket.create_connection((host, int(port)))
        self.file = self.socket.makefile("rb")
        self.questions = 0
        self.round_trips = 0
        self.outgoing = b""
        self.answers = {}

    def message(self, tag, body):
        self.outgoing += frame(Struct(struct.pack("<H", tag), [body]))

    def bootstrap(self):
        self.questions += 1
        self.message(8, Struct(struct.pack("<I", self.questions), [None]))
        return Promised(self, self.questions, None)

    def call(self, target, interface, method, params):
        self.questions += 1
        data = struct.pack("<IHHQQ", self.questions, method, 0, interface, 0)
        self.message(2, Struct(data, [target, Struct(b"", [params, None]), None]))
        return self.questions

    def wait(self, question):
        if self.outgoing:
            self.socket.sendall(self.outgoing)
            self.outgoing = b""
            self.round_trips += 1
        while question not in self.answers:
            self.read_message()
        kind, content = self.answers.pop(question)
        if kind == 1:
            raise Refused(content.get(0))
        if kind != 0:
            raise Refused("the answer went elsewhere")
        return content.get(0)

    def read_message(self):
        count = struct.unpack("<I", self.exactly(4))[0] + 1
        sizes = struct.unpack(f"<{count}I", self.exactly(4 * count))
        self.exactly(4 * ((count + 1) % 2))
        segments = [self.exactly(8 * size) for size in sizes]
        root = follow(segments, 0, 0)
        tag = root.number("H", 0)
        if tag == 1:
            raise Refused(root.get(0).get(0))
        if tag == 3:
            answer = root.get(0)
            self.answers[answer.number("I", 0)] = (answer.number("H", 6), answer.get(0))

    def exactly(self, size):
        got = self.file.read(size)
        if len(got) < size:
            raise Refused("the server closed the connection")
        return got

    def finish(self, question):
        self.message(4, Struct(struct.pack("<I", question), []))


class Promised:
    """A capability that an answer will hold: calls may be made on it now."""

    def __init__(self, client, question, field):
        steps = None if field is None else [Struct(struct.pack("<HH", 1, field))]
        answer = Struct(struct.pack("<I", question), [steps])
        self.client = client
        self.target = Struct(struct.pack("<IH", 0, 1), [answer])

    def call(self, interface, method, params=None):
        return self.client.call(self.target, interface, method, params or Struct())


def open_reader(client, token):
    gate = client.bootstrap()
    session = Promised(client, gate.call(GATE, 0, Struct(b"", [token or None])), 0)
    return Promised(client, session.call(SESSION, 0, Struct(struct.pack("<q", 0))), 0)


def timeline(client, reader, left, right, limit):
    """The ids, types' numbers, dates and parties of the events, newest first; the rest is asked for in turn."""
    query = Struct(struct.pack("<BBHIIIQ", 0, 1, 0, 0, 0, 0, limit), [[left], [right] if right else None, None, None, None])
    question = reader.call(READER, 10, Struct(struct.pack("<I", 100), [query]))
    answer = client.wait(question)
    rest = Promised(client, question, 1)
    # `rest` is a capability, which `get` gives as None: a timeline that came whole has fewer rows than were asked for.
    events, done = answer.get(0) or [], len(answer.get(0) or []) < 100 or limit <= 100 and limit > 0
    while True:
        for event in events:
            facts = event.get(1)
            yield event.get(0), facts.number("B", 0), facts.get(0) or "", facts.get(1) or []
        if done:
            return
        more = client.wait(rest.call(ROWS, 0, Struct(struct.pack("<I", 100))))
        events, done = more.get(0) or [], more.number("B", 0) & 1


def main(arguments):
    if len(arguments) < 2 or arguments[1] not in ("timeline", "counts"):
        print(__doc__, file=sys.stderr)
        return 2
    client = Client(arguments[0])
    reader = open_reader(client, os.environ.get("ENTENTE_TOKEN", ""))
    try:
        if arguments[1] == "counts":
            counts = client.wait(reader.call(READER, 9))
            print(*(f"{counts.number('Q', 8 * i)} {name}" for i, name in enumerate(("releases", "claims", "events", "entities"))), sep=", ")
            return 0
        limit = 0
        if "--newest" in arguments:
            at = arguments.index("--newest")
            limit = int(arguments[at + 1])
            del arguments[at:at + 2]
        sides = arguments[2:] + [None]
        for identity, kind, date, parties in timeline(client, reader, sides[0], sides[1], limit):
            print(identity, kind, date, ",".join(parties), sep="\t")
        sys.stdout.flush()
        print(f"{client.round_trips} round trips", file=sys.stderr)
        return 0
    except Refused as refused:
        print(f"entente_client: {refused}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
