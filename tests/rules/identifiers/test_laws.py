"""What holds for every text: a hit tells of nobody, and what is around a number does not change with its writing."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.rules.identifiers import Page, search
from accreditation.rules.identifiers.masking import DOT, TELL_NOTHING, masked
from accreditation.rules.identifiers.plain import plain
from tests.evidence.text.planting import grouped, number

TELLING = st.sampled_from(
    ["NHS number: ", "943 476 5919", "DOB ", "01/02/1950", "MRN 123456", "Amber Quill", "\t", "\n"]
)
TEXTS = st.lists(st.one_of(TELLING, st.text(max_size=12)), max_size=12).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(text=TEXTS)
def test_no_hit_of_any_text_has_a_digit_or_a_word_that_may_tell_of_somebody(text: str) -> None:
    for hit in search([Page(number=1, label="page 1", text=text)], patterns=[r"\d{4,9}[A-Z]?"]):
        assert not any(sign.isnumeric() for sign in hit.masked)
        words = "".join(sign if sign.isalpha() or sign in "'’" else " " for sign in hit.masked).split()
        assert {word.strip("'’").casefold() for word in words} - {""} <= TELL_NOTHING


@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=60), seed=st.integers(min_value=0, max_value=10_000))
def test_a_number_under_its_name_is_found_whatever_stands_above_it(text: str, seed: int) -> None:
    digits = number(Random(seed))
    page = Page(number=1, label="page 1", text=f"{text}\n\nNHS number: {grouped(digits)}\n")
    assert "nhs_number" in [hit.what for hit in search([page], patterns=[])]


@settings(max_examples=40, deadline=None)
@given(text=st.text(max_size=80))
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_what_was_found_keeps_its_shape_and_nothing_else() -> None:
    assert masked("see K-123 now", 4, 9) == f"{DOT * 3} {DOT}-{DOT * 3} {DOT * 3}"
