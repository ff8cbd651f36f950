"""What is said of the files that are sent, and what the engine has of them already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from accreditation.commands.uploading.server import Server, own_address
from accreditation.rules.library import title_of

PAGE = 200
"""Documents of the library that are asked for at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What is said of every file: for a cycle and criteria, or for the library of `team`.

    With `describe_anew` it stands in place of what the library says of a file that it has already.
    """

    cycle: int | None = None
    criteria: tuple[str, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    team: int | None = None
    document: int | None = None
    title: str = ""
    owner: str = ""
    effective_on: date | None = None
    review_by: date | None = None
    describe_anew: bool = False

    def of(self, path: Path) -> Mapping[str, str]:
        """What is said of this file as the metadata of an upload."""
        return {
            "filename": in_utf8(path.name),
            "title": self.title_of(path),
            "cycle": str(self.cycle or ""),
            "criteria": ",".join(self.criteria),
            "places": "\n".join(f"{criterion}={place}" for criterion, place in self.places.items()),
            "team": str(self.team or ""),
            "document": str(self.document or ""),
            "owner": self.owner,
            "effective_on": str(self.effective_on or ""),
            "review_by": str(self.review_by or ""),
        }

    def title_of(self, path: Path) -> str:
        """What the file is: its name says it, where nothing else was said."""
        return title_of(in_utf8(self.title), in_utf8(path.name))

    def same(self, path: Path, shown: Mapping[str, Any]) -> bool:
        """Was the same said of an unfinished upload that the engine tells of?"""
        said = {
            "file_name": in_utf8(path.name), "title": self.title_of(path), "cycle": self.cycle,
            "criteria": list(self.criteria), "places": dict(self.places), "document": self.document,
            "owner": self.owner, "effective_on": self.effective_on and str(self.effective_on),
            "review_by": self.review_by and str(self.review_by),
        }  # fmt: skip
        return all(shown.get(name) == value for name, value in said.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class InLibrary:
    """A version of a document in the team's library, what is said of it, and whether it is the document's newest.

    `said` has the title, the owner and the days, each empty where nobody said it; `said_version` how often it was said.
    """

    document: int
    version: int
    number: int
    newest: bool
    said: Mapping[str, str]
    said_version: int

    @property
    def title(self) -> str:
        """What the version is called in the library."""
        return self.said["title"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the engine had when it was asked: unfinished uploads, the cycle's evidence, and the library by digest.

    Without what was deleted: whether that may come again the engine says.
    """

    unfinished: Sequence[Mapping[str, Any]]
    evidence: Sequence[Mapping[str, Any]]
    library: Mapping[str, InLibrary]

    def attached(self, digest: str, words: Words) -> int | None:
        """Which evidence has these bytes for all these criteria already? One that was found damaged does not count."""
        wanted = set(words.criteria)
        return next(
            (
                int(one["id"])
                for one in self.evidence
                if one["sha256"] == digest and one["whole"] is not False and wanted <= set(one["criteria"])
            ),
            None,
        )

    def in_library(self, digest: str) -> InLibrary | None:
        """The version with these bytes; none where they were found damaged here, for sending them again mends them."""
        damaged = any(one["sha256"] == digest and one["whole"] is False for one in self.evidence)
        return None if damaged else self.library.get(digest)


def in_utf8(text: str) -> str:
    """The text as it can be sent: half a character, as file names of another encoding have, is a question mark."""
    return text.encode("utf-8", "replace").decode()


def learn(server: Server, words: Words) -> Known:
    """Ask the engine what it has already. Raises what `Server.read` raises."""
    unfinished = server.read("/api/uploads")["uploads"]
    attached = server.read(f"/api/cycles/{words.cycle}/evidence")["evidence"] if words.cycle else []
    evidence = [one for one in attached if one["deleted"] is None]
    library: dict[str, InLibrary] = {}
    after: int | None = 0
    while after is not None:
        page = server.read("/api/library", after=after, limit=PAGE)
        for document in page["items"]:
            there = (one for one in document["versions"] if one["deleted"] is None)
            library |= {one["sha256"]: _in_library(document, one) for one in there}
        after = _onward(after, page["next_after"])
    return Known(unfinished=unfinished, evidence=evidence, library=library)


def _onward(after: int, told: object) -> int | None:
    """Where the next page begins, as the engine tells; never where this one did, or asking would have no end."""
    return told if isinstance(told, int) and told > after else None


def begun(
    unfinished: Sequence[Mapping[str, Any]], path: Path, words: Words, *, digest: str, size: int
) -> str | None:  # fmt: skip
    """The address of the upload of this very file, of which the same was said, where one is unfinished."""
    return next(
        (
            own_address(str(one["address"]))
            for one in unfinished
            if (one["sha256"], one["length"]) == (digest, size) and words.same(path, one)
        ),
        None,
    )


def _in_library(document: Mapping[str, Any], version: Mapping[str, Any]) -> InLibrary:
    return InLibrary(
        document=document["id"], version=version["id"], number=version["number"],
        newest=version == document["versions"][0], said_version=version["said_version"],
        said={name: version[name] or "" for name in ("title", "owner", "effective_on", "review_by")},
    )  # fmt: skip
