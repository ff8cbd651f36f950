"""Dates of birth: a date that is called one, or an old date beside a name where patients are listed.

A date alone tells of nobody, and evidence is full of them: of policies, meetings, rotas, audits. So a date counts where
"DOB", "date of birth" or "born" with a name stands before it or over its column; without such words only where its year
is one that policies do not have, a person's name is near, and the line or the heading speaks of patients and not of
staff.
"""

import re
from collections.abc import Iterator

from accreditation.rules.identifiers.lines import Layout
from accreditation.rules.identifiers.naming import name_in
from accreditation.rules.identifiers.values import Found

BEFORE_POLICIES = 2006
"""An unnamed date counts from the first year of life on record to here; what a service keeps as evidence is younger."""

FIRST_YEAR = 1900
SHORT_YEARS = 100
OLD_SHORT_YEAR = 30
"""A year of two digits from here on is of the last century."""

NEAR = 48
"""Characters within which a name stands beside a date, or the word for another date before it."""

LABEL = 150
"""Characters before a date in which the words for a date of birth end, with dots or a line to write on behind them."""

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_DAY_FIRST = re.compile(
    r"(?P<d>\d{1,2}) ?(?P<s>[/.-]) ?(?P<m>\d{1,2}) ?(?P=s) ?(?P<y>\d{4}|\d{2})(?![\d/]|[.-]\d)"
    r"|(?P<iy>\d{4})(?P<is>[/.-])(?P<im>\d{1,2})(?P=is)(?P<iday>\d{1,2})(?![\d/]|[.-]\d)"
    rf"|(?P<wd>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ .-]{{0,2}}(?:{_MONTHS})\.?,?[ .-]{{0,2}}"
    r"(?P<wy>\d{4}|\d{2})(?!\d)"
    r"|(?P<cd>\d{2})(?P<cm>\d{2})(?P<cy>\d{4})(?![\d/]|[.-]\d)"
    r"|(?P<sd>\d{2}) (?P<sm>\d{2}) (?P<sy>\d{4})(?![\d/]|[.-]\d)",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Za-z]{0,6}"
    r"\.? (?P<ad>\d{1,2})(?:st|nd|rd|th)?,? (?P<ay>\d{4})(?!\d)"
)
_DIGITS = re.compile(r"\d+")
_JOINS = frozenset("/.-")
_CALLED = (
    r"(?<![a-z])(?:d\.? ?o\.? ?b\.?(?![a-z])|(?:patient|pt)[_ ]?dob(?![a-z])|date[\s_-]*of[\s_-]*birth"
    r"|birth[\s_-]*(?:date|day)(?![a-z])|b(?:irth)?[\s_.-]*date(?![a-z])|d\.?o\.?b)"
)
CALLED_SO = re.compile(rf"{_CALLED}|(?:^|(?<=\t)) *born *(?=\t|$)", re.IGNORECASE)
"""The words for a date of birth, also as the heading of a column."""

_RIGHT_BEFORE = re.compile(
    rf"{_CALLED}['’]?s?\s*(?:\((?:[dmy/ .-]+|patient|pt)\))?[\s:=.,;/*_\x22'–-]*(?:(?:is|was|of|on|as)\s+)?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?[('\"]?\Z",
    re.IGNORECASE,
)
_BORN = re.compile(r"(?<![a-z])(?:born|b\.)\s*(?:on\s+|in\s+)?(?:the\s+)?[:(]?\s*\Z", re.IGNORECASE)
_OTHER_DATE = re.compile(
    r"(?<![a-z])(?:review|reviewed|issue|issued|effective|approved|ratified|version|expir\w*|admi\w*|discharge\w*|due"
    r"|meeting|minutes|start\w*|end\w*|valid|updated|created|printed|seen|attended|appointment|signed|completed|audit\w*)"
    r"[^\t\n]{0,20}\Z",
    re.IGNORECASE,
)
_SMALL_WORD = re.compile(r"(?<![^\s(])[a-z]{2,}")
FEW_SMALL_WORDS = 2
"""Words in small letters that a row of a table may have."""

_A_DATE = re.compile(
    r"(?<![a-z])(?:date|admitted|admission|seen|discharged?|died|review(?:ed)?|appointment|onset|arrival|arrived)(?![a-z])",
    re.IGNORECASE,
)
"""What columns of dates are called."""

_OF_PATIENTS = re.compile(
    r"(?<![a-z])(?:patients?|pts?|nhs\s*(?:no|num)\w*|mrn|hospital\s*(?:no|num)\w*|admitted|admission|discharged"
    r"|inpatients?|clerked|presented|diagnos\w+|mr|mrs|miss|ms|master)(?![a-z])",
    re.IGNORECASE,
)
_OF_STAFF = re.compile(
    r"(?<![a-z])(?:staff|rota|shift|dr|prof|professor|consultant|registrar|nurse|sister|matron|therapist|gmc|nmc|hcpc"
    r"|appointed|joined|qualified|registered|registration|started|employed|employee|trained|band\s*\d|manager"
    r"|chair\w*|chief|executive|director|president|post|published|edition|founded|established|opened|reviewer|author|policy|act|regulations?)(?![a-z])",
    re.IGNORECASE,
)


