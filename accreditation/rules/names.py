"""What tells whose case a text is of: names of people and places, and how to reach somebody; found and blanked.

A text of a clinical team names people as colleagues do: by a surname, by a given name, by the short name of a hospital.
So the parts of a name count as well, as whole words, and so do the halves of a double name. Parts that are ordinary
words too (May, Grace, Ward) or have two letters only count where they are written with a capital, as names are; titles
and what people are called by their work (Dr, Sister, Lead) tell of nobody: such a surname counts after a title alone.

A name is found however it is typed: without its accents, with any apostrophe or none, any hyphen, space or underscore
between its words, beside digits, and within a file's name (Rota_Weir_2025, DrWeir). More letters make it another word:
Weirs are on a river.
"""

import re
import unicodedata
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
    "and", "of", "for", "von", "der", "den", "de", "la",
})  # fmt: skip
"""Titles, roles and small words within names."""

TITLES = ("professor", "doctor", "prof", "dame", "miss", "mrs", "sir", "dr", "mr", "ms", "mx")
"""What stands before a name, one for another, with a full stop or without."""

OF_ANY_PLACE = frozenset({
    "nhs", "foundation", "trust", "hospital", "hospitals", "university", "teaching", "health", "healthcare",
    "board", "group", "centre", "center", "clinic", "infirmary", "service", "services", "unit", "department",
    "general", "district", "royal", "community", "care", "partnership", "the", "and", "of", "ward", "wards", "practice",
    "surgery", "hospice", "house", "medical", "mental", "acute", "primary", "stroke", "memory", "institute", "school",
})  # fmt: skip
"""What many names of organisations have, and no organisation is known by."""

_EMAIL = r"(?<![\w.+'-])[\w.+'-]+@[\w-]+(?:\.[\w-]+)+"
_TELEPHONE = r"(?<![\w.])(?:\+44|0044|\(?0)(?:[\s()-]{0,2}\d){8,12}(?!\w)"
_EXTENSION = r"(?<!\w)(?:ext|extension|bleep|pager)[:.]?\s*(?:no[:.]?\s*)?\d{3,6}(?!\w)"
_ADDRESS = r"(?:https?://|www\.)[^\s<>\"']+|(?<!\w)[a-z]{1,2}\d[a-z\d]?\s?\d[a-z]{2}(?!\w)"
_NUMBER = r"(?<![\w.])\d{3}[\s-]?\d{3}[\s-]?\d{4}(?!\w)"
_CONTACT = f"{_EMAIL}|{_TELEPHONE}|{_EXTENSION}|{_ADDRESS}|{_NUMBER}"

_SAME = str.maketrans({
    "‘": "'", "’": "'", "ʼ": "'", "‐": "-", "‑": "-",
    "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe",
})  # fmt: skip
"""What is typed one for another, and letters whose accent is a part of them."""

_LETTER = r"[^\W\d_]"
_BETWEEN = r"[\s_–-]"
_PARTS = re.compile(rf"{_LETTER}+(?:['‘’‐‑–-]{_LETTER}+)*")
_HUMP = r"(?<=[a-z])(?=[A-Z])"
_BEGINS = rf"(?:(?={_LETTER})(?:(?<!{_LETTER})|{_HUMP})|(?=\d)(?<!\d)|(?=[\W_])(?<!\w))"
_ENDS = rf"(?:(?<={_LETTER})(?:(?!{_LETTER})|{_HUMP})|(?<=\d)(?!\d)|(?<=[\W_])(?!\w))"


def parts_of_person(name: str) -> frozenset[str]:
    """The surname and the given names in a person's name, each of which tells of them: 'Dr Ada Weir' gives two.

    A double name gives its halves, too. In a name without any capital every word counts. A surname that is a title or a
    role (Nurse) is given after a title, as it tells of somebody there alone.
    """
    words = _PARTS.findall(unicodedata.normalize("NFC", name))
    small = name.islower()
    parts = {part for word in words for part in (word, *re.split("[‐‑–-]", word)) if _tells(part, small=small)}
    if words and words[-1].casefold() in TELL_NOBODY and any(one.casefold() not in TELL_NOBODY for one in words):
        parts.add(f"Dr {words[-1]}")
    return frozenset(parts)


