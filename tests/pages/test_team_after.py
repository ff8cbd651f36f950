"""What comes back to a team: the report to check, the result with what to put right, and an appeal."""

from accreditation.actions.answer_comment import answer_comment
from accreditation.rules.cycle import Stage
from accreditation.rules.people import Role
from accreditation.wiring import House
from tests.building import followed
from tests.following import to_published, to_report
from tests.pages.teams import at, of_team, told
from tests.walking import AT, begin, later, nothing_kept, reviewer, stage_of, team_of

REPORT, RESULT = "/team/cycles/1/accuracy", "/team/cycles/1/results"
ON_LEAD = f"{REPORT}/criteria/1.01"


def test_a_team_says_what_is_not_accurate_and_its_lead_agrees(house: House) -> None:
    to_report(house)
    then = at(house, later(1))
    with of_team(then) as lead, of_team(then, Role.TEAM_MEMBER) as member, of_team(then, team=2) as stranger:
        page = member.open(REPORT)
        assert "Read what the reviewers found. Say so where a fact is wrong, by 8 April 2026." in told(page)
        assert [one for one in told(page) if one in ("1.01 Named lead", "Not met", "No job plan names her.")] == [
            "1.01 Named lead", "Not met", "No job plan names her.",
        ]  # fmt: skip
        assert "Only your team’s lead can agree to the report. Tell your lead what you found." in told(page)
        assert REPORT not in page.forms
        member.open(ON_LEAD)
        assert member.send(ON_LEAD, reason=" ").status == 422
        assert (member.send(ON_LEAD, reason="Page 2 names her.").path, stage_of(house)) == (
            REPORT,
            Stage.FACTUAL_ACCURACY,
        )
        assert "1 comment still waits for its answer. Your team’s lead can agree once it is answered." in told(
            member.page
        )
        assert REPORT not in lead.open(REPORT).forms
        with nothing_kept(house):
            token = lead.page.forms["/sign-out"]
            assert lead.ask("POST", REPORT, data={**token, "checked": "yes"}).status_code == 409
            assert (
                member.ask("POST", REPORT, data={**member.page.forms["/sign-out"], "checked": "yes"}).status_code == 403
            )
        answer_comment(
            house.database, principal=reviewer(team_of(house)["lead"]), cycle_id=1, comment_id=1, reason="It does not.",
            at=later(2),
        )  # fmt: skip
        assert any("Kept by the reviewers: It does not." in one for one in told(lead.open(REPORT)))
        assert lead.send(REPORT).status == 422
        assert told(lead.send(REPORT, checked="yes"))[:2] == [
            "Your team agreed to this report on 2 April 2026. Nothing in it can be changed any more.",
            "The college works out what to recommend.",
        ]  # fmt: skip
        assert stage_of(house) is Stage.RECOMMENDATION
        assert [stranger.ask("GET", path).status_code for path in (REPORT, ON_LEAD, RESULT)] == [404] * 3
        assert [
            lead.ask("GET", f"{REPORT}/{key}").status_code for key in ("criteria/9.99", "findings/3f9a0c41d2b7")
        ] == [404] * 2


def test_before_there_is_a_report_or_a_result_the_pages_say_when(house: House) -> None:
    begin(house, edition=followed())
    with of_team(house, Role.TEAM_MEMBER) as member:
        assert "There is no report to check yet." in told(member.open(REPORT))
        assert f'href="{REPORT}"' in member.page.answer.text
        assert "There is no result yet." in told(member.open(RESULT))
        assert member.open(ON_LEAD).status == 404


def test_a_report_is_not_promised_where_the_scheme_has_no_check(house: House) -> None:
    begin(house)
    with of_team(house, Role.TEAM_MEMBER) as member:
        assert f'href="{REPORT}"' not in member.open("/team/cycles/1").answer.text
        assert "In this scheme a team does not check the report." in told(member.open(REPORT))


def test_a_result_says_what_to_put_right_and_the_lead_appeals_once(house: House) -> None:
    to_published(house, decided=AT, told=AT)
    then = at(house, later(2))
    with of_team(then) as lead, of_team(then, Role.TEAM_MEMBER) as member:
        found = told(member.open(RESULT))
        assert found[:4] == ["Deferred", "No award", "It is working on it.", "Decided on1 April 2026"]
        assert found[found.index("What to put right") :] == [
            "What to put right", "Put this right by 1 October 2026.", "To do", "1.01 Named lead",
            "When something is put right, show it to the college office. The office records it.",
            "Once all is put right in time, the result becomes: Accredited.",
            "If it is not, the result becomes: Refused.",
            "Why this result", "The committee decided as the rules of the scheme recommend.",
            "By the rules, these stood in the way of a higher result:", "1.01 Named lead",
            "What the reviewers found, question by question",
            "First", "1.01 Named lead: Not met No job plan names her.",
            "Second", "2.01 Scan within an hour: Met", "2.02 Audit level: Met",
            "Appeal", "Your team’s lead can appeal until 1 May 2026. Nobody else in the team can.",
            "See it in the public register",
        ]  # fmt: skip
        assert RESULT not in member.page.forms
        lead.open(RESULT)
        empty = lead.send(RESULT, reason=" ")
        assert (empty.status, "Error: Say why, in a sentence." in told(empty)) == (
            422,
            True,
        )
        with nothing_kept(house):
            sent = {**member.page.forms["/sign-out"], "reason": "It was seen."}
            assert member.ask("POST", RESULT, data=sent).status_code == 403
        page = lead.send(RESULT, reason="The job plan was not read.")
        assert (page.status, RESULT in page.forms) == (200, False)
        assert told(page)[-4:-1] == [
            "Appeal", "Your team appealed on 3 April 2026. Until the appeal is answered the decision stands.",
            "Your reason: The job plan was not read.",
        ]  # fmt: skip
        for page in (lead.open("/team"), lead.open("/team/cycles/1")):
            assert (
                "Result published To put right Put right what the decision asks for From your team, by 1 October 2026 "
                "The committee answers your appeal From the committee; no day is set"
            ) in " ".join(told(page))
