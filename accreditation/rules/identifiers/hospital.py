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

_NUMBER = re.compile(
    r"(?<![\w/.-])(?:(?!(?:mrn|pas|no|nr|id|is)(?![a-z]))[a-z]{1,3}[ -]?)?\d{5,9}[a-z]?(?![\w/]|[.-]\d)", re.IGNORECASE
)
_BETWEEN = re.compile(r"[.'’s]{0,2}[\s:=#.,_(-]*(?:is|was|are)?[\s:(]*\Z", re.IGNORECASE)


def numbers(layout: Layout, patterns: Sequence[re.Pattern[str]]) -> Iterator[Found]:
    """Where do hospital numbers stand on this page: of these patterns anywhere, of others where they are called so?"""
    for pattern in patterns:
        for found in pattern.finditer(layout.text):
            yield Found(what="hospital_number", start=found.start(), end=found.end())
    if CALLED_SO.search(layout.text):
        for found in _NUMBER.finditer(layout.text):
            if _called(found, layout):
                yield Found(what="hospital_number", start=found.start(), end=found.end())


def _called(found: re.Match[str], layout: Layout) -> bool:
    before = layout.before(found.start())
    said = max((one.end() for one in CALLED_SO.finditer(before)), default=None)
    if said is not None and _BETWEEN.fullmatch(before, said):
        return True
    if layout.heading(found.start(), CALLED_SO):
        return "\t" in layout.line(found.start()) or before.strip() == ""
    return before.strip() == "" and CALLED_SO.search(layout.line_above(found.start())) is not None
