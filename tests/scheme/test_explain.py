"""Faults of shape in an author's words. The words themselves are held by test_read."""

import copy
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from accreditation.scheme.assemble import assemble
from accreditation.scheme.case import Case
from accreditation.scheme.explain import did_you_mean, explain
from accreditation.scheme.model import Scheme
from accreditation.scheme.source import read_document
from tests.building import small
from tests.everything import CASES, FILES


def test_a_word_close_to_a_known_one_is_asked_about_and_others_are_not() -> None:
    assert did_you_mean("titel", ["title", "about"]) == " (did you mean title?)"
    assert did_you_mean("zebra", ["title", "about"]) == ""
    assert did_you_mean("zebra", []) == ""


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (None, "nothing is written here"),
        (7, "'7' is not text"),
        (True, "'true' is not text"),
        ([1], "a list of 1 is not text"),
        ({}, "no keys is not text"),
        ({"a": 1, "b": 2}, "the keys a, b is not text"),
        (10**80, f"'1{'0' * 56}...' is not text"),
    ],
)
def test_what_was_found_is_said_as_it_was_written_and_never_at_length(value: object, found: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Scheme.model_validate({**small().model_dump(mode="json"), "about": value})
    assert [explain(Scheme, detail)[0] for detail in caught.value.errors()] == [found]


@pytest.mark.parametrize("part", sorted(Scheme.model_fields))
def test_every_part_that_is_missing_or_of_a_foreign_kind_is_explained_without_the_library_s_words(part: str) -> None:
    whole = small().model_dump(mode="json")
    foreign: list[object] = ["x!", 3.5, [[]], {"x!": {"y": 1}}, None]
    for value in foreign:
        try:
            Scheme.model_validate({**whole, part: value})
        except ValidationError as error:
            for detail in error.errors():
                said = " ".join(explain(Scheme, detail))
                assert "Input should" not in said, said
                assert "see standards/README.md" not in said, said


LIBRARY = re.compile(
    r"Input|pydantic|validation|discriminator|ctx|Decimal|Fraction|\bdict\b|\btuple\b|None|True|False|Value error|"
    r"see standards|\bobject\b|\bstr\b|\bunion\b|\btag \b"
)
FOREIGN: list[object] = ["a; b", Decimal("3.5"), ["a", [{"b": Decimal("1.5")}]], {"fact": [True]}]
WHOLE: list[tuple[type[BaseModel], Any]] = [
    (Scheme, assemble(FILES, "").data),
    (Case, read_document(file="cases.yaml", content=CASES.encode()).data[0]),
]


def paths(data: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every piece of this data."""
    yield here
    pieces = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, inner in pieces:
        yield from paths(inner, (*here, key))


def put(data: Any, path: tuple[Any, ...], value: object) -> Any:
    """The same data with something else at this path."""
    if not path:
        return value
    changed = copy.copy(data)
    changed[path[0]] = put(data[path[0]], path[1:], value)
    return changed


@pytest.mark.parametrize("value", FOREIGN, ids=str)
@pytest.mark.parametrize(("model", "data"), WHOLE, ids=["scheme", "case"])
def test_whatever_stands_anywhere_is_explained_in_an_authors_words_and_shortly(
    model: type[BaseModel], data: Any, value: object
) -> None:
    said = set()
    for path in paths(data):
        try:
            model.model_validate(put(data, path, value))
        except ValidationError as error:
            said |= {explain(model, detail) for detail in error.errors(include_url=False)}
    assert said
    assert [words for words in said if LIBRARY.search("; ".join(words)) or "" in words] == []
    assert [found for found, _ in said if len(found) > 150] == []


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (["a", [Decimal("1.5")]], "a list of 2 is not a date"),
        (True, "'true' is not a date"),
        ("long " * 100, f"'{('long ' * 100)[:57]}...' is not a date"),
        ("on two\nlines", "'on two lines' is not a date"),
        ("half; whole", "'half; whole' is not a date"),
    ],
)
def test_a_rule_of_our_own_shows_what_was_found_as_it_was_written(value: object, told: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Scheme.model_validate({**small().model_dump(mode="json"), "effective": value})
    assert [explain(Scheme, detail)[0] for detail in caught.value.errors()] == [told]


def test_a_word_is_not_looked_for_among_more_than_anybody_wrote() -> None:
    assert did_you_mean("1.01x", [f"{n / 100:.2f}" for n in range(5_000)]) == ""
    assert did_you_mean("x" * 500_000, ["title"]) == ""
