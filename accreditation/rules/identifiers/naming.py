"""Is there a person's name? By how names are written: no list of names is kept, and none would be whole."""

import re
from itertools import pairwise

_TITLED = re.compile(r"(?<!\w)(?i:mr|mrs|miss|ms|mx|master)\.?\s+[^\W\d_a-z]")
_CAPITAL = re.compile(r"(?<!\w)[^\W\d_a-z][^\W\d_]*(?:[-'’][^\W\d_]+)?")
_BETWEEN_NAMES = re.compile(r"\.?,?[ \t]+")
_NO_NAME = frozenset(
    """
    academic acute address admitted alert association birth board care centre clinic clinical college committee
    community date department dob emergency england foundation general group guideline health hospital hyper
    infirmary information integrated ireland kingdom meeting name national network nhs northern office partnership
    patient patients policy programme public quality regional rehabilitation royal safety scotland service
    services society stroke survey teaching team the trust unit united university wales ward
    """.split()  # noqa: SIM905 - a list of words is read as words
)
"""Words with a capital that name no person."""


def name_in(text: str) -> bool:
    """Is there a title, or two words with a capital after each other that may be a person's names?"""
    if _TITLED.search(text):
        return True
    words = list(_CAPITAL.finditer(text))
    return any(
        _BETWEEN_NAMES.fullmatch(text, first.end(), second.start())
        and not {first.group().casefold(), second.group().casefold()} & _NO_NAME
        for first, second in pairwise(words)
    )
