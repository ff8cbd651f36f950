"""Does a document tell who a patient is? Every place where it does, page by page, with nothing that tells."""

import re
from collections.abc import Iterable, Iterator, Sequence

from accreditation.rules.identifiers import birth, hospital, nhs
from accreditation.rules.identifiers.lines import Layout
from accreditation.rules.identifiers.masking import masked, masked_label
from accreditation.rules.identifiers.plain import plain
from accreditation.rules.identifiers.values import Found, Hit, Page
from accreditation.scheme.patterns import compiled

MOST = 200
"""Hits of one document; who finds so many knows what it is."""

CARRIED = 160
"""Characters of the end of a page that are read again before the next: a number may stand across."""


def search(pages: Iterable[Page], *, patterns: Sequence[str]) -> tuple[Hit, ...]:
    """Where do these pages tell who a patient is? At most 200 hits, in the order of the pages.

    `patterns` are the scheme's own for hospital numbers; ValueError where one of them cannot be used (the standards
    are checked for that when they are read). The pages are read one by one and none is kept.
    """
    own = tuple(compiled(pattern) for pattern in patterns)
    hits: list[Hit] = []
    carried = ""
    for page in pages:
        text = plain(page.text)
        hits += _hits(page, carried, text, own)
        if len(hits) >= MOST:
            break
        carried = _end(text)
    return tuple(hits[:MOST])


def places(text: str, *, patterns: Sequence[str]) -> Iterator[Found]:
    """Where does this one plain text tell who a patient is? Each place once, in order; for measuring the search."""
    return _once(Layout(text), tuple(compiled(pattern) for pattern in patterns))


def _hits(page: Page, carried: str, text: str, own: Sequence[re.Pattern[str]]) -> Iterator[Hit]:
    for found in _once(Layout(carried + text), own):
        if found.end > len(carried):
            around = masked(carried + text, found.start, found.end)
            yield Hit(what=found.what, page=page.number, page_label=masked_label(page.label), masked=around)


def _once(layout: Layout, own: Sequence[re.Pattern[str]]) -> Iterator[Found]:
    """Every place once, in order: what is a patient's number is no hospital number or date as well."""
    done = 0
    found = [*nhs.numbers(layout), *birth.dates(layout), *hospital.numbers(layout, own)]
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if one.start >= done:
            done = one.end
            yield one


def _end(text: str) -> str:
    """The last lines of a page, whole, as far as they are carried over."""
    end = text[-CARRIED:]
    if len(end) < len(text):
        end = end.partition("\n")[2] if "\n" in end else ""
    return f"{end}\n" if end else ""
