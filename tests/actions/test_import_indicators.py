"""A file of indicators fills measured criteria; nothing is typed twice, overwritten, erased or invented."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from accreditation.actions.enrol import enrol
from accreditation.actions.import_indicators import Effect
from accreditation.actions.map_indicators import map_indicators
from accreditation.actions.rate import rate
from accreditation.actions.submit import submit
from accreditation.errors import Contradiction, Invalid, NotFound
from accreditation.records import answers, indicators
from accreditation.rules.cycle import Stage
from accreditation.rules.indicators.mapping import Columns
from accreditation.rules.indicators.reading import Reported
from accreditation.scheme.answer import NOT_ANSWERED, Answer
from accreditation.wiring import House
from tests.reported import imported, line
from tests.walking import AT, CYCLE, LEAD, NORTH, OFFICE, ROUND, SOUTH, begin, given, newest, nothing_kept, scheme

LATER = "2026-04-01"
A, B, C = (Answer(level=level) for level in "ABC")


@pytest.fixture(autouse=True)
def _begun(house: House) -> None:
    begin(house)


def standing(house: House, cycle: int = CYCLE) -> dict[str, tuple[str, str, int, str]]:
    """What a cycle answers: criterion -> state, the level or the value, the version, the source."""
    with house.database.reading() as session:
        rows = answers.self_ratings(session, [cycle])[cycle]
    return {name: (row.state, row.level or row.measured or "", row.version, row.source) for name, row in rows.items()}


def kept(house: House) -> list[tuple[str, str, int, str]]:
    """Every figure of North's that was ever kept."""
    with house.database.reading() as session:
        rows = indicators.of_team(session, "small", NORTH)
    return [(row.criterion, row.period, row.number, row.level or row.measured or row.state) for row in rows]


def counts(effect: Effect) -> tuple[int, int, int, int]:
    return len(effect.figures), len(effect.answers), len(effect.left), len(effect.unknown)


def test_figures_are_kept_and_answer_their_criteria(house: House) -> None:
    effect = imported(house, line({"2.01": Answer(measured="88.5"), "2.02": A}))
    assert counts(effect) == (2, 2, 0, 0)
    assert standing(house) == {
        "2.01": ("rated", "88.5", 1, "audit 2026-01-01"), "2.02": ("rated", "A", 1, "audit 2026-01-01"),
    }  # fmt: skip
    assert [(actor, action, subject) for actor, action, subject, _ in newest(house)] == [
        ("office:the office", "assessment:import", "cycle:1"),
    ]
    with house.database.reading() as session:
        row = indicators.of_team(session, "small", NORTH)[0]
    assert (row.source, row.file_name, row.file_digest, row.by) == ("audit", "audit.csv", "d" * 64, "the office")


def test_the_same_file_again_changes_nothing(house: House) -> None:
    imported(house, line({"2.01": Answer(measured="88.5"), "2.02": A}))
    with nothing_kept(house):
        assert counts(imported(house, line({"2.01": Answer(measured="88.5"), "2.02": A}))) == (0, 0, 0, 0)
        assert counts(imported(house)) == (0, 0, 0, 0)


def test_a_preview_says_the_same_and_keeps_nothing(house: House) -> None:
    with nothing_kept(house):
        before = imported(house, line({"2.02": A}), preview=True)
    assert before == imported(house, line({"2.02": A}))


def test_a_later_period_is_shown_and_the_earlier_stays(house: House) -> None:
    imported(house, line({"2.02": A}))
    imported(house, line({"2.02": A}, period="2026-04-01"))
    imported(house, line({"2.02": C}, period="2025-10-01"))
    assert standing(house) == {"2.02": ("rated", "A", 2, "audit 2026-04-01")}
    assert kept(house) == [
        ("2.02", "2026-01-01", 1, "A"),
        ("2.02", "2026-04-01", 1, "A"),
        ("2.02", "2025-10-01", 1, "C"),
    ]


