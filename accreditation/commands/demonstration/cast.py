"""Who takes part in the demonstration, under which ids, and each of them as a person with a token."""

from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

from accreditation.commands.demonstration.people import Person
from accreditation.commands.demonstration.story import TeamStory
from accreditation.errors import Refused

PersonWith = Callable[[str], Person]
"""A person with this token."""

MOST_TOKENS = 5
"""How many names are tried for one person's token."""


class Cast:
    """What the office has handed out so far: ids and tokens. It is kept outside the server, which may die.

    `office` is a person with an office token.
    """

    def __init__(self, *, office: Person, person: PersonWith) -> None:
        self._office = office
        self.organisations: dict[str, int] = {}
        self.teams: dict[str, int] = {}
        self.cycles: dict[str, int] = {}
        self.reviewers: dict[int, int] = {}
        self.edition: Mapping[str, Any] = {}
        self.round = 0
        self._person = person
        self._people: dict[str, Person] = {}

    def lead(self, story: TeamStory) -> Person:
        """The lead of this team."""
        return self._somebody(f"lead of {story.team}", role="team_lead", team=self.teams[story.name])

    def reviewer(self, number: int) -> Person:
        """The reviewer of this number in the story."""
        return self._somebody(f"reviewer {number}", role="reviewer", reviewer=self.reviewers[number])

    def committee(self) -> Person:
        """Who decides."""
        return self._somebody("committee", role="committee")

    def _somebody(self, name: str, **body: Any) -> Person:
        """The person of this name; the office makes their token when they first act.

        A token whose making was cut off is never shown again, so another one is made under another name.
        """
        if name not in self._people:
            self._people[name] = self._person(self._token(name, body))
        return self._people[name]

    def _token(self, name: str, body: Mapping[str, Any]) -> str:
        for number in count(1):
            try:
                shown = name if number == 1 else f"{name}, {number}"
                secret: str = self._office.post("/api/tokens", {"name": shown, **body, "valid_for_days": 365})["secret"]
            except Refused:
                if number == MOST_TOKENS:
                    raise
            else:
                return secret
        raise AssertionError("a token is made or refused")  # pragma: no cover

    def path(self, story: TeamStory) -> str:
        """Where this team's cycle is asked for."""
        return f"/api/cycles/{self.cycles[story.name]}"

    def number(self, reviewer_id: int) -> int:
        """Which reviewer of the story is this one of the records?"""
        return next(number for number, known in self.reviewers.items() if known == reviewer_id)

    def criterion(self, name: str) -> Mapping[str, Any]:
        """The criterion as the edition has it."""
        return next(
            criterion
            for domain in self.edition["domains"]
            for criterion in domain["criteria"]
            if criterion["id"] == name
        )
