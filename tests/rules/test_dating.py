from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accreditation.rules.dating import outdated_evidence, recent, too_old
from accreditation.rules.library import Described
from accreditation.scheme.answer import Answer
from accreditation.scheme.model import Scheme
from accreditation.scheme.read import read_standard
from accreditation.scheme.values import Period
from tests.building import changed

TODAY = date(2026, 4, 1)
MONTHS = Period(months=12)


def asking(evidence: str) -> Scheme:
    """The small scheme, whose 1.01 asks for this evidence."""
    old = "[{title: Job plan, required: true}, {title: Photo, required: false}]"
    return read_standard(changed("criteria/first.yaml", old, evidence)).scheme


AUDIT = asking("[{title: Audit, required: true, not_older_than: {months: 12}}]")


def told(since: date | None, title: str = "Audit of spring") -> Described:
    return Described(title=title, effective_on=since)


def outdated(scheme: Scheme, *files: Described, rating: str = "met", on: date = TODAY) -> list[tuple[str, str]]:
    found = outdated_evidence(
        scheme=scheme, profile={"hasu": False}, answers={"1.01": Answer(rating=rating)},
        shown={"1.01": files} if files else {}, on=on, holidays=frozenset(),
    )  # fmt: skip
    return [(fault.where, fault.found) for fault in found]


@pytest.mark.parametrize(
    ("since", "fresh"),
    [
        (date(2025, 4, 1), True),
        (date(2025, 3, 31), False),
        (date(2026, 4, 1), True),
        (date(2026, 4, 2), False),
        (None, False),
    ],
)
def test_the_last_day_of_the_period_is_in_time_and_a_day_to_come_or_unknown_is_not(
    since: date | None, fresh: bool
) -> None:
    assert recent(told(since), MONTHS, on=TODAY) is fresh


@given(st.integers(1, 1000), st.integers(0, 3000))
@settings(max_examples=30, deadline=None)
def test_what_is_recent_stays_so_until_its_last_day_and_never_after(days: int, ago: int) -> None:
    file = told(TODAY - timedelta(days=ago))
    assert recent(file, Period(days=days), on=TODAY) is (ago <= days)


def test_required_evidence_that_is_too_old_is_named_with_every_file_and_its_day() -> None:
    assert outdated(AUDIT, told(date(2025, 4, 1))) == []
    assert outdated(AUDIT, told(date(2024, 1, 1)), told(date(2025, 4, 1))) == []
    assert outdated(AUDIT, told(date(2024, 1, 1)), told(None, "Rota")) == [
        (
            "criterion 1.01",
            "'Audit' must not be older than 12 months on 2026-04-01, and no file is known to be young enough: "
            "'Audit of spring': it holds since 2024-01-01; 'Rota': nobody said since when it holds",
        )
    ]


def test_what_holds_only_from_a_day_to_come_is_not_recent_yet_and_the_day_is_named() -> None:
    assert outdated(AUDIT, told(date(2026, 12, 1))) == [
        (
            "criterion 1.01",
            "'Audit' must not be older than 12 months on 2026-04-01, and no file is known to be young enough: "
            "'Audit of spring': it holds only from 2026-12-01",
        )
    ]
    (one,) = AUDIT.criteria[:1]
    assert too_old(one, told(date(2026, 12, 1)), on=TODAY).endswith("and it holds only from 2026-12-01")


SEVERAL = asking(
    "[{title: Audit, required: true, not_older_than: {months: 12}}, "
    "{title: Log, required: true, not_older_than: {months: 3}}, {title: Minutes, required: true}]"
)


@pytest.mark.parametrize(
    ("days", "old"),
    [
        ([date(2026, 3, 1)], []),
        ([date(2026, 3, 1), date(2020, 1, 1), None], []),
        ([date(2025, 9, 1), date(2020, 1, 1)], ["Log"]),
        ([date(2020, 1, 1), None], ["Audit", "Log"]),
    ],
    ids=["one for all", "older ones beside it", "young enough for one", "for none"],
)
def test_of_several_pieces_each_needs_one_file_that_is_young_enough_for_it(
    days: list[date | None], old: list[str]
) -> None:
    found = outdated(SEVERAL, *(told(day) for day in days))
    assert [words.split("'")[1] for _, words in found] == old


@pytest.mark.parametrize(
    ("evidence", "rating"),
    [
        ("[{title: Audit, required: false, not_older_than: {months: 12}}]", "met"),
        ("[{title: Audit, required: true}]", "met"),
        ("[{title: Audit, required: true, not_older_than: {months: 12}}]", "not_met"),
    ],
    ids=["not required", "of any age", "not claimed"],
)
def test_nothing_is_too_old_where_its_age_is_not_asked(evidence: str, rating: str) -> None:
    assert outdated(asking(evidence), told(date(2001, 1, 1)), rating=rating) == []


def test_what_is_not_attached_is_missing_and_not_old() -> None:
    assert outdated(AUDIT) == []


@pytest.mark.parametrize(
    ("evidence", "since", "why"),
    [
        ("[]", None, ""),
        ("[{title: Plan, required: true}]", None, ""),
        ("[{title: Plan, required: true}, {title: Audit, required: true, not_older_than: {weeks: 1}}]", None, ""),
        ("[{title: Audit, required: true, not_older_than: {months: 12}}]", date(2026, 1, 1), ""),
        (
            "[{title: Audit, required: true, not_older_than: {months: 12}}]", date(2024, 1, 1),
            "'Audit' must not be older than 12 months, and it holds since 2024-01-01",
        ),
        (
            "[{title: Log, required: false, not_older_than: {weeks: 1}}, "
            "{title: Audit, required: true, not_older_than: {months: 12}}]", None,
            "'Audit' must not be older than 12 months, and nobody said since when it holds",
        ),
    ],
)  # fmt: skip
def test_a_document_is_too_old_for_a_criterion_where_it_can_be_no_piece_that_it_asks_for(
    evidence: str, since: date | None, why: str
) -> None:
    assert too_old(asking(evidence).by_id["1.01"], told(since), on=TODAY) == why
