"""Whether words can be read on a colour, by the figures that WCAG gives."""

import pytest

from accreditation.rules.colours import INK, PAPER, contrast, words_on


def test_the_contrast_is_the_one_that_wcag_defines() -> None:
    assert [round(contrast(*pair), 2) for pair in (
        ("#000000", "#ffffff"), ("#ffffff", "#000000"), ("#777777", "#ffffff"), ("#767676", "#ffffff"),
        ("#005eb8", "#005eb8"),
    )] == [21.0, 21.0, 4.48, 4.54, 1.0]  # fmt: skip


@pytest.mark.parametrize(
    ("colour", "words"), [("#23395b", PAPER), ("#000000", PAPER), ("#FFEB3B", INK), ("#ffffff", INK)]
)
def test_words_stand_on_a_colour_in_white_or_in_ink(colour: str, words: str) -> None:
    assert words_on(colour) == words


def test_a_colour_between_both_is_refused_with_what_would_do() -> None:
    with pytest.raises(ValueError, match=r"darker or a lighter .* contrast of 3\.9, dark ones of 3\.7, .* need 4\.5"):
        words_on("#808080")


@pytest.mark.parametrize("text", ["", "red", "#fff", "#23395b;", "#23395b\n", "23395b"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="a colour as #rrggbb"):
        words_on(text)
