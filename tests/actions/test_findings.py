"""Findings: drafts with versions, handed in with the ratings, settled by the lead, checked by the team."""

from typing import Any

import pytest

from accreditation.actions.agree import agree
from accreditation.actions.answer_comment import answer_comment
from accreditation.actions.comment import comment
from accreditation.actions.record_finding import Found, record_finding
from accreditation.actions.review import commitment_to_findings, hand_in, review
from accreditation.actions.settle import settle
from accreditation.actions.settle_finding import How, settle_finding
from accreditation.errors import Conflict, Contradiction, Invalid, MoveNotAllowed, NotFound, NotPermitted, Stale
from accreditation.records import findings, reviews
from accreditation.records.jobs import Kind as Job
from accreditation.rules.cycle import Stage
from accreditation.rules.findings import Draft, Kind, Words
from accreditation.rules.people import Principal
from accreditation.scheme.answer import Answer
from accreditation.views.accuracy import Report, report
from accreditation.views.awards import settled_ratings
from accreditation.views.findings import Findings, findings_of
from accreditation.wiring import House
from tests.actions.conftest import AtStage, Searching
from tests.building import followed
from tests.walking import (
    AT,
    COMMITTEE,
    CYCLE,
    LEAD,
    MEMBER,
    OFFICE,
    found,
    newest,
    nothing_kept,
    rate_and_hand_in,
    reviewer,
    stage_of,
    team_of,
    walk,
    work,
)

ACTION = Draft(kind=Kind.KEY_ACTION, criterion="1.01", text="Name a deputy.")
PRAISE = Draft(kind=Kind.COMMENDATION, text="Patients speak well of the ward.")


def record(house: House, key: str, draft: Draft, *, seen: int = 0, role: str = "lead") -> int:
    who = reviewer(team_of(house)[role])
    found = Found(draft=draft, seen_version=seen)
    return record_finding(house.database, principal=who, cycle_id=CYCLE, key=key, found=found, at=AT)


def seen_by(house: House, by: Principal) -> Findings:
    return findings_of(house.database, principal=by, cycle_id=CYCLE)


def handed_in(house: House, *, edition: Any = None) -> dict[str, str]:
    """Both reviewers hand in, agreed on every rating; the lay one with an action and a praise. Text -> name."""
    walk(house, Stage.REVIEW, edition=edition)
    record(house, "a", ACTION, role="lay")
    record(house, "b", PRAISE, role="lay")
    rate_and_hand_in(house, "lay")
    rate_and_hand_in(house, "lead")
    work(house)
    with house.database.reading() as session:
        return {one.said.text: one.name for one in findings.of_review(session, CYCLE)}


def settled(
    house: House,
    name: str,
    how: How = "kept",
    *,
    amended: Words | None = None,
    reason: str = "Seen.",
    role: str = "lead",
) -> tuple[str, ...]:
    who = reviewer(team_of(house)[role])
    return settle_finding(
        house.database, principal=who, cycle_id=CYCLE, finding=name, how=how, amended=amended, reason=reason, at=AT
    )


