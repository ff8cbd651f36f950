"""What the index tells of the documents: those that are here, those that are not, and those that were kept back."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from accreditation.archive.manifest import Absent, Member
from accreditation.archive.markup import Cell, Markup, element, joined, link, table
from accreditation.archive.saying import Record, by_whom, day, words

_ORDINARY = frozenset({"waiting", "cleared"})
"""What every file comes through; whatever else was said of one is told."""


def documents(records: Mapping[str, Any], packed: Sequence[Member], absent: Sequence[Absent]) -> Iterator[Markup]:
    """Every document that was handed in, and what became of it."""
    places = {number: one for one in packed for number in one.evidence}
    told, ended = records["evidence"]["evidence"], records["evidence"]["ended"]
    yield table(
        "Documents in this archive",
        ["evidence", "file", "answers", "was called", "holds from", "to be reviewed by", "handed in", "SHA-256"],
        ([one["id"], link(places[one["id"]].name, one["title"]), _answers(one), one["file_name"],
          day(one["effective_on"]), day(one["review_by"]), by_whom(one["attached_by"], one["attached_at"]),
          element("code", one["sha256"])] for one in told if one["id"] in places),
    )  # fmt: skip
    yield table(
        "Documents that were handed in and are not in this archive",
        ["evidence", "title", "why", "SHA-256"],
        ([one.evidence, one.title, one.why, element("code", one.sha256)] for one in absent),
    )
    yield table(
        "Documents that the team took back",
        ["evidence", "title", "how", "reason", "instead", "deleted", "by, when"],
        ([one["id"], one["title"], words(one["how"]), one["reason"],
          f"evidence {one['replaced_by']}" if one["replaced_by"] else "",
          one["deleted"]["words"] if one["deleted"] else "", by_whom(one["by"], one["at"])] for one in ended),
    )  # fmt: skip
    yield table(
        "Files that were kept back, explained, released",
        ["evidence", "what", "by, when", "reason", "where in the file"],
        (row for one in chain(told, ended) for row in _kept_back(one)),
    )


def _answers(one: Record) -> Markup:
    """The criteria that a document answers, with the page or section that does, where it was said."""
    places = one["places"]
    return joined((f"{name} ({places[name]})" if places.get(name) else name for name in one["criteria"]), "<br>")


def _kept_back(one: Record) -> Iterator[list[Cell]]:
    """Every step of a file's clearance, where it did not go through at once."""
    clearance = one["clearance"]
    if all(said["state"] in _ORDINARY for said in clearance["said"]):
        return
    last = max((at for at, said in enumerate(clearance["said"]) if said["state"] == "quarantined"), default=-1)
    for at, said in enumerate(clearance["said"]):
        where = joined((_found(place) for place in clearance["found"]), "<br>") if at == last else ""
        yield [
            f"{one['id']} {one['title']}",
            words(said["state"]),
            by_whom(said["by"], said["at"]),
            said["reason"],
            where,
        ]


def _found(place: Record) -> str:
    return f"{words(place['what'])}, {place['label']}: {place['masked']}"
