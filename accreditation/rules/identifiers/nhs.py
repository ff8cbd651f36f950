"""Numbers of patients: the NHS number of England, Wales and the Isle of Man, Scotland's CHI, Northern Ireland's H&C.

All have ten digits of which the last checks the others (NHS Data Dictionary, NHS NUMBER); check digit and ranges are
those of the package nhs-number. One random number in eleven has a right check digit, so what stands around decides:

- written as NHS numbers are (ten digits on end, 3-3-4) it counts in the ranges that are issued, and in the range for
  tests, which is where published examples and made-up patients have theirs;
- a CHI written on end, a Health and Care number, and any other writing (a digit a cell, over two lines) count where the
  words for it stand before them or over their column;
- what is called something else (a telephone, an ISBN, an order) does not count, whatever its digits; a reference does
  where it is written 3-3-4, as letters to and from a GP write patients' numbers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from nhs_number.constants import (
    REGION_ENGLAND_WALES_IOM,
    REGION_NORTHERN_IRELAND,
    REGION_SCOTLAND,
    REGION_SYNTHETIC,
    Region,
)
from nhs_number.validate import is_valid

from accreditation.rules.identifiers.calling import Called, called
from accreditation.rules.identifiers.lines import Layout
from accreditation.rules.identifiers.values import Found

DIGITS = 10
USUAL_GROUPS = (3, 3, 4)
WRITTEN = frozenset({(DIGITS,), USUAL_GROUPS, (6, 4), (3, 7)})
"""How many digits stand together where such numbers are written, or read by eye with a space that was not seen."""

OF_A_PATIENT = re.compile(r"(?<![a-z])(?:patient|pt|d\.?o\.?b|born|date of birth|nhs|admitted)(?![a-z])", re.IGNORECASE)
"""A line with these is about a patient: there a CHI or a Health and Care number needs no other word."""

_NINE = re.compile(r"(?<![\w/.-])\d{9}(?![\w/-])")
_GROUP = re.compile(r"\d+")
_RUN = re.compile(r"\d(?:[ \t\n./|,_()'*+:-]{0,8}\d){9,}")
_BETWEEN = re.compile(r"[ \t\n./|,_()'*+:-]{1,8}\Z")
_USUAL = re.compile(r"(?: ?[.-] ?| {1,2}| ?\n ?)\Z")
_ENDS_SO = re.compile(r"(?:nhs|chi|no|hcn|hc)[._]?\Z", re.IGNORECASE)
_NOT_AFTER = re.compile(r"(?:[+£$€=@/&?]|\+\s?44\s?(?:\(0\)\s?)?|\(0\)\s?|\+\d{1,3}[ -]|\d[./-])\Z")
_NOT_BEFORE = re.compile(r"(?:[-./]\d|%|[a-z])", re.IGNORECASE)
_WHOLE_END = re.compile(r"\.0+(?![\d.])")


@dataclass(frozen=True, slots=True, repr=False)
class _Candidate:
    """Ten digits in a row of groups: where, which, and how they are grouped. They are in no repr."""

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
    """Where do patients' numbers stand on this page? Each place once."""
    yield from _chi_without_its_zero(layout)
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


def _chi_without_its_zero(layout: Layout) -> Iterator[Found]:
    """A workbook takes a CHI of the first nine days of a month for a number, and leaves its first digit out."""
    if "CHI" not in layout.text:
        return
    for digits in _NINE.finditer(layout.text):
        whole = _Candidate(*digits.span(), f"0{digits.group()}", (DIGITS,), usual=True, even=True)
        named = called(whole.start, whole.end, layout) in {Called.RIGHT_BEFORE, Called.OVER_ITS_CELL}
        if named and is_valid(whole.digits) and _in(REGION_SCOTLAND, whole):
            yield Found(what="nhs_number", start=whole.start, end=whole.end)


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
    how = called(candidate.start, candidate.end, layout)
    if how is Called.OTHERWISE or (how is Called.REFERENCE and candidate.groups != USUAL_GROUPS):
        return False
    if how is Called.RIGHT_BEFORE:
        return candidate.in_boxes or candidate.usual
    if not _stands_alone(candidate, layout):
        return False
    if how is Called.OVER_ITS_CELL:
        return candidate.in_boxes or candidate.groups in WRITTEN
    if how is Called.ABOVE:
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
