"""What the child does: look at the file, and where it may come in, read its text and search it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from accreditation.evidence.content import look
from accreditation.evidence.examining.exchange import MOST_TEXT, Question
from accreditation.evidence.examining.values import Examined
from accreditation.evidence.text import pages_of
from accreditation.rules.identifiers import Page, search

MOST_UNREAD = 50
"""Pages of which it is told one by one that they could not be read."""


def read(asked: Question) -> Examined:
    """What is this file, and what is in it? Its text is read only where nothing speaks against it."""
    looked = look(asked.path, file_name=asked.file_name, limits=asked.limits)
    examined = Examined(kind=looked.kind, media_type=looked.media_type, refusals=looked.refusals, notes=looked.notes)
    if looked.kind is None or looked.refusals:
        return examined
    passed = _Passed()
    named = Page(number=0, label="the name of the file", text=asked.file_name)
    hits = search(chain([named], passed.through(pages_of(asked.path, kind=looked.kind))), patterns=asked.patterns)
    return replace(
        examined,
        hits=hits,
        unread=tuple(passed.unread[:MOST_UNREAD]),
        text="\n".join(passed.texts)[:MOST_TEXT],
        pages=passed.pages,
    )


@dataclass(slots=True)
class _Passed:
    """What went by while the pages were searched, one after the other and none kept whole."""

    texts: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    pages: int = 0
    taken: int = 0

    def through(self, pages: Iterator[Page]) -> Iterator[Page]:
        for page in pages:
            self.pages += 1
            if self.taken < MOST_TEXT and page.text and not page.beside:
                self.texts.append(page.text[: MOST_TEXT - self.taken])
                self.taken += len(self.texts[-1]) + 1
            if page.unread:
                self.unread.append(f"{page.label}: {page.unread}")
            yield page
