"""A team sends its work: what is left is listed, a member reads that the lead sends, and the lead signs off."""

from accreditation.rules.cycle import Stage
from accreditation.rules.people import Role
from accreditation.wiring import House
from tests.pages.teams import of_team, told
from tests.walking import attach, begin, nothing_kept, rate_all, stage_of, work

PAGE = "/team/cycles/1/submission"
TICK = "Tick the box to say that you have checked everything. Then send it."
DUE = " It was due by 1 July 2026. Ask the college office if you need more time."


def test_the_lead_sends_what_is_whole_and_is_shown_what_is_left(house: House) -> None:
    begin(house)
    with of_team(house) as lead:
        page = lead.open(PAGE)
        assert told(page)[0] == "3 things are left to do before this can be sent." + DUE
        assert [one for one in told(page) if one[:4] in ("1.01", "2.01", "2.02")] == [
            "1.01 Named lead", "2.01 Scan within an hour", "2.02 Audit level",
        ]  # fmt: skip
        assert (PAGE in page.forms, "You can send it here once nothing is left to do." in page.text) == (False, True)
        rate_all(house)
        assert "Everything is there: it can be sent." in told(lead.open(PAGE))
        refused = lead.send(PAGE)
        assert (refused.status, refused.title[:6], f"Error: {TICK}" in told(refused)) == (422, "Error:", True)
        assert lead.send(PAGE, checked="yes").status == 200
        assert told(lead.page)[1].startswith("It is sent. Self-assessment: sent on ")
        assert stage_of(house) is Stage.EVIDENCE
        assert "/team/cycles/1/evidence/files?criterion=1.01" in lead.page.answer.text
        attach(house)
        assert "Job plan" in " ".join(told(lead.open(PAGE)))
        work(house)
        lead.open(PAGE)
        assert lead.send(PAGE, checked="yes", stage="self_assessment").status == 200  # a second click does no more
        assert stage_of(house) is Stage.EVIDENCE
        lead.send(PAGE, checked="yes")
        assert stage_of(house) is Stage.ASSIGNMENT
        assert "There is nothing to send now. The college is finding reviewers for you." in told(lead.page)
        assert PAGE not in lead.page.forms


def test_a_member_reads_that_the_lead_sends(house: House) -> None:
    begin(house)
    rate_all(house)
    with of_team(house, Role.TEAM_MEMBER) as member:
        nobody = "Only your team’s lead can send it, and nobody leads your team here yet. Tell the college office."
        assert nobody in told(member.open(PAGE))
        with of_team(house):
            page = member.open(PAGE)
        assert "Only your team’s lead can send it: A clerk. Say to them that everything is there." in told(page)
        assert PAGE not in page.forms
        sent = {**page.forms["/sign-out"], "stage": "self_assessment", "checked": "yes"}
        with nothing_kept(house):
            assert member.ask("POST", PAGE, data=sent).status_code == 403


def test_the_lead_says_what_the_service_is_and_a_member_reads_it(house: House) -> None:
    begin(house, profile={})
    profile = "/team/cycles/1/profile"
    with of_team(house) as lead, of_team(house, Role.TEAM_MEMBER) as member:
        assert profile not in member.open(profile).forms
        assert "Your team’s lead answers this." in " ".join(told(member.open(PAGE)))
        assert "Facts that are not stated yet" in told(lead.open(PAGE))
        sent = {**lead.page.forms["/sign-out"], "stage": "self_assessment", "checked": "yes"}
        with nothing_kept(house):
            assert lead.ask("POST", PAGE, data=sent).status_code == 422
            assert lead.ask("POST", PAGE, data={**sent, "stage": "review"}).status_code == 422
        lead.open(profile)
        wrong = lead.send(profile, **{"fact-hasu": "perhaps"})
        assert (wrong.status, wrong.title[:6]) == (422, "Error:")
        page = lead.send(profile, **{"fact-hasu": "no"})
        assert (page.status, "checked" in page.fields["fact-hasu-2"]) == (200, True)
        assert told(member.open(profile))[1:] == ["Is it a hyperacute unit?No"]
        assert "Facts that are not stated yet" not in told(lead.open(PAGE))
        rate_all(house)
        lead.open(PAGE)
        lead.send(PAGE, checked="yes")
        assert profile not in lead.open(profile).forms
