"""Which criteria a document most likely answers: the accuracy that was reached, and what holds for any document."""

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.rules.placing import NUMBERS, Suggestion, left_to_say, suggest
from accreditation.scheme.criterion import Criterion
from tests.rules.placing.documents import HALVES, documents
from tests.rules.placing.measured import Measured, Way, by_suggestion, by_titles, measured
from tests.shipped import shipped

TOP_1, TOP_3, LEFT_ALONE = 0.72, 0.88, 13
"""Held on both halves; what was reached is printed by `make bench`."""

STROKE = shipped("stroke").scheme.criteria


@cache
def placed(half: str, way: Way = by_suggestion) -> Measured:
    return measured(documents(half=half, seed=3107), criteria=STROKE, way=way)


def words_of(criterion: Criterion) -> set[str]:
    parts = (criterion.title, criterion.statement, criterion.guidance, *(asked.title for asked in criterion.evidence))
    return set(re.findall(r"\w+", " ".join(parts).casefold()))


@pytest.mark.parametrize("half", HALVES)
def test_most_documents_find_their_criterion(half: str) -> None:
    found = placed(half)
    assert found.documents == 122
    assert found.top_3 >= TOP_3, found.missed
    assert found.top_1 >= TOP_1, found.missed


@pytest.mark.parametrize("half", HALVES)
def test_documents_about_other_things_are_left_alone(half: str) -> None:
    found = placed(half)
    assert found.unrelated == 16
    assert found.left_alone >= LEFT_ALONE


@pytest.mark.parametrize("half", HALVES)
def test_it_does_better_than_titles_that_share_words(half: str) -> None:
    ours, baseline = placed(half), placed(half, by_titles)
    assert ours.first > baseline.first
    assert ours.among_three > baseline.among_three


def test_every_criterion_that_asks_for_a_document_has_one_in_each_half() -> None:
    asking = {criterion.id for criterion in STROKE if criterion.evidence}
    for half in HALVES:
        assert {one.criterion for one in documents(half=half, seed=1, each=1)} - {None} == asking


def test_the_halves_share_no_text_and_a_seed_gives_the_same_documents() -> None:
    first, second = (list(documents(half=half, seed=7)) for half in HALVES)
    assert not {one.title for one in first} & {one.title for one in second}
    assert first == list(documents(half="first", seed=7))
    assert first != list(documents(half="first", seed=8))


def test_a_suggestion_says_which_words_spoke_for_it() -> None:
    (best, *_) = suggest("Dysphagia: all are nil by mouth until a swallow screen.", criteria=(SWALLOW, BEDS))
    assert best == Suggestion(
        criterion="2", score=best.score, because=("screened", "swallowing", "dysphagia", "mouth", "nil")
    )
    assert best.score > 0


def test_numbers_speak_for_nothing() -> None:
    text = "Version 14, 1 page, 0 comments, 15 words, 23:15. One of two, five, six, seven."
    assert suggest(text, criteria=STROKE) == ()
    told = {word for half in HALVES for one in documents(half=half, seed=5, each=1)
            for found in suggest(one.text, criteria=STROKE) for word in found.because}  # fmt: skip
    assert sorted(word for word in told if word.isdecimal() or word in NUMBERS) == []


@pytest.mark.parametrize(
    ("scheme", "text", "found"),
    [
        ("jag", "Decontamination audit\nYearly audit of decontamination. Result of the audit", ["2.10"]),
        ("grs", "Comfort record\nNurses write down comfort and sedation for every patient.", ["1.18"]),
        ("grs", "Comfort scores\nEach endoscopist is told their scores twice every year.", ["1.19"]),
        ("grs", "Decontamination audit\nYearly audit of decontamination. Result of the audit", []),
    ],
)
def test_a_short_document_that_says_again_what_is_asked_finds_it_in_any_standard(
    scheme: str, text: str, found: list[str]
) -> None:
    assert by_id(suggest(text, criteria=shipped(scheme).scheme.criteria))[:1] == found


SWALLOW = Criterion(id="2", type="core", title="Swallowing is screened", statement="Nil by mouth until the screen.",
                    guidance="Dysphagia is common.")  # fmt: skip
BEDS = Criterion(id="1", type="core", title="Beds stand together", statement="One ward for all beds.")


@pytest.mark.parametrize(
    "text", ["", "  \n", "the and of", "0.3 % ,,, \x00 \u202e", "Bicycles may be left in the shed."]
)
def test_what_has_nothing_in_common_gets_no_suggestion(text: str) -> None:
    assert suggest(text, criteria=STROKE) == ()


def test_nothing_is_suggested_where_nothing_is_asked() -> None:
    assert suggest("stroke unit", criteria=()) == ()


def test_what_the_audit_measures_and_no_document_shows_is_never_suggested() -> None:
    measured_only = [one for one in STROKE if one.measure is not None and not one.evidence]
    assert len(measured_only) == 10
    for one in measured_only:
        assert suggest(f"{one.title}. {one.statement}", criteria=measured_only) == ()
        assert one.id not in by_id(suggest(f"{one.title}. {one.statement}", criteria=STROKE, most=80))


def by_id(found: tuple[Suggestion, ...]) -> list[str]:
    return [one.criterion for one in found]


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_no_word_of_the_document_that_is_not_the_criterions_own_is_told(data: st.DataObject) -> None:
    texts = [one.text for one in documents(half="second", seed=11, each=1)]
    text = data.draw(st.sampled_from(texts)) + " Patient: Zebedee Quartz, NHS 943 476 5919. " + data.draw(st.text())
    most = data.draw(st.integers(min_value=0, max_value=5))
    found = suggest(text, criteria=STROKE, most=most)
    assert len(found) <= most
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    for one in found:
        criterion = next(criterion for criterion in STROKE if criterion.id == one.criterion)
        assert set(one.because) <= words_of(criterion)
        assert one.because
    assert suggest(text, criteria=STROKE, most=most) == found
    assert {one.criterion: one.score for one in suggest(text, criteria=STROKE[::-1], most=80)} == {
        one.criterion: one.score for one in suggest(text, criteria=STROKE, most=80)
    }


@pytest.mark.parametrize(
    ("applicable", "settled", "left"),
    [
        ("abcd", "", "abc"),
        ("bcd", "", "bcd"),
        ("abcd", "ab", "c"),
        ("abcd", "abc", ""),
        ("d", "", "d"),
        ("", "", ""),
    ],
)
def test_what_is_settled_brings_no_less_likely_one_and_what_does_not_apply_takes_no_place(
    applicable: str, settled: str, left: str
) -> None:
    found = [Suggestion(criterion=name, score=4.0 - place, because=()) for place, name in enumerate("abcd")]
    told = left_to_say(found, applicable=applicable, settled=settled)
    assert "".join(one.criterion for one in told) == left
