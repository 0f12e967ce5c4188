"""Reads what `entente export` wrote with a reader that is not ours, and prints what it found as JSON.

read_back.py FORMAT FILE
"""
import csv
import json
import subprocess
import sys

import icalendar
import networkx


def of_networkx(graph):
    edges = [dict(data, source=a, target=b) for a, b, data in graph.edges(data=True)]
    return {"nodes": {name: dict(data) for name, data in graph.nodes(data=True)}, "edges": edges}


def graphml(path):
    return of_networkx(networkx.read_graphml(path))


def gexf(path):
    return of_networkx(networkx.read_gexf(path))


def dot(path):
    laid_out = json.loads(subprocess.run(["dot", "-Tdot_json", path], check=True, capture_output=True).stdout)
    names = [one["name"] for one in laid_out["objects"]]
    return {
        # In a label a backslash is written as two, since \\N and the like mean something.
        "nodes": {
            one["name"]: dict(one, label=one["label"].replace("\\\\", "\\")) for one in laid_out["objects"]
        },
        "edges": [dict(one, source=names[one["tail"]], target=names[one["head"]]) for one in laid_out.get("edges", [])],
    }


def table(path):
    with open(path, newline="", encoding="utf-8") as file:
        return {"rows": list(csv.DictReader(file, strict=True))}


def triples(path, syntax):
    read = subprocess.run(["rapper", "-q", "-i", syntax, "-o", "json", path], check=True, capture_output=True)
    return {"triples": json.loads(read.stdout)}


def calendar(path):
    with open(path, "rb") as file:
        entries = icalendar.Calendar.from_ical(file.read()).walk("VEVENT")
    return {
        "entries": [
            {
                "uid": str(one["UID"]),
                "summary": str(one["SUMMARY"]),
                "status": str(one["STATUS"]),
                "start": one["DTSTART"].dt.isoformat(),
                "end": one["DTEND"].dt.isoformat(),
                "stamp": one["DTSTAMP"].dt.isoformat(),
            }
            for one in entries
        ]
    }


def lines(path):
    with open(path, encoding="utf-8") as file:
        return {"rows": [json.loads(line) for line in file]}


READERS = {
    "graphml": graphml,
    "gexf": gexf,
    "dot": dot,
    "nodes-csv": table,
    "edges-csv": table,
    "turtle": lambda path: triples(path, "turtle"),
    "ntriples": lambda path: triples(path, "ntriples"),
    "icalendar": calendar,
    "jsonl": lines,
}

json.dump(READERS[sys.argv[1]](sys.argv[2]), sys.stdout)
