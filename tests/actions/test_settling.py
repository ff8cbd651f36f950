"""How criteria are settled: by the scheme's rule or by the lead, in the open; and what each rated alone stays kept."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import text

from accreditation.actions.agree import agree
from accreditation.actions.answer_comment import answer_comment
from accreditation.actions.carry_over import carry_over_cycle
from accreditation.actions.comment import comment
from accreditation.actions.decide import decide
from accreditation.actions.publish import publish
from accreditation.actions.publish_edition import publish_edition
from accreditation.actions.review import hand_in, review
from accreditation.actions.settle import settle
from accreditation.ledger.entries import entries
from accreditation.records import notices, reviews
from accreditation.rules.cycle import Stage
from accreditation.scheme.answer import Answer
from accreditation.views.reviews import HOW, CriterionSideBySide, side_by_side
from accreditation.wiring import House
from tests.building import followed
from tests.editions import HARDER
from tests.following import to_report
from tests.walking import (
    ANSWERS,
    AT,
    COMMITTEE,
    CYCLE,
    LEAD,
    OFFICE,
    given,
    later,
    newest,
    rate_and_hand_in,
    reviewer,
    scheme,
    stage_of,
    team_of,
    walk,
    work,
)


def consensus_told(house: House) -> dict[int, list[str]]:
    """Reviewer -> what they are told of consensus."""
    with house.database.reading() as session:
        return {
            number: [
                one.words
                for one in notices.of_inbox(session, f"reviewer:{number}", after=0, limit=50)
                if one.kind == "consensus_waits"
            ]
            for number in (1, 2, 3, 4)
        }


SAME_VERDICT = scheme(
    **{
        "met: {title: Met, counts_as_met: true}": "full: {title: Fully met, counts_as_met: true}\n"
        "  met: {title: Met, counts_as_met: true}",
        "{settled_by: lead}": "{settled_by: lead, agree: same_verdict}",
    }
)


def test_whoever_settles_is_told_that_consensus_waits_for_them_and_for_how_much(house: House) -> None:
    walk(house, Stage.REVIEW)
    lead = team_of(house)["lead"]
    alone(house, "lead", "met", "")
    alone(house, "lay", "not_met", "No plan.")
    assert consensus_told(house) == {1: [], 2: [], 3: [], 4: []}
    work(house)
    assert stage_of(house) is Stage.CONSENSUS
    work(house)
    assert consensus_told(house) == {
        number: ["Every review of North, North Trust is handed in: 1 criterion waits for you to settle."]
        * (number == lead)
        for number in (1, 2, 3, 4)
    }


def test_nobody_is_told_of_a_consensus_in_which_nothing_is_left(house: House) -> None:
    walk(house, Stage.REVIEW)
    alone(house, "lead", "met", "")
    alone(house, "lay", "met", "")
    work(house)
    assert (stage_of(house), consensus_told(house)) == (Stage.DECISION, {1: [], 2: [], 3: [], 4: []})


def alone(house: House, role: str, rating: str, note: str) -> None:
    """The reviewer in this role rates 1.01 so, everything else as met, and hands in."""
    said = {**dict.fromkeys(ANSWERS, Answer(rating="met")), "1.01": Answer(rating=rating, note=note)}
    who = reviewer(team_of(house)[role])
    review(house.database, principal=who, cycle_id=CYCLE, given=given(said), at=AT)
    hand_in(house.database, principal=who, cycle_id=CYCLE, at=AT)


def shown(house: House, name: str = "1.01") -> CriterionSideBySide:
    found = side_by_side(house.database, principal=reviewer(team_of(house)["lead"]), cycle_id=CYCLE)
    return next(one for one in found.criteria if one.id == name)


def closing(house: House) -> Mapping[str, Any]:
    """What the ledger says of the review's close."""
    with house.database.reading() as session:
        return next(one.detail for one in entries(session, limit=1000) if one.action == "review:close")


def test_ratings_that_count_the_same_settle_themselves_at_the_lower_one(house: House) -> None:
    walk(house, Stage.REVIEW, edition=SAME_VERDICT)
    alone(house, "lead", "full", "The plan names her.")
    alone(house, "lay", "met", "It names her, without hours.")
    work(house)
    assert stage_of(house) is Stage.DECISION
    found = shown(house)
    assert found.settlement is not None
    assert (found.settlement.how, found.settlement.by, found.settlement.words) == (
        "same_verdict", "engine", HOW["same_verdict"],
    )  # fmt: skip
    assert found.settlement.answer == Answer(
        rating="met",
        note="The reviewers' ratings differ ('Fully met', 'Met') but count the same for every rule: met. The lowest "
        "stands: 'Met'. It names her, without hours. / The plan names her.",
    )
    told = closing(house)
    assert (list(told["same_verdict"]), told["same_verdict"]["1.01"]["rating"], told["differing"]) == (
        ["1.01"], "met", [],
    )  # fmt: skip


