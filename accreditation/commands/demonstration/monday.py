"""A second round as the office finds it on a Monday: somebody is late, and something waits for each of the college.

What happened before happened then: the clock is handed in, and every act is one of a person or of the engine's flows.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from accreditation.commands.demonstration.assigning import Assigning
from accreditation.commands.demonstration.college import College
from accreditation.commands.demonstration.play import Step
from accreditation.commands.demonstration.reviewing import Reviewing
from accreditation.commands.demonstration.scene import Acting, Heading, Scene
from accreditation.commands.demonstration.story import (
    LATE,
    PROPOSED,
    REVIEWED,
    TO_DECIDE,
    WAITING,
    WITHHELD,
    TeamStory,
)
from accreditation.commands.demonstration.teams import Teams, looked_at
from accreditation.commands.demonstration.words import short

LONG_AGO = timedelta(days=120)
"""When all of it begins: longer than a team may take to answer, by the scheme."""

WEEKS_AGO = timedelta(days=48)
"""When the second round's reviews begin: a little longer than a review may take."""

YESTERDAY = timedelta(days=1)

HEADING: Heading = ("Monday", "a second round, and what waits in it for the office, the committee and reviewers")

ANSWERED = 12
"""So many criteria the team that is late has answered."""

LEFT = 10
"""So many criteria the reviewer who is late has not rated."""


class Monday(Acting):
    """The second round. `move` sets the clock to so long before the present, once the engine has nothing left to do."""

    def __init__(self, scene: Scene, *, move: Callable[[timedelta], None]) -> None:
        super().__init__(scene)
        quiet = Scene(office=scene.office, cast=scene.cast, moment=scene.moment, tell=lambda *_: None)
        self._college, self._teams = College(quiet), Teams(quiet)
        self._assigning, self._reviewing = Assigning(quiet), Reviewing(quiet)
        self._move = move

    def steps(self) -> Iterator[Step]:
        """Everything that happens, in order; afterwards it is the present."""
        yield self._open
        yield partial(self._to, WEEKS_AGO)
        visited = (REVIEWED, TO_DECIDE)
        for act in (self._teams.rate, self._teams.attach, self._teams.hand_over):
            for story in visited:
                yield partial(act, story)
        yield self._assigning.confirm
        for act in (self._assigning.answer_for_service, self._assigning.accept, self._reviewing.see_review_team):
            for story in visited:
                yield partial(act, story)
        yield partial(self._reviewing.review, TO_DECIDE)
        yield partial(self._reviewing.settle, TO_DECIDE)
        yield partial(self._reviews_but_one, REVIEWED)
        yield partial(self._to, YESTERDAY)
        for act in (self._teams.rate, self._teams.attach):
            for story in (WITHHELD, PROPOSED):
                yield partial(act, story)
        yield partial(self._teams.hand_over, PROPOSED)
        yield partial(self._explain, WITHHELD)
        yield partial(self._ask_and_warn, REVIEWED)
        yield partial(self._to, timedelta(0))
        yield self._say

    def _to(self, before: timedelta) -> None:
        """Let the engine end what is due, and go on to so long before the present."""
        self._office.wait_for("/api/jobs", lambda found: _nothing_due(found, self._scene.moment()))
        self._move(before)

    def _open(self) -> None:
        """The second round, with the team that is going to be late."""
        round_ = self._office.post("/api/rounds", {"name": "Demonstration, second round", "edition": self._digest()})
        self._cast.round = round_["id"]
        for story in WAITING:
            self._college.enrol_one(story)
        self._teams.answer(LATE, most=ANSWERED)

    def _digest(self) -> str:
        found: str = self._office.get(f"/api/cycles/{next(iter(self._cast.cycles.values()))}")["edition_digest"]
        return found

    def _reviews_but_one(self, story: TeamStory) -> None:
        """Everybody hands in but the one in the last seat, who stops before the end."""
        *others, last = self._reviewing.members(story)
        for member in others:
            reviewer, _ = self._reviewing.rate(story, member)
            reviewer.post(f"{self._cast.path(story)}/review/hand-in")
        self._reviewing.rate(story, last, leaving=LEFT)

    def _explain(self, story: TeamStory) -> None:
        """The lead says why no patient can be told from the document that is kept back: the office decides."""
        lead, path = self._cast.lead(story), f"{self._cast.path(story)}/evidence"
        for one in lead.wait_for(path, looked_at)["evidence"]:
            if not one["clearance"]["open"]:
                reason = "The number is the example that the health service prints on its own leaflets: nobody has it."
                body = {"reason": reason, "seen_version": one["clearance"]["version"]}
                lead.put(f"{path}/{one['id']}/explanation", body)

    def _ask_and_warn(self, story: TeamStory) -> None:
        """Who has not handed in asks for more evidence on a criterion, and warns of a risk."""
        path = self._cast.path(story)
        reviewer = self._cast.reviewer(self._cast.number(self._reviewing.members(story)[-1]["reviewer"]))
        question = {"question": "Please attach the rota of the last three months."}
        reviewer.post(f"{path}/review/criteria/1.05/requests", question)
        risk = {"text": "Two beds were without suction when we came. The ward was told at once."}
        reviewer.post(f"{path}/risks", risk)

    def _say(self) -> None:
        """What waits now, team by team."""
        for story, said in (
            (LATE, f"{ANSWERED} criteria answered; the self-assessment {self._was_due(LATE)}"),
            (WITHHELD, "a document is kept back; its lead has explained it, and the office decides"),
            (REVIEWED, f"one of three reviewers has not handed in; the review {self._was_due(REVIEWED)}; more evidence "
                       "is asked for, and an immediate risk is raised"),
            (TO_DECIDE, f"the rules recommend {self._recommended(TO_DECIDE)}; the committee decides"),
            (PROPOSED, f"proposed are {self._proposed()}; the office confirms"),
        ):  # fmt: skip
            self._tell(HEADING, story.team, said)

    def _was_due(self, story: TeamStory) -> str:
        due = datetime.fromisoformat(self._office.get(self._cast.path(story))["due"])
        return f"was due on {due:%-d %B}"

    def _recommended(self, story: TeamStory) -> str:
        title: str = self._office.get(f"{self._cast.path(story)}/recommendation")["title"]
        return title.lower()

    def _proposed(self) -> str:
        """Who is proposed for the team without a review team."""
        (team,) = [one for one in self._assigning.proposal()["teams"] if one["team"]["name"] == PROPOSED.team]
        return ", ".join(short(seat["name"]) for seat in team["seats"])


def _nothing_due(waiting: Mapping[str, Any], now: datetime) -> bool:
    """Has the engine done whatever was due?"""
    return all(datetime.fromisoformat(one["due_at"]) > now for one in waiting["jobs"])
