"""The demonstration itself: every step is something a person does, and may be done twice without harm."""

from collections.abc import Callable, Iterator
from functools import partial

from accreditation.commands.demonstration.assigning import Assigning
from accreditation.commands.demonstration.college import College
from accreditation.commands.demonstration.reviewing import Reviewing
from accreditation.commands.demonstration.scene import Scene
from accreditation.commands.demonstration.story import TEAMS
from accreditation.commands.demonstration.teams import Teams

Step = Callable[[], None]
"""Something that happens. One that was cut off is simply done again."""


def steps(scene: Scene) -> Iterator[Step]:
    """Everything that the three teams, their reviewers and the college do, in order."""
    college, teams, assigning, reviewing = College(scene), Teams(scene), Assigning(scene), Reviewing(scene)
    yield college.enrol
    yield college.register_reviewers
    for act in (teams.rate, teams.attach, teams.hand_over):
        for story in TEAMS:
            yield partial(act, story)
    yield assigning.propose
    yield assigning.confirm
    for story in TEAMS:
        yield partial(assigning.answer_for_service, story)
    yield assigning.confirm
    for act in (
        assigning.answer_for_service,
        assigning.accept,
        reviewing.see_review_team,
        reviewing.review,
        reviewing.settle,
        college.recommended,
        college.decide,
        college.publish,
    ):
        for story in TEAMS:
            yield partial(act, story)
