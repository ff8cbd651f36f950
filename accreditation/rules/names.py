"""What tells whose case a text is of: names of people and places, and how to reach somebody; found and blanked.

A text of a clinical team names people as colleagues do: by a surname, by a given name, by the short name of a hospital.
So the parts of a name count as well, as whole words. Parts that are ordinary words too (May, Grace, Ward) or have two
letters only count where they are written with a capital, as names are; titles and what people are called by their work
(Dr, Sister, Lead) tell of nobody and do not count.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

BLANK = "[name]"
"""What stands where a name stood."""

CONTACT = "[contact]"
"""What stands where an address (of e-mail, the web, a postcode) or a number that reaches somebody stood."""

SHORTEST = 2
"""Letters of a part of a name; one letter is an initial, and no word."""

ALSO_WORDS = frozenset({
    "art", "bell", "best", "bill", "bishop", "black", "bond", "brook", "brown", "carter", "chance", "church",
    "cook", "day", "dean", "faith", "field", "fields", "flowers", "ford", "frank", "glass", "good", "grace",
    "grant", "green", "grey", "hall", "hand", "hands", "heart", "hill", "holiday", "home", "hope", "house", "joy",
    "june", "king", "lamb", "lane", "little", "long", "lord", "low", "mark", "marsh", "may", "miles", "moon",
    "more", "page", "park", "parks", "patience", "paul", "pearl", "penny", "pope", "power", "price", "rich", "rose",
    "sharp", "short", "small", "smart", "spring", "stone", "street", "strong", "summer", "sun", "swan", "temple",
    "town", "van", "ward", "wards", "waters", "way", "well", "west", "white", "will", "winter", "wise", "wood",
    "woods", "young",
})  # fmt: skip
"""Words that are names as well: as parts of a name they count where they are written with a capital."""

TELL_NOBODY = frozenset({
    "dr", "doctor", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "sister", "matron",
    "nurse", "consultant", "registrar", "therapist", "lead", "leads", "lay", "patient", "reviewer", "reviewers",
    "chair", "deputy", "officer", "manager", "team", "committee", "office", "college", "engine", "public",
    "trainee", "observer", "admin", "secretary", "member", "clinician", "clinical", "medical", "director", "the",
    "and", "von", "der", "den", "de", "la",
})  # fmt: skip
"""Titles, roles and small words within names."""

OF_ANY_PLACE = frozenset({
    "nhs", "foundation", "trust", "hospital", "hospitals", "university", "teaching", "health", "healthcare",
    "board", "group", "centre", "center", "clinic", "infirmary", "service", "services", "unit", "department",
    "general", "district", "royal", "community", "care", "partnership", "the", "and", "of", "ward", "wards", "practice",
    "surgery", "hospice", "house", "medical", "mental", "acute", "primary", "stroke", "memory", "institute", "school",
})  # fmt: skip
"""What many names of organisations have, and no organisation is known by."""

_EMAIL = r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+"
_TELEPHONE = r"(?<![\w.])(?:\+44|0044|\(?0)(?:[\s()-]{0,2}\d){8,12}(?!\w)"
_EXTENSION = r"(?<!\w)(?:ext\.?|extension|bleep|pager)\s*(?:no\.?\s*)?\d{3,6}(?!\w)"
_ADDRESS = r"(?:https?://|www\.)[^\s<>\"']+|(?<!\w)[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}(?!\w)"
_NUMBER = r"(?<![\w.])\d{3}[\s-]?\d{3}[\s-]?\d{4}(?!\w)"
_CONTACT = f"{_EMAIL}|{_TELEPHONE}|{_EXTENSION}|{_ADDRESS}|{_NUMBER}"
_PARTS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def parts_of_person(name: str) -> frozenset[str]:
    """The surname and the given names in a person's name, each of which tells of them: 'Dr Ada Weir' gives two."""
    words = _PARTS.findall(name)
    return frozenset(
        word
        for word in words
        if len(word) >= SHORTEST and word[0].isupper() and word.casefold() not in TELL_NOBODY
    )  # fmt: skip


def short_of_organisation(name: str) -> frozenset[str]:
    """What an organisation is called for short: its name without what many have at either end; empty where none is.

    'Barton Vale University Hospital NHS Foundation Trust' gives Barton Vale.
    """
    words = name.split()
    while words and _of_any_place(words[-1]):
        words.pop()
    while words and _of_any_place(words[0]):
        words.pop(0)
    short = " ".join(words)
    return frozenset({short}) - {name, ""}


def _of_any_place(word: str) -> bool:
    return word.strip(",.()&").casefold() in OF_ANY_PLACE | {""}


def blanked(text: str, names: Collection[str]) -> str:
    """The text with every known name and every way to reach somebody blanked: whole words, across line breaks."""
    return _pattern(frozenset(names)).sub(lambda found: CONTACT if found["contact"] else BLANK, text)


def names_in(text: str, names: Collection[str]) -> tuple[str, ...]:
    """Which known names (and addresses, and numbers) does this text hold, as they are written there?"""
    return tuple(dict.fromkeys(_found(text, names)))


def counted(texts: Iterable[str], names: Collection[str]) -> dict[str, int]:
    """What would be blanked in these texts, as it is written there, and how often; what is most often there first."""
    found = Counter(word for text in texts for word in _found(text, names))
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _found(text: str, names: Collection[str]) -> Iterator[str]:
    return (found.group() for found in _pattern(frozenset(names)).finditer(text))


@lru_cache(maxsize=4)
def _pattern(names: frozenset[str]) -> re.Pattern[str]:
    """What finds any of these; the longest name first, so that a name within a name leaves nothing behind."""
    words = sorted({" ".join(name.split()) for name in names} - {""}, key=lambda name: (-len(name), name))
    told = "|".join([r"\s+".join(re.escape(part) for part in name.split(" ")) for name in words if not _careful(name)])
    also = "|".join(f"{re.escape(name[0].upper())}(?i:{re.escape(name[1:])})" for name in words if _careful(name))
    known = [f"(?i:{told})"] if told else []
    known += [also] if also else []
    named = rf"|(?<!\w)(?:{'|'.join(known)})(?!\w)" if known else ""
    return re.compile(rf"(?P<contact>(?i:{_CONTACT})){named}")


def _careful(name: str) -> bool:
    """Is this one word that is an ordinary word too, or too short to be told from one?"""
    return name.isalpha() and (len(name) <= SHORTEST or name.casefold() in ALSO_WORDS)
