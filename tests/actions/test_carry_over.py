"""A running cycle changes its edition only when the office carries it over, and loses nothing by it."""

import json
from typing import Any

import pytest
from sqlalchemy import text

from accreditation.actions.carry_over import carry_over_cycle
from accreditation.actions.decide import decide
from accreditation.actions.enrol import enrol
from accreditation.actions.publish import publish
from accreditation.actions.publish_edition import publish_edition
from accreditation.actions.rate import rate
from accreditation.actions.review import review
from accreditation.actions.submit import submit
from accreditation.errors import Invalid, MoveNotAllowed, NotFound
from accreditation.ledger.entries import entries, verify
from accreditation.records import answers, cycles, edition_changes
from accreditation.records.awards import Recommendation
from accreditation.records.jobs import Kind
from accreditation.rules.carrying_over import CarryOver
from accreditation.rules.cycle import Stage
from accreditation.scheme.answer import Answer
from accreditation.scheme.model import Scheme
from accreditation.views.awards import decision, recommendation, settled_ratings
from accreditation.views.carry_over import carry_over_preview
from accreditation.views.criteria import self_assessment
from accreditation.views.cycles import cycle_whole
from accreditation.views.evidence import evidence_of
from accreditation.views.history import history
from accreditation.views.progress import progress
from accreditation.views.register import Search, listed
from accreditation.views.results import registered, team_results
from accreditation.views.reviews import side_by_side
from accreditation.views.teams_of_review import seats_of
from accreditation.wiring import House
from tests.actions.conftest import AtStage
from tests.editions import HARDER, IN_MINUTES, OTHERS, next_edition
from tests.walking import (
    AT,
    COMMITTEE,
    CYCLE,
    LEAD,
    NORTH,
    OFFICE,
    ROUND,
    SOUTH,
    STEPS,
    STRANGER,
    TABLES,
    everything,
    given,
    later,
    newest,
    nothing_kept,
    rate_and_hand_in,
    reviewer,
    scheme,
    stage_of,
    team_of,
    walk,
    work,
)  # fmt: skip

RUNNING = 2
"""South's cycle, where it is enrolled too."""


def published(house: House, edition: Scheme) -> str:
    """Publish this edition; its digest."""
    return publish_edition(house.database, principal=OFFICE, scheme=edition, at=AT)


def carried(house: House, edition: Scheme, *, cycle: int = CYCLE) -> CarryOver:
    """Publish this edition and carry the cycle over to it."""
    digest = published(house, edition)
    found = carry_over_cycle(house.database, principal=OFFICE, cycle_id=cycle, digest=digest, at=AT)
    assert found is not None
    return found


def edition_of(house: House, cycle: int = CYCLE) -> str:
    """The digest of the edition that the cycle runs on now."""
    with house.database.reading() as session:
        return cycles.now(session, cycle).edition_digest


def standing(house: House, cycle: int = CYCLE) -> dict[str, tuple[int, str, str]]:
    """Criterion -> version, state and note of the team's answer that stands."""
    with house.database.reading() as session:
        rows = answers.self_ratings(session, [cycle])[cycle]
    return {name: (row.version, row.state, row.note) for name, row in sorted(rows.items())}


def seen(house: House, cycle: int, team: int) -> dict[str, str]:
    """Every view of this cycle and its team that the college and the team have, byte for byte."""
    at, database = later(30), house.database
    views: dict[str, Any] = {
        "cycle": lambda who: cycle_whole(database, principal=who, cycle_id=cycle, at=at),
        "history": lambda who: history(database, principal=who, cycle_id=cycle),
        "answers": lambda who: self_assessment(database, principal=who, cycle_id=cycle),
        "progress": lambda who: progress(database, principal=who, cycle_id=cycle, at=AT),
        "evidence": lambda who: evidence_of(database, principal=who, cycle_id=cycle),
        "seats": lambda who: seats_of(database, principal=who, cycle_id=cycle),
        "reviews": lambda _: side_by_side(database, principal=OFFICE, cycle_id=cycle),
        "recommendation": lambda who: recommendation(database, principal=who, cycle_id=cycle),
        "decision": lambda who: decision(database, principal=who, cycle_id=cycle),
        "settled": lambda who: settled_ratings(database, principal=who, cycle_id=cycle),
        "results": lambda who: team_results(database, principal=who, team_id=team, at=at),
        "entry": lambda who: registered(database, principal=who, cycle_id=cycle, at=at),
        "register": lambda who: listed(database, principal=who, search=Search(), after=0, limit=100, at=at),
    }
    lead = LEAD if team == NORTH else STRANGER
    return {f"{name}, {who.name}": _told(view, who) for name, view in views.items() for who in (OFFICE, lead)}


