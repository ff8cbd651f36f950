"""The little HTML that the index is made of: every word from outside is escaped, and markup is made here alone.

It is made while it is read, a piece at a time: whoever compares a page with one that anybody may have made stops at the
first difference, and what would become larger than there is room for is never made.
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from urllib.parse import quote

STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:80rem;margin:2rem auto;padding:0 1rem;color:#212b32}"
    "table{border-collapse:collapse;width:100%;margin:1rem 0}caption{text-align:left;font-weight:bold}"
    "th,td{border:1px solid #aeb7bd;padding:.4rem .6rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
    "th{background:#f0f4f5;overflow-wrap:break-word}h2{margin-top:2.5rem}code{font-size:.85em;overflow-wrap:anywhere}"
    "small{color:#4c6272;font-size:.9em}tr{break-inside:avoid}@media print{body{max-width:none}}"
)

_PIECE = 65_536
"""So many characters of a text are escaped at a time."""

_OBEYED = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Characters that are not seen and do something: they end lines, turn the direction of writing, or hide words.

A table of our own: what Python holds printable changes with its version, and a page is the same on every machine."""


class Markup:
    """HTML in pieces, made as they are asked for, and asked for once; whatever else is text is escaped."""

    __slots__ = ("_pieces",)

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces = pieces

    def __iter__(self) -> Iterator[str]:
        """Its pieces, which are made now."""
        return iter(self._pieces)


Cell = object
"""What may stand in a cell: markup, text or a number; nothing where it is None."""


def escaped(value: Cell) -> Markup:
    """This as HTML. Lines stay lines; characters that turn the direction of writing are shown, not obeyed."""
    if isinstance(value, Markup):
        return value
    text = "" if value is None else str(value)
    return Markup(_escaped(text[at : at + _PIECE]) for at in range(0, len(text), _PIECE))


def _escaped(text: str) -> str:
    return html.escape(_OBEYED.sub("\ufffd", text)).replace("\n", "<br>")


def raw(markup: str) -> Markup:
    """Markup that is written in the program."""
    return Markup((markup,))


def joined(parts: Iterable[Cell], by: str = "") -> Markup:
    """These one after another, with this markup between them."""
    return Markup(_joined(parts, by))


def _joined(parts: Iterable[Cell], by: str) -> Iterator[str]:
    between = ""
    for part in parts:
        yield between
        yield from escaped(part)
        between = by


def element(name: str, *inside: Cell) -> Markup:
    """An element with this inside."""
    return _within(f"<{name}>", inside, f"</{name}>")


def _within(before: str, inside: Iterable[Cell], after: str) -> Markup:
    return Markup(chain((before,), _joined(inside, ""), (after,)))


def link(to: str, words: Cell) -> Markup:
    """A link to a file of the archive."""
    return _within(f'<a href="{html.escape(quote(to))}">', (words,), "</a>")


def section(words: str, *inside: Cell) -> Markup:
    """A part of the page under its heading, which the list of parts leads to."""
    return joined((_within(f'<h2 id="{_anchor(words)}">', (words,), "</h2>"), *inside), "\n")


def contents(headings: Iterable[str]) -> Markup:
    """The list of parts."""
    leads = (_within(f'<a href="#{_anchor(one)}">', (one,), "</a>") for one in headings)
    return element("nav", joined(leads, " · "))


def _anchor(words: str) -> str:
    return "".join(one if one.isalnum() else "-" for one in words.lower())


def table(caption: str, headings: Sequence[str], rows: Iterable[Iterable[Cell]]) -> Markup:
    """A table; a sentence where it has no rows."""
    return Markup(_table(caption, headings, iter(rows)))


def _table(caption: str, headings: Sequence[str], rows: Iterator[Iterable[Cell]]) -> Iterator[str]:
    first = next(rows, None)
    if first is None:
        yield from element("p", f"{caption}: none.")
        return
    head = element("tr", *(_within('<th scope="col">', (one,), "</th>") for one in headings))
    body = (element("tr", *(element("td", cell) for cell in row)) for row in chain((first,), rows))
    yield from element("table", element("caption", caption), element("thead", head), element("tbody", joined(body)))


def facts(rows: Iterable[tuple[str, Cell]]) -> Markup:
    """Facts, each with its name; those that say nothing are left out."""
    told = ((name, value) for name, value in rows if value not in (None, ""))
    return element(
        "table",
        joined(
            element("tr", _within('<th scope="row">', (name,), "</th>"), element("td", value)) for name, value in told
        ),
    )


def page(title: str, *inside: Cell) -> Iterator[bytes]:
    """A whole page that loads nothing and runs nothing, in pieces."""
    start = (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
    )
    head = joined((raw(start), element("title", title), element("style", raw(STYLE)), raw("</head><body>\n")))
    for piece in joined((head, joined(inside, "\n"), raw("\n</body></html>\n"))):
        yield piece.encode()
