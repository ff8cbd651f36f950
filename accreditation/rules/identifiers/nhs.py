"""Numbers of patients: the NHS number of England, Wales and the Isle of Man, Scotland's CHI, Northern Ireland's H&C.

All have ten digits of which the last checks the others (NHS Data Dictionary, NHS NUMBER); check digit and ranges are
those of the package nhs-number. One random number in eleven has a right check digit, so what stands around decides:

- written as NHS numbers are (ten digits on end, 3-3-4) it counts in the ranges that are issued, and in the range for
  tests, which is where published examples and made-up patients have theirs;
- a CHI written on end, a Health and Care number, and any other writing (a digit a cell, over two lines) count where the
  words for it stand before them or over their column;
- what is called something else (a telephone, an ISBN, an order) does not count, whatever its digits.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from nhs_number.constants import (
    REGION_ENGLAND_WALES_IOM,
    REGION_NORTHERN_IRELAND,
    REGION_SCOTLAND,
    REGION_SYNTHETIC,
    Region,
)
from nhs_number.validate import is_valid

from accreditation.rules.identifiers.lines import Layout
from accreditation.rules.identifiers.values import Found

DIGITS = 10
USUAL_GROUPS = (3, 3, 4)
WRITTEN = frozenset({(DIGITS,), USUAL_GROUPS, (6, 4)})
"""How many digits stand together where such numbers are written."""

CALLED_SO = re.compile(
    r"(?<![a-z])nhs[\s_:#/.-]*(?:no(?![a-z])|nos(?![a-z])|num|nr(?![a-z])|\#|id(?![a-z])|ident)"
    r"|(?<![a-z])nhs\s*[:#=(-]*\s*$|(?:^|(?<=\t)|(?<=  )) *nhs *(?=\t|  |$)"
    r"|^ *nhs(?= (?:name|patient|surname|forename|dob|date))"
    r"|(?-i:\bCHI\b)|(?<![a-z])chi[\s_:#.-]*(?:no(?![a-z])|num)"
    r"|(?<![a-z])h\s*&\s*c(?![a-z])|(?<![a-z])hcn(?![a-z])|(?<![a-z])hsc[\s_]*(?:no(?![a-z])|num)"
    r"|health\s+(?:and|&)\s+(?:social\s+)?care\s+(?:no(?![a-z])|num)"
    r"|(?<![a-z])(?:patient|pat|pt)(?:['’]?s)?[\s_]*(?:id(?![a-z])|ident|no(?![a-z])|num|nr(?![a-z])|ref)",
    re.IGNORECASE,
)
"""The words for a patient's number."""

OF_A_PATIENT = re.compile(r"(?<![a-z])(?:patient|pt|d\.?o\.?b|born|date of birth|nhs|admitted)(?![a-z])", re.IGNORECASE)
"""A line with these is about a patient: there a CHI or a Health and Care number needs no other word."""

CALLED_OTHERWISE = re.compile(
    r"(?<![a-z])(?:tel|telephone|phone|ph|mob|mobile|cell|fax|bleep|pager|ext|extension|contact|call|ring|dial|text"
    r"|switchboard|helpline|isbn(?:[\s-]*1[03])?|issn|pmid|doi|isrctn|orcid|gmc|nmc|hcpc|gphc|gdc|pin|order|invoice|inv"
    r"|purchase|po|account|acct|a/c|sort\s+code|charity|company|vat|utr|serial|barcode|ean|sku|asset|version|build"
    r"|licence|license|grant|contract|tender|job|vacancy|ticket|incident|datix|requisition|room|ods|ref|reference"
    r"|cost\s+centre|registration|registered|meeting\s+id|conference|timestamp|epoch)"
    r"(?:\s*(?:no|nos|nr|number|numbers|id|code)(?![a-z]))?(?![a-z])",
    re.IGNORECASE,
)
"""What a number of ten digits may be instead; whichever words stand nearest before it hold."""

_JUST_BEFORE = re.compile(rf"{CALLED_OTHERWISE.pattern}(?=[^;!?]{{0,30}}\Z)", re.IGNORECASE)
_HEADING = re.compile(r".{1,90}(?<![.,;!?])")
"""A line that stands over a table, and is no sentence."""

_GROUP = re.compile(r"\d+")
_RUN = re.compile(r"\d(?:[ \t\n./|,_()-]{0,4}\d){9,}")
_BETWEEN = re.compile(r"[ \t\n.|,_-]{1,4}\Z")
_USUAL = re.compile(r"(?: ?[.-] ?| {1,2}| ?\n ?)\Z")
_ENDS_SO = re.compile(r"(?:nhs|chi|no|hcn|hc)[._]?\Z", re.IGNORECASE)
_NOT_AFTER = re.compile(r"(?:[+£$€=@/&?]|\+\s?44\s?(?:\(0\)\s?)?|\(0\)\s?|\d[.,/-])\Z")
_NOT_BEFORE = re.compile(r"(?:[-./]\d|[.,]\d|%|[a-z])", re.IGNORECASE)
_WHOLE_END = re.compile(r"\.0+(?![\d.])")