def test_periods_that_begin_later_can_be_left_out(house: House) -> None:
    lines = line({"2.02": A}), line({"2.02": C}, period="2026-04-01")
    effect = imported(house, *lines, until=date(2026, 1, 1))
    assert (counts(effect), standing(house)["2.02"]) == ((2, 1, 0, 0), ("rated", "A", 1, "audit 2026-01-01"))


def test_a_corrected_figure_of_the_same_period_takes_its_place(house: House) -> None:
    imported(house, line({"2.02": A}))
    imported(house, line({"2.02": B}))
    assert (standing(house), kept(house)) == (
        {"2.02": ("rated", "B", 2, "audit 2026-01-01")},
        [("2.02", "2026-01-01", 1, "A"), ("2.02", "2026-01-01", 2, "B")],
    )


def test_a_figure_that_is_taken_back_gives_way_to_the_one_before_or_to_the_team(house: House) -> None:
    imported(house, line({"2.02": A}, period="2025-10-01"), line({"2.02": B}))
    imported(house, line({"2.02": NOT_ANSWERED}))
    assert standing(house) == {"2.02": ("rated", "A", 2, "audit 2025-10-01")}
    imported(house, line({"2.02": NOT_ANSWERED}, period="2025-10-01"))
    assert standing(house) == {"2.02": ("not_answered", "", 3, "")}
    rate(house.database, principal=LEAD, cycle_id=CYCLE, given=given({"2.02": B}, seen=3), at=AT)


def test_nothing_entered_is_no_answer_and_too_few_cases_are_one(house: House) -> None:
    few = Answer(state="too_few_cases", note="published as 'TFP'")
    imported(house, line({"2.01": NOT_ANSWERED, "2.02": few}))
    assert standing(house) == {"2.02": ("too_few_cases", "", 1, "audit 2026-01-01")}


def test_what_a_person_answered_is_left_and_said(house: House) -> None:
    rate(house.database, principal=LEAD, cycle_id=CYCLE, given=given({"2.02": B}), at=AT)
    effect = imported(house, line({"2.02": A}))
    assert (counts(effect), [(one.cycle, one.criterion, one.answer) for one in effect.left]) == (
        (1, 0, 1, 0), [(CYCLE, "2.02", B)],
    )  # fmt: skip
    assert counts(imported(house, line({"2.02": B}))) == (1, 0, 0, 0)
    assert standing(house) == {"2.02": ("rated", "B", 1, "")}


def test_what_is_published_is_not_typed_over(house: House) -> None:
    imported(house, line({"2.02": C}))
    for answer in (A, Answer(state="not_applicable", note="We say so.")):
        with nothing_kept(house), pytest.raises(Contradiction, match=r"taken as it stands: 2\.02 \(audit 2026-01-01\)"):
            rate(house.database, principal=LEAD, cycle_id=CYCLE, given=given({"2.02": answer}, seen=1), at=AT)


def test_what_was_submitted_stays_and_the_figure_is_kept(house: House) -> None:
    imported(house, line({"2.02": A, "2.01": Answer(measured=95)}))
    rate(house.database, principal=LEAD, cycle_id=CYCLE, given=given({"1.01": Answer(rating="met")}), at=AT)
    submit(house.database, principal=LEAD, cycle_id=CYCLE, stage=Stage.SELF_ASSESSMENT, at=AT)
    effect = imported(house, line({"2.02": C}, period="2026-04-01"))
    assert (counts(effect), standing(house)["2.02"][1]) == ((1, 0, 0, 0), "A")


def enrolled(house: House, **how: Any) -> int:
    """South's cycle, which begins after its figures were kept."""
    profile = {"hasu": False}
    return enrol(house.database, principal=OFFICE, team_id=SOUTH, round_id=ROUND, profile=profile, at=AT, **how)


