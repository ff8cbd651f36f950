"""Does a document tell who a patient is? Every place where it does, page by page, with nothing that tells."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from accreditation.rules.identifiers import birth, hospital, nhs
from accreditation.rules.identifiers.calling import CALLED_SO
from accreditation.rules.identifiers.lines import Layout
from accreditation.rules.identifiers.masking import masked, masked_label
from accreditation.rules.identifiers.plain import plain
from accreditation.rules.identifiers.values import Found, Hit, Page
from accreditation.scheme.patterns import compiled

MOST = 200
"""Hits of one document; who finds so many knows what it is."""

CARRIED = 160
"""Characters of the end of a page that are read again before the next: a number may stand across."""

_UNFINISHED = re.compile(
    rf"\d[ -]?\Z|(?:{CALLED_SO.pattern}|{birth.CALLED_SO.pattern}|{hospital.CALLED_SO.pattern})[^\n\d]{{0,40}}\Z",
    re.IGNORECASE,
)
"""A page ends with digits that may go on, or with the word for a number or a date that stands on the next."""


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
    return iter(_in(text, tuple(compiled(pattern) for pattern in patterns)))


def _hits(page: Page, carried: str, text: str, own: Sequence[re.Pattern[str]]) -> Iterator[Hit]:
    """What this page tells by itself, and what it tells below the end of the page before."""
    found = _in(text, own)
    shift = len(carried)
    across = [
        replace(one, start=one.start - shift, end=one.end - shift)
        for one in (_in(carried + text, own) if carried else [])
        if one.end > shift
    ]
    for one in _once([*found, *across]):
        around = masked(carried + text, one.start + shift, one.end + shift)
        yield Hit(
            what=one.what, page=page.number, page_label=masked_label(_where(page, text, one.start)), masked=around
        )


def _where(page: Page, text: str, start: int) -> str:
    """Where does a person look it up? The row or line, where each line of the page's plain text is one of these."""
    lines = page.lines
    if lines is None or text.count("\n") + 1 != lines.repeated + lines.count:
        return page.label
    number = text.count("\n", 0, max(start, 0)) - lines.repeated
    return page.label if number < 0 else f"{lines.named} {lines.first + number:,}"


def _in(text: str, own: Sequence[re.Pattern[str]]) -> list[Found]:
    layout = Layout(text)
    return _once([*nhs.numbers(layout), *birth.dates(layout), *hospital.numbers(layout, own)])


def _once(found: Iterable[Found]) -> list[Found]:
    """Every place once, in order: what is a patient's number is no hospital number or date as well."""
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _end(text: str) -> str:
    """What of this page is read again before the next: its last lines, where a number or a word for one may stand.

    A table may go on over the page: then the heading that stands over its last row is carried as well. Most pages end
    in a sentence, and nothing is carried.
    """
    text = text.rstrip()
    end = text[-CARRIED:]
    if len(end) < len(text):
        end = end.partition("\n")[2]
    heading = Layout(text).heading_line(max(0, len(text) - 1), birth.CALLED_SO)
    if heading and heading not in end:
        end = f"{heading}\n{end}"
    return f"{end}\n" if end and (_UNFINISHED.search(end) or heading) else ""
