"""Who reviews: the engine proposes, the office confirms, services and reviewers answer."""

from collections.abc import Mapping
from typing import Any

from accreditation.commands.demonstration.scene import Acting
from accreditation.commands.demonstration.story import TeamStory
from accreditation.commands.demonstration.words import short
from accreditation.rules.cycle import Stage


class Assigning(Acting):
    """The acts by which a review team is found that all agree on."""

    def propose(self) -> None:
        """The engine finds the fairest teams."""
        for team in self.proposal()["teams"]:
            names = ", ".join(short(one["name"]) for one in team["seats"])
            self._tell(Stage.ASSIGNMENT, team["team"]["name"], f"proposed are {names}")

    def confirm(self) -> None:
        """The office confirms what is proposed; after a service's conflict, the one who comes in place."""
        found = self.proposal()
        changed = self._office.post(f"{self._scene.round()}/proposal/confirmation", {"number": found["number"]})[
            "cycles"
        ]
        new = [team for team in found["teams"] if team["cycle"] in changed]
        asked = sum(one["stands"] == "proposed" for team in new for one in team["seats"])
        if new:
            said = (
                f"confirms proposal {found['number']}; {asked} {'reviewer is' if asked == 1 else 'reviewers are'} asked"
            )
            self._tell(Stage.ASSIGNMENT, "Demonstration Office", said)

    def answer_for_service(self, story: TeamStory) -> None:
        """The service says with whom it has a conflict of interest."""
        lead, path = self._cast.lead(story), f"{self._cast.path(story)}/proposed-team"
        shown = lead.get(path)["reviewers"]
        refused = any(one["answer"] == "conflict" for one in shown)
        for one in shown:
            if one["answer"] is not None:
                continue
            conflict = one["role"] == story.service_refuses and not refused
            reason = "they worked on our unit until last spring" if conflict else ""
            lead.put(f"{path}/{one['reviewer']}/answer", {"conflict": conflict, "reason": reason})
            if conflict:
                who = short(one["name"])
                self._tell(Stage.ASSIGNMENT, story.team, f"has a conflict with {who}; another one is found")

    def accept(self, story: TeamStory) -> None:
        """Whoever is asked for this team accepts."""
        waiting = [team for team in self.proposal()["teams"] if team["cycle"] == self._cast.cycles[story.name]]
        for seat in [one for team in waiting for one in team["seats"]]:
            reviewer = self._cast.reviewer(self._cast.number(seat["reviewer"]))
            for one in reviewer.get("/api/invitations")["invitations"]:
                if one["state"] == "open" and one["team"] == story.team:
                    reviewer.put(f"/api/invitations/{one['id']}/answer", {"answer": "accepts"})

    def proposal(self) -> Mapping[str, Any]:
        """What is proposed now: the engine looks at once, so that nobody waits for it here."""
        self._office.post(f"{self._scene.round()}/assignment")
        found: Mapping[str, Any] = self._office.get(f"{self._scene.round()}/proposal")
        return found
