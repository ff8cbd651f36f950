"""A text as the search reads it: digits, spaces and dashes of one kind, and what cannot be seen is gone."""

import re
import unicodedata

_UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_BLANKS = frozenset("\u115f\u1160\u2800")
"""Signs that are written as a space is and called letters or symbols: fillers of Hangul, Braille without a dot."""


def plain(text: str) -> str:
    """The same text in plain signs: 0 to 9 for digits of any alphabet and width, one kind of space and dash.

    Signs that show nothing (soft hyphens, zero-width spaces, marks of direction, control signs) are gone, and so are
    those that stand on another (accents by themselves, the frame of a key). Lines end with a newline.
    """
    text = _UNSEEN.sub("", re.sub(r"\r\n|[\r\v\f]", "\n", text.replace("\0", " ")))
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text)
    return text.translate({ord(sign): _plainly(sign) for sign in set(text) if not sign.isascii()})


def _plainly(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Nd":
        return str(unicodedata.decimal(sign))
    if kind == "Zs" or sign in _BLANKS:
        return " "
    if kind in {"Zl", "Zp"}:
        return "\n"
    if kind == "Pd" or sign in "−·•":
        return "-"
    if kind in {"Cf", "Cc", "Cs", "Mn", "Me"}:
        return ""
    return sign
