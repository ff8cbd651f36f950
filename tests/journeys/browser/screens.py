"""The pictures in docs/screens of a college at work; `make screens` takes them, no test asks for them.

A picture is of a page that is looked at like any other: who takes it reads in a wide window, with axe.
"""

import pytest

from accreditation.rules.grants import Grant
from accreditation.rules.people import Role
from tests.journeys.browser.pictured import (
    AGREEING,
    ANSWERING,
    DECIDED,
    DIFFER,
    PICTURED,
    REVIEWED,
    fill,
)
from tests.journeys.browser.played import Play
from tests.journeys.browser.visiting import MOUSE, Visitor
from tests.walking import ROUND, team_of

pytestmark = pytest.mark.parametrize("way", [MOUSE], ids=lambda way: way.name)


def test_the_pictures_of_a_college_at_work(play: Play) -> None:
    fill(play)
    team(play.comes(Grant(role=Role.TEAM_LEAD, team=ANSWERING), name="A team’s lead"))
    for cycle in (REVIEWED, AGREEING):
        who = team_of(play.house, cycle)["lead_clinician"]
        reviews(play.comes(Grant(role=Role.REVIEWER, reviewer=who), name="A reviewer"), cycle)
    college(play.comes(Grant(role=Role.OFFICE), Grant(role=Role.COMMITTEE), name="The college office"))


def team(lead: Visitor) -> None:
    here = f"/team/cycles/{ANSWERING}"
    for name, path in (
        ("team-where", here), ("team-criterion", f"{here}/criteria/{PICTURED}"), ("team-gaps", f"{here}/gaps"),
        ("team-submission", f"{here}/submission"),
    ):  # fmt: skip
        lead.opens(path)
        lead.keeps(name, of="wide")


def reviews(somebody: Visitor, cycle: int) -> None:
    here = f"/review/cycles/{cycle}"
    pages = {
        REVIEWED: (("review-visit", here), ("review-criterion", f"{here}/criteria/{PICTURED}")),
        AGREEING: (("review-settling", f"{here}/others/{DIFFER[0]}"),),
    }
    for name, path in pages[cycle]:
        somebody.opens(path)
        if name == "review-criterion":
            somebody.lays_open("Show it here")
            somebody.looks_into("iframe", "OPERATIONAL POLICY")
        somebody.keeps(name, of="wide")


def college(office: Visitor) -> None:
    for name, path in (
        ("college-glance", "/college"), ("college-pack", f"/college/cycles/{DECIDED}/pack"),
        ("college-draft", "/college/schemes/stroke/drafts/1"),
    ):  # fmt: skip
        office.opens(path)
        office.keeps(name, of="wide")
    office.opens(f"/college/rounds/{ROUND}")
    office.follows("See who is proposed, and who has answered")
    office.keeps("college-proposal", of="wide")