def dates(layout: Layout) -> Iterator[Found]:
    """Where do dates of birth stand on this page? Each place once, in order."""
    for date in written(layout.text):
        year = _year(date)
        if year is not None and (_called(date, layout) or _unnamed(date, year, layout)):
            yield Found(what="date_of_birth", start=date.start(), end=date.end())


def written(text: str) -> Iterator[re.Match[str]]:
    """Every date in this text, however it is written, in order; it need be no day of the calendar.

    Groups of digits are found first and tried then: most text has none, and a pattern tried at every letter is slow.
    """
    found = [match for match in _MONTH_FIRST.finditer(text) if not text[match.start() - 1 : match.start()].isalpha()]
    done = 0
    for digits in _DIGITS.finditer(text):
        if digits.start() < done or text[digits.start() - 1 : digits.start()] in _JOINS:
            continue
        match = _DAY_FIRST.match(text, digits.start())
        if match is not None:
            done = match.end()
            found.append(match)
    yield from sorted(found, key=lambda match: match.start())


def _year(date: re.Match[str]) -> int | None:
    """The year, if this is a day of the calendar; a year of two digits as it is written."""
    parts = date.groupdict()
    day = _first(parts, "d", "iday", "wd", "ad", "sd", "cd")
    month = _first(parts, "m", "im", "sm", "cm") or 1
    year = _first(parts, "y", "iy", "wy", "ay", "sy", "cy")
    right = (1 <= day <= 31 and 1 <= month <= 12) or (1 <= month <= 31 and 1 <= day <= 12)
    short = year < SHORT_YEARS
    return year if right and (short or FIRST_YEAR <= year < FIRST_YEAR + 2 * SHORT_YEARS) else None


def _first(parts: dict[str, str | None], *keys: str) -> int:
    return next((int(value) for key in keys if (value := parts.get(key))), 0)


def _called(date: re.Match[str], layout: Layout) -> bool:
    """Is it called a date of birth: right before it, in the line above, or over its column?"""
    before = layout.before(date.start())
    if _RIGHT_BEFORE.search(before[-LABEL:]):
        return True
    if date.groupdict().get("cd"):
        return False  # eight digits on end are a date where that is said right before them, and anything elsewhere
    if _BORN.search(before[-NEAR:]):
        return _names_near(date, layout) or _OF_PATIENTS.search(layout.line(date.start())) is not None
    if _OTHER_DATE.search(before[-NEAR:]):
        return False
    heading = layout.heading(date.start(), CALLED_SO)
    if heading:
        return layout.column(date.start()) is not None or _below(heading, date, layout)
    return _alone(before) and _ends_called(layout.line_above(date.start()))


def _below(heading: str, date: re.Match[str], layout: Layout) -> bool:
    """In a table without cells: is this the date that stands under the word, as far as the order of both tells?"""
    if len(_SMALL_WORD.findall(layout.line(date.start()))) > FEW_SMALL_WORDS:
        return False  # a sentence, and no row of a table
    if layout.heading_number(date.start(), CALLED_SO) < layout.heading_number(date.start(), _A_DATE):
        return False  # another table has begun
    called = CALLED_SO.search(heading)
    place = len(_A_DATE.findall(heading[: called.start()])) if called else 0
    before = sum(1 for _ in written(layout.before(date.start())))
    after = sum(1 for _ in written(layout.after(date.end())))
    return before == place or before + 1 + after <= place


def _alone(before: str) -> bool:
    """Does nothing but a dash or a space stand before it in its line?"""
    return before.strip(" \t-:*|") == ""


def _ends_called(line: str) -> bool:
    return _RIGHT_BEFORE.search(line.rstrip()) is not None


def _unnamed(date: re.Match[str], year: int, layout: Layout) -> bool:
    """Without a word for it: an old date beside a name, where patients are listed?"""
    full = year + FIRST_YEAR if OLD_SHORT_YEAR <= year < SHORT_YEARS else year
    if not FIRST_YEAR <= full < BEFORE_POLICIES or date.groupdict().get("cd"):
        return False
    line = layout.line(date.start())
    other = _OTHER_DATE.search(layout.before(date.start())[-NEAR:])
    if other or not _names_near(date, layout) or _OF_STAFF.search(line):
        return False
    if _OF_PATIENTS.search(line):
        return True
    heading = layout.heading_line(date.start(), _OF_PATIENTS)
    return heading != "" and not _OF_STAFF.search(heading)


def _names_near(date: re.Match[str], layout: Layout) -> bool:
    """Does something written as a person's name stand near, in the same line?"""
    before = layout.before(date.start())[-NEAR:]
    after = layout.after(date.end())[:NEAR]
    return any(name_in(part) for part in (before, after))