def test_one_not_met_goes_to_the_lead_whatever_the_others_say(house: House) -> None:
    walk(house, Stage.REVIEW, edition=SAME_VERDICT)
    alone(house, "lead", "full", "")
    alone(house, "lay", "not_met", "Nobody knew her name.")
    work(house)
    assert stage_of(house) is Stage.CONSENSUS
    assert (closing(house)["differing"], shown(house).settlement) == (["1.01"], None)


def test_the_lead_has_both_reasons_beside_each_other_and_what_they_settle_is_told_whole(house: House) -> None:
    walk(house, Stage.REVIEW)
    alone(house, "lead", "met", "The plan names her.")
    alone(house, "lay", "not_met", "Nobody knew her name.")
    work(house)
    ratings = [(one.name, one.role, one.answer.rating, one.answer.note) for one in shown(house).ratings]
    team = team_of(house)
    assert ratings == [
        (f"Lay {team['lay']}", "lay", "not_met", "Nobody knew her name."),
        (f"Lead {team['lead']}", "lead", "met", "The plan names her."),
    ]
    answer = Answer(rating="not_met", note="The plan is not known on the ward.")
    who = reviewer(team["lead"])
    settle(house.database, principal=who, cycle_id=CYCLE, criterion="1.01", answer=answer, at=AT)
    told = shown(house).settlement
    assert told is not None
    assert (told.answer, told.how, told.by, told.at) == (answer, "lead", who.name, AT)
    assert told.words == "The ratings differ; the reviewer who settles decided, with the reason in the note."
    actor, action, _, detail = newest(house)[0]
    assert (actor, action) == (f"reviewer:{who.name}", "review:settle")
    assert (detail["criterion"], detail["rating"], detail["reason"]) == ("1.01", "not_met", answer.note)


def kept(house: House) -> list[str]:
    """Every rating and every hand-in of a reviewer, and every settlement, as the database has them."""
    with house.database.reading() as session:
        return [
            repr(row)
            for table in ("review_rating", "hand_in", "settlement")
            for row in session.execute(text(f"SELECT * FROM {table}"))
        ]


def test_the_independent_ratings_stay_as_they_were_through_every_later_stage(house: House) -> None:
    to_report(house)
    first, seen = kept(house), [Stage.FACTUAL_ACCURACY]
    ratings = shown(house).ratings
    assert [(one.role, one.answer.rating) for one in ratings] == [("lay", "not_met"), ("lead", "met")]
    lead = reviewer(team_of(house)["lead"])

    said = comment(house.database, principal=LEAD, cycle_id=CYCLE, criterion="1.01", reason="Page two.", at=later(1))
    answer_comment(
        house.database, principal=lead, cycle_id=CYCLE, comment_id=said, amended=Answer(rating="met"),
        reason="Page two was seen.", at=later(1),
    )  # fmt: skip
    other = followed(**{'"2026.1"': '"2026.2"', "years: 3": "years: 5"})
    publish_edition(house.database, principal=OFFICE, scheme=other, at=AT)
    carry_over_cycle(house.database, principal=OFFICE, cycle_id=CYCLE, digest=other.digest, at=later(1))

    for step in (
        lambda: agree(house.database, principal=LEAD, cycle_id=CYCLE, at=later(2)),
        lambda: work(house, at=later(2)),
        lambda: decide(
            house.database, principal=COMMITTEE, cycle_id=CYCLE, outcome="accredited", reason="", at=later(2)
        ),
        lambda: publish(house.database, principal=OFFICE, cycle_id=CYCLE, at=later(3)),
    ):
        step()
        seen.append(stage_of(house))
        assert [row for row in kept(house) if row in first] == first
        assert shown(house).ratings == ratings
    assert seen == [
        Stage.FACTUAL_ACCURACY, Stage.RECOMMENDATION, Stage.DECISION, Stage.PUBLICATION, Stage.PUBLISHED,
    ]  # fmt: skip
    found = shown(house)
    assert found.settlement is not None
    assert [(one.how, one.answer.rating) for one in (*found.before, found.settlement)] == [
        ("lead", "not_met"), ("amended", "met"),
    ]  # fmt: skip


def test_a_review_that_begins_anew_leaves_the_first_ratings_in_the_records(house: House) -> None:
    walk(house, Stage.REVIEW)
    rate_and_hand_in(house, "lead", c1_01="not_met")
    first = kept(house)
    publish_edition(house.database, principal=OFFICE, scheme=HARDER, at=AT)
    carry_over_cycle(house.database, principal=OFFICE, cycle_id=CYCLE, digest=HARDER.digest, at=AT)
    work(house)
    for role in ("lead", "lay"):
        rate_and_hand_in(house, role)
    work(house)
    assert stage_of(house) is Stage.DECISION
    assert [row for row in kept(house) if row in first] == first
    with house.database.reading() as session:
        assert set(reviews.settlements(session, CYCLE)) == set(ANSWERS)
