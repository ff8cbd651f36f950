"""Plain English: the words of every area of the site can be read at the age of twelve.

Measured as Kincaid and others did for the United States Navy in 1975 (Flesch–Kincaid grade level): long sentences and
long words cost. A grade is a year of school, and the first begins at the age of five or six. It is a measure of length
alone: whether a sentence is true, or kind, people have to judge.
"""

import re
from collections.abc import Iterator

from tests.pages.test_words import BEHIND, area_of, texts

GRADE = 7
"""Pupils of the seventh grade are twelve years old."""

LONGEST = 30
"""Words of a sentence, at most. What is put into it, as a name or a day, counts as one."""

SENTENCE = re.compile(r"[^.!?]+(?:[.!?]+(?!\s|$)[^.!?]+)*[.!?]+(?=\s|$)")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
VOWELS = re.compile(r"[aeiouy]+")


def sentences() -> Iterator[tuple[str, list[str]]]:
    """Each whole sentence: its area, and its words. A label or a heading is none."""
    for text, files in sorted(texts().items()):
        said = re.sub(r"<[^>]*>", " ", re.sub(r"%\(\w+\)s|%%", "it", text[-1]))
        areas = {area_of(file) for file in files}
        for sentence in SENTENCE.findall(said):
            yield from (
                (area, WORD.findall(sentence)) for area in sorted({one if one in BEHIND else "public" for one in areas})
            )


def syllables(word: str) -> int:
    """About how many: its groups of vowels, without a last e that nobody says."""
    plain = re.sub(r"(?<![aeiouyl])e$|(?<=[^aeioutd])ed$", "", word.lower())
    return max(1, len(VOWELS.findall(plain)))


def grade(said: list[list[str]]) -> float:
    """The grade at which these sentences are read."""
    words = [word for sentence in said for word in sentence]
    return 0.39 * len(words) / len(said) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def test_every_area_is_read_at_the_age_of_twelve() -> None:
    areas: dict[str, list[list[str]]] = {}
    for area, words in sentences():
        areas.setdefault(area, []).append(words)

    assert {*areas} == {*BEHIND, "public"}
    assert {area: round(grade(said), 1) for area, said in areas.items() if grade(said) > GRADE} == {}


def test_no_sentence_is_long() -> None:
    assert [" ".join(words) for _, words in sentences() if len(words) > LONGEST] == []


def test_what_is_hard_to_read_is_measured_as_hard() -> None:
    """Sentences whose grade others published: the scale is the one that is meant."""
    assert [syllables(word) for word in ("made", "table", "needed", "asked", "evidence", "the")] == [1, 2, 2, 1, 3, 1]
    easy = ["The", "cat", "sat", "on", "the", "mat"]
    hard = WORD.findall("The Australian platypus is seemingly a hybrid of a mammal and reptilian creature")
    assert [round(grade([one]), 1) for one in (easy, hard)] == [-1.4, 11.3]