def _tells(part: str, *, small: bool) -> bool:
    """Does this part of a name tell of somebody? `small`: the name has no capital, so that no word of it lacks one."""
    word = part.casefold()
    if len(part) < SHORTEST or word in TELL_NOBODY:
        return False
    return word not in OF_ANY_PLACE - ALSO_WORDS if small else part[0].isupper()


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
    told, after = [], 0
    for start, end, blank in _found(text, names):
        told += [text[after:start], blank]
        after = end
    return "".join([*told, text[after:]])


def names_in(text: str, names: Collection[str]) -> tuple[str, ...]:
    """Which known names (and addresses, and numbers) does this text hold, as they are written there?"""
    return tuple(dict.fromkeys(text[start:end] for start, end, _ in _found(text, names)))


def counted(texts: Iterable[str], names: Collection[str]) -> dict[str, int]:
    """What would be blanked in these texts, as it is written there, and how often; what is most often there first."""
    found = Counter(text[start:end] for text in texts for start, end, _ in _found(text, names))
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _found(text: str, names: Collection[str]) -> Iterator[tuple[int, int, str]]:
    """From where to where something in this text tells whose it is, and what is to stand there."""
    plain = [_plain(one) for one in text]
    places = [place for place, one in enumerate(plain) for _ in one]
    places.append(len(text))
    for found in _pattern(frozenset(names)).finditer("".join(plain)):
        yield places[found.start()], places[found.end()], CONTACT if found["contact"] else BLANK


def _plain(text: str) -> str:
    """The text as it is compared: without accents and what is not seen, apostrophes and hyphens as on a keyboard."""
    if text.isascii():
        return text
    letters = unicodedata.normalize("NFD", text.translate(_SAME)).translate(_SAME)
    return "".join(one for one in letters if not unicodedata.combining(one) and unicodedata.category(one) != "Cf")


@lru_cache(maxsize=4)
def _pattern(names: frozenset[str]) -> re.Pattern[str]:
    """What finds any of these in a plain text; the longest first, so that a name in a name leaves nothing behind."""
    told = {_plain(name) for name in names if not _careful(name)}
    also = {_plain(name) for name in names if _careful(name)} - told
    ways = [way for name in _longest_first(told) if (way := _ways(name))]
    known = [f"(?i:{'|'.join(ways)})"] if ways else []
    known += [f"{re.escape(name[0].upper())}(?i:{re.escape(name[1:])})" for name in _longest_first(also)]
    named = rf"|{_BEGINS}(?:{'|'.join(known)}){_ENDS}" if known else ""
    return re.compile(rf"(?P<contact>(?i:{_CONTACT})){named}")


def _longest_first(names: Iterable[str]) -> list[str]:
    return sorted(names, key=lambda name: (-len(name), name))


def _ways(name: str) -> str:
    """How this plain name may be typed, as a pattern; empty where nothing is in it."""
    words = [word for word in re.split(f"{_BETWEEN}+", name) if word]
    typed = [re.sub(rf"(?<={_LETTER})'(?={_LETTER})", "'?", re.escape(word)) for word in words]
    if len(words) > 1 and words[0].rstrip(".").casefold() in TITLES:
        return rf"(?:{'|'.join(TITLES)})\.?{_BETWEEN}*" + f"{_BETWEEN}+".join(typed[1:])
    return f"{_BETWEEN}+".join(typed)


def _careful(name: str) -> bool:
    """Is this one word that is an ordinary word too, or too short to be told from one?"""
    return name.isalpha() and (len(name) <= SHORTEST or name.casefold() in ALSO_WORDS)
