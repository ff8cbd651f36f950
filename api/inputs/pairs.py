"""What was chosen in a page's form: a number, or pairs of a number and a criterion, as boxes say them: '7:1.02'."""

import re
from collections.abc import Iterable

from accreditation.errors import Fault, Invalid

_PAIR = re.compile(r"([1-9][0-9]{0,8}):([A-Za-z0-9][A-Za-z0-9._-]{0,39})\Z")


def pairs(given: Iterable[str], *, where: str) -> tuple[tuple[int, str], ...]:
    """The pairs that these say. Raises Invalid for one that is none."""
    found = [_PAIR.match(one) for one in given]
    if not all(found):
        raise Invalid([Fault(where=where, found="not what the page offers", allowed="what the page offers")])
    return tuple((int(one[1]), one[2]) for one in found if one is not None)


def chosen_number(text: str, *, where: str) -> int:
    """The number of what was chosen from a list. Raises Invalid where nothing was."""
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise Invalid([Fault(where=where, found="nothing chosen", allowed="choose one of the list")])
    return int(text)