def of_south(figures: Mapping[str, Answer], **how: str) -> Reported:
    return line(figures, team="South", organisation="South Trust", **how)


def test_a_team_that_is_enrolled_later_is_filled_from_the_figures_that_are_kept(house: House) -> None:
    lines = line({"2.02": A}), of_south({"2.01": Answer(measured=80), "2.02": C}), of_south({"2.02": B}, period=LATER)
    assert counts(imported(house, *lines)) == (4, 1, 0, 0)
    cycle = enrolled(house)
    assert standing(house, cycle) == {
        "2.01": ("rated", "80", 1, "audit 2026-01-01"), "2.02": ("rated", "B", 1, f"audit {LATER}"),
    }  # fmt: skip
    assert [(actor, action, subject) for actor, action, subject, _ in newest(house, number=3)] == [
        ("office:the office", "cycle:enrol", f"cycle:{cycle}"),
        ("office:the office", "assessment:import", f"cycle:{cycle}"),
        ("office:the office", "assessment:import", f"cycle:{cycle}"),
    ]
    with nothing_kept(house):
        assert enrolled(house) == cycle
        assert counts(imported(house, *lines)) == (0, 0, 0, 0)


def test_a_team_that_is_enrolled_is_filled_from_no_period_that_begins_later(house: House) -> None:
    imported(house, of_south({"2.02": C}), of_south({"2.02": B}, period=LATER))
    assert standing(house, enrolled(house, until=date(2026, 1, 1))) == {"2.02": ("rated", "C", 1, "audit 2026-01-01")}


def test_a_team_of_which_no_figure_stands_is_asked(house: House) -> None:
    imported(house, of_south({"2.02": C}))
    imported(house, of_south({"2.02": NOT_ANSWERED}))
    assert standing(house, enrolled(house)) == {}


def test_a_team_that_is_not_known_is_named_with_the_nearest_and_nothing_is_kept(house: House) -> None:
    lines = line({"2.02": A}), line({"2.02": B}, team="Sowth", organisation="South Trust")
    said = "no team 'Sowth (South Trust)' is known here; the nearest that is known: South (South Trust)"
    with nothing_kept(house), pytest.raises(Invalid) as refused:
        imported(house, *lines)
    assert str(refused.value) == f"audit.csv Sowth: {said}"
    with nothing_kept(house):
        assert [str(one) for one in imported(house, *lines, preview=True).unknown] == [f"audit.csv Sowth: {said}"]
    assert counts(imported(house, *lines, skip_unknown=True)) == (1, 1, 0, 1)


def test_lines_that_contradict_are_refused_and_nothing_is_kept(house: House) -> None:
    with nothing_kept(house), pytest.raises(Invalid) as refused:
        imported(house, line({"2.02": A}), line({"2.02": B}), preview=True)
    assert str(refused.value) == (
        "audit.csv North: 'North (North Trust)' stands in audit.csv North already for 2026-01-01, and they contradict: "
        "2.02 is level A there and level B here; one line for a team and a period"
    )


def test_a_round_that_does_not_exist_is_not_found(house: House) -> None:
    with nothing_kept(house), pytest.raises(NotFound):
        imported(house, line({"2.02": A}), round_id=99)


def test_columns_are_kept_once_and_what_stood_is_never_erased(house: House) -> None:
    first = Columns(name="registry", team="Team", values={"2.01": "In an hour"})
    second = Columns(name="registry", team="Service", values={"2.01": "In an hour"})

    def kept_anew(columns: Columns) -> bool:
        return map_indicators(house.database, principal=OFFICE, scheme=scheme(), columns=columns, at=AT)

    assert (kept_anew(first), kept_anew(second)) == (True, True)
    with nothing_kept(house):
        assert kept_anew(second) is False
    with house.database.reading() as session:
        assert indicators.mappings(session, "small") == {"registry": second}
        assert len(session.connection().exec_driver_sql("SELECT id FROM indicator_mapping").all()) == 2