def _told(view: Any, who: Any) -> str:
    try:
        told: str = view(who).model_dump_json()
    except NotFound as refusal:
        return str(refusal)
    return told


def rows_of(house: House) -> dict[str, list[str]]:
    """Every row of every table but the outbox, as text."""
    with house.database.reading() as session:
        return {
            name: [repr(row) for row in session.execute(text(f'SELECT * FROM "{name}"'))]
            for name in TABLES
            if name != "job"
        }


def entered(house: House) -> list[str]:
    """Every entry of the ledger, its digest with it."""
    with house.database.reading() as session:
        verify(session)
        return [repr(one) for one in entries(session, limit=1000)]


def test_publishing_an_edition_changes_no_finished_and_no_running_cycle_until_one_is_carried_over(house: House) -> None:
    walk(house, Stage.PUBLISHED)
    enrol(house.database, principal=OFFICE, team_id=SOUTH, round_id=ROUND, profile={"hasu": False}, at=AT)
    answered = {"1.01": Answer(rating="met"), "2.01": Answer(measured="92.5"), "2.02": Answer(level="B")}
    rate(house.database, principal=STRANGER, cycle_id=RUNNING, given=given(answered), at=AT)
    work(house)
    finished, running = seen(house, CYCLE, NORTH), seen(house, RUNNING, SOUTH)
    rows, ledger = rows_of(house), entered(house)
    assert '"outcome":"accredited"' in finished["decision, the office"]
    assert '"standing":"met"' in running["answers, lead of south"]

    digest = published(house, OTHERS)
    work(house)
    assert seen(house, CYCLE, NORTH) == finished
    assert seen(house, RUNNING, SOUTH) == running
    assert {name: told for name, told in rows_of(house).items() if name not in ("edition", "ledger_entry")} == {
        name: told for name, told in rows.items() if name not in ("edition", "ledger_entry")
    }
    assert entered(house)[: len(ledger)] == ledger

    carry_over_cycle(house.database, principal=OFFICE, cycle_id=RUNNING, digest=digest, at=AT)
    work(house)
    assert seen(house, CYCLE, NORTH) == finished
    assert entered(house)[: len(ledger)] == ledger
    after = rows_of(house)
    assert {name: told[: len(rows[name])] for name, told in after.items()} == rows
    now = json.loads(seen(house, RUNNING, SOUTH)["answers, lead of south"])["criteria"]
    assert [(one["id"], one["standing"]) for one in now] == [
        ("1.01", "met"),
        ("2.01", "not_met"),
        ("2.03", "not_answered"),
    ]


def test_carrying_over_says_what_was_kept_what_is_new_and_what_was_withdrawn(house: House) -> None:
    walk(house, Stage.ASSIGNMENT)
    found = carried(house, OTHERS)
    assert (found.from_edition, found.to_edition, found.stage) == ("2026.1", "2026.2", Stage.ASSIGNMENT)
    assert found.kept == ("1.01", "2.01")
    assert [(one.criterion, one.because) for one in found.new] == [("2.03", "it is new in this edition")]
    assert [(one.criterion, one.because) for one in found.withdrawn] == [
        ("2.02", "it is withdrawn in this edition; its answer stays in the records")
    ]
    assert (found.again, found.set_aside, found.facts, found.evidence) == ((), (), (), ())
    with house.database.reading() as session:
        kept = edition_changes.changes_of(session, CYCLE)
    assert [(row.number, row.edition_digest, row.by) for row in kept] == [(1, OTHERS.digest, "the office")]
    assert CarryOver.model_validate_json(kept[0].report) == found
    assert edition_of(house) == OTHERS.digest
    assert standing(house)["2.02"] == (1, "rated", "")


