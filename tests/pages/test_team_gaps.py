"""The distance to every outcome: where the answers stand, what is in the way, and the shortest way."""

from accreditation.actions.rate import rate
from accreditation.rules.improvement import Choice
from accreditation.rules.people import Role
from accreditation.scheme.answer import Answer
from accreditation.wiring import House
from api.presenting.team.gaps import joined
from tests.following import to_published
from tests.pages.teams import of_team, told
from tests.walking import ANSWERS, AT, CYCLE, LEAD, begin, given

PAGE = "/team/cycles/1/gaps"


def test_the_distance_to_each_outcome(house: House) -> None:
    begin(house)
    with of_team(house, Role.TEAM_MEMBER) as member:
        assert told(member.open(PAGE)) == [
            "If the reviewers agree with every answer you have given so far, the result is: Deferred.",
            "You have answered 0 of 3 questions. One that is not answered counts as not met.",
            "What stands in the way of the next higher result",
            "3 questions that are not answered yet", "1.01 Named lead not answered yet",
            "2.01 Scan within an hour not answered yet", "2.02 Audit level not answered yet",
            "Each result, from the highest",
            "Accredited", "Can be reached", "What the register says of it: It is good.",
            "2 questions away. The shortest way is:",
            "Improve this one, to: Met", "1.01 Named lead not answered yet",
            "Improve any 1 of these 2", "2.01 Scan within an hour not answered yet",
            "2.02 Audit level not answered yet",
            "Other sets of the same size would do as well.",
            "Deferred", "By your answers", "What the register says of it: It is working on it.",
        ]  # fmt: skip
        assert '<a class="nhsuk-link" href="/team/cycles/1/criteria/2.02">2.02' in member.page.answer.text
        rate(
            house.database, principal=LEAD, cycle_id=CYCLE, at=AT,
            given=given({**ANSWERS, "1.01": Answer(rating="not_met")}),
        )  # fmt: skip
        assert told(member.open(PAGE))[:4] == [
            "If the reviewers agree with every answer you have given so far, the result is: Deferred.",
            "You have answered all 3 questions.", "What stands in the way of the next higher result",
            "1.01 Named lead not met by your answer",
        ]  # fmt: skip
        rate(house.database, principal=LEAD, cycle_id=CYCLE, at=AT, given=given({"1.01": ANSWERS["1.01"]}, seen=1))
        assert told(member.open(PAGE)) == [
            "If the reviewers agree with every answer you have given so far, the result is: Accredited.",
            "You have answered all 3 questions.", "Each result, from the highest",
            "Accredited", "By your answers", "What the register says of it: It is good.",
            "Deferred", "You have more than this", "What the register says of it: It is working on it.",
        ]  # fmt: skip


def test_all_that_are_to_become_the_same_are_said_once() -> None:
    several = [
        Choice(needed=1, of=("1.01",), to="Met"), Choice(needed=1, of=("2.01", "2.02")), Choice(needed=1, of=("3.01",)),
        Choice(needed=2, of=("1.02", "1.03"), to="Met"), Choice(needed=1, of=("3.02",)),
    ]  # fmt: skip
    assert [(one.needed, one.of, one.to) for one in joined(several)] == [
        (3, ("1.01", "1.02", "1.03"), "Met"), (1, ("2.01", "2.02"), ""), (2, ("3.01", "3.02"), ""),
    ]  # fmt: skip


def test_after_the_result_nothing_is_promised_of_the_answers(house: House) -> None:
    to_published(house, decided=AT, told=AT)
    with of_team(house, Role.TEAM_MEMBER) as member:
        assert told(member.open(PAGE))[0] == "By your own answers alone, the result would have been: Accredited."
        assert "See what was decided" in told(member.page)
