"""The little HTML that the index is made of: every word from outside is escaped, and markup is made here alone."""

import html
from collections.abc import Iterable, Sequence
from urllib.parse import quote

STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#212b32}"
    "table{border-collapse:collapse;width:100%;margin:1rem 0}caption{text-align:left;font-weight:bold}"
    "th,td{border:1px solid #aeb7bd;padding:.4rem .6rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}"
    "th{background:#f0f4f5}h2{margin-top:2.5rem}code{font-size:.85em;overflow-wrap:anywhere}"
    ".quiet{color:#4c6272}@media print{body{max-width:none}}"
)


class Markup(str):
    """Text that is HTML already; whatever else is text is escaped."""

    __slots__ = ()


Cell = object
"""What may stand in a cell: markup, text or a number; nothing where it is None."""


def escaped(value: Cell) -> Markup:
    """This as HTML. Lines stay lines; characters that turn the direction of writing are shown, not obeyed."""
    if isinstance(value, Markup):
        return value
    text = "" if value is None else str(value)
    seen = "".join(one if one.isprintable() or one == "\n" else "\ufffd" for one in text)
    return Markup(html.escape(seen).replace("\n", "<br>"))


def joined(parts: Iterable[Cell], by: str = "") -> Markup:
    """These one after another."""
    return Markup(by.join(escaped(one) for one in parts))


def element(name: str, *inside: Cell) -> Markup:
    """An element with this inside."""
    return Markup(f"<{name}>{joined(inside)}</{name}>")


def link(to: str, words: Cell) -> Markup:
    """A link to a file of the archive."""
    return Markup(f'<a href="{html.escape(quote(to))}">{escaped(words)}</a>')


def table(caption: str, headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Markup:
    """A table; a sentence where it has no rows."""
    body = [element("tr", *(element("td", cell) for cell in row)) for row in rows]
    if not body:
        return element("p", f"{caption}: none.")
    head = element("tr", *(Markup(f'<th scope="col">{escaped(one)}</th>') for one in headings))
    return element("table", element("caption", caption), element("thead", head), element("tbody", *body))


def facts(rows: Iterable[tuple[str, Cell]]) -> Markup:
    """Facts, each with its name; those that say nothing are left out."""
    told = [(name, value) for name, value in rows if value not in (None, "")]
    return element(
        "table",
        *(element("tr", Markup(f'<th scope="row">{escaped(name)}</th>'), element("td", value)) for name, value in told),
    )


def page(title: str, *inside: Cell) -> bytes:
    """A whole page that loads nothing and runs nothing."""
    head = (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escaped(title)}</title><style>{STYLE}</style></head><body>\n"
    )
    return (head + "\n".join(escaped(one) for one in inside) + "\n</body></html>\n").encode()
