"""The team checks the report: comments, answers, agreement, and what silence means."""

from datetime import timedelta

import pytest

from accreditation.actions.agree import agree
from accreditation.actions.answer_comment import answer_comment
from accreditation.actions.comment import comment
from accreditation.actions.keep_up import begin_upkeep
from accreditation.errors import Contradiction, Invalid, MoveNotAllowed, NotFound, NotPermitted
from accreditation.records import reviews
from accreditation.records.jobs import Kind
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Principal
from accreditation.scheme.answer import Answer
from accreditation.views.accuracy import Report, report
from accreditation.views.cycles import cycle_whole
from accreditation.wiring import House
from tests.building import followed
from tests.following import to_report
from tests.walking import (
    AT,
    COMMITTEE,
    CYCLE,
    LEAD,
    MEMBER,
    OFFICE,
    due_jobs,
    later,
    newest,
    nothing_kept,
    reviewer,
    stage_of,
    team_of,
    walk,
    work,
)

WAITS = {"silence: agreed": "silence: waits"}
JUST_AFTER = later(7) + timedelta(seconds=1)


def say(house: House, reason: str = "Page two names her.", *, by: Principal = MEMBER, days: float = 1) -> int:
    return comment(house.database, principal=by, cycle_id=CYCLE, criterion="1.01", reason=reason, at=later(days))


def respond(
    house: House, *, amended: Answer | None = None, reason: str = "Seen now.", role: str = "lead", number: int = 1
) -> tuple[int, ...]:
    who = reviewer(team_of(house)[role])
    return answer_comment(
        house.database, principal=who, cycle_id=CYCLE, comment_id=number, amended=amended, reason=reason, at=later(2)
    )


def seen(house: House, by: Principal = LEAD) -> Report:
    return report(house.database, principal=by, cycle_id=CYCLE)


def test_a_scheme_without_the_check_goes_on_to_the_recommendation_as_before(house: House) -> None:
    walk(house, Stage.RECOMMENDATION)
    with pytest.raises(NotFound, match="No report is sent to the team"):
        seen(house)


def test_the_team_sees_the_settled_ratings_with_their_reasons_and_until_when(house: House) -> None:
    to_report(house)
    assert stage_of(house) is Stage.FACTUAL_ACCURACY
    told = seen(house, MEMBER)
    assert (told.until, told.silence, told.waiting) == (later(7), "agreed", ())
    finding = next(one.finding for one in told.criteria if one.id == "1.01")
    assert finding is not None
    assert finding.answer == Answer(rating="not_met", note="No job plan names her.")
    whole = cycle_whole(house.database, principal=LEAD, cycle_id=CYCLE, at=AT)
    assert (whole.due, [one.move.value for one in whole.allowed]) == (later(7), ["comment", "agree", "withdraw"])


def test_before_the_report_is_sent_the_team_sees_nothing_of_it(house: House) -> None:
    walk(house, Stage.CONSENSUS, edition=followed())
    with pytest.raises(NotFound, match="No report is sent to the team"):
        seen(house)


def test_a_team_is_not_told_which_reviewer_settled_or_answered(house: House) -> None:
    to_report(house)
    say(house)
    respond(house, amended=Answer(rating="met"), reason="Page two was seen.")
    settler = reviewer(team_of(house)["lead"])

    def names(by: Principal) -> list[str | None]:
        one = next(one for one in seen(house, by).criteria if one.id == "1.01")
        (said,) = one.comments
        assert one.finding is not None
        assert said.answer is not None
        return [one.finding.by, *(each.by for each in one.before), said.answer.by]

    assert names(settler) == names(OFFICE) == [settler.name] * 3
    assert names(LEAD) == names(MEMBER) == [None] * 3


def test_silence_for_a_week_is_agreement_and_running_it_again_changes_nothing(house: House) -> None:
    to_report(house)
    assert [(job.kind, job.due_at) for job in due_jobs(house, at=later(30)) if job.kind == Kind.ACCURACY] == [
        (Kind.ACCURACY, JUST_AFTER)
    ]
    assert work(house, at=later(7)) == []
    assert work(house, Kind.ACCURACY, at=JUST_AFTER) == [Kind.ACCURACY]
    assert stage_of(house) is Stage.RECOMMENDATION
    with nothing_kept(house):
        assert work(house, Kind.ACCURACY, at=JUST_AFTER) == []


