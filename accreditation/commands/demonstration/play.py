"""The demonstration itself: every step is something a person does, and may be done twice without harm."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from accreditation.commands.demonstration.cast import Cast, PersonWith
from accreditation.commands.demonstration.people import Person
from accreditation.commands.demonstration.story import HOSPITALS, REVIEWERS, SCHEME, TEAMS, ReviewerStory, TeamStory
from accreditation.commands.demonstration.words import condition_words, document, gap_words, short
from accreditation.rules.clearance import State
from accreditation.rules.cycle import Stage

Tell = Callable[[Stage | None, str, str], None]
"""Hears, as it happens: the stage (None before the first), who did it, and what was done."""


class Play:
    """Drives the three teams through their cycles. `office` is a person with an office token.

    Documents hold from `today`, and so are young enough for whatever scheme asks.
    """

    def __init__(self, *, office: Person, person: PersonWith, tell: Tell, today: date) -> None:
        self._office = office
        self._tell = tell
        self._today = today.isoformat()
        self._cast = Cast(office=office, person=person)

    def steps(self) -> Iterator[Callable[[], None]]:
        """Everything that happens, in order. A step that was cut off is simply done again."""
        yield self._enrol
        yield self._register_reviewers
        for act in (self._rate, self._attach, self._hand_over):
            for story in TEAMS:
                yield partial(act, story)
        yield self._propose
        yield self._confirm
        for story in TEAMS:
            yield partial(self._answer_for_service, story)
        yield self._confirm
        for act in (
            self._answer_for_service,
            self._accept,
            self._see_review_team,
            self._review,
            self._settle,
            self._recommended,
            self._decide,
            self._publish,
        ):
            for story in TEAMS:
                yield partial(act, story)

    # The college office opens the round.

    def _enrol(self) -> None:
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
        round_ = office.post("/api/rounds", {"name": "Demonstration", "edition": digest})
        cast.round = round_["id"]
        for story in TEAMS:
            cycle = {"team": cast.teams[story.name], "round": cast.round, "profile": dict(story.profile)}
            cast.cycles[story.name] = office.post("/api/cycles", cycle)["id"]
            self._tell(None, story.team, f"enrolled as {story.described}")

    def _register_reviewers(self) -> None:
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

    # The teams.

    def _rate(self, story: TeamStory) -> None:
        lead, path = self._cast.lead(story), self._cast.path(story)
        seen = {row["id"]: row["version"] for row in lead.get(path)["criteria"]}
        answers = {name: {"answer": self._says(story, name), "seen_version": version} for name, version in seen.items()}
        lead.post(f"{path}/self-assessment", {"answers": answers})
        gap = lead.wait_for(f"{path}/progress", _reported)["gap"]
        self._tell(Stage.SELF_ASSESSMENT, story.team, f"{len(answers)} criteria answered; {gap_words(gap)}")
        lead.post(f"{path}/submissions", {"stage": Stage.SELF_ASSESSMENT.value})

    def _attach(self, story: TeamStory) -> None:
        """Every document; the engine looks at one team's while the next team attaches its own."""
        lead, path = self._cast.lead(story), self._cast.path(story)
        for name, row in self._asked(story).items():
            content = document(story, row, slipped=name == story.slips)
            if name == story.drops:
                lead.upload("/api/library", content, title=DROPPED, file_name="dropped.txt")
            else:
                lead.upload(f"{path}/evidence", content, criterion=name, **self._called(name))

    def _hand_over(self, story: TeamStory) -> None:
        """What has no place gets one, what is kept back is put right, and what is cleared is submitted."""
        lead, path, wanted = self._cast.lead(story), self._cast.path(story), self._asked(story)
        if story.drops is not None:
            self._confirm_place(story, story.drops)
        for one in lead.wait_for(f"{path}/evidence", _looked_at)["evidence"]:
            if not one["clearance"]["open"]:
                self._put_right(story, wanted[one["criteria"][0]], one)
        lead.wait_for(f"{path}/evidence", _looked_at)
        lead.post(f"{path}/submissions", {"stage": Stage.EVIDENCE.value})
        sent = sum(len(document(story, row, slipped=name == story.slips)) for name, row in wanted.items())
        self._tell(Stage.EVIDENCE, story.team, f"{len(wanted)} documents attached, {sent:,} bytes, all of them cleared")

    def _called(self, criterion: str) -> dict[str, str]:
        """What is said of the document for this criterion."""
        name = f"evidence-{criterion}.txt"
        return {"title": f"Evidence for {criterion}", "file_name": name, "effective_on": self._today}

    def _asked(self, story: TeamStory) -> dict[str, Any]:
        """Criterion -> what the team reads of it, where it asks for evidence."""
        rows = self._cast.lead(story).get(self._cast.path(story))["criteria"]
        return {row["id"]: row for row in rows if row["evidence_required"]}

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

    # Who reviews: the engine proposes, the office confirms, services and reviewers answer.

    def _propose(self) -> None:
        for team in self._proposal()["teams"]:
            names = ", ".join(short(one["name"]) for one in team["seats"])
            self._tell(Stage.ASSIGNMENT, team["team"]["name"], f"proposed are {names}")

    def _confirm(self) -> None:
        """The office confirms what is proposed; after a service's conflict, the one who comes in place."""
        found = self._proposal()
        changed = self._office.post(f"{self._round()}/proposal/confirmation", {"number": found["number"]})["cycles"]
        new = [team for team in found["teams"] if team["cycle"] in changed]
        asked = sum(one["stands"] == "proposed" for team in new for one in team["seats"])
        if new:
            said = (
                f"confirms proposal {found['number']}; {asked} {'reviewer is' if asked == 1 else 'reviewers are'} asked"
            )
            self._tell(Stage.ASSIGNMENT, "Demonstration Office", said)

    def _answer_for_service(self, story: TeamStory) -> None:
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

    def _accept(self, story: TeamStory) -> None:
        waiting = [team for team in self._proposal()["teams"] if team["cycle"] == self._cast.cycles[story.name]]
        for seat in [one for team in waiting for one in team["seats"]]:
            reviewer = self._cast.reviewer(self._cast.number(seat["reviewer"]))
            for one in reviewer.get("/api/invitations")["invitations"]:
                if one["state"] == "open" and one["team"] == story.team:
                    reviewer.put(f"/api/invitations/{one['id']}/answer", {"answer": "accepts"})

    def _proposal(self) -> Mapping[str, Any]:
        """What is proposed now: the engine looks at once, so that nobody waits for it here."""
        self._office.post(f"{self._round()}/assignment")
        found: Mapping[str, Any] = self._office.get(f"{self._round()}/proposal")
        return found

    def _round(self) -> str:
        return f"/api/rounds/{self._cast.round}"

    # The reviewers.

    def _see_review_team(self, story: TeamStory) -> None:
        path = self._cast.path(story)
        self._office.wait_for(path, lambda found: found["stage"] not in _BEFORE_REVIEW)
        members = self._office.get(f"{path}/review-team")["seats"]
        names = ", ".join(short(one["name"]) for one in sorted(members, key=lambda one: one["role"]))
        self._tell(Stage.ASSIGNMENT, story.team, f"all agree: {names}")

    def _review(self, story: TeamStory) -> None:
        path = self._cast.path(story)
        for member in self._office.get(f"{path}/review-team")["seats"]:
            reviewer = self._cast.reviewer(self._cast.number(member["reviewer"]))
            own = reviewer.get(f"{path}/review")
            seen = {row["id"]: row["version"] for row in own["criteria"]}
            if own["handed_in_at"] is None:
                ratings = {
                    name: {"answer": self._finds(story, name, member["role"]), "seen_version": version}
                    for name, version in seen.items()
                }
                reviewer.post(f"{path}/review", {"answers": ratings})
                reviewer.post(f"{path}/review/hand-in")
        self._office.wait_for(path, lambda found: found["stage"] != Stage.REVIEW.value)
        self._tell(Stage.REVIEW, story.team, f"three reviewers, each alone, rated {len(seen)} criteria and handed in")

    def _finds(self, story: TeamStory, name: str, role: str) -> dict[str, Any]:
        if name in story.not_applicable:
            return {"state": "not_applicable", "note": "agreed"}
        found = name not in (*story.says_not_met, *story.found_not_met) and story.differ.get(name) != role
        return {"state": "rated", "rating": "met" if found else "not_met"}

    def _settle(self, story: TeamStory) -> None:
        path = self._cast.path(story)
        members = self._office.get(f"{path}/review-team")["seats"]
        lead = self._cast.reviewer(
            self._cast.number(next(one["reviewer"] for one in members if one["role"] == "lead_clinician"))
        )
        for name in story.differ:
            answer = {"state": "rated", "rating": "met", "note": "shown on the ward round; the record is in the notes"}
            lead.put(f"{path}/settlements/{name}", answer)
        self._office.wait_for(
            path, lambda found: found["stage"] not in (Stage.CONSENSUS.value, Stage.RECOMMENDATION.value)
        )
        told = (
            "all ratings agreed"
            if not story.differ
            else f"ratings differed on {', '.join(story.differ)}; the lead settled it"
        )
        self._tell(Stage.CONSENSUS, story.team, told)

    # The college.

    def _recommended(self, story: TeamStory) -> None:
        recommended = self._office.get(f"{self._cast.path(story)}/recommendation")
        self._tell(Stage.RECOMMENDATION, story.team, f"the rules recommend: {recommended['title'].lower()}")

    def _decide(self, story: TeamStory) -> None:
        path = self._cast.path(story)
        outcome = self._office.get(f"{path}/recommendation")["outcome"]
        self._cast.committee().post(f"{path}/decision", {"outcome": outcome, "reason": ""})
        conditions = self._office.get(f"{path}/decision")["conditions"]
        named = "; ".join(condition_words(one) for one in conditions)
        self._tell(Stage.DECISION, story.team, f"as recommended{f', on the condition of {named}' if named else ''}")

    def _publish(self, story: TeamStory) -> None:
        self._office.post(f"{self._cast.path(story)}/publication")
        self._tell(Stage.PUBLISHED, story.team, "found by anybody who looks")


_BEFORE_REVIEW = (Stage.SELF_ASSESSMENT.value, Stage.EVIDENCE.value, Stage.ASSIGNMENT.value)


DROPPED = "A document without a place"


def _suggested(suggestions: Mapping[str, Any], criterion: str) -> list[tuple[int, Mapping[str, Any]]]:
    """The version of the document without a place, and what speaks for this criterion, once the engine has read it."""
    return [
        (found["version"], one)
        for found in suggestions["documents"]
        if found["title"] == DROPPED
        for one in found["criteria"]
        if one["criterion"] == criterion
    ]


def _looked_at(evidence: Mapping[str, Any]) -> bool:
    """Has the evidence flow looked at every file?"""
    return all(one["clearance"]["state"] != State.WAITING for one in evidence["evidence"])


def _reported(progress: Mapping[str, Any]) -> bool:
    """Has the self-assessment flow reported the gap of these very answers?"""
    return progress["reported"] is not None and progress["reported"]["current"]
