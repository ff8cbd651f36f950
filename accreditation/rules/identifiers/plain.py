"""A text as the search reads it: digits, spaces and dashes of one kind, and what cannot be seen is gone."""

import unicodedata


def plain(text: str) -> str:
    """The same text in plain signs: 0 to 9 for digits of any alphabet and width, one kind of space and dash.

    Signs that show nothing (soft hyphens, zero-width spaces, marks of direction) are gone. Lines end with a newline.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text)
    return text.translate({ord(sign): _plainly(sign) for sign in set(text) if not sign.isascii()})


def _plainly(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind == "Nd":
        return str(unicodedata.decimal(sign))
    if kind == "Zs":
        return " "
    if kind in {"Zl", "Zp"}:
        return "\n"
    if kind == "Pd" or sign in "−·•":
        return "-"
    if kind in {"Cf", "Cc"}:
        return ""
    return sign
