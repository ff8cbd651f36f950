"""Names of members: readable, the same on every system, and none that leads anywhere else."""

import re
import unicodedata
from collections.abc import Collection

from accreditation.rules.library import title_of

MOST_NAME = 60
"""The most characters that a part of a path is given."""

_PART = re.compile(r"[A-Za-z0-9(][A-Za-z0-9 ()_,.+-]*(?<![ .])\Z")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|\Z)")
_LONGEST = 240


def is_safe(name: str) -> bool:
    """Is this a path of plain names that no system reads as anything else?"""
    return len(name) <= _LONGEST and all(_PART.match(one) and not _RESERVED.match(one) for one in name.split("/"))


def plain(words: str, *, otherwise: str) -> str:
    """These words as a part of a path: letters without accents, figures, few signs. `otherwise` where none is left."""
    bare = unicodedata.normalize("NFKD", words)
    kept = "".join("" if unicodedata.combining(one) else one for one in bare)
    kept = re.sub(r"[^A-Za-z0-9()_,.+-]+", " ", kept)
    kept = re.sub(r"\A[^A-Za-z0-9(]+", "", kept)[:MOST_NAME].rstrip(" .")
    if not kept or _RESERVED.match(kept):
        return otherwise
    return kept


def document_name(*, criterion: str, titled: str, number: int, title: str, ending: str, taken: Collection[str]) -> str:
    """What is a document called in the archive? By the criterion it answers first, its number, and its title.

    `taken` are the names that are given already, in small letters: no two differ by letters' size alone.
    """
    folder = plain(f"{criterion} {titled}", otherwise="criterion")
    word = plain(title_of(title, f"a.{ending}"), otherwise="document")
    safe_ending = ending if re.fullmatch(r"[a-z0-9]{1,8}", ending) else "bin"
    name = f"documents/{folder}/{number} {word}.{safe_ending}"
    return name if name.lower() not in taken else f"documents/{folder}/{number}.{safe_ending}"