def test_the_ledger_says_from_where_to_where_and_what_was_set_aside(house: House) -> None:
    walk(house, Stage.EVIDENCE)
    carried(house, IN_MINUTES)
    assert newest(house) == [
        (
            "office:the office",
            "cycle:carry_over",
            f"cycle:{CYCLE}",
            {
                "from": scheme().digest, "to": IN_MINUTES.digest, "stage": "self_assessment",
                "kept": ["1.01", "2.02"], "set_aside": ["2.01"], "new": [], "withdrawn": [], "reviews": {},
                "freed_reviewers": [], "profile": {"hasu": False},
            },
        )
    ]  # fmt: skip


def test_an_answer_that_would_not_mean_the_same_is_set_aside_and_stays_below(house: House) -> None:
    walk(house, Stage.EVIDENCE)
    found = carried(house, IN_MINUTES)
    assert [(one.criterion, one.because) for one in found.again] == [("2.01", "another unit: % became minutes")]
    note = "To be answered again under the new edition: another unit: % became minutes."
    assert standing(house)["2.01"] == (2, "not_answered", note)
    with house.database.reading() as session:
        said = session.execute(text("SELECT version, measured FROM self_rating WHERE criterion = '2.01'")).all()
    assert [tuple(row) for row in said] == [(1, "92.5"), (2, None)]
    assert stage_of(house) is Stage.SELF_ASSESSMENT


@pytest.mark.parametrize("stage", [Stage.EVIDENCE, Stage.ASSIGNMENT, Stage.REVIEW])
def test_where_the_team_must_answer_again_the_cycle_goes_back_and_reaches_its_end_from_there(
    house: House, stage: Stage
) -> None:
    walk(house, stage)
    carried(house, IN_MINUTES)
    assert stage_of(house) is Stage.SELF_ASSESSMENT
    assert team_of(house) == {}
    with pytest.raises(Invalid, match="'Scan within an hour' is not answered"):
        submit(house.database, principal=LEAD, cycle_id=CYCLE, stage=Stage.SELF_ASSESSMENT, at=AT)
    again = given({"2.01": Answer(measured="95")}, seen=2)
    rate(house.database, principal=LEAD, cycle_id=CYCLE, given=again, at=AT)
    submit(house.database, principal=LEAD, cycle_id=CYCLE, stage=Stage.SELF_ASSESSMENT, at=AT)
    if stage is Stage.EVIDENCE:
        return
    submit(house.database, principal=LEAD, cycle_id=CYCLE, stage=Stage.EVIDENCE, at=AT)
    work(house)
    for role in ("lead", "lay"):
        rate_and_hand_in(house, role)
    work(house)
    decide(house.database, principal=COMMITTEE, cycle_id=CYCLE, outcome="accredited", reason="", at=AT)
    assert publish(house.database, principal=OFFICE, cycle_id=CYCLE, at=AT).edition_digest == IN_MINUTES.digest


@pytest.mark.parametrize("stage", [Stage.SELF_ASSESSMENT, Stage.EVIDENCE, Stage.ASSIGNMENT, Stage.REVIEW])
def test_with_nothing_to_give_again_the_cycle_stays_where_it_is(house: House, stage: Stage) -> None:
    walk(house, stage)
    team = team_of(house)
    carried(house, HARDER)
    assert (stage_of(house), edition_of(house), team_of(house)) == (stage, HARDER.digest, team)


def test_a_later_stage_is_judged_by_the_edition_it_was_carried_to(house: House) -> None:
    walk(house, Stage.REVIEW)
    softer = next_edition(("scheme.yaml", "years: 3", "years: 5"))
    carried(house, softer)
    for role in ("lead", "lay"):
        rate_and_hand_in(house, role)
    work(house)
    row = decide(house.database, principal=COMMITTEE, cycle_id=CYCLE, outcome="accredited", reason="", at=AT)
    assert str(row.valid_until) == "2031-04-01"
    publish(house.database, principal=OFFICE, cycle_id=CYCLE, at=AT)
    assert json.loads(seen(house, CYCLE, NORTH)["results, the office"])["results"][0]["edition"] == "2026.2"


def test_settled_findings_go_along_where_they_all_hold(house: House) -> None:
    walk(house, Stage.RECOMMENDATION)
    carried(house, next_edition(("scheme.yaml", "years: 3", "years: 5")))
    assert stage_of(house) is Stage.RECOMMENDATION
    work(house, Kind.AWARD)
    with house.database.reading() as session:
        assert session.get_one(Recommendation, CYCLE).outcome == "accredited"


