"""What parent and child say to each other, as JSON: the question, and an answer that is checked word by word."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from accreditation.evidence.content import ContentLimits, Kind
from accreditation.evidence.examining.confines import Confines
from accreditation.evidence.examining.values import Examined
from accreditation.rules.identifiers import Hit

_LONGEST_NAME = 20_000
"""Characters of a file's name that are looked at, from its end: it is searched for patients as the file is."""

_LONGEST_WORDS = 4_000
"""Characters of a reason, a label, or the words around a hit."""

MOST_TEXT = 200_000
"""Characters of text that are handed back to place a file: some 60 pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is to be examined, and within which limits."""

    path: Path
    file_name: str
    limits: ContentLimits
    patterns: tuple[str, ...]
    confines: Confines

    def written(self) -> bytes:
        """As the child reads it."""
        return json.dumps(
            {
                "path": str(self.path),
                "file_name": self.file_name[-_LONGEST_NAME:],
                "limits": asdict(self.limits) | {"kinds": sorted(self.limits.kinds)},
                "patterns": self.patterns,
                "confines": asdict(self.confines),
            }
        ).encode()


def question(written: bytes) -> Question:
    """The question that a parent wrote."""
    said = json.loads(written)
    kinds = frozenset(Kind(one) for one in said["limits"]["kinds"])
    return Question(
        path=Path(said["path"]),
        file_name=said["file_name"],
        limits=ContentLimits(**said["limits"] | {"kinds": kinds}),
        patterns=tuple(said["patterns"]),
        confines=Confines(**said["confines"]),
    )


def written_answer(examined: Examined) -> bytes:
    """The answer, as the parent reads it; it has an end, so that one that was cut off is known."""
    return json.dumps(asdict(examined)).encode() + b"\n"


def answer(written: bytes) -> Examined | None:
    """What a child answered; None where it is not a whole and well-formed answer. The child is not trusted."""
    if not written.endswith(b"\n"):
        return None
    try:
        said = json.loads(written)
        return Examined(
            kind=None if said["kind"] is None else Kind(said["kind"]),
            media_type=_words(said["media_type"]),
            refusals=_list(said["refusals"]),
            notes=_list(said["notes"]),
            hits=tuple(_hit(one) for one in _items(said["hits"])),
            unread=_list(said["unread"]),
            text=_words(said["text"], most=MOST_TEXT),
            pages=_count(said["pages"]),
            held=None if said["held"] is None else _words(said["held"]),
            memory=_count(said["memory"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _hit(said: Mapping[str, Any]) -> Hit:
    if said["what"] not in ("nhs_number", "date_of_birth", "hospital_number"):
        raise ValueError
    return Hit(
        what=said["what"],
        page=_count(said["page"]),
        page_label=_words(said["page_label"]),
        masked=_words(said["masked"]),
    )


def _items(said: object) -> Sequence[Any]:
    if not isinstance(said, list):
        raise TypeError
    return said


def _list(said: object) -> tuple[str, ...]:
    return tuple(_words(one) for one in _items(said))


def _words(said: object, *, most: int = _LONGEST_WORDS) -> str:
    """Words as they can be kept and shown: no part of a sign by itself, no NUL, which a database refuses, no novel."""
    if not isinstance(said, str):
        raise TypeError
    return said[:most].encode("utf-8", "replace").decode().replace("\0", "")


def _count(said: object) -> int:
    if not isinstance(said, int) or isinstance(said, bool) or said < 0:
        raise TypeError
    return said
