"""Which edition judges a cycle: the process rules of real schemes, and laws."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accreditation.rules.transition import InForce, Judging, counts_from, judging, spared, with_grace
from accreditation.scheme.answer import Answer
from accreditation.scheme.process import Event, Transition
from tests.editions import edited

LATER = date(2030, 1, 1)


def edition(label: str, effective: date, **transition: object) -> InForce:
    """An edition of this name, in force from this day."""
    how = Transition.model_validate(transition)
    return InForce(digest=label * 8, label=label, effective=effective, transition=how)


def found(*editions: InForce, at: date = LATER, **events: date) -> Judging:
    """The edition that judges a cycle with these events."""
    known: dict[Event, date] = {name: events[name] for name in ("enrolled", "submitted", "visited") if name in events}
    return judging(editions=editions, events=known, at=at)


V2024 = edition("v2024", date(2024, 3, 1), fixed_by="visited")
V2025 = edition("v2025", date(2025, 3, 1), fixed_by="visited", grace={"months": 6})
"""An anaesthesia scheme: a visit uses the standards in force on its day, even newer ones than the self-assessment's."""

PR2020 = edition("2020", date(2020, 4, 1), fixed_by="submitted")
PR2025 = edition(
    "2025", date(2025, 6, 1), fixed_by="submitted", older_until={"submitted": "2026-01-31", "visited": "2026-05-31"}
)
"""A rehabilitation scheme: the older standards judge who submits by one day and is visited by another."""


def test_p8_a_visit_is_judged_by_the_standards_of_its_day_though_the_self_assessment_was_on_older_ones() -> None:
    assert found(V2024, V2025, submitted=date(2025, 2, 10), visited=date(2025, 4, 15)) == Judging(
        edition=V2025,
        settled=True,
        because="It is fixed by the visit, which was on 15 April 2025, and edition v2025 is in force from "
        "1 March 2025.",
    )


def test_a_visit_the_day_before_the_newer_standards_are_in_force_is_judged_by_the_older() -> None:
    assert found(V2024, V2025, visited=date(2025, 2, 28)) == Judging(
        edition=V2024,
        settled=True,
        because="It is fixed by the visit, which was on 28 February 2025, before edition v2025 is in force "
        "(1 March 2025).",
    )


@pytest.mark.parametrize(
    ("submitted", "visited", "label"),
    [
        (date(2026, 1, 30), date(2026, 6, 2), "2025"),
        (date(2026, 1, 30), date(2026, 5, 30), "2020"),
        (date(2026, 1, 31), date(2026, 5, 31), "2020"),
        (date(2026, 2, 1), date(2026, 5, 30), "2025"),
    ],
)
def test_p12_two_dates_together_choose_the_edition(submitted: date, visited: date, label: str) -> None:
    judged = found(PR2020, PR2025, submitted=submitted, visited=visited)
    assert (judged.edition.label, judged.settled) == (label, True)


def test_both_dates_are_named_in_the_reason() -> None:
    early = found(PR2020, PR2025, submitted=date(2026, 1, 30), visited=date(2026, 5, 30))
    assert early.because == (
        "The submission was on 30 January 2026, by 31 January 2026 and the visit was on 30 May 2026, by 31 May 2026, "
        "as edition 2025 allows for edition 2020."
    )
    late = found(PR2020, PR2025, submitted=date(2026, 1, 30), visited=date(2026, 6, 2))
    assert late.because == (
        "It is fixed by the submission, which was on 30 January 2026, and edition 2025 is in force from 1 June 2025; "
        "edition 2020 no longer judges it, because the visit was not by 31 May 2026."
    )


def test_before_the_event_the_answer_is_what_it_would_be_today_and_not_settled() -> None:
    assert found(V2024, V2025, enrolled=date(2024, 12, 1), at=date(2025, 2, 1)) == Judging(
        edition=V2024,
        settled=False,
        because="It is fixed by the visit, which has not happened by 1 February 2025, before edition v2025 is in force "
        "(1 March 2025).",
    )
    waiting = found(PR2020, PR2025, submitted=date(2026, 1, 30), at=date(2026, 2, 20))
    assert waiting == Judging(
        edition=PR2020,
        settled=False,
        because="The submission was on 30 January 2026, by 31 January 2026 and the visit can still be by 31 May 2026, "
        "as edition 2025 allows for edition 2020.",
    )


def test_a_scheme_of_one_edition_is_judged_by_it() -> None:
    assert found(V2024, visited=date(2020, 1, 1)) == Judging(
        edition=V2024, settled=True, because="Edition v2024 is the only one."
    )


def test_without_an_edition_nothing_can_judge() -> None:
    with pytest.raises(ValueError, match="there is no edition"):
        judging(editions=[], events={}, at=LATER)


DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
EVENTS: st.SearchStrategy[Mapping[Event, date]] = st.dictionaries(
    st.sampled_from(("enrolled", "submitted", "visited")), DAYS
)


@given(events=EVENTS, at=DAYS)
def test_the_order_in_which_editions_are_named_never_matters(events: Mapping[Event, date], at: date) -> None:
    ways = [judging(editions=order, events=events, at=at) for order in ([V2024, V2025], [V2025, V2024])]
    assert ways[0] == ways[1]


@given(at=DAYS, later=DAYS, enrolled=DAYS, submitted=DAYS, visited=DAYS)
def test_once_all_has_happened_the_passing_of_time_changes_nothing(
    at: date, later: date, enrolled: date, submitted: date, visited: date
) -> None:
    events: Mapping[Event, date] = {"enrolled": enrolled, "submitted": submitted, "visited": visited}
    for editions in ([V2024, V2025], [PR2020, PR2025]):
        first, second = (judging(editions=editions, events=events, at=day) for day in (at, later))
        assert first.settled
        assert first == second


def test_p9_what_is_new_counts_against_an_accredited_service_after_six_months() -> None:
    old = edited()
    new = edited(
        ("scheme.yaml", "effective: 2026-04-01", "effective: 2027-03-01"),
        ("scheme.yaml", "domains:", "transition: {fixed_by: visited, grace: {months: 6}}\ndomains:"),
        ("criteria/first.yaml", '- id: "1.10"', '- id: "1.20"'),
    )
    assert counts_from(old=old, new=new, criterion="1.20", holds_award=True) == date(2027, 9, 1)
    assert counts_from(old=old, new=new, criterion="1.20", holds_award=False) == date(2027, 3, 1)
    assert counts_from(old=old, new=new, criterion="1.01", holds_award=True) == date(2027, 3, 1)
    assert counts_from(old=None, new=new, criterion="1.20", holds_award=True) == date(2027, 3, 1)
    days = [date(2027, 2, 28), date(2027, 3, 1), date(2027, 8, 31), date(2027, 9, 1)]
    kept = [spared(old=old, new=new, holds_award=True, at=day) for day in days]
    assert kept == [{}, {"1.20": date(2027, 9, 1)}, {"1.20": date(2027, 9, 1)}, {}]


def test_what_is_spared_and_unmet_leaves_the_count_and_what_is_met_stays() -> None:
    answers = {"1.01": Answer(rating="not_met"), "1.20": Answer(rating="not_met"), "1.21": Answer(rating="met")}
    until = {"1.20": date(2027, 9, 1), "1.21": date(2027, 9, 1)}
    assert with_grace(answers=answers, unmet=frozenset({"1.01", "1.20"}), spared=until) == {
        **answers,
        "1.20": Answer(
            state="not_applicable",
            note="New in this edition: it counts against a service that holds an award from 1 September 2027.",
        ),
    }
