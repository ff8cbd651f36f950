"""What is shown of a hit: the words around, where only words that tell of nobody are left standing."""

import re

DOT = "•"
AROUND = 60
"""Characters shown on either side."""

TELL_NOTHING = frozenset(
    """
    a about above admission admitted after age all also and are as at audit be been before below birth born by
    care cases chi clinic code consultant contact copy criteria date dates days died discharge discharged dob
    doctor document email ext fax female file first following for forename form from given gp had has have he
    health her him his hospital hospitals id identifier in is it last letter list log male meeting mobile month
    mrn name named names nhs no nos not note notes number numbers nurse of on or our outcome patient patients
    phone please policy postcode pt re record records ref reference referral referred report review reviewed row
    seen service sex she sheet stroke subject surname team tel telephone the their they this time to transferred
    treated unit version visit was we were who with year years your
    """.split()  # noqa: SIM905 - a list of words is read as words
)
"""Ordinary words that label things; every other word may be a name."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def masked(text: str, start: int, end: int) -> str:
    """The words around this place, in its line and the one above, with dots for whatever may tell of somebody.

    A word is replaced by three dots, whatever its length, and every digit by one; of what was found, from `start` to
    `end`, nothing but its shape is left.
    """
    left = "\n".join(text[max(0, start - AROUND) : start].split("\n")[-2:])
    right = text[end : end + AROUND].split("\n", maxsplit=1)[0]
    found = re.sub(r"\w", DOT, text[start:end])
    return " ".join(f"{_words_masked(left)}{found}{_words_masked(right)}".split())


def masked_label(label: str) -> str:
    """Where a page stands, without the long numbers that somebody may have put into the name of a sheet."""
    return re.sub(r"\d(?:[ ./-]?\d){4,}", lambda found: re.sub(r"\d", DOT, found.group()), label)


def _words_masked(text: str) -> str:
    shown = _WORD.sub(lambda word: word.group() if word.group().casefold() in TELL_NOTHING else DOT * 3, text)
    return "".join(DOT if sign.isnumeric() else sign for sign in shown)
