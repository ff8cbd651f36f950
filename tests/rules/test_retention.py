"""What keeps a file on a day, and which cause goes against which of it: the whole product."""

from datetime import UTC, date, datetime, timedelta
from itertools import chain, combinations, product

import pytest

from accreditation.rules.retention import (
    Cause,
    Hold,
    Keeper,
    Reason,
    Use,
    against,
    deleted_words,
    kept_by_cycle,
    kept_by_hold,
    kept_in_library,
)
from accreditation.scheme.values import Period

# what keeps, and whether retention, request, patient_data goes against it
TABLE = """
hold        no no no
running     no no yes
appeal      no no yes
conditions  no no yes
award       no no yes
period      no yes yes
for_ever    no yes yes
in_use      no yes yes
unused      no yes yes
"""
GOES = {
    (Keeper(name), cause): mark == "yes"
    for name, *marks in (line.split() for line in TABLE.strip().splitlines())
    for cause, mark in zip(Cause, marks, strict=True)
}
ENDED = datetime(2026, 4, 1, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_every_combination_of_what_keeps_a_file_is_answered_for_every_cause_as_the_table_says() -> None:
    several = chain.from_iterable(combinations(Keeper, size) for size in range(len(Keeper) + 1))
    for keepers, cause in product(several, Cause):
        reasons = tuple(Reason(keeper=one, words=one.value) for one in keepers)
        assert against(cause, reasons) == tuple(one for one in reasons if not GOES[one.keeper, cause])


def use(**facts: object) -> Use:
    """An ended cycle whose scheme keeps for seven years, and these facts besides."""
    told: dict[str, object] = {"cycle": 3, "scheme": "Stroke", "ended_at": ENDED, "keep": Period(years=7), **facts}
    return Use(**told)  # type: ignore[arg-type]


def keepers(found: tuple[Reason, ...]) -> list[tuple[Keeper, date | None]]:
    return [(one.keeper, one.until) for one in found]


LATER = ENDED.replace(year=2040)
LAST = date(2040, 5, 1)


@pytest.mark.parametrize(
    ("facts", "at", "kept"),
    [
        ({}, ENDED.replace(year=2033) - SECOND, [(Keeper.PERIOD, date(2033, 4, 1))]),
        ({}, ENDED.replace(year=2033), []),
        ({"ended_at": None, "keep": None}, LATER, [(Keeper.RUNNING, None)]),
        ({"keep": None}, LATER, [(Keeper.FOR_EVER, None)]),
        ({"appeal_waits": True}, LATER, [(Keeper.APPEAL, None)]),
        ({"appeal_until": LATER.date()}, LATER, [(Keeper.APPEAL, LATER.date())]),
        ({"appeal_until": LATER.date() - timedelta(days=1)}, LATER, []),
        ({"conditions_wait": True}, LATER, [(Keeper.CONDITIONS, None)]),
        ({"awarded": True}, LATER, [(Keeper.AWARD, None)]),
        ({"awarded": True, "valid_until": LATER.date()}, LATER, [(Keeper.AWARD, LATER.date())]),
        ({"awarded": True, "valid_until": LATER.date() - timedelta(days=1)}, LATER, []),
        ({"awarded": False, "valid_until": LAST}, LATER, []),
        (
            {"keep": Period(business_days=1), "holidays": {date(2026, 4, 2), date(2026, 4, 3)}},
            datetime(2026, 4, 3, 10, tzinfo=UTC),
            [(Keeper.PERIOD, date(2026, 4, 6))],
        ),
        (
            {"appeal_waits": True, "conditions_wait": True, "awarded": True, "valid_until": LAST, "keep": None},
            LATER,
            [(Keeper.APPEAL, None), (Keeper.CONDITIONS, None), (Keeper.AWARD, LAST), (Keeper.FOR_EVER, None)],
        ),
    ],
)
def test_a_cycle_keeps_its_files_for_these_reasons(
    facts: dict[str, object], at: datetime, kept: list[tuple[Keeper, date | None]]
) -> None:
    assert keepers(kept_by_cycle(use(**facts), at=at)) == kept


@pytest.mark.parametrize(
    ("used", "until", "kept"),
    [
        (False, None, [(Keeper.UNUSED, None)]),
        (False, LAST, [(Keeper.UNUSED, None)]),
        (True, None, []),
        (True, LAST, [(Keeper.IN_USE, LAST)]),
        (True, LAST - timedelta(days=1), []),
    ],
)
def test_a_library_keeps_what_is_its_own_and_what_is_in_date(
    used: bool, until: date | None, kept: list[tuple[Keeper, date | None]]
) -> None:
    assert keepers(kept_in_library(used=used, in_date_until=until, on=LAST)) == kept


def test_reasons_are_sentences_with_their_days_and_a_hold_says_who_set_it_and_when() -> None:
    (period,) = kept_by_cycle(use(), at=ENDED)
    hold = kept_by_hold(Hold(id=4, on="the scheme stroke", reason="The coroner asked.", by="the office", at=ENDED))
    assert (period.words, hold.words) == (
        "cycle 3 (Stroke) ended on 1 April 2026 and is kept for 7 years after that, until 1 April 2033",
        "a legal hold on the scheme stroke (hold 4), set on 1 April 2026 by the office: The coroner asked.",
    )
    assert deleted_words(cause=Cause.PATIENT_DATA, reason="The rota names one.", at=ENDED) == (
        "Deleted on 1 April 2026 because a patient can be told from it: The rota names one."
    )