class Called(Enum):
    """What a number is called, and where that stands."""

    RIGHT_BEFORE = "a patient's number, right before it"
    ABOVE = "a patient's number, earlier in its line or over a table without cells"
    OVER_ITS_CELL = "a patient's number, at the top of its column"
    OTHERWISE = "something else"
    NOT = "nothing"


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Ten digits in a row of groups: where, which, and how they are grouped."""

    start: int
    end: int
    digits: str
    groups: tuple[int, ...]
    usual: bool
    """Is nothing but a space, a dash or a dot between the groups, or the end of one line?"""
    even: bool
    """Is the same between all groups?"""

    @property
    def in_boxes(self) -> bool:
        """Does every digit stand by itself, or every usual group in a cell or a line of its own?"""
        return self.groups == USUAL_GROUPS or (self.even and len(self.groups) == DIGITS)


def numbers(layout: Layout) -> Iterator[Found]:
    """Where do patients' numbers stand on this page? Each place once, in order."""
    for run in _RUN.finditer(layout.text):
        done = 0
        groups = list(_GROUP.finditer(layout.text, run.start(), run.end()))
        for first in range(len(groups)):
            if groups[first].start() < done:
                continue
            candidate = _ten_from(layout.text, groups, first)
            if candidate is not None and _counts(candidate, layout):
                done = candidate.end
                yield Found(what="nhs_number", start=candidate.start, end=candidate.end)


def _ten_from(text: str, groups: list[re.Match[str]], first: int) -> _Candidate | None:
    digits = ""
    sizes: list[int] = []
    between: list[str] = []
    for number in range(first, min(first + DIGITS, len(groups))):
        group = groups[number]
        if number > first:
            gap = text[groups[number - 1].end() : group.start()]
            if not _BETWEEN.match(gap):
                return None
            between.append(gap)
        digits += group.group()
        sizes.append(len(group.group()))
        if len(digits) >= DIGITS:
            return _candidate(groups[first].start(), digits, sizes, between, group.end())
    return None


def _candidate(start: int, digits: str, sizes: list[int], between: list[str], end: int) -> _Candidate | None:
    if len(digits) != DIGITS:
        return None
    turns = sum("\n" in gap for gap in between)
    usual = all(_USUAL.match(gap) for gap in between) and turns <= 1
    return _Candidate(start, end, digits, tuple(sizes), usual, even=len(set(between)) <= 1)


def _counts(candidate: _Candidate, layout: Layout) -> bool:
    """Is this a patient's number: right by its check digit, and by what stands around it?"""
    if len(set(candidate.digits)) == 1 or not is_valid(candidate.digits):
        return False
    called = _called(candidate, layout)
    if called is Called.OTHERWISE:
        return False
    if called is Called.RIGHT_BEFORE:
        return candidate.in_boxes or candidate.usual
    if not _stands_alone(candidate, layout):
        return False
    if called is Called.OVER_ITS_CELL:
        return candidate.in_boxes or candidate.groups in WRITTEN
    if called is Called.ABOVE:
        return candidate.in_boxes or (candidate.usual and candidate.groups in WRITTEN)
    return _written_as_one(candidate, layout)


def _written_as_one(candidate: _Candidate, layout: Layout) -> bool:
    """Without a word for it: do the writing and the range make it a patient's number?"""
    if not candidate.usual:
        return False
    on_end, grouped = candidate.groups == (DIGITS,), candidate.groups == USUAL_GROUPS
    if _in(REGION_ENGLAND_WALES_IOM, candidate) or _in(REGION_SYNTHETIC, candidate):
        return on_end or grouped
    if _in(REGION_NORTHERN_IRELAND, candidate):
        return (on_end or grouped) and OF_A_PATIENT.search(layout.line(candidate.start)) is not None
    if _in(REGION_SCOTLAND, candidate):
        about = OF_A_PATIENT.search(layout.line(candidate.start)) is not None
        return candidate.groups == (6, 4) or ((on_end or grouped) and about)
    return False


def _in(region: Region, candidate: _Candidate) -> bool:
    return any(one.start <= int(candidate.digits) <= one.end for one in region.ranges)


def _called(candidate: _Candidate, layout: Layout) -> Called:
    """What is it called: before it in its line, in the line above it, or over its column?"""
    before = layout.before(candidate.start)
    so, otherwise = _last(CALLED_SO, before), _last(_JUST_BEFORE, before)
    if so > otherwise:
        return Called.ABOVE if any(sign.isdigit() for sign in before[so:]) else Called.RIGHT_BEFORE
    if otherwise >= 0 and "\t" not in before[otherwise:]:
        return Called.OTHERWISE
    above = layout.line_above(candidate.start)
    so = _last(CALLED_SO, above)
    if before.strip() == "" and so >= 0 and not any(sign.isdigit() for sign in above[so:]):
        return Called.RIGHT_BEFORE
    return _called_by_heading(candidate, layout)


def _called_by_heading(candidate: _Candidate, layout: Layout) -> Called:
    so = layout.heading(candidate.start, CALLED_SO)
    otherwise = layout.heading(candidate.start, CALLED_OTHERWISE)
    if so and otherwise:
        nearer = (
            layout.heading_number(candidate.start, CALLED_SO),
            layout.heading_number(candidate.start, CALLED_OTHERWISE),
        )
        otherwise = otherwise if nearer[0] < nearer[1] else ""
    if _HEADING.fullmatch(otherwise):
        return Called.OTHERWISE
    if not so:
        return Called.NOT
    return Called.OVER_ITS_CELL if layout.column(candidate.start) is not None else Called.ABOVE


def _last(words: re.Pattern[str], text: str) -> int:
    """Where do the last of these words begin? -1 where none are."""
    return max((found.start() for found in words.finditer(text)), default=-1)


def _stands_alone(candidate: _Candidate, layout: Layout) -> bool:
    """Is it a number by itself, and no part of a longer one, of a word or of an amount?"""
    before = layout.text[max(0, candidate.start - 12) : candidate.start]
    after = layout.text[candidate.end : candidate.end + 8]
    if (before[-1:].isalpha() and not _ENDS_SO.search(before)) or _NOT_AFTER.search(before):
        return False
    if _NOT_BEFORE.match(after) and not _WHOLE_END.match(after):
        return False
    ahead = re.search(r"(\d+)[ ()-]{1,3}\Z", before)
    return ahead is None or not (ahead[1].startswith("0") or ahead[1] == "44")
