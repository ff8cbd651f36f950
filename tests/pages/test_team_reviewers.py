"""A team looks at who is to review it, and its lead says whether there is a conflict of interest."""

from accreditation.records.jobs import Kind
from accreditation.rules.people import Role
from accreditation.wiring import House
from tests.pages.teams import at, of_team, told
from tests.proposing import asked, confirm_all, endings, to_proposal
from tests.walking import AT, work

HERE = "/team/cycles/1"
PAGE = f"{HERE}/reviewers"


def test_a_lead_answers_whether_there_is_a_conflict(house: House) -> None:
    to_proposal(house)
    house = at(house)
    with of_team(house) as lead, of_team(house, Role.TEAM_MEMBER) as member:
        assert "Nobody is named yet." in lead.open(PAGE).text
        confirm_all(house, at=AT)
        work(house, Kind.ASSIGNMENT)
        who, free = asked(house)["lead"], asked(house)["lay"]
        at_lead, at_lay = f"{PAGE}/{who}", f"{PAGE}/{free}"
        assert "Your team’s lead answers" in member.open(PAGE).text
        assert at_lead not in member.page.forms
        assert "The college asks whether you have a conflict of interest" in lead.open(HERE).text
        asks = "Your turn Say whether you have a conflict of interest with 2 reviewers From your team, by 8"
        assert all(asks in " ".join(told(lead.open(address))) for address in (HERE, "/team"))
        assert "Finding reviewers With the college The college" in " ".join(told(member.open("/team")))
        lead.open(PAGE)
        said = " ".join(told(lead.page))
        assert f"Lead {who} Lead, Far Trust" in said
        assert "Your answer is asked You can answer until 10am on 8 April 2026." in said
        assert lead.send(at_lead).status == 422
        assert lead.send(at_lead, conflict="yes").status == 422
        lead.send(at_lay, conflict="no")
        assert "You have no conflict" in told(lead.page)
        lead.send(at_lead, conflict="yes", reason="He led this ward until May.")
        assert "You have a conflict: somebody else is asked" in told(lead.page)
        assert "He led this ward until May." in told(lead.page)
        assert endings(house)[who] == "service_conflict"
        assert "He led this ward" in member.open(PAGE).text
