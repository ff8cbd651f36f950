"""What the reviewers do: each rates alone and hands in, and the lead settles what differs."""

from collections.abc import Mapping
from typing import Any

from accreditation.commands.demonstration.people import Person
from accreditation.commands.demonstration.scene import Acting
from accreditation.commands.demonstration.story import TeamStory
from accreditation.commands.demonstration.words import short
from accreditation.rules.cycle import Stage

BEFORE_REVIEW = (Stage.SELF_ASSESSMENT, Stage.EVIDENCE, Stage.ASSIGNMENT)


class Reviewing(Acting):
    """The acts of the review teams."""

    def see_review_team(self, story: TeamStory) -> None:
        """Once all agree, the engine begins the review."""
        path = self._cast.path(story)
        self._scene.wait_while(path, BEFORE_REVIEW)
        members = self.members(story)
        names = ", ".join(short(one["name"]) for one in sorted(members, key=lambda one: one["role"]))
        self._tell(Stage.ASSIGNMENT, story.team, f"all agree: {names}")

    def review(self, story: TeamStory) -> None:
        """Everybody rates alone and hands in."""
        path = self._cast.path(story)
        for member in self.members(story):
            reviewer, own = self.rate(story, member)
            if own["handed_in_at"] is None:
                reviewer.post(f"{path}/review/hand-in")
        self._scene.wait_while(path, (Stage.REVIEW,))
        number = len(own["criteria"])
        self._tell(Stage.REVIEW, story.team, f"three reviewers, each alone, rated {number} criteria and handed in")

    def members(self, story: TeamStory) -> list[Mapping[str, Any]]:
        """Who sits in the review team, in the order of their seats."""
        return list(self._office.get(f"{self._cast.path(story)}/review-team")["seats"])

    def rate(
        self, story: TeamStory, member: Mapping[str, Any], *, leaving: int = 0
    ) -> tuple[Person, Mapping[str, Any]]:
        """Rate all criteria but the last so many, if it is not handed in; says who sits there, and what they saw."""
        path, reviewer = self._cast.path(story), self._cast.reviewer(self._cast.number(member["reviewer"]))
        own = reviewer.get(f"{path}/review")
        if own["handed_in_at"] is not None:
            return reviewer, own
        rows = own["criteria"][: len(own["criteria"]) - leaving]
        ratings = {
            row["id"]: {"answer": self._finds(story, row["id"], member["role"]), "seen_version": row["version"]}
            for row in rows
        }
        reviewer.post(f"{path}/review", {"answers": ratings})
        return reviewer, own

    def _finds(self, story: TeamStory, name: str, role: str) -> dict[str, Any]:
        if name in story.not_applicable:
            return {"state": "not_applicable", "note": "agreed"}
        found = name not in (*story.says_not_met, *story.found_not_met) and story.differ.get(name) != role
        return self._rated(name, met=found)

    def _rated(self, name: str, *, met: bool) -> dict[str, Any]:
        """Met or not, as the question asks it: by a level, where an audit gives levels."""
        measure = self._cast.criterion(name)["measure"] or {}
        if "indicator" in measure:
            return {"state": "rated", "level": measure["level"] if met else "E"}
        return {"state": "rated", "rating": "met" if met else "not_met"}

    def settle(self, story: TeamStory) -> None:
        """The lead settles what differs, and the engine works out the recommendation."""
        path = self._cast.path(story)
        members = self.members(story)
        lead = self._cast.reviewer(
            self._cast.number(next(one["reviewer"] for one in members if one["role"] == "lead_clinician"))
        )
        for name in story.differ:
            answer = {**self._rated(name, met=True), "note": "shown on the ward round; the record is in the notes"}
            lead.put(f"{path}/settlements/{name}", answer)
        self._scene.wait_while(path, (Stage.CONSENSUS, Stage.RECOMMENDATION))
        told = (
            "all ratings agreed"
            if not story.differ
            else f"ratings differed on {', '.join(story.differ)}; the lead settled it"
        )
        self._tell(Stage.CONSENSUS, story.team, told)
