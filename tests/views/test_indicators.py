"""What a measured criterion shows: the figure, its period and source, what is asked, and what follows, worked out."""

import pytest

from accreditation.actions.answer_challenge import answer_challenge
from accreditation.actions.challenge_indicator import challenge_indicator
from accreditation.errors import NotFound, NotPermitted
from accreditation.rules.cycle import Stage
from accreditation.rules.indicators.asked import asked_words
from accreditation.rules.people import PUBLIC, Principal
from accreditation.scheme.answer import NOT_ANSWERED, Answer
from accreditation.views.indicators import FigureShown, IndicatorShown, indicators_of
from accreditation.views.one_criterion import one_criterion
from accreditation.wiring import House
from tests.reported import imported, line
from tests.walking import (
    AT,
    COMMITTEE,
    CYCLE,
    LEAD,
    MEMBER,
    OFFICE,
    STRANGER,
    begin,
    reviewer,
    scheme,
    team_of,
    walk,
)  # fmt: skip


def seen(house: House, by: Principal = LEAD) -> dict[str, IndicatorShown]:
    shown = indicators_of(house.database, principal=by, cycle_id=CYCLE).indicators
    return {one.id: one for one in shown}


def said(one: FigureShown) -> tuple[str, str, str | None]:
    return one.period, one.source, one.answer.level or str(one.answer.measured or one.answer.state)


def test_a_figure_is_shown_with_what_is_asked_and_what_follows(house: House) -> None:
    begin(house)
    imported(house, line({"2.01": Answer(measured="89.9"), "2.02": Answer(level="A")}))
    share, level = seen(house)["2.01"], seen(house)["2.02"]
    assert (share.unit, share.asked, share.standing, share.why, share.answers) == (
        "%", "at least 90 %", "not_met", "89.9 %; at least 90 % is asked for", True,
    )  # fmt: skip
    assert share.figure is not None
    assert (said(share.figure), share.figure.file, share.figure.kept_at) == (
        ("2026-01-01", "audit", "89.9"), "audit.csv", AT,
    )  # fmt: skip
    assert (level.unit, level.asked, level.standing, level.why) == (
        None, "level B or better", "met", "level A reaches level B",
    )  # fmt: skip


def test_a_later_figure_is_shown_and_the_earlier_stand_below_it(house: House) -> None:
    begin(house)
    imported(house, line({"2.02": Answer(level="C")}))
    imported(house, line({"2.02": Answer(level="B")}))
    imported(house, line({"2.02": Answer(level="A")}, period="2026-04-01"))
    imported(house, line({"2.02": Answer(level="C")}, period="2025-10-01"))
    shown = seen(house)["2.02"]
    assert shown.figure is not None
    assert (said(shown.figure), [said(one) for one in shown.earlier]) == (
        ("2026-04-01", "audit", "A"),
        [("2025-10-01", "audit", "C"), ("2026-01-01", "audit", "B"), ("2026-01-01", "audit", "C")],
    )


def test_where_none_is_reported_or_the_team_answered_that_is_said(house: House) -> None:
    walk(house, Stage.EVIDENCE)
    imported(house, line({"2.01": Answer(measured="50"), "2.02": NOT_ANSWERED}))
    shown = seen(house)
    assert (shown["2.02"].figure, shown["2.02"].standing, shown["2.02"].why) == (None, None, "no figure is reported")
    assert (shown["2.01"].answers, shown["2.01"].standing) == (False, "not_met")
    assert list(shown) == ["2.01", "2.02"]


def test_too_few_cases_are_neither_met_nor_missed(house: House) -> None:
    begin(house)
    imported(house, line({"2.02": Answer(state="too_few_cases", note="published as 'TFP'")}))
    assert seen(house)["2.02"].standing == "too_few_cases"


def test_the_team_its_reviewers_and_the_college_see_it_and_nobody_else(house: House) -> None:
    walk(house, Stage.REVIEW)
    imported(house, line({"2.02": Answer(level="A")}))
    challenge_indicator(house.database, principal=LEAD, cycle_id=CYCLE, criterion="2.02", note="It is B.", at=AT)
    lead = reviewer(team_of(house)["lead"])
    views = [seen(house, by) for by in (LEAD, MEMBER, lead, OFFICE, COMMITTEE)]
    assert all(view == views[0] for view in views)
    assert [(one.note, one.by, one.state) for one in views[0]["2.02"].challenges] == [
        ("It is B.", "lead of north", "open")
    ]
    for stranger in (STRANGER, reviewer(99), PUBLIC):
        with pytest.raises((NotFound, NotPermitted)):
            seen(house, stranger)
    one = one_criterion(house.database, principal=lead, cycle_id=CYCLE, criterion="2.02", at=AT)
    assert (one.indicator, one.team.answer) == (views[0]["2.02"], Answer(level="B"))
    assert one_criterion(house.database, principal=lead, cycle_id=CYCLE, criterion="1.01", at=AT).indicator is None


def test_the_offices_answer_stands_beside_the_challenge(house: House) -> None:
    begin(house)
    imported(house, line({"2.02": Answer(level="C")}))
    challenge_indicator(house.database, principal=LEAD, cycle_id=CYCLE, criterion="2.02", note="It is B.", at=AT)
    answer_challenge(
        house.database, principal=OFFICE, cycle_id=CYCLE, challenge=1, how="upheld", reason="We checked.", at=AT
    )
    (told,) = seen(house)["2.02"].challenges
    assert (told.state, told.reason, told.answered_at) == ("upheld", "We checked.", AT)


def test_what_is_asked_is_said_in_words() -> None:
    assert [asked_words(one) for one in scheme().criteria] == ["", "", "at least 90 %", "level B or better"]
