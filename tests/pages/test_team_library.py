"""A team's library by forms alone: what is in date, where it is used, new versions, and what is said of them."""

from datetime import date

from accreditation.rules.grants import Grant
from accreditation.rules.people import Role
from accreditation.wiring import House
from tests.pages.teams import of_team, send_files, told
from tests.walking import STRANGER, attach, begin, keep

LIBRARY = "/team/library/1"
ONE = f"{LIBRARY}/documents/1"
ADD = f"{LIBRARY}/documents"


def test_what_is_kept_is_listed_with_what_is_out_of_date_and_where_it_is_used(house: House) -> None:
    begin(house)
    with of_team(house, Role.TEAM_MEMBER) as member:
        assert "Nothing is kept here yet" in told(member.open("/team/library"))
        assert member.page.path == LIBRARY
        attach(house, owner="The matron", effective_on=date(2026, 1, 1))
        keep(house, content=b"an old policy", title="Policy", review_by=date(2026, 4, 2))
        assert told(member.open(LIBRARY))[3:12] == [
            "2 documents, 1 of those shown is out of date",
            "Job plan", "In date", "1 version, in force from 1 January 2026", "Used in:", "A small scheme: 1.01",
            "Policy", "Out of date", "1 version, to be reviewed by 2 April 2026",
        ]  # fmt: skip
        assert "It was to be reviewed by 2 April 2026. Add the newer version, or put the date right." in told(
            member.page
        )
        assert told(member.open(f"{LIBRARY}?search=PLAN+matron"))[4:6] == ["Documents with these words", "Job plan"]
        assert "Policy" not in told(member.page)
        assert "No document has these words" in told(member.open(f"{LIBRARY}?search=plan+policy+100%25"))
        assert send_files(member, ADD).status == 422
        done = send_files(member, ADD, ("a.pdf", b"one"), ("b.pdf", b"two"))
        assert (done.path, "4 documents, 1 of those shown is out of date" in told(done)) == (LIBRARY, True)
        assert told(done).count("No dates given") == 2


def test_a_document_is_described_renewed_and_opened_by_its_team_alone(house: House) -> None:
    begin(house)
    keep(house)
    keep(house, content=b"a plan of South", by=STRANGER)
    with of_team(house) as lead:
        page = lead.open(ONE)
        described = f"{ONE}/description"
        wrong = lead.send(
            described, **{"title": "", "review_by-day": "31", "review_by-month": "2", "review_by-year": "2027"}
        )
        assert (wrong.status, wrong.fields["review_by"]["value"]) == (422, "31")
        assert "To be reviewed by must be a real day, as in 27 3 2026." in wrong.text
        empty = lead.send(described, title=" ")
        assert (empty.status, "Title: write 1 to 200 characters on one line." in empty.text) == (422, True)
        done = lead.send(
            described, **{"title": "Plan", "review_by-day": "1", "review_by-month": "2", "review_by-year": "2040"}
        )
        assert (done.headings[0][-4:], done.fields["review_by-year"]["value"]) == ("Plan", "2040")
        stale = lead.send(described, title="Mine", seen="1")
        assert (stale.status, stale.fields["title"]["value"]) == (422, "Mine")
        lead.open(ONE)
        assert send_files(lead, f"{ONE}/versions").status == 422
        page = send_files(lead, f"{ONE}/versions", ("new.pdf", b"a newer plan"))
        assert [one for one in told(page) if one.startswith("Version")] == ["Version 2: Plan", "Version 1: Plan"]
        assert lead.ask("GET", f"{LIBRARY}/versions/3/content").content == b"a newer plan"
        missing = [f"{LIBRARY}/documents/2", f"{LIBRARY}/documents/9", "/team/library/2", "/team/library/9"]
        assert [lead.ask("GET", path).status_code for path in missing] == [404] * 4
        assert [lead.ask("GET", f"{LIBRARY}/versions/{number}/content").status_code for number in (2, 9)] == [404] * 2


def test_whoever_is_in_several_teams_chooses_the_library(house: House) -> None:
    begin(house)
    with of_team(house, Role.TEAM_LEAD, Grant(role=Role.TEAM_MEMBER, organisation=2)) as lead:
        assert told(lead.open("/team/library"))[1:] == [
            "North, North Trust 0 documents", "South, South Trust 0 documents",
        ]  # fmt: skip
        assert lead.open("/team/library/2").status == 200
