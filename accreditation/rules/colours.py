"""Can people read it? The contrast of two colours, as WCAG 2.2 defines it."""

import re

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")

INK, PAPER = "#212b32", "#ffffff"
"""What may stand on a college's colour: near-black words, or white ones."""

NEEDED = 4.5
"""The least contrast of words with what they stand on (WCAG 2.2, success criterion 1.4.3, level AA)."""


def contrast(one: str, other: str) -> float:
    """The contrast of two colours written as #rrggbb: from 1 (the same) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def words_on(colour: str) -> str:
    """The colour of words that can be read on this one: the one of INK and PAPER that contrasts more.

    Raises ValueError, in words, where the text is no colour and where neither contrasts enough.
    """
    if not _COLOUR.fullmatch(colour):
        raise ValueError("a colour as #rrggbb, such as #23395b")
    best = max(PAPER, INK, key=lambda words: contrast(words, colour))
    if contrast(best, colour) < NEEDED:
        raise ValueError(
            f"a darker or a lighter colour: white words on this one have a contrast of {contrast(PAPER, colour):.1f}, "
            f"dark ones of {contrast(INK, colour):.1f}, and people need {NEEDED}"
        )
    return best


def _luminance(colour: str) -> float:
    """How bright is it, from 0 to 1? (WCAG 2.2, "relative luminance".)"""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
