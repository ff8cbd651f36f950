"""What is searched, and what is found: a page of a document, and a place that tells who a patient is."""

from dataclasses import dataclass
from typing import Literal

What = Literal["nhs_number", "date_of_birth", "hospital_number"]
"""What tells who a patient is."""

WORDS: dict[What, str] = {
    "nhs_number": "an NHS, CHI or Health and Care number",
    "date_of_birth": "a date of birth",
    "hospital_number": "a hospital number",
}
"""What is said of each to people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """How the lines of a page are counted where it comes from: "sheet 2, row", the number of the first, how many.

    `repeated` lines at the head stand once in the document, above the first page.
    """

    named: str
    first: int
    count: int
    repeated: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A part of a document, as a person would look it up.

    `number` counts from 1 through the document; `label` says where it stands: "page 3", "sheet 2, row 12 on".
    `text` has a tab between the cells of a table and a line for each of its rows, its heading repeated where a table
    goes on. `unread` says why the text, or a part of it, could not be read; empty where all was. `beside`: it is
    nothing that the document says to whoever opens it (properties, links, names of parts), so it is searched, and does
    not tell what the document is about. `lines`: how its lines are counted there; None where they have no numbers. The
    text is in no repr: what a page holds belongs in no log.
    """

    number: int
    label: str
    text: str
    unread: str = ""
    beside: bool = False
    lines: Lines | None = None

    def __repr__(self) -> str:
        """Where it stands and how long it is, never what it says."""
        return f"Page(number={self.number}, label=…, {len(self.text)} characters, unread={self.unread!r})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A place that tells who a patient is: what it is, where it stands, and the words around, with nothing that tells.

    `page` is the page's number, `page_label` its label, or that of the line where lines have numbers. `masked` keeps
    ordinary words only: every digit and every other word is replaced by dots, so that a hit can be kept, shown and
    logged.
    """

    what: What
    page: int
    page_label: str
    masked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Where in a page's plain text something stands, before it is masked: start and end in characters."""

    what: What
    start: int
    end: int
