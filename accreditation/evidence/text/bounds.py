"""How much of a document is read, and how its text becomes pages of a bounded size."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from accreditation.rules.identifiers import Lines, Page
from accreditation.rules.identifiers.masking import masked_label


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The most that is read of one document. What is over is not passed over in silence: a page says so.

    `pages` and `characters` of all its text; `on_a_page` characters of a page where the document has no pages of its
    own; `pictures` that are read by eye, each at most `seconds` long, and together `reading` seconds.
    """

    pages: int = 5_000
    characters: int = 20_000_000
    on_a_page: int = 4_000
    pictures: int = 60
    seconds: int = 60
    reading: int = 240


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Part:
    """Some text with where it stands, before pages are numbered. `unread` says why not all of it could be read.

    `beside`: this is nothing that the document says to whoever opens it, as its properties are. `lines`: how its lines
    are counted where they have numbers.
    It has no repr that says what it holds: that belongs in no log.
    """

    label: str
    text: str
    unread: str = ""
    beside: bool = False
    lines: Lines | None = None


def numbered(parts: Iterable[Part], bounds: Bounds) -> Iterator[Page]:
    """The parts as numbered pages; a last one says what was not read where the document is longer than is read."""
    number, characters = 0, 0
    for part in parts:
        if not part.text.strip() and not part.unread:
            continue
        number += 1
        label = masked_label(part.label)  # somebody may have put a patient's number into the name of a sheet
        if number > bounds.pages or characters >= bounds.characters:
            yield Page(number=number, label=f"{label} and all after it", text="", unread=_over(bounds))
            return
        text = part.text[: bounds.characters - characters]
        cut = _over(bounds) if len(text) < len(part.text) else ""
        characters += len(text)
        yield Page(
            number=number, label=label, text=text, unread=part.unread or cut, beside=part.beside, lines=part.lines
        )  # fmt: skip


def _over(bounds: Bounds) -> str:
    return (
        f"it is longer than what is searched ({bounds.pages:,} pages, {bounds.characters:,} characters); "
        "split the document"
    )


def lines_in_parts(lines: Iterable[str], *, named: str, bounds: Bounds, heading: bool = False) -> Iterator[Part]:
    """Lines gathered into parts of a bounded size, each labelled with its first line: "line 200 on".

    `named` is what stands before the number ("line", "sheet 2, row"). With `heading` the first line that is not
    blank is repeated at the head of every later part: whoever reads a row then knows what its columns are.
    """
    held: list[str] = []
    size, first, top, repeated = 0, 1, "", 0
    for number, line in enumerate(lines, start=1):
        if held and size + len(line) > bounds.on_a_page:
            yield _of_lines(held, named, first, repeated)
            held, size, first = ([top] if top else []), 0, number
            repeated = len(held)
        if heading and not top and line.strip():
            top = line[: bounds.on_a_page]
        held.append(line)
        size += len(line) + 1
    if held:
        yield _of_lines(held, named, first, repeated)


def _of_lines(held: list[str], named: str, first: int, repeated: int) -> Part:
    counted = Lines(named=named, first=first, count=len(held) - repeated, repeated=repeated)
    return Part(label=f"{named} {first} on", text="\n".join(held), lines=counted)
