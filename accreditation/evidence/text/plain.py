"""The text of a text file or a table of comma-separated values, in whatever encoding it was saved."""

import codecs
import csv
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from accreditation.evidence.text.bounds import Bounds, Part, lines_in_parts

PIECE = 64 * 1024
"""Characters read at once, and of the longest line: a longer one is read as several, each with the end of the last."""

CARRIED = 64
"""Characters of that end: a number may stand across."""

SAMPLE = 16 * 1024

_IN_POWERS = re.compile(r"\d\.\d{9}[Ee]\+?0?9")
"""Ten digits, as a program writes a number that it took for a figure."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def text_parts(path: Path, bounds: Bounds) -> Iterator[Part]:
    """The lines of a text file, some thousand characters a part."""
    yield from lines_in_parts(lines(path), named="line", bounds=bounds)


def table_parts(path: Path, bounds: Bounds) -> Iterator[Part]:
    """The rows of a CSV file, a tab between their cells, the first row at the head of every part."""
    sample = "".join(line for _, line in zip(range(50), lines(path), strict=False))[:SAMPLE]
    delimiter = max(",;\t|", key=sample.count)
    whole = (f"{line}\n" for line in lines(path))
    try:
        rows = ("\t".join(_on_a_line(cell) for cell in row) for row in csv.reader(whole, delimiter=delimiter))
        yield from lines_in_parts(rows, named="row", bounds=bounds, heading=True)
    except csv.Error:
        # Rows that are none (a quote that is never closed): the same text, as lines.
        yield from text_parts(path, bounds)


def _on_a_line(cell: str) -> str:
    cell = " ".join(cell.split("\n")).replace("\t", " ").strip("\r ")
    return str(int(Decimal(cell))) if _IN_POWERS.fullmatch(cell) else cell


def lines(path: Path) -> Iterator[str]:
    """The lines of a file in its own encoding, without their ends; a line of more than 64 KiB comes in pieces."""
    carried = ""
    with path.open(encoding=encoding(path), errors="replace", newline=None) as file:
        while line := file.readline(PIECE):
            yield carried + line.rstrip("\n")
            carried = "" if line.endswith("\n") else line[-CARRIED:]


def encoding(path: Path) -> str:
    """In which encoding was this saved? By its mark; else UTF-8 where it is; else UTF-16 by its zeros; else Windows."""
    with path.open("rb") as file:
        start = file.read(SAMPLE)
        for mark, name in _MARKS:
            if start.startswith(mark):
                return name
        if start.count(0) > len(start) // 5:
            return "utf-16-le" if start[1::2].count(0) >= start[::2].count(0) else "utf-16-be"
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            decoder.decode(start)
            while piece := file.read(PIECE):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"
