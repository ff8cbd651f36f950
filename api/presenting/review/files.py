"""A file of a visit before a reviewer: where it is opened, shown in place or saved, and at which page."""

import re
from dataclasses import dataclass

from accreditation.views.evidence import EvidenceShown
from api.downloads import IN_PLACE
from api.presenting.team.files import KINDS, size_words
from api.words import Words

SHORT = 600
"""So many bytes of plain text are some lines: a frame as high as a page would be empty."""

PAGE_NAMED = re.compile(r"\b(?:pages?|pp?)\.?\s{0,3}([1-9][0-9]{0,4})\b", re.IGNORECASE)
"""How people name a page: page 4, pages 4 to 6, p. 4, pp 4-6."""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that answers this criterion: where it is opened, and where a frame finds it that shows it in place.

    `closed` says why it cannot be opened; `shown` is empty where no browser shows it. A `short` one needs a small one.
    """

    title: str
    place: str = ""
    about: str = ""
    closed: str = ""
    address: str = ""
    shown: str = ""
    short: bool = False


def file_of(root: str, criterion: str, one: EvidenceShown, words: Words) -> File:
    """This file of the visit whose pages begin with `root`, beside this criterion."""
    if one.deleted is not None:
        return File(title=one.title, closed=one.deleted.words)
    if not one.clearance.open:
        closed = words("It is being checked, or kept back. You can open it once it is cleared.")
        return File(title=one.title, closed=closed)
    is_shown, address, place = one.media_type in IN_PLACE, f"{root}/evidence/{one.id}", one.places.get(criterion, "")
    said = [one.file_name, size_words(one.size)]
    if one.effective_on is not None:
        said.append(words("in force from %(day)s", day=words.day(one.effective_on)))
    if one.review_by is not None:
        said.append(words("to be reviewed by %(day)s", day=words.day(one.review_by)))
    if not is_shown:
        kind = words(KINDS[one.clearance.kind]) if one.clearance.kind in KINDS else words("another kind of file")
        said.append(words("%(kind)s: it is saved on your device, to be opened there", kind=kind))
    return File(
        title=one.title, place=place, about=", ".join(said), address=address,
        shown=f"{address}/shown{at_page(one.media_type, place)}" if is_shown else "",
        short=one.media_type == "text/plain" and one.size <= SHORT,
    )  # fmt: skip


def at_page(media_type: str, place: str) -> str:
    """The end of an address that opens a PDF where the team says that the answer stands: at the first page it names."""
    found = PAGE_NAMED.search(place) if media_type == "application/pdf" else None
    return "" if found is None else f"#page={int(found.group(1))}"
