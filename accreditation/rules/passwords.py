"""What a password must be: long, and not one of those that are tried first (NIST SP 800-63B, section 5.1.1.2).

No rule about capitals or signs: they make passwords worse, not better. What is tried first is not a list from
elsewhere but what such lists are made of: a common word with its letters written as digits and a year behind it, a
row of the keyboard, a count, a few characters again and again, and the person's own name.
"""

import re
from collections.abc import Iterator, Sequence

from accreditation.errors import Fault

SHORTEST = 12
LONGEST = 128
"""Characters. The longest only keeps the work of one attempt small."""

LEFT_OVER = 6
"""So many characters must remain once what everybody would try is taken out."""

_GOOD = "three or four words that have nothing to do with each other are good"

_LETTERS = str.maketrans("013457$8@!", "oieastsbai")

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "01234567890", "azertyuiop")

_WORDS = (
    "password", "passw0rd", "passwort", "welcome", "letmein", "iloveyou", "monkey", "dragon", "football", "baseball",
    "liverpool", "chelsea", "arsenal", "master", "superman", "batman", "princess", "sunshine", "shadow", "michael",
    "charlie", "jordan", "hello", "freedom", "whatever", "trustno", "secret", "login", "admin", "administrator",
    "root", "user", "guest", "default", "changeme", "computer", "internet", "google", "summer", "winter", "spring",
    "autumn", "january", "february", "march", "april", "june", "july", "august", "september", "october", "november",
    "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "london", "england",
    "scotland", "wales", "ireland", "cymru", "hospital", "doctor", "nurse", "patient", "clinic", "medical", "health",
    "healthcare", "stroke", "ward", "college", "royal", "accreditation", "accredit", "reviewer", "office",
    "committee", "team", "lead", "test", "testing", "please", "correct", "horse", "battery", "staple", "nothing",
)  # fmt: skip
"""What people begin with, as every published list of broken passwords shows, and the words of this house."""


def faults_of_password(password: str, *, own: Sequence[str] = ()) -> Iterator[Fault]:
    """What is wrong with this password? `own` is what is known of its owner: name and e-mail address.

    The password is never repeated.
    """
    if len(password) < SHORTEST:
        allowed = f"choose a password with at least {SHORTEST} characters: {_GOOD}"
        yield Fault(where="password", found=_has(password), allowed=allowed)
    elif len(password) > LONGEST:
        yield Fault(
            where="password", found=_has(password), allowed=f"choose a password with at most {LONGEST} characters"
        )
    elif len(_uncommon(password, own)) < LEFT_OVER:
        yield Fault(where="password", found="is easily guessed", allowed=f"choose one that nobody would try: {_GOOD}")


def _has(password: str) -> str:
    if not password:
        return "nothing"
    return f"has {len(password)} character{'' if len(password) == 1 else 's'}"


def _uncommon(password: str, own: Sequence[str]) -> str:
    """What remains of a password once everything is taken out that would be tried first."""
    small = password.casefold()
    for form in (small, small.translate(_LETTERS)):
        small = min(small, _without(form, own), key=len)
    return "".join(dict.fromkeys(small))


def _without(text: str, own: Sequence[str]) -> str:
    names = [part for one in own for part in re.split(r"[^a-z0-9]+", one.casefold()) if len(part) >= 3]
    for word in sorted({*names, *_WORDS}, key=lambda one: (-len(one), one)):
        text = text.replace(word, "")
    for row in _ROWS:
        for way in (row, row[::-1]):
            text = _without_runs(text, way)
    return re.sub(r"(18|19|20)\d\d|[^a-z0-9]", "", text)


def _without_runs(text: str, row: str) -> str:
    """The text without pieces of four and more characters that follow each other in this row."""
    for size in range(min(len(row), len(text)), 3, -1):
        for begin in range(len(row) - size + 1):
            text = text.replace(row[begin : begin + size], "")
    return text
