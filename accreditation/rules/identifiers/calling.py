"""What a number of ten digits is called: a patient's number, something else, or nothing; and where that is said."""

import re
from enum import Enum

from accreditation.rules.identifiers.lines import NEAR, Layout

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

_ELSEWHERE = (
    r"tel|telephone|phone|ph|mob|mobile|cell|fax|bleep|pager|ext|extension|freephone|switchboard|helpline|landline"
    r"|direct\s+line|whatsapp|sms|isbn(?:[\s-]*1[03])?|book\s+number|issn|pmid|doi|isrctn|iras|ukcrn|orcid|gmc|nmc|hcpc"
    r"|gphc|gdc|invoice|inv|account|acct|a/c|iban|sort\s+code|vat|utr|serial|barcode|ean|gtin|udi|sku|licence|license"
    r"|datix|requisition|ods|cost\s+centre|meeting\s+id|zoom|teams\s+id|passcode|timestamp|epoch"
)
"""What is hardly said of a patient."""

_ORDINARY = (
    r"contact|call|ring|dial|text|line|pin|order|purchase|po|p\.\s?o\.|charity|company|asset|version|build|grant|contract"
    r"|tender|job|vacancy|ticket|incident|room|registration|registered|conference|trial|study|batch|lot|part"
    r"|device|total|t|m"
)
"""Ordinary words, which say what a number is only where they stand right before it."""

_OF_NUMBERS = r"(?:\s*(?:no|nos|nr|number|numbers|id|code|ref|reference)(?![a-z]))?(?![a-z])"
CALLED_OTHERWISE = re.compile(rf"(?<![a-z])(?:{_ELSEWHERE}){_OF_NUMBERS}", re.IGNORECASE)
"""What a number of ten digits may be instead."""

_TO_A_NUMBER = r"(?=(?:[^\w\n]|(?:on|at|is)(?![a-z])){0,12}\Z)"
_PEOPLE = r"(?:patients?|pt|nhs(?!\W{0,2}(?:net|mail)(?![a-z]))|family)(?![a-z])"
"""After these it may be a patient's after all; the health service's network for mail is nobody's."""

_JUST_BEFORE = re.compile(
    rf"(?<![a-z])(?:(?:{_ELSEWHERE}){_OF_NUMBERS}(?!.*(?:\.\s+[a-z]|(?<![a-z]){_PEOPLE}))"
    rf"(?=[^;!?]{{0,30}}\Z)|(?:{_ORDINARY}){_OF_NUMBERS}{_TO_A_NUMBER})",
    re.IGNORECASE,
)
_A_REFERENCE = re.compile(rf"(?<![a-z])(?:ref|reference){_OF_NUMBERS}{_TO_A_NUMBER}", re.IGNORECASE)
_CALLS = r"(?:tel|telephone|phone|mobile|fax|bleep|switchboard)"
_JUST_AFTER = re.compile(
    r"\s?(?:bytes|kb|mb|ms|patients|people|euros?|pounds)(?![a-z])"
    rf"|\s?(?:\({_CALLS}\)|{_CALLS}\.?\s*(?:[,;)]|\Z))",
    re.IGNORECASE,
)
_HEADING = re.compile(r".{1,90}(?<![.,;!?])")
"""A line that stands over a table, and is no sentence."""


class Called(Enum):
    """What a number is called, and where that stands."""

    RIGHT_BEFORE = "a patient's number, right before it"
    ABOVE = "a patient's number, earlier in its line or over a table without cells"
    OVER_ITS_CELL = "a patient's number, at the top of its column"
    REFERENCE = "a reference: something else where it is not written as patients' numbers are"
    OTHERWISE = "something else"
    NOT = "nothing"


def called(start: int, end: int, layout: Layout) -> Called:
    """What is the number that stands here called: before it in its line, in the line above it, or over its column?"""
    before = layout.before(start)
    so, otherwise = _last(CALLED_SO, before), _last(_JUST_BEFORE, before, near=LABEL)
    if so > otherwise:
        return Called.ABOVE if any(sign.isdigit() for sign in before[so:]) else Called.RIGHT_BEFORE
    if otherwise >= 0 and "\t" not in before[otherwise:]:
        return Called.OTHERWISE
    if _JUST_AFTER.match(layout.after(end)):
        return Called.OTHERWISE
    above = layout.line_above(start)
    so = _last(CALLED_SO, above)
    if before.strip() == "" and so >= 0 and not any(sign.isdigit() for sign in above[so:]):
        return Called.RIGHT_BEFORE
    if _A_REFERENCE.search(before[-LABEL:]):
        return Called.REFERENCE
    return _by_heading(start, layout)


def _by_heading(start: int, layout: Layout) -> Called:
    so = layout.heading(start, CALLED_SO)
    otherwise = layout.heading(start, CALLED_OTHERWISE)
    if so and otherwise and layout.heading_number(start, CALLED_SO) >= layout.heading_number(start, CALLED_OTHERWISE):
        otherwise = ""
    if _HEADING.fullmatch(otherwise):
        return Called.OTHERWISE
    if not so:
        return Called.NOT
    return Called.OVER_ITS_CELL if layout.column(start) is not None else Called.ABOVE


LABEL = 120
"""Characters before a number in which words stand that say right before it what it is."""


def _last(words: re.Pattern[str], text: str, *, near: int = NEAR) -> int:
    """Where do the last of these words begin, so near the end? -1 where none are."""
    cut = max(0, len(text) - near)
    return max((cut + found.start() for found in words.finditer(text[cut:])), default=-1)