def test_a_draft_may_lack_anything_and_only_the_hand_in_says_so(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    who = reviewer(team_of(house)["lead"])
    assert record(house, "a", Draft(criterion="1.01")) == 1
    assert record(house, "b", Draft(kind=Kind.RECOMMENDATION)) == 1
    assert record(house, "c", Draft(dropped=True)) == 1
    assert [(one.key, one.kind, one.criterion, one.version) for one in seen_by(house, who).own] == [
        ("a", None, "1.01", 1), ("b", Kind.RECOMMENDATION, None, 1), ("c", None, None, 1),
    ]  # fmt: skip
    review(house.database, principal=who, cycle_id=CYCLE, given=found(), at=AT)
    with nothing_kept(house), pytest.raises(Invalid) as lacking:
        hand_in(house.database, principal=who, cycle_id=CYCLE, at=AT)
    assert [(one.where, one.found) for one in lacking.value.faults] == [
        ("finding a on 1.01", "no kind"), ("finding a on 1.01", "no text"), ("finding b", "no text"),
    ]  # fmt: skip
    record(house, "a", ACTION, seen=1)
    record(house, "b", Draft(kind=Kind.RECOMMENDATION, dropped=True), seen=1)
    hand_in(house.database, principal=who, cycle_id=CYCLE, at=AT)
    assert [one.text for one in seen_by(house, who).findings] == ["Name a deputy."]
    with nothing_kept(house), pytest.raises(MoveNotAllowed, match="You have handed in your review"):
        record(house, "d", PRAISE)


def test_two_tabs_never_overwrite_each_other(at_stage: AtStage) -> None:
    house = at_stage(Stage.REVIEW)
    record(house, "a", ACTION)
    other = Draft(kind=Kind.KEY_ACTION, criterion="1.01", text="Name two deputies.")
    with nothing_kept(house):
        assert record(house, "a", ACTION) == 1, "the same again, as from a lost answer, is kept once"
        with pytest.raises(Stale) as stale:
            record(house, "a", other)
    assert "than the one you saw, written by you in another window (version 1)" in str(stale.value)
    assert stale.value.conflicts == (
        Conflict(where="finding a", current_version=1, current=ACTION.plain(), sent=other.plain()),
    )
    assert (record(house, "b", PRAISE), record(house, "a", other, seen=1)) == (1, 2)


def test_before_the_hand_in_the_ledger_says_only_that_there_is_one_and_afterwards_it_proves_which(
    at_stage: AtStage,
) -> None:
    house = at_stage(Stage.REVIEW)
    record(house, "a", ACTION)
    (entry,) = newest(house)
    assert entry[1] == "finding:record"
    assert set(entry[3]) == {"assignment", "versions"}
    seat = entry[3]["assignment"]
    rate_and_hand_in(house, "lead")
    (entry,) = newest(house)
    with house.database.reading() as session:
        nonce = reviews.nonces(session, [seat])[seat]
    assert entry[3]["findings_sha256"] == commitment_to_findings({"a": ACTION}, nonce=nonce)
    rate_and_hand_in(house, "lay", c1_01="not_met")
    work(house)
    told = next(one[3] for one in newest(house, number=3) if one[1] == "review:close")
    assert {key: (one["kind"], one["criterion"]) for key, one in told["findings"][str(seat)].items()} == {
        "a": ("key_action", "1.01")
    }
    assert "deputy" not in str(told)


def test_findings_wait_for_the_lead_even_where_all_ratings_agree(house: House) -> None:
    names = handed_in(house)
    assert stage_of(house) is Stage.CONSENSUS
    action, praise = names[ACTION.text], names[PRAISE.text]
    assert seen_by(house, OFFICE).to_settle == tuple(sorted(names.values()))
    assert settled(house, action) == (praise,)
    work(house)
    assert stage_of(house) is Stage.CONSENSUS
    assert settled(house, praise, "withdrawn", reason="Nobody said so.") == ()
    (entry,) = newest(house)
    assert (entry[1], entry[3]["how"], "Patients" in str(entry[3])) == ("finding:settle", "withdrawn", False)
    work(house, Job.REVIEW)
    assert stage_of(house) is Stage.RECOMMENDATION
    told = {
        one.finding: [(each.how, each.reason) for each in one.settled] for one in seen_by(house, COMMITTEE).findings
    }
    assert told == {action: [("kept", "Seen.")], praise: [("withdrawn", "Nobody said so.")]}
    reported = settled_ratings(house.database, principal=OFFICE, cycle_id=CYCLE).findings
    assert [(one.finding, one.kind, one.text) for one in reported] == [(action, Kind.KEY_ACTION, "Name a deputy.")]


def test_a_settlement_stands_and_the_same_again_changes_nothing(house: House) -> None:
    name = handed_in(house)[ACTION.text]
    two = Words(kind=Kind.RECOMMENDATION, criterion="1.01", text=" Name two deputies. ")
    settled(house, name, "amended", amended=two)
    with nothing_kept(house):
        settled(house, name, "amended", amended=two)
        with pytest.raises(Contradiction, match=f"Finding {name} is amended already, by reviewer"):
            settled(house, name)
    one = next(one for one in seen_by(house, OFFICE).findings if one.finding == name)
    assert (one.text, one.settled[0].text, one.settled[0].kind) == (
        "Name a deputy.", "Name two deputies.", Kind.RECOMMENDATION,
    )  # fmt: skip


def test_only_who_settles_may_with_a_reason_and_words_that_are_meant(house: House) -> None:
    name = handed_in(house)[ACTION.text]
    words = Words(kind=Kind.KEY_ACTION, criterion="1.01", text=" ")
    with nothing_kept(house):
        with pytest.raises(NotPermitted, match="Differences are settled by the lead"):
            settled(house, name, role="lay")
        with pytest.raises(Invalid, match="reason: empty"):
            settled(house, name, reason=" ")
        with pytest.raises(Invalid, match="amended: nothing; the whole finding"):
            settled(house, name, "amended")
        with pytest.raises(Invalid, match="amended: other words for a finding that is kept; leave it out"):
            settled(house, name, amended=words)
        with pytest.raises(Invalid, match=r"amended\.text: empty"):
            settled(house, name, "amended", amended=words)
        with pytest.raises(NotFound, match="no finding 0123456789ab"):
            settled(house, "0123456789ab")


def test_whose_a_finding_is_cannot_be_told_by_its_name(house: House) -> None:
    names = handed_in(house)
    assert len(set(names.values())) == 2
    assert all(len(name) == 12 and name not in ("a", "b") for name in names.values())


def to_report(house: House) -> dict[str, str]:
    """The report with a key action (kept) and a commendation (kept) is with the team."""
    names = handed_in(house, edition=followed())
    for name in names.values():
        settled(house, name)
    work(house)
    assert stage_of(house) is Stage.FACTUAL_ACCURACY
    return names


def seen(house: House, by: Principal = LEAD) -> Report:
    return report(house.database, principal=by, cycle_id=CYCLE)


def say(house: House, finding: str, reason: str = "She has one.") -> int:
    return comment(house.database, principal=MEMBER, cycle_id=CYCLE, finding=finding, reason=reason, at=AT)


def respond(house: House, number: int, **amended: Any) -> tuple[int, ...]:
    who = reviewer(team_of(house)["lead"])
    return answer_comment(
        house.database, principal=who, cycle_id=CYCLE, comment_id=number, reason="Seen now.", at=AT, **amended
    )


def test_the_team_reads_the_findings_in_the_report_without_whose_they_were(house: House) -> None:
    names = to_report(house)
    told = seen(house)
    assert [(one.kind, one.criterion, one.text, one.withdrawn, one.before) for one in told.findings] == [
        (Kind.KEY_ACTION, "1.01", "Name a deputy.", False, ()),
        (Kind.COMMENDATION, None, PRAISE.text, False, ()),
    ]
    assert [one.finding for one in told.findings] == [names[ACTION.text], names[PRAISE.text]]
    assert "Lay" not in "".join(one.model_dump_json() for one in told.findings)


def test_a_comment_may_name_a_finding_which_is_then_amended_withdrawn_or_kept(house: House) -> None:
    names = to_report(house)
    action, praise = say(house, names[ACTION.text]), say(house, names[PRAISE.text], "Nobody was asked.")
    with nothing_kept(house):
        assert say(house, names[ACTION.text], " She has one. ") == action
    assert seen(house).waiting == (action, praise)
    other = Words(kind=Kind.RECOMMENDATION, criterion="1.01", text="Write the deputy's name down.")
    with nothing_kept(house):
        with pytest.raises(Invalid, match="a rating; the comment is on a finding"):
            respond(house, action, amended=Answer(rating="met"))
        with pytest.raises(Invalid, match="what the report says already"):
            respond(house, action, finding=ACTION.words())
        with pytest.raises(Invalid, match="other words, and withdrawn; one of the two"):
            respond(house, action, finding=other, withdrawn=True)
    assert respond(house, action, finding=other) == (praise,)
    assert respond(house, praise, withdrawn=True) == ()
    with nothing_kept(house):
        assert respond(house, action, finding=other) == ()
        assert respond(house, praise, withdrawn=True) == ()
        with pytest.raises(Contradiction, match=r"The comment on 1\.01 is answered already"):
            respond(house, action)
    told = {one.finding: one for one in seen(house).findings}
    first, second = told[names[ACTION.text]], told[names[PRAISE.text]]
    assert (first.text, [one.text for one in first.before], first.withdrawn) == (other.text, [ACTION.text], False)
    assert (second.text, second.before, second.withdrawn) == (PRAISE.text, (), True)
    assert [one.answer and one.answer.amended for one in (*first.comments, *second.comments)] == [True, True]
    assert agree(house.database, principal=LEAD, cycle_id=CYCLE, at=AT) is Stage.RECOMMENDATION


def test_a_comment_names_a_criterion_or_a_finding_that_the_report_has(house: House) -> None:
    names = to_report(house)
    with nothing_kept(house):
        with pytest.raises(NotFound, match="The report has no finding 0123456789ab"):
            say(house, "0123456789ab")
        with pytest.raises(Invalid, match="neither a criterion nor a finding; name one of the two"):
            comment(house.database, principal=MEMBER, cycle_id=CYCLE, reason="No.", at=AT)
        with pytest.raises(Invalid, match="a criterion and a finding; name one of the two"):
            comment(
                house.database, principal=MEMBER, cycle_id=CYCLE, criterion="1.01", finding=names[ACTION.text],
                reason="No.", at=AT,
            )  # fmt: skip
    number = comment(house.database, principal=MEMBER, cycle_id=CYCLE, criterion="1.01", reason="No.", at=AT)
    with nothing_kept(house), pytest.raises(Invalid, match="the comment is on a rating"):
        respond(house, number, withdrawn=True)


def test_one_that_was_withdrawn_before_the_report_was_sent_is_never_in_it(house: House) -> None:
    names = handed_in(house, edition=followed())
    settled(house, names[PRAISE.text])
    settled(house, names[ACTION.text], "withdrawn")
    work(house)
    assert [one.text for one in seen(house).findings] == [PRAISE.text]
    with nothing_kept(house), pytest.raises(NotFound, match="The report has no finding"):
        say(house, names[ACTION.text])


def test_a_difference_and_a_finding_are_settled_in_any_order(house: House) -> None:
    walk(house, Stage.REVIEW)
    record(house, "a", ACTION)
    rate_and_hand_in(house, "lead")
    rate_and_hand_in(house, "lay", c1_01="not_met")
    work(house)
    (name,) = seen_by(house, OFFICE).to_settle
    assert settled(house, name) == ()
    work(house)
    assert stage_of(house) is Stage.CONSENSUS
    who = reviewer(team_of(house)["lead"])
    answer = Answer(rating="met", note="The job plan was seen.")
    settle(house.database, principal=who, cycle_id=CYCLE, criterion="1.01", answer=answer, at=AT)
    work(house, Job.REVIEW)
    assert stage_of(house) is Stage.RECOMMENDATION


def test_its_text_is_searched_for_patients_while_others_may_write_and_once(
    at_stage: AtStage, searching: Searching
) -> None:
    house = at_stage(Stage.REVIEW)
    texts = searching(house)
    record(house, "a", Draft(kind=Kind.KEY_ACTION, criterion=None, text="Name a deputy."))
    assert texts == ["Name a deputy."]