@pytest.mark.parametrize("stage", [Stage.CONSENSUS, Stage.RECOMMENDATION])
@pytest.mark.parametrize(
    ("edition", "criteria"), [(HARDER, "2.01"), (OTHERS, "2.01, 2.03"), (IN_MINUTES, "2.01")],
    ids=["another threshold", "a new criterion", "another unit"],
)  # fmt: skip
def test_where_findings_are_settled_nothing_may_have_to_be_given_again(
    at_stage: AtStage, stage: Stage, edition: Scheme, criteria: str
) -> None:
    house = at_stage(stage)
    digest = published(house, edition)
    with nothing_kept(house), pytest.raises(MoveNotAllowed) as refused:
        carry_over_cycle(house.database, principal=OFFICE, cycle_id=CYCLE, digest=digest, at=AT)
    assert str(refused.value) == (
        "The reviewers have handed in under edition 2026.1, and what they found stands. Under edition 2026.2 it would "
        f"not be enough: criteria {criteria} would have to be given anew. Let this cycle end by its own edition; the "
        "team's next one begins on the newer."
    )


@pytest.mark.parametrize("stage", [Stage.DECISION, Stage.PUBLICATION, Stage.PUBLISHED, Stage.WITHDRAWN])
def test_a_cycle_on_which_the_rules_have_spoken_or_that_ended_keeps_its_edition(
    at_stage: AtStage, stage: Stage
) -> None:
    house = at_stage(stage)
    digest = published(house, HARDER)
    with nothing_kept(house), pytest.raises(MoveNotAllowed, match="'carry over' is not possible in the stage"):
        carry_over_cycle(house.database, principal=OFFICE, cycle_id=CYCLE, digest=digest, at=AT)


def test_a_reviewers_rating_by_another_threshold_is_given_again_while_it_is_not_handed_in(house: House) -> None:
    walk(house, Stage.REVIEW)
    who = reviewer(team_of(house)["lead"])
    review(house.database, principal=who, cycle_id=CYCLE, given=given({"2.01": Answer(rating="met")}), at=AT)
    found = carried(house, HARDER)
    assert (stage_of(house), list(found.reviews.values()), found.reviews_begin_anew) == (Stage.REVIEW, [1], False)
    with house.database.reading() as session:
        rows = answers.review_ratings(session, list(found.reviews))
    row = rows[next(iter(found.reviews))]["2.01"]
    assert (row.version, row.state) == (2, "not_answered")


def test_the_review_begins_anew_where_one_that_is_handed_in_does_not_hold(house: House) -> None:
    walk(house, Stage.REVIEW)
    rate_and_hand_in(house, "lead")
    found = carried(house, HARDER)
    assert (stage_of(house), found.reviews_begin_anew, team_of(house)) == (Stage.ASSIGNMENT, True, {})
    work(house)
    assert stage_of(house) is Stage.REVIEW
    for role in ("lead", "lay"):
        rate_and_hand_in(house, role)
    work(house)
    assert stage_of(house) is Stage.DECISION


def test_carrying_over_again_changes_nothing(house: House) -> None:
    walk(house, Stage.EVIDENCE)
    carried(house, OTHERS)
    with nothing_kept(house):
        assert carry_over_cycle(house.database, principal=OFFICE, cycle_id=CYCLE, digest=OTHERS.digest, at=AT) is None


def test_an_answer_from_two_editions_ago_is_not_taken_for_an_answer_of_today(house: House) -> None:
    walk(house, Stage.SELF_ASSESSMENT)
    rate(house.database, principal=LEAD, cycle_id=CYCLE, given=given({"2.02": Answer(level="B")}), at=AT)
    carried(house, OTHERS)
    found = carried(house, next_edition(label="2026.3"))
    assert [(one.criterion, one.because) for one in found.set_aside] == [
        ("2.02", "it is new in this edition; an answer from an earlier one stays in the records")
    ]
    assert [one.criterion for one in found.new] == ["2.02"]
    assert standing(house)["2.02"][:2] == (2, "not_answered")


