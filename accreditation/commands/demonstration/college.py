"""What the college does: it opens the round, registers reviewers, decides and publishes."""

from accreditation.commands.demonstration.scene import Acting
from accreditation.commands.demonstration.story import HOSPITALS, REVIEWERS, SCHEME, TEAMS, ReviewerStory, TeamStory
from accreditation.commands.demonstration.words import condition_words
from accreditation.rules.cycle import Stage


class College(Acting):
    """The acts of the office and of the committee."""

    def enrol(self) -> None:
        """The office registers the teams, opens the round and lets the three take part."""
        office, cast = self._office, self._cast
        rows = [
            {
                "organisation": f"Demonstration Hospital {name}",
                "team": f"Demonstration Stroke Team {name}",
                "service_line": SCHEME,
            }
            for name in HOSPITALS
        ]
        office.post("/api/teams", {"teams": rows})
        for row in office.get("/api/teams")["items"]:
            name = row["name"].rpartition(" ")[2]
            cast.teams[name], cast.organisations[name] = row["id"], row["organisation"]["id"]
        digest = office.get(f"/api/schemes/{SCHEME}/editions")["editions"][0]["digest"]
        cast.edition = office.get(f"/api/editions/{digest}")["content"]
        cast.round = office.post("/api/rounds", {"name": "Demonstration", "edition": digest})["id"]
        for story in TEAMS:
            self.enrol_one(story)
            self._tell(None, story.team, f"enrolled as {story.described}")

    def enrol_one(self, story: TeamStory) -> None:
        """Let this team take part in the round that is played now."""
        cast = self._cast
        cycle = {"team": cast.teams[story.name], "round": cast.round, "profile": dict(story.profile)}
        cast.cycles[story.name] = self._office.post("/api/cycles", cycle)["id"]

    def register_reviewers(self) -> None:
        """The office registers reviewers, who declare their conflicts of interest."""
        for one in REVIEWERS:
            employer = None if one.employed_at is None else self._cast.organisations[one.employed_at]
            answer = self._office.post(
                "/api/reviewers", {"name": one.name, "roles": [one.role], "organisation": employer, "capacity": 2}
            )
            self._cast.reviewers[one.number] = answer["id"]
            if one.conflict_with is not None:
                self._declare(one, one.conflict_with)

    def _declare(self, one: ReviewerStory, hospital: str) -> None:
        body = {
            "reviewer": self._cast.reviewers[one.number],
            "organisation": self._cast.organisations[hospital],
            "reason": "worked there until last year",
        }
        self._cast.reviewer(one.number).post("/api/conflicts", body)
        self._tell(None, one.name, f"declares a conflict of interest with Demonstration Hospital {hospital}")

    def recommended(self, story: TeamStory) -> None:
        """What the rules give, as the engine worked it out."""
        recommended = self._office.get(f"{self._cast.path(story)}/recommendation")
        self._tell(Stage.RECOMMENDATION, story.team, f"the rules recommend: {recommended['title'].lower()}")

    def decide(self, story: TeamStory) -> None:
        """The committee decides as it is recommended."""
        path = self._cast.path(story)
        outcome = self._office.get(f"{path}/recommendation")["outcome"]
        self._cast.committee().post(f"{path}/decision", {"outcome": outcome, "reason": ""})
        conditions = self._office.get(f"{path}/decision")["conditions"]
        named = "; ".join(condition_words(one) for one in conditions)
        self._tell(Stage.DECISION, story.team, f"as recommended{f', on the condition of {named}' if named else ''}")

    def publish(self, story: TeamStory) -> None:
        """The office publishes the result."""
        self._office.post(f"{self._cast.path(story)}/publication")
        self._tell(Stage.PUBLISHED, story.team, "found by anybody who looks")
