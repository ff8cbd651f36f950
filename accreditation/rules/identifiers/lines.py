"""How a page is laid out: its lines, the cells of its tables, and which heading stands over a place."""

import re
from bisect import bisect_right
from functools import cached_property

GOES_ON = 2
"""Lines without a digit that a table may have between two rows, before its heading no longer holds."""

NEAR = 400
"""Characters of a line that are looked at on either side of a place; a table without line ends is one long line."""

LONGEST_HEADING = 4_000

_DIGIT = re.compile(r"\d")
_DATA = re.compile(
    r"\d{4,}|_{3,}|\d[\d /.-]{5,}\d|\d ?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE
)
"""A number, a date or a place to write one: what a row of a table or a form holds and a heading does not."""


class Layout:
    """A page's plain text by lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._headings: dict[tuple[re.Pattern[str], int], int] = {}

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
        """The line of this place; of a very long one, what stands near."""
        return self.before(at) + self.after(at)

    def before(self, at: int) -> str:
        """What stands in the same line before this place, as far as it is near."""
        return self.text[max(self._starts[self.number(at)], at - NEAR) : at]

    def after(self, at: int) -> str:
        """What stands in the same line from this place on, as far as it is near."""
        return self.text[at : at + NEAR].split("\n", 1)[0]

    def column(self, at: int) -> int | None:
        """In which cell of its row is this place, from 0? None where its line has no cells."""
        number = self.number(at)
        if "\t" not in self._lines[number]:
            return None
        return self.text.count("\t", self._starts[number], at)

    def line_above(self, at: int) -> str:
        """The nearest line above this place that is not blank; empty where none is."""
        above = self._lines[: self.number(at)][: -GOES_ON - 2 : -1]
        return next((line[-NEAR:] for line in above if line.strip()), "")

    def heading(self, at: int, words: re.Pattern[str]) -> str:
        """The heading with these words that stands over this place; empty where none does.

        In a table with cells it is the cell at the top of the same column; elsewhere it is the whole line. A heading
        holds as long as the lines below it have numbers.
        """
        line = self.heading_line(at, words)
        column = self.column(at)
        if not line or column is None:
            return line
        cells = line.split("\t")
        return cells[column] if column < len(cells) and words.search(cells[column]) else ""

    def heading_line(self, at: int, words: re.Pattern[str]) -> str:
        """The whole line of the heading with these words that stands over this place; empty where none does."""
        number = self.heading_number(at, words)
        return "" if number < 0 else self._lines[number]

    def heading_number(self, at: int, words: re.Pattern[str]) -> int:
        """In which line stands that heading? -1 where none does; of two, the later one stands nearer."""
        return self._above(self.number(at), words)

    def _above(self, line: int, words: re.Pattern[str]) -> int:
        """Walk up from this line; what is found holds for every row that was passed, and is kept for it."""
        passed, without, found = [line], 0, -1
        for number in range(line - 1, -1, -1):
            text = self._lines[number]
            if self._is_heading(text, words):
                found = number
                break
            if _DIGIT.search(text):
                if (words, number) in self._headings:
                    found = self._headings[words, number]
                    break
                passed.append(number)
                without = 0
            elif (without := without + 1) > GOES_ON:
                break
        self._headings |= {(words, number): found for number in passed}
        return found

    @staticmethod
    def _is_heading(line: str, words: re.Pattern[str]) -> bool:
        return len(line) <= LONGEST_HEADING and words.search(line) is not None and _DATA.search(line) is None
