"""Hospital numbers: what a scheme's own patterns find, and what a document itself calls a hospital number."""

import re
from collections.abc import Iterator, Sequence

from accreditation.rules.identifiers.lines import Layout
from accreditation.rules.identifiers.values import Found

CALLED_SO = re.compile(
    r"(?<![a-z])(?:hosp(?:ital)?\.?[\s_]*(?:patient[\s_]*)?(?:no(?![a-z])|nos(?![a-z])|num\w*|nr(?![a-z])|id(?![a-z])|\#)"
    r"|(?-i:\bMRNs?\b)|mrn[\s_]*(?:no(?![a-z])|num\w*)|medical[\s_]+record[\s_]+(?:no(?![a-z])|num\w*)"
    r"|(?:unit|district)[\s_]+(?:no(?![a-z])|number)|(?:case[\s_]*notes?|casenotes?)[\s_]*(?:no(?![a-z])|num\w*)"
    r"|pas[\s_]+(?:no(?![a-z])|num\w*|id(?![a-z])))",
    re.IGNORECASE,
)
"""The words for a hospital's own number of a patient."""

_NEEDED = ("hosp", "mrn", "record", "unit", "district", "note", "pas")
"""One of these is in every word for such a number; a page without them is not looked through."""

_DIGITS = re.compile(
    r"(?<!\d)(?:\d{2,3}-\d{3}-\d{3}|\d{1,4}[-/](?!(?:19|20)\d\d(?!\d))\d{3,7}"
    r"|\d{1,4} (?!(?:19|20)\d\d(?!\d))\d{4,7}|\d{5,})(?!\d)"
)
"""On end, or in groups with a dash, a stroke or a space between; a month and its year are none."""

_SHORTEST, _LONGEST = 5, 9
_LETTERS = re.compile(r"(?<![\w/.-])(?!(?:mrn|pas|no|nr|id|is|and|was)(?![a-z]))[a-z]{1,3}[ -]?\Z", re.IGNORECASE)
"""Letters that may stand before the digits as a part of the number."""
_NOT_BEFORE = re.compile(r"[\w/.-]\Z")
_NOT_AFTER = re.compile(r"[\w/]|[.-]\d")
_BETWEEN = re.compile(r"[.'’s]{0,2}[\s:=#.,_(-]*(?:is|was|are)?[\s:(]*\Z", re.IGNORECASE)


def numbers(layout: Layout, patterns: Sequence[re.Pattern[str]]) -> Iterator[Found]:
    """Where do hospital numbers stand on this page: of these patterns anywhere, of others where they are called so?"""
    for pattern in patterns:
        for found in pattern.finditer(layout.text):
            yield Found(what="hospital_number", start=found.start(), end=found.end())
    lower = layout.text.casefold()
    if not any(word in lower for word in _NEEDED):
        return
    for start, end in _of_that_length(layout.text):
        if _called(start, layout):
            yield Found(what="hospital_number", start=start, end=end)


def _of_that_length(text: str) -> Iterator[tuple[int, int]]:
    """Where does something stand that is as long as hospital numbers are: 5 to 9 digits, with letters around them?"""
    for digits in _DIGITS.finditer(text):
        start, end = digits.span()
        letters = _LETTERS.search(text, max(0, start - 5), start)
        start = letters.start() if letters else start
        many = sum(map(str.isdigit, digits.group()))
        if not _SHORTEST <= many <= _LONGEST or (not letters and _NOT_BEFORE.search(text, max(0, start - 1), start)):
            continue
        ending = text[end : end + 2]
        if ending[:1].isalpha() and not ending[1:].isalnum():
            yield start, end + 1
        elif not _NOT_AFTER.match(ending):
            yield start, end


def _called(start: int, layout: Layout) -> bool:
    before = layout.before(start)
    said = max((one.end() for one in CALLED_SO.finditer(before)), default=None)
    if said is not None and _BETWEEN.fullmatch(before, said):
        return True
    if layout.heading(start, CALLED_SO):
        return layout.column(start) is not None or before.strip() == ""
    return before.strip() == "" and CALLED_SO.search(layout.line_above(start)) is not None
