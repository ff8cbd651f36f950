"""Faults of shape in an author's words. The words themselves are held by test_read."""

import pytest
from pydantic import ValidationError

from accreditation.scheme.explain import did_you_mean, explain
from accreditation.scheme.model import Scheme
from tests.building import small


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