def test_where_silence_waits_only_the_leads_agreement_goes_on(house: House) -> None:
    to_report(house, edition=followed(**WAITS))
    begin_upkeep(house.database, at=later(90))
    work(house, at=later(90))
    assert stage_of(house) is Stage.FACTUAL_ACCURACY
    assert cycle_whole(house.database, principal=LEAD, cycle_id=CYCLE, at=later(90)).late is True
    say(house, days=91)
    respond(house)
    work(house, at=later(92))
    assert stage_of(house) is Stage.FACTUAL_ACCURACY
    assert agree(house.database, principal=LEAD, cycle_id=CYCLE, at=later(93)) is Stage.RECOMMENDATION
    with nothing_kept(house):
        assert agree(house.database, principal=LEAD, cycle_id=CYCLE, at=later(94)) is Stage.RECOMMENDATION


def test_a_comment_not_answered_holds_the_cycle_until_it_is_answered(house: House) -> None:
    to_report(house)
    number = say(house)
    with nothing_kept(house):
        assert say(house, "Page two names her. ") == number
    work(house, at=JUST_AFTER)
    assert stage_of(house) is Stage.FACTUAL_ACCURACY
    assert seen(house).waiting == (number,)
    with nothing_kept(house), pytest.raises(Contradiction, match=r"What the team said about 1\.01 is not answered yet"):
        agree(house.database, principal=LEAD, cycle_id=CYCLE, at=later(1))
    assert respond(house) == ()
    work(house, Kind.ACCURACY, at=JUST_AFTER)
    assert stage_of(house) is Stage.RECOMMENDATION


def test_an_amended_finding_is_a_newer_one_and_the_rules_go_by_it(house: House) -> None:
    to_report(house)
    say(house)
    respond(house, amended=Answer(rating="met"), reason="Page two was seen.")
    told = next(one for one in seen(house).criteria if one.id == "1.01")
    assert told.finding is not None
    assert (told.finding.answer, told.finding.how) == (Answer(rating="met", note="Page two was seen."), "amended")
    assert [(one.answer.rating, one.how) for one in told.before] == [("not_met", "lead")]
    assert [(one.reason, one.answer and one.answer.amended) for one in told.comments] == [("Page two names her.", True)]
    assert newest(house)[0][1:3] == ("accuracy:answer", "cycle:1")
    with nothing_kept(house):
        respond(house, amended=Answer(rating="met"), reason="Page two was seen.")
    with nothing_kept(house), pytest.raises(Contradiction, match="an answer stands"):
        respond(house, reason="Page two was seen.")
    agree(house.database, principal=LEAD, cycle_id=CYCLE, at=later(3))
    work(house, at=later(3))
    with house.database.reading() as session:
        assert [row.version for row in reviews.versions(session, CYCLE)["1.01"]] == [1, 2]
        assert reviews.settlements(session, CYCLE)["1.01"].rating == "met"
    assert newest(house)[0][3]["outcome"] == "accredited"


def test_a_finding_that_is_kept_stays_as_it_was(house: House) -> None:
    to_report(house)
    say(house)
    respond(house, reason="The page is of another year.")
    told = next(one for one in seen(house).criteria if one.id == "1.01")
    assert (told.before, told.comments[0].answer and told.comments[0].answer.amended) == ((), False)


def test_refusals_say_what_is_wrong(house: House) -> None:
    to_report(house)
    say(house)
    with nothing_kept(house), pytest.raises(MoveNotAllowed) as over:
        say(house, "Page three.", days=7.1)
    assert str(over.value) == (
        "What is not accurate could be said until 8 April 2026, 09:00 UTC. After that, what nobody commented on counts "
        "as agreed."
    )
    with nothing_kept(house), pytest.raises(Invalid, match="say why"):
        say(house, " ")
    with nothing_kept(house), pytest.raises(NotFound, match=r"no criterion 9\.99"):
        comment(house.database, principal=LEAD, cycle_id=CYCLE, criterion="9.99", reason="x", at=AT)
    with nothing_kept(house), pytest.raises(NotPermitted, match="Differences are settled by the lead"):
        respond(house, role="lay")
    with nothing_kept(house), pytest.raises(NotFound, match="no comment 9"):
        respond(house, number=9)
    with nothing_kept(house), pytest.raises(Invalid, match="the finding that stands already"):
        respond(house, amended=Answer(rating="not_met"))
    with nothing_kept(house), pytest.raises(Invalid, match="say why"):
        respond(house, reason="")


def test_everybody_of_the_cycle_sees_the_same_report_and_the_team_without_reviewers_names(house: House) -> None:
    to_report(house)
    say(house)
    whole = seen(house, COMMITTEE)
    assert whole == seen(house, reviewer(team_of(house)["lay"]))
    unnamed = [
        one.model_copy(update={"finding": one.finding and one.finding.model_copy(update={"by": None})})
        for one in whole.criteria
    ]
    assert seen(house, LEAD) == whole.model_copy(update={"criteria": tuple(unnamed)})
