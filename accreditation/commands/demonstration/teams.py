"""What the teams do: they answer, attach their documents, put right what is kept back, and submit."""

from collections.abc import Mapping
from typing import Any

from accreditation.commands.demonstration.scene import Acting
from accreditation.commands.demonstration.story import TeamStory
from accreditation.commands.demonstration.words import document, gap_words
from accreditation.rules.clearance import State
from accreditation.rules.cycle import Stage

DROPPED = "A document without a place"
"""What the team calls the document that it drops into its library."""


class Teams(Acting):
    """The acts of each team's lead."""

    def rate(self, story: TeamStory) -> None:
        """Every criterion, once the engine has said how far it is to an award; then that is submitted."""
        lead, path = self._cast.lead(story), self._cast.path(story)
        number = self.answer(story)
        gap = lead.wait_for(f"{path}/progress", _reported)["gap"]
        self._tell(Stage.SELF_ASSESSMENT, story.team, f"{number} criteria answered; {gap_words(gap)}")
        lead.post(f"{path}/submissions", {"stage": Stage.SELF_ASSESSMENT.value})

    def answer(self, story: TeamStory, *, most: int | None = None) -> int:
        """Answer so many criteria, or all of them; says how many."""
        lead, path = self._cast.lead(story), self._cast.path(story)
        seen = {row["id"]: row["version"] for row in lead.get(path)["criteria"][:most]}
        answers = {name: {"answer": self._says(story, name), "seen_version": version} for name, version in seen.items()}
        lead.post(f"{path}/self-assessment", {"answers": answers})
        return len(answers)

    def attach(self, story: TeamStory) -> None:
        """Every document; the engine looks at one team's while the next team attaches its own."""
        lead, path = self._cast.lead(story), self._cast.path(story)
        for name, row in self._asked(story).items():
            content = document(story, row, slipped=name == story.slips)
            if name == story.drops:
                lead.upload("/api/library", content, title=DROPPED, file_name="dropped.txt")
            else:
                lead.upload(f"{path}/evidence", content, criterion=name, **self._called(name))

    def hand_over(self, story: TeamStory) -> None:
        """What has no place gets one, what is kept back is put right, and what is cleared is submitted."""
        lead, path, wanted = self._cast.lead(story), self._cast.path(story), self._asked(story)
        if story.drops is not None:
            self._confirm_place(story, story.drops)
        for one in lead.wait_for(f"{path}/evidence", looked_at)["evidence"]:
            if not one["clearance"]["open"]:
                self._put_right(story, wanted[one["criteria"][0]], one)
        lead.wait_for(f"{path}/evidence", looked_at)
        lead.post(f"{path}/submissions", {"stage": Stage.EVIDENCE.value})
        sent = sum(len(document(story, row, slipped=name == story.slips)) for name, row in wanted.items())
        self._tell(Stage.EVIDENCE, story.team, f"{len(wanted)} documents attached, {sent:,} bytes, all of them cleared")

    def _called(self, criterion: str) -> dict[str, str]:
        """What is said of the document for this criterion."""
        name = f"evidence-{criterion}.txt"
        return {
            "title": f"Evidence for {criterion}",
            "file_name": name,
            "effective_on": self._scene.moment().date().isoformat(),
        }

    def _asked(self, story: TeamStory) -> dict[str, Any]:
        """Criterion -> what the team reads of it, where it asks for evidence and the team says that it is met."""
        rows = self._cast.lead(story).get(self._cast.path(story))["criteria"]
        return {row["id"]: row for row in rows if row["evidence_required"] and row["id"] not in story.says_not_met}

    def _confirm_place(self, story: TeamStory, name: str) -> None:
        """Attach the document that was put into the library to the criterion that the engine suggests for it."""
        lead, path = self._cast.lead(story), f"{self._cast.path(story)}/evidence"
        if any(name in one["criteria"] for one in lead.get(path)["evidence"]):
            return
        seen = lead.wait_for(f"{path}/suggestions", lambda seen: bool(_suggested(seen, name)))
        ((version, why),) = _suggested(seen, name)
        lead.post(f"{path}/from-library", {"documents": [{"version": version, "criteria": [name]}]})
        self._tell(
            Stage.EVIDENCE, story.team,
            f"a document without a place may answer {name}: both speak of {', '.join(why['because'])}; the team reads "
            "it and attaches it there",
        )  # fmt: skip

    def _put_right(self, story: TeamStory, row: Mapping[str, Any], kept_back: Mapping[str, Any]) -> None:
        """Put a document without the patient's number in the place of one that is kept back."""
        lead, path = self._cast.lead(story), self._cast.path(story)
        clean = lead.upload(
            f"/api/library/{kept_back['document']}/versions", document(story, row), **self._called(row["id"])
        )
        lead.post(f"{path}/evidence/{kept_back['id']}/replacement", {"version": clean["version"], "reason": "blanked"})
        found = kept_back["clearance"]["found"][0]
        self._tell(
            Stage.EVIDENCE, story.team,
            f"a document is {kept_back['clearance']['state']}: {found['label']}, '{found['masked']}'; another one "
            "takes its place",
        )  # fmt: skip

    def _says(self, story: TeamStory, name: str) -> dict[str, Any]:
        """What the team says of itself: measured values where they are asked for, else a rating."""
        criterion = self._cast.criterion(name)
        met, measure = name not in story.says_not_met, criterion["measure"]
        if name in story.not_applicable:
            return {"state": "not_applicable", "note": story.not_applicable[name]}
        if measure is None:
            return {"state": "rated", "rating": "met" if met else "not_met"}
        if "indicator" in measure:
            return {"state": "rated", "level": measure["level"] if met else "E"}
        at_least, at_most = measure.get("at_least"), measure.get("at_most")
        return {"state": "rated", "measured": (at_least or at_most) if met else ("0" if at_least else "999")}


def _suggested(suggestions: Mapping[str, Any], criterion: str) -> list[tuple[int, Mapping[str, Any]]]:
    """The version of the document without a place, and what speaks for this criterion, once the engine has read it."""
    return [
        (found["version"], one)
        for found in suggestions["documents"]
        if found["title"] == DROPPED
        for one in found["criteria"]
        if one["criterion"] == criterion
    ]


def looked_at(evidence: Mapping[str, Any]) -> bool:
    """Has the evidence flow looked at every file?"""
    return all(one["clearance"]["state"] != State.WAITING for one in evidence["evidence"])


def _reported(progress: Mapping[str, Any]) -> bool:
    """Has the self-assessment flow reported the gap of these very answers?"""
    return progress["reported"] is not None and progress["reported"]["current"]
