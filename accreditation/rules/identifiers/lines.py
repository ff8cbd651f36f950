"""How a page is laid out: its lines, the cells of its tables, and which heading stands over a place."""

import re
from bisect import bisect_right
from functools import cached_property

GOES_ON = 2
"""Lines without a digit that a table may have between two rows, before its heading no longer holds."""

_DATA = re.compile(r"\d{5,}|\d[\d /.-]{5,}\d")
"""A number or a date: what a row of a table holds and its heading does not."""


class Layout:
    """A page's plain text by lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._headings: dict[re.Pattern[str], tuple[int | None, ...]] = {}

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")

    def number(self, at: int) -> int:
        """In which line is this place? From 0."""
        return bisect_right(self._starts, at) - 1

    def line(self, at: int) -> str:
        """The whole line of this place."""
        return self._lines[self.number(at)]

    def before(self, at: int) -> str:
        """What stands in the same line before this place."""
        return self.text[self._starts[self.number(at)] : at]

    def after(self, at: int) -> str:
        """What stands in the same line from this place on."""
        return self.text[at:].split("\n", 1)[0] if at < len(self.text) else ""

    def line_above(self, at: int) -> str:
        """The nearest line above this place that is not blank; empty where none is."""
        above = self._lines[: self.number(at)][: -GOES_ON - 2 : -1]
        return next((line for line in above if line.strip()), "")

    def heading(self, at: int, words: re.Pattern[str]) -> str:
        """The heading with these words that stands over this place; empty where none does.

        In a table with cells it is the cell at the top of the same column; elsewhere it is the whole line. A heading
        holds as long as the lines below it have numbers.
        """
        line = self.heading_line(at, words)
        if "\t" not in line or "\t" not in self.line(at):
            return line
        cells = line.split("\t")
        column = self.before(at).count("\t")
        return cells[column] if column < len(cells) and words.search(cells[column]) else ""

    def heading_line(self, at: int, words: re.Pattern[str]) -> str:
        """The whole line of the heading with these words that stands over this place; empty where none does."""
        number = self._over(words)[self.number(at)]
        return "" if number is None else self._lines[number]

    def _over(self, words: re.Pattern[str]) -> tuple[int | None, ...]:
        if words not in self._headings:
            self._headings[words] = tuple(self._walk(words))
        return self._headings[words]

    def _walk(self, words: re.Pattern[str]) -> list[int | None]:
        over: list[int | None] = []
        heading, without = None, 0
        for number, line in enumerate(self._lines):
            over.append(heading)
            data = _DATA.search(line) is not None
            if not data and words.search(line):
                heading, without = number, 0
            elif any(sign.isdigit() for sign in line):
                without = 0
            else:
                without += 1
                heading = heading if without <= GOES_ON else None
        return over