def test_a_fact_that_the_new_edition_asks_for_sends_the_cycle_back_and_one_it_does_not_ask_for_is_left(
    house: House,
) -> None:
    walk(house, Stage.ASSIGNMENT)
    fact = "hasu: {question: Is it a hyperacute unit?}"
    renamed = next_edition(
        ("scheme.yaml", fact, "unit: {question: Is it hyperacute?}"),
        ("criteria/first.yaml", "{hasu: true}", "{unit: true}"),
    )
    found = carried(house, renamed)
    assert [(one.fact, one.because) for one in found.facts] == [("unit", "it is new in this edition")]
    assert stage_of(house) is Stage.SELF_ASSESSMENT
    with house.database.reading() as session:
        assert cycles.now(session, CYCLE).profile == {}
        said = session.execute(text("SELECT facts FROM profile_statement ORDER BY number")).scalars().all()
    assert said == ['{"hasu": false}', "{}"]


def test_the_edition_of_another_scheme_and_one_that_is_not_published_are_refused(house: House) -> None:
    walk(house, Stage.EVIDENCE)
    other = published(house, next_edition(("scheme.yaml", "id: small", "id: large")))
    with nothing_kept(house), pytest.raises(Invalid, match=r"an edition of 'small': 2026\.1 \([0-9a-f]{12}\)"):
        carry_over_cycle(house.database, principal=OFFICE, cycle_id=CYCLE, digest=other, at=AT)
    with nothing_kept(house), pytest.raises(NotFound):
        carry_over_cycle(house.database, principal=OFFICE, cycle_id=CYCLE, digest="0" * 64, at=AT)


@pytest.mark.parametrize("stage", STEPS)
def test_the_preview_tells_what_is_then_done_and_writes_nothing(at_stage: AtStage, stage: Stage) -> None:
    house = at_stage(stage)
    digest = published(house, OTHERS)
    before = everything(house)
    shown = carry_over_preview(house.database, principal=OFFICE, cycle_id=CYCLE, digest=digest, at=AT)
    assert everything(house) == before
    assert shown.would_do is not None
    if shown.would_do.refused:
        with pytest.raises(MoveNotAllowed) as refused:
            carry_over_cycle(house.database, principal=OFFICE, cycle_id=CYCLE, digest=digest, at=AT)
        assert str(refused.value) == shown.would_do.refused
        assert shown.leads_to is stage
        return
    done = carry_over_cycle(house.database, principal=OFFICE, cycle_id=CYCLE, digest=digest, at=AT)
    assert (done, stage_of(house)) == (shown.would_do, shown.leads_to)


def test_the_preview_says_which_edition_judges_by_the_schemes_own_rule(house: House) -> None:
    walk(house, Stage.EVIDENCE)
    newer = next_edition(
        ("scheme.yaml", "effective: 2026-04-01", "effective: 2026-03-01"),
        ("scheme.yaml", "domains:", "transition: {fixed_by: visited}\ndomains:"),
    )
    digest = published(house, newer)
    shown = carry_over_preview(house.database, principal=OFFICE, cycle_id=CYCLE, digest=digest, at=AT)
    assert (shown.judged_by.edition, shown.judged_by.settled) == ("2026.1", True)
    latest = next_edition(
        ("scheme.yaml", "effective: 2026-04-01", "effective: 2026-05-01"),
        ("scheme.yaml", "domains:", "transition: {fixed_by: visited}\ndomains:"),
        label="2026.3",
    )
    digest = published(house, latest)
    shown = carry_over_preview(house.database, principal=OFFICE, cycle_id=CYCLE, digest=digest, at=later(60))
    assert (shown.judged_by.edition, shown.judged_by.settled, shown.judged_by.because) == (
        "2026.3",
        False,
        "It is fixed by the visit, which has not happened by 31 May 2026, and edition 2026.3 is in force from "
        "1 May 2026.",
    )


def test_each_edition_has_its_own_review_team_in_one_round(house: House) -> None:
    walk(house, Stage.ASSIGNMENT)
    enrol(house.database, principal=OFFICE, team_id=SOUTH, round_id=ROUND, profile={"hasu": False}, at=AT)
    two_lays = next_edition(
        ("scheme.yaml", "{role: lay, title: Lay reviewer, minimum: 1, maximum: 1}",
         "{role: lay, title: Lay reviewer, minimum: 2, maximum: 2}"),
    )  # fmt: skip
    carried(house, two_lays)
    work(house)
    with house.database.reading() as session:
        rows = session.execute(text("SELECT cycle_id, role FROM assignment ORDER BY role")).all()
    assert [tuple(row) for row in rows] == [(CYCLE, "lay"), (CYCLE, "lay"), (CYCLE, "lead")]
    assert stage_of(house) is Stage.REVIEW
