"""A set of documents in every format, by seed, with what is to be found in each; and how much of it is found."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

from accreditation.evidence.text import pages_of
from accreditation.rules.identifiers import search
from accreditation.rules.identifiers.plain import plain
from accreditation.rules.identifiers.searching import places
from tests.evidence.text import writing
from tests.evidence.text.planting import DECOYS, FILLERS, PLANTED, Maker, Planted, Table

TEXT_FORMATS = ("pdf", "docx", "pptx", "xlsx", "odt", "odp", "ods", "csv", "txt")
SEEN_FORMATS = ("png", "scan")
"""Read by eye: a picture, and a PDF that is only one."""

OWN = (r"\bRX\d{6}\b",)

HIDING = frozenset({"pdf", "docx", "pptx", "xlsx", "ods"})
"""Formats with places where nobody looks."""

LATIN = frozenset({"pdf", *SEEN_FORMATS})
"""Formats whose fonts here have Latin letters only: no full-width digits, no thin spaces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A document: its format, and what was put into it."""

    form: str
    blocks: tuple[Planted, ...]
    fillers: tuple[str, ...]
    hidden: Planted | None = None
    """What stands where nobody looks: a header, a comment, notes, a hidden sheet."""

    @property
    def every(self) -> tuple[Planted, ...]:
        """All that was put into it, wherever it stands."""
        return (*self.blocks, self.hidden) if self.hidden else self.blocks

    @property
    def kind(self) -> str:
        """Its kind as the engine calls it."""
        return "pdf" if self.form == "scan" else self.form

    def write(self, path: Path) -> Path:
        """Write it, and say where."""
        lines: list[str] = []
        for block, filler in zip(self.blocks, self.fillers, strict=True):
            lines += [filler, *block.lines, ""]
        tables = [block.table for block in self.blocks if block.table]
        hidden = "\n".join(self.hidden.lines) if self.hidden else ""
        return _write(path, self.form, [line for line in lines if line], tables, hidden)


def made(*, seed: int, each: int, formats: Sequence[str]) -> Iterator[Made]:
    """So many documents of each format, by this seed: a third tell of patients, a third only seem to, a third both."""
    chance = Random(seed)
    for form in formats:
        for number in range(each):
            makers = {0: PLANTED, 1: DECOYS, 2: (*PLANTED, *DECOYS)}[number % 3]
            blocks: list[Planted] = []
            while len(blocks) < chance.randint(1, 4):
                block = chance.choice(makers)(chance)
                if (form in LATIN and block.form == "strange signs") or (
                    block.table and any(one.table for one in blocks)
                ):
                    continue
                blocks.append(block)
            hidden = _hidden(chance, makers) if form in HIDING and chance.random() < 0.3 else None
            fillers = tuple(chance.choice(FILLERS) for _ in blocks)
            yield Made(form=form, blocks=tuple(blocks), fillers=fillers, hidden=hidden)


def _hidden(chance: Random, makers: Sequence[Maker]) -> Planted:
    """A block of one line, under a name of its own where it tells of somebody."""
    while True:
        block = chance.choice(makers)(chance)
        if len(block.lines) == 1 and block.form != "strange signs":
            return replace(block, form="hidden") if block.tells else block


def _write(path: Path, form: str, lines: list[str], tables: list[Table], hidden: str) -> Path:
    table = tables[0] if tables else ()
    flat = [*lines, *("   ".join(row) for row in table)]
    rows = [*([line] for line in lines), *table]
    if form == "pdf":
        return writing.pdf(path, lines, table=table, comment=hidden)
    if form == "docx":
        return writing.word(path, lines, table, **({"comments": hidden} if hidden else {}))
    if form == "pptx":
        return writing.slides(path, writing.slide(lines, table), notes=hidden)
    if form == "xlsx":
        return writing.sheets(path, rows, [[hidden]] if hidden else [])
    if form == "odt":
        return writing.open_text(path, lines, table)
    if form == "odp":
        return writing.open_slides(path, flat)
    if form == "ods":
        return writing.open_sheets(path, rows, [[hidden]] if hidden else [])
    if form == "csv":
        return writing.table_of_values(path, rows)
    if form == "txt":
        path.write_text("\n".join(flat), encoding="utf-8")
    elif form == "png":
        writing.picture(flat).save(path, "PNG")
    else:
        writing.scan(path, flat)
    return path


@dataclass(slots=True)
class Measured:
    """How many were planted, found and missed, and what was found that tells of nobody; by form and format."""

    documents: int = 0
    pages: int = 0
    planted: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    missed: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    alarms: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    seeming: Counter[str] = field(default_factory=Counter)
    """Blocks in which nothing must be found, by form."""
    harmless: Counter[str] = field(default_factory=Counter)
    disturbed: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, one: Made, path: Path) -> None:
        """Read this document, search it, and count what was found of what is in it."""
        pages = list(pages_of(path, kind=one.kind))
        self.documents += 1
        self.pages += len(pages)
        found: Counter[tuple[str, str]] = Counter()
        for page in pages:
            text = plain(page.text)
            found.update((place.what, _bare(text[place.start : place.end])) for place in places(text, patterns=OWN))
        if sum(found.values()) != len(search(pages, patterns=OWN)):
            self.wrong.append(f"{one.form}: the search found another number of places")
        self.seeming.update(block.form for block in one.every if not block.tells)
        tells = Counter((what, _bare(written)) for block in one.every for what, written in block.tells)
        forms = {(what, _bare(written)): block.form for block in one.every for what, written in block.tells}
        for key, often in tells.items():
            where = (key[0], forms[key], one.form)
            self.planted[where] += often
            if missed := max(0, often - found[key]):
                self.missed[where] += missed
                self.wrong.append(f"{one.form} missed {key} {forms[key]}")
        self._alarms(one, found - tells)

    def _alarms(self, one: Made, extra: Counter[tuple[str, str]]) -> None:
        if not any(block.tells for block in one.every):
            self.harmless[one.form] += 1
            self.disturbed[one.form] += bool(extra)
        for (what, written), often in extra.items():
            self.alarms[what, _of(one, written), one.form] += often
            self.wrong.append(f"{one.form} alarm {what} {written} {list(one.every)}")

    def recall(self, *formats: str) -> float:
        """Which share of what was planted in these formats was found?"""
        planted = sum(often for (_, _, form), often in self.planted.items() if form in formats)
        missed = sum(often for (_, _, form), often in self.missed.items() if form in formats)
        return 1 - missed / planted


def _of(one: Made, written: str) -> str:
    """In which block stands what was found?"""
    for block in one.every:
        if written in _bare(" ".join([*block.lines, *(cell for row in block.table for cell in row)])):
            return block.form
    return "across blocks"


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", plain(text)).casefold()
